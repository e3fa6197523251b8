"""Finding the cases that rows point at, by the municipality's own number or by Råderum's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from raaderum.enrolments.tables import Enrolment
from raaderum.exchange.portions import in_portions
from raaderum.exchange.register import made_rows
from raaderum.exchange.rules import Kind
from raaderum.kernel.text import Text
from raaderum.persistence.many_rows import among

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum.exchange.intake import Intake
    from raaderum.exchange.sheets import Row, Table


def cases_of_table(intake: Intake, table: Table) -> dict[str, Enrolment]:
    """Return the enrolments that the rows point at, locked, by the case number that is written."""
    return cases_by_number(intake, (row.text("case_number") for row in table.rows))


def cases_by_number(intake: Intake, numbers: Iterable[str]) -> dict[str, Enrolment]:
    """Return the enrolments with the given case numbers, locked until the import is done."""
    wanted = set(numbers)
    ids = made_rows(intake.session, intake.seal, Kind.ENROLMENTS, wanted)
    ids |= {number: own for number in wanted - ids.keys() if (own := _as_id(number)) is not None}
    found: dict[UUID, Enrolment] = {}
    for portion in in_portions(sorted(set(ids.values()))):
        # Two imports take the locks in the same order, so that neither waits for the other.
        locked = (
            select(Enrolment).where(among(Enrolment.id, portion)).order_by(Enrolment.id).with_for_update()
        )
        found |= {enrolment.id: enrolment for enrolment in intake.session.scalars(locked)}
    return {number: found[made] for number, made in ids.items() if made in found}


def case_of(intake: Intake, row: Row, cases: dict[str, Enrolment]) -> Enrolment | None:
    """Return the case of a row; None where there is none, which is noted unless its own row is wrong."""
    number = row.text("case_number")
    enrolment = cases.get(number)
    if enrolment is None and number not in intake.doubtful_cases:
        intake.wrong(row, "sagsnummer", _UNKNOWN_CASE, _TAKE_IN_FIRST)
    return None if number in intake.doubtful_cases else enrolment


def _as_id(number: str) -> UUID | None:
    try:
        return UUID(number)
    except ValueError:
        return None


_UNKNOWN_CASE = Text(
    "Der er intet forløb med det sagsnummer.", "There is no enrolment with this case number."
)
_TAKE_IN_FIRST = Text(
    "Ret sagsnummeret, eller indlæs forløbet først (arket forloeb).",
    "Correct the case number, or import the enrolment first (the sheet forloeb).",
)

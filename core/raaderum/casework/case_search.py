"""Finding cases in a long list: by state, support person, programme, what is late, and by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, select

from raaderum.casework.tasks import tasks_of
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text
from raaderum.people.roles import Act, require
from raaderum.people.service import names_of_citizens

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.rules import EnrolmentState

MOST_OPENED: Final = 2_000
"""Names are sealed: a search opens the names of this many of the newest cases, and no more."""
MOST_FOUND: Final = 50


class NameTooShort(InvalidInput):
    """A search for less than two letters of a name."""

    code = "name_too_short"
    text = Text("Skriv mindst to bogstaver af navnet.", "Write at least two letters of the name.")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases of a list; what is None or False does not narrow it."""

    state: EnrolmentState | None = None
    support_person_id: UUID | None = None
    programme: str | None = None
    overdue: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether it lets every case through."""
        return self == CaseFilter()


@dataclass(frozen=True, slots=True)
class FoundCases:
    """The cases whose citizen's name holds what was asked for, newest first."""

    enrolment_ids: tuple[UUID, ...]
    is_whole: bool
    """Whether all cases were looked through, and all that were found are here."""


def conditions_of(session: Session, wanted: CaseFilter, *, by: Actor, on: date) -> list[ColumnElement[bool]]:
    """Return a filter as conditions of a query over enrolments; a case is late where a task of it is."""
    conditions = []
    if wanted.state is not None:
        conditions.append(Enrolment.state == wanted.state)
    if wanted.support_person_id is not None:
        conditions.append(Enrolment.support_person_id == wanted.support_person_id)
    if wanted.programme is not None:
        conditions.append(Enrolment.programme == wanted.programme)
    if wanted.overdue:
        late = {one.task.enrolment_id for one in tasks_of(session, by=by, on=on) if one.is_overdue}
        conditions.append(Enrolment.id.in_(late - {None}))
    return conditions


def find_cases_by_name(session: Session, name: str, *, by: Actor) -> FoundCases:
    """Return the cases of `by` whose citizen's name holds `name`, whatever its case."""
    require(by, Act.SEE_CASELOAD)
    looked_for = " ".join(name.split()).casefold()
    if len(looked_for) < 2:  # noqa: PLR2004 - one letter finds half the town
        raise NameTooShort(where="name")
    newest = (
        select(Enrolment.id, Enrolment.citizen_id)
        .where(cases_of(by))
        .order_by(Enrolment.id.desc())
        .limit(MOST_OPENED + 1)
    )
    rows = session.execute(newest).all()
    names = names_of_citizens(session, [row.citizen_id for row in rows[:MOST_OPENED]])
    found = [row.id for row in rows[:MOST_OPENED] if looked_for in names[row.citizen_id].casefold()]
    return FoundCases(
        tuple(found[:MOST_FOUND]), is_whole=len(rows) <= MOST_OPENED and len(found) <= MOST_FOUND
    )

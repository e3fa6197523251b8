"""Reading files, statements and lines: pages, counts and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text

from raaderum.kernel.errors import NotFound
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.many_rows import among
from raaderum.persistence.sealed_fields import open_field, open_file
from raaderum.reconciliation.rules import OPEN_LINES, LineOutcome
from raaderum.reconciliation.tables import Statement, StatementFile, StatementFilePart, StatementLine
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_MOST_CANDIDATES: Final = 10
_GAPS: Final = text("""
    select id, account, number, until, opening, closed_before from (
        select id, account, number, until, opening,
            lag(closing) over (partition by account order by until, number nulls first, id) as closed_before
        from statement where is_final and not is_repeat and opening is not null and closing is not null
    ) as chained
    where closed_before is not null and closed_before <> opening
    order by until desc, id desc limit 50""")


@dataclass(frozen=True, slots=True)
class Gap:
    """A statement that does not begin where the one before it ended: one is missing between them."""

    statement_id: UUID
    account: str
    number: int | None
    until: date | None
    opening: int
    closed_before: int


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """A line with what the bank wrote, and who is paid by the payout it is tied or thought to belong to."""

    row: StatementLine
    text: str
    counterparty: str
    note: str
    payout: Payout | None


def files_before(session: Session, before: UUID | None, *, most: int, by: Actor) -> Sequence[StatementFile]:
    """Return a page of the files, newest first, that lies before `before`."""
    require(by, Act.SEE_STATEMENTS)
    page = select(StatementFile).order_by(StatementFile.id.desc()).limit(most)
    if before is not None:
        page = page.where(StatementFile.id < before)
    return session.scalars(page).all()


def get_file(session: Session, file_id: UUID, *, by: Actor) -> StatementFile:
    """Return one file; raise `NotFound`."""
    require(by, Act.SEE_STATEMENTS)
    row = session.get(StatementFile, (current_tenant_id(), file_id))
    if row is None:
        raise NotFound(where="statement_file")
    return row


def pieces_of(session: Session, file_id: UUID) -> Iterator[bytes]:
    """Go through a file as it arrived, to the byte, without holding it whole."""
    numbers = select(StatementFilePart.id).where(StatementFilePart.file_id == file_id)
    for part_id in session.scalars(numbers.order_by(StatementFilePart.number)).all():
        part = session.get_one(StatementFilePart, (current_tenant_id(), part_id))
        yield open_file(session, part, "content")
        session.expunge(part)


def statements_of(session: Session, file_ids: Sequence[UUID]) -> dict[UUID, list[Statement]]:
    """Return the statements of several files, by file, in one query."""
    found: dict[UUID, list[Statement]] = {file_id: [] for file_id in file_ids}
    rows = select(Statement).where(among(Statement.file_id, file_ids)).order_by(Statement.id)
    for row in session.scalars(rows):
        found[row.file_id].append(row)
    return found


def gaps(session: Session) -> list[Gap]:
    """Return the newest statements that do not begin where the one before them ended."""
    return [Gap(*row) for row in session.execute(_GAPS)]


def lines_before(
    session: Session,
    before: UUID | None,
    *,
    most: int,
    by: Actor,
    outcome: LineOutcome | None = None,
    file_id: UUID | None = None,
) -> Sequence[StatementLine]:
    """Return a page of lines, newest first, that lies before `before`."""
    require(by, Act.SEE_STATEMENTS)
    page = select(StatementLine).order_by(StatementLine.id.desc()).limit(most)
    if before is not None:
        page = page.where(StatementLine.id < before)
    if outcome is not None:
        page = page.where(StatementLine.outcome == outcome)
    if file_id is not None:
        page = page.where(StatementLine.file_id == file_id)
    return session.scalars(page).all()


def work_queue(session: Session, before: UUID | None, *, most: int, by: Actor) -> Sequence[OpenedLine]:
    """Return a page of the lines that wait for a person, newest first."""
    require(by, Act.SEE_STATEMENTS)
    page = (
        select(StatementLine)
        .where(StatementLine.outcome.in_(OPEN_LINES))
        .order_by(StatementLine.id.desc())
        .limit(most)
    )
    if before is not None:
        page = page.where(StatementLine.id < before)
    return opened(session, session.scalars(page).all())


def opened(session: Session, rows: Sequence[StatementLine]) -> list[OpenedLine]:
    """Return lines with what the bank wrote, in one query."""
    wanted = {one for row in rows for one in (row.payout_id, row.proposed_payout_id) if one is not None}
    found = {row.id: row for row in session.scalars(select(Payout).where(among(Payout.id, wanted)))}
    return [
        OpenedLine(
            row,
            open_field(session, row, "text"),
            open_field(session, row, "counterparty"),
            open_field(session, row, "note"),
            found.get(row.proposed_payout_id or row.payout_id or row.id),
        )
        for row in rows
    ]


def get_line(session: Session, line_id: UUID, *, by: Actor) -> OpenedLine:
    """Return one line with what the bank wrote; raise `NotFound`."""
    require(by, Act.SEE_STATEMENTS)
    row = session.get(StatementLine, (current_tenant_id(), line_id))
    if row is None:
        raise NotFound(where="line")
    return opened(session, [row])[0]


def candidates_for(session: Session, row: StatementLine) -> Sequence[Payout]:
    """Return payouts of a line's amount that no line is matched with, the newest first."""
    matched = (
        select(StatementLine.id)
        .where(StatementLine.payout_id == Payout.id, StatementLine.outcome == LineOutcome.MATCHED)
        .exists()
    )
    of_the_amount = select(Payout).where(Payout.amount == abs(row.amount)).order_by(Payout.id.desc())
    if row.amount < 0:
        of_the_amount = of_the_amount.where(~matched)
    return session.scalars(of_the_amount.limit(_MOST_CANDIDATES)).all()


def line_counts(session: Session, file_id: UUID | None = None) -> dict[LineOutcome, int]:
    """Return how many lines have each outcome, of one file or of all."""
    counted = select(StatementLine.outcome, func.count()).group_by(StatementLine.outcome)
    if file_id is not None:
        counted = counted.where(StatementLine.file_id == file_id)
    return {LineOutcome(outcome): count for outcome, count in session.execute(counted)}


def waiting_lines(session: Session) -> tuple[int, date | None]:
    """Return how many lines wait for a person, and the day of the oldest of them."""
    waiting = select(func.count(), func.min(StatementLine.booked_on)).where(
        StatementLine.outcome.in_(OPEN_LINES)
    )
    count, oldest = session.execute(waiting).one()
    return count, oldest

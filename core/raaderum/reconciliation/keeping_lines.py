"""Keeping the lines of a file: each once, whoever told it, and the more telling of two that tell the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import Text as SqlText
from sqlalchemy import cast, func, select, update

from raaderum.kernel.identifiers import new_id
from raaderum.people.cpr import masked
from raaderum.persistence.many_rows import among, insert_all
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plugin_api import StatementFault
from raaderum.plugin_api import StatementLine as ReadLine
from raaderum.reconciliation.rules import (
    OPEN_LINES,
    Because,
    LineOutcome,
    codes_in,
    entry_identity,
    line_identity,
)
from raaderum.reconciliation.tables import Statement, StatementFile, StatementLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    Progress = Callable[[int], object]

LONGEST_REFERENCE: Final = 140


@dataclass(slots=True)
class Taking:
    """One file while it is read."""

    session: Session
    file: StatementFile
    own_accounts: tuple[str, ...]
    progress: Progress | None
    statement: Statement | None = None
    news: int = 0
    ordinals: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    waiting: list[tuple[Statement, ReadLine]] = field(default_factory=list)
    faults: list[StatementFault] = field(default_factory=list)
    superseded: set[bytes] = field(default_factory=set)


def write_lines(taking: Taking) -> None:
    """Write the lines that have gathered; those that are known already are kept as duplicates."""
    if not taking.waiting:
        return
    session = taking.session
    rows = [_as_row(taking, statement, line) for statement, line in taking.waiting]
    known = _known_lines(session, rows)
    entries = _known_entries(session, taking, rows)
    for row in rows:
        same = known.get(row.identity)
        if same is None and row.entry_identity in entries:
            same = _overlap(taking, row, entries[row.entry_identity])
        if same is not None:
            row.outcome, row.because, row.same_as_id = LineOutcome.DUPLICATE, Because.SEEN_BEFORE, same
        else:
            known[row.identity] = row.id
            taking.news += 1
    _supersede(session, taking)
    insert_all(session, rows)
    taking.file.line_count += len(rows)
    taking.waiting.clear()
    if taking.progress is not None:
        taking.progress(taking.file.line_count)


def _as_row(taking: Taking, statement: Statement, line: ReadLine) -> StatementLine:
    account = statement.account
    shared: tuple[object, ...] = (account, line.entry, line.reference, line.end_to_end_id, line.amount)
    if line.reference is None:
        shared = (account, None, line.text, line.counterparty, line.amount, line.booked_on)
    taking.ordinals[shared] += 1
    row = StatementLine(
        id=new_id(),
        tenant_id=taking.file.tenant_id,
        file_id=taking.file.id,
        statement_id=statement.id,
        number=line.number,
        amount=line.amount,
        booked_on=line.booked_on,
        value_on=line.value_on,
        reference=_reference(line.reference),
        end_to_end_id=_reference(line.end_to_end_id),
        batch_id=_reference(line.batch_id),
        codes=list(codes_in(line.end_to_end_id, line.text)),
        is_reversal=line.is_reversal,
        return_reason=_reference(line.return_reason),
        identity=line_identity(account, line, ordinal=taking.ordinals[shared]),
        entry_identity=entry_identity(account, line) if line.is_booked else None,
        outcome=LineOutcome.WAITING if line.is_booked else LineOutcome.NOT_BOOKED,
        because=Because.NOT_LOOKED_AT if line.is_booked else Because.ONLY_ANNOUNCED,
    )
    if line.text:
        seal_field(taking.session, row, "text", line.text)
    if line.counterparty:
        seal_field(taking.session, row, "counterparty", line.counterparty)
    return row


def _reference(told: str | None) -> str | None:
    """Return a reference that can be stored in the clear: no CPR number, of a sane length."""
    return masked(told.replace("\0", ""))[:LONGEST_REFERENCE] if told else None


def _known_lines(session: Session, rows: list[StatementLine]) -> dict[bytes, UUID]:
    seen = select(StatementLine.identity, StatementLine.id).where(
        among(StatementLine.identity, {row.identity for row in rows}),
        StatementLine.outcome != LineOutcome.DUPLICATE,
    )
    return dict(session.execute(seen).all())


def _known_entries(
    session: Session, taking: Taking, rows: list[StatementLine]
) -> dict[bytes, tuple[UUID, int, bool]]:
    """Return the bookings that another file has told of: a line, how many lines, whether all are open."""
    wanted = {row.entry_identity for row in rows if row.entry_identity is not None}
    told = (
        select(
            StatementLine.entry_identity,
            func.min(cast(StatementLine.id, SqlText())),
            func.count(),
            func.bool_and(StatementLine.outcome.in_((*OPEN_LINES, LineOutcome.WAITING))),
        )
        .where(
            among(StatementLine.entry_identity, wanted),
            StatementLine.file_id != taking.file.id,
            StatementLine.outcome != LineOutcome.DUPLICATE,
        )
        .group_by(StatementLine.entry_identity)
    )
    return {
        identity: (UUID(line_id), count, open_)
        for identity, line_id, count, open_ in session.execute(told)
        if identity is not None
    }


def _overlap(taking: Taking, row: StatementLine, told: tuple[UUID, int, bool]) -> UUID | None:
    """Return the line that told the same booking before; None where this one tells more than that did.

    A statement gives the total of a batch where the advice gives each payment, in either order: the
    details count, unless the total has been matched.
    """
    line_id, count, is_open = told
    tells_more = bool(row.codes or row.end_to_end_id) and count == 1 and is_open
    if tells_more and row.entry_identity is not None:
        taking.superseded.add(row.entry_identity)
    return None if tells_more else line_id


def _supersede(session: Session, taking: Taking) -> None:
    if not taking.superseded:
        return
    session.execute(
        update(StatementLine)
        .where(
            among(StatementLine.entry_identity, taking.superseded),
            StatementLine.file_id != taking.file.id,
            StatementLine.outcome.in_((*OPEN_LINES, LineOutcome.WAITING)),
        )
        .values(outcome=LineOutcome.DUPLICATE, because=Because.TOLD_IN_DETAIL)
        .execution_options(synchronize_session=False)
    )
    taking.superseded.clear()

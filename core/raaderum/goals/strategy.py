"""The personal strategy: what to continue, to stop and to start; a list that lives beside the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState, check_under_way
from raaderum.enrolments.service import locked_enrolment
from raaderum.goals.rules import MOST_STRATEGY_LINES, ListFull, StrategyKind, StrategyState, check_words
from raaderum.goals.tables import StrategyLine
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """A line of the strategy with its words."""

    id: UUID
    kind: StrategyKind
    words: str
    state: StrategyState


def add_strategy_line(
    session: Session, enrolment_id: UUID, *, kind: StrategyKind, words: str, by: Actor
) -> OpenedLine:
    """Add something to continue, stop or start; raise `ListFull` at the most lines that a list holds."""
    enrolment = _writable(session, enrolment_id, by)
    of_case = select(func.count()).select_from(StrategyLine).where(StrategyLine.enrolment_id == enrolment.id)
    if (session.scalar(of_case) or 0) >= MOST_STRATEGY_LINES:
        raise ListFull(where="words", most=MOST_STRATEGY_LINES)
    line = StrategyLine(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        kind=kind,
        state=StrategyState.LIVING,
        written_by=person_of(by),
    )
    seal_field(session, line, "words", check_words(words))
    insert(session, line)
    _record(session, AuditEvent.STRATEGY_LINE_ADDED, line, by)
    return OpenedLine(line.id, kind, words, StrategyState.LIVING)


def settle_strategy_line(
    session: Session, enrolment_id: UUID, line_id: UUID, *, state: StrategyState, by: Actor
) -> OpenedLine:
    """Say that a line succeeded or was dropped, or let it live again."""
    enrolment = _writable(session, enrolment_id, by)
    line = session.get(StrategyLine, (current_tenant_id(), line_id))
    if line is None or line.enrolment_id != enrolment.id:
        raise NotFound(where="strategy_line")
    line.state = state
    line.settled_at = None if state is StrategyState.LIVING else clock.now()
    _record(session, AuditEvent.STRATEGY_LINE_SETTLED, line, by, state=state)
    return OpenedLine(line.id, StrategyKind(line.kind), open_field(session, line, "words"), state)


def strategy_of(session: Session, enrolment_id: UUID) -> list[OpenedLine]:
    """Return the strategy of a case in the order in which it was said."""
    lines = select(StrategyLine).where(StrategyLine.enrolment_id == enrolment_id).order_by(StrategyLine.id)
    return [
        OpenedLine(
            row.id, StrategyKind(row.kind), open_field(session, row, "words"), StrategyState(row.state)
        )
        for row in session.scalars(lines)
    ]


def _writable(session: Session, enrolment_id: UUID, by: Actor) -> Enrolment:
    require(by, Act.WRITE_STRATEGY)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *UNDER_WAY)
    return enrolment


def _record(session: Session, event: AuditEvent, line: StrategyLine, by: Actor, **detail: str) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="strategy_line",
        subject_id=line.id,
        enrolment_id=line.enrolment_id,
        kind=line.kind,
        **detail,
    )

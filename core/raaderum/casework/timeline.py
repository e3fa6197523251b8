"""One timeline of a citizen: money, decisions, words and messages, for those who may read each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, and_, or_, select

from raaderum.audit.events import AuditEvent
from raaderum.audit.tables import AuditEntry
from raaderum.casework.note_rules import audiences_read_by
from raaderum.casework.tables import CaseMessage, CaseNote
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel.text import Text
from raaderum.people.roles import Act, Role, require
from raaderum.people.tables import Staff
from raaderum.persistence.sealed_fields import open_field
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


class TimelineKind(StrEnum):
    """What an entry is about."""

    MONEY = "money"
    DECISIONS = "decisions"
    WORDS = "words"
    MESSAGES = "messages"


TIMELINE_NAMES: Final[Mapping[TimelineKind, Text]] = {
    TimelineKind.MONEY: Text("penge", "money"),
    TimelineKind.DECISIONS: Text("beslutninger", "decisions"),
    TimelineKind.WORDS: Text("ord", "words"),
    TimelineKind.MESSAGES: Text("beskeder", "messages"),
}

_SUBJECTS: Final[Mapping[str, TimelineKind]] = {
    "grant": TimelineKind.MONEY,
    "purchase": TimelineKind.MONEY,
    "invoice": TimelineKind.MONEY,
    "payout": TimelineKind.MONEY,
    "refund": TimelineKind.MONEY,
    "receipt": TimelineKind.MONEY,
    "goal": TimelineKind.WORDS,
    "sub_goal": TimelineKind.WORDS,
    "wish": TimelineKind.WORDS,
    "strategy": TimelineKind.WORDS,
    "words": TimelineKind.WORDS,
    "note": TimelineKind.WORDS,
    "interview": TimelineKind.WORDS,
    "summary": TimelineKind.WORDS,
    "questionnaire": TimelineKind.WORDS,
    "outcome": TimelineKind.WORDS,
    "message": TimelineKind.MESSAGES,
}
"""By what stands before the point in an event's stored name; everything else is a decision."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened; `name` is '' for the citizen and the system, `words` what was written."""

    entry: AuditEntry
    kind: TimelineKind
    name: str
    words: str

    @property
    def event(self) -> Text:
        """What happened."""
        return AuditEvent.named(self.entry.event).text


def timeline_of(
    session: Session,
    enrolment_id: UUID,
    *,
    by: Actor,
    most: int,
    kind: TimelineKind | None = None,
    before: int | None = None,
) -> list[Moment]:
    """Return what happened in a case, newest first: `most` entries before the sequence `before`."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    page = (
        select(AuditEntry, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.actor_id)
        .where(AuditEntry.enrolment_id == enrolment_id, readable_by(by))
        .order_by(AuditEntry.sequence.desc())
        .limit(most)
    )
    if before is not None:
        page = page.where(AuditEntry.sequence < before)
    if kind is not None:
        page = page.where(AuditEntry.event.in_(_events_of(kind)))
    rows = session.execute(page).all()
    words = _words_of(session, [entry for entry, _ in rows])
    return [
        Moment(entry, kind_of(entry.event), name or "", words.get(entry.subject_id, ""))
        for entry, name in rows
    ]


def readable_by(by: Actor) -> ColumnElement[bool]:
    """Return the condition that an entry of a case may be told to `by`.

    That somebody merely looked has a page of its own. Of confidential notes nobody else learns even
    that there are any, and the staff's tasks are no matter of the citizen's.
    """
    notes = [AuditEvent.NOTE_WRITTEN.stored_name, AuditEvent.NOTE_CORRECTED.stored_name]
    own_notes = AuditEntry.detail["audience"].astext.in_(audiences_read_by(by.role))
    untold = [AuditEvent.CITIZEN_SEEN.stored_name]
    if by.role == Role.CITIZEN:
        untold += [AuditEvent.TASK_WRITTEN.stored_name, AuditEvent.TASK_FINISHED.stored_name]
        # Whoever presses a citizen may be looking over the shoulder.
        untold.append(AuditEvent.CALL_ASKED_FOR.stored_name)
    return and_(
        AuditEntry.event.not_in(untold),
        or_(AuditEntry.event.not_in(notes), own_notes),
    )


def kind_of(event: str) -> TimelineKind:
    """Return what an event is about, by its stored name."""
    return _SUBJECTS.get(event.partition(".")[0], TimelineKind.DECISIONS)


def _events_of(kind: TimelineKind) -> list[str]:
    return [event.stored_name for event in AuditEvent if kind_of(event.stored_name) is kind]


def _words_of(session: Session, entries: Sequence[AuditEntry]) -> dict[UUID, str]:
    """Return what was written in notes and messages and what was to be bought, by the subject's id."""
    notes = select(CaseNote).where(CaseNote.id.in_(_subjects(entries, "case_note")))
    messages = select(CaseMessage).where(CaseMessage.id.in_(_subjects(entries, "case_message")))
    bought = select(Purchase).where(Purchase.id.in_(_subjects(entries, "purchase")))
    written = [*session.scalars(notes), *session.scalars(messages)]
    words = {row.id: open_field(session, row, "text") for row in written}
    return words | {row.id: description_of(session, row) for row in session.scalars(bought)}


def _subjects(entries: Sequence[AuditEntry], subject_type: str) -> set[UUID]:
    return {entry.subject_id for entry in entries if entry.subject_type == subject_type}

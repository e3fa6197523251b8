"""The same words everywhere: the citizen lets their own words be given to others, to the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.goals.rules import GoalMissing, RecipientMissing, WordsNotReleased
from raaderum.goals.service import opened_goals
from raaderum.goals.tables import WordRelease
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

LONGEST_RECIPIENT: Final = 200


@dataclass(frozen=True, slots=True)
class OpenedRelease:
    """To whom the citizen has released their words; `withdrawn_at` is None while it holds."""

    id: UUID
    recipient: str
    released_at: datetime
    withdrawn_at: datetime | None


def release_words(session: Session, enrolment_id: UUID, *, recipient: str, by: Actor) -> WordRelease:
    """The citizen lets their dream and sub-goals be given to `recipient`, such as the job centre."""
    require(by, Act.RELEASE_WORDS)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    if not 0 < len(recipient.strip()) <= LONGEST_RECIPIENT:
        raise RecipientMissing(where="recipient", most=LONGEST_RECIPIENT)
    if not opened_goals(session, enrolment.id).words:
        raise GoalMissing(where="words")
    release = WordRelease(id=new_id(), tenant_id=current_tenant_id(), enrolment_id=enrolment.id)
    seal_field(session, release, "recipient", recipient.strip())
    insert(session, release)
    _record(session, AuditEvent.WORDS_RELEASED, release, by)
    return release


def withdraw_release(session: Session, enrolment_id: UUID, release_id: UUID, *, by: Actor) -> WordRelease:
    """The citizen takes a release back, once; what was given before is not called back."""
    require(by, Act.RELEASE_WORDS)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    release = _release(session, enrolment.id, release_id)
    if release.withdrawn_at is None:
        release.withdrawn_at = clock.now()
        _record(session, AuditEvent.WORDS_RELEASE_WITHDRAWN, release, by)
    return release


def hand_out_words(session: Session, enrolment_id: UUID, release_id: UUID, *, by: Actor) -> None:
    """Record that the words of a release are being handed out.

    Raises `WordsNotReleased` for a release that was taken back; the citizen gets their own words always.
    """
    require(by, Act.HAND_OUT_WORDS)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    release = _release(session, enrolment.id, release_id)
    if release.withdrawn_at is not None and by.role != Role.CITIZEN:
        raise WordsNotReleased(where="release")
    _record(session, AuditEvent.WORDS_HANDED_OUT, release, by)


def words_of_release(session: Session, enrolment_id: UUID, release_id: UUID) -> bytes:
    """Return the dream as UTF-8, byte for byte as the citizen wrote it; `hand_out_words` lets it out."""
    return opened_goals(session, _release(session, enrolment_id, release_id).enrolment_id).words.encode()


def releases_of(session: Session, enrolment_id: UUID) -> list[OpenedRelease]:
    """Return to whom the words of a case have been released, the newest first."""
    newest_first = (
        select(WordRelease).where(WordRelease.enrolment_id == enrolment_id).order_by(WordRelease.id.desc())
    )
    return [opened_release(session, row) for row in session.scalars(newest_first)]


def opened_release(session: Session, row: WordRelease) -> OpenedRelease:
    """Return a release with its recipient's name."""
    return OpenedRelease(row.id, open_field(session, row, "recipient"), row.released_at, row.withdrawn_at)


def _release(session: Session, enrolment_id: UUID, release_id: UUID) -> WordRelease:
    release = session.get(WordRelease, (current_tenant_id(), release_id))
    if release is None or release.enrolment_id != enrolment_id:
        raise NotFound(where="release")
    return release


def _record(session: Session, event: AuditEvent, release: WordRelease, by: Actor) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="word_release",
        subject_id=release.id,
        enrolment_id=release.enrolment_id,
    )

"""Writing a notice down in the same transaction as what it tells of; `sending` takes it further."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless_there

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.notices.rules import NoticeState, Words
from raaderum.notices.tables import CitizenContact, Notice
from raaderum.people.roles import Act, require
from raaderum.persistence.outbox import add_work
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.plugin_host.providers import tenant_providers
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

QUEUE: Final = "notices"
SEND: Final = "notice.send"


@dataclass(frozen=True, slots=True)
class OpenedNotice:
    """A notice as its reader sees it."""

    id: UUID
    enrolment_id: UUID | None
    words: Words
    told_at: datetime
    read_at: datetime | None


def tell_staff(
    session: Session, staff_ids: Iterable[UUID], words: Words, *, key: str, enrolment_id: UUID | None = None
) -> None:
    """Tell members of staff something; the same `key` tells each of them once."""
    # In one order, so that two who tell the same people never wait for each other.
    for staff_id in sorted(set(staff_ids)):
        row = Notice(person_id=staff_id, is_citizen=False, enrolment_id=enrolment_id, key=key)
        _write_down(session, row, words, has_address=True)


def tell_citizen(session: Session, citizen_id: UUID, words: Words, *, key: str, enrolment_id: UUID) -> None:
    """Tell a citizen something: it stands in the portal, and a hint goes to the address that is known.

    The same `key` tells the citizen once.
    """
    row = Notice(person_id=citizen_id, is_citizen=True, enrolment_id=enrolment_id, key=key)
    contact = session.scalar(select(CitizenContact).where(CitizenContact.citizen_id == citizen_id))
    has_address = contact is not None and bool(open_field(session, contact, "email"))
    _write_down(session, row, words, has_address=has_address)


def own_notices(
    session: Session, *, by: Actor, before: UUID | None = None, most: int = 50
) -> list[OpenedNotice]:
    """Return a page of what `by` has been told, newest first, that lies before `before`."""
    require(by, Act.SEE_OWN_SESSION)
    page = select(Notice).where(Notice.person_id == by.person_id).order_by(Notice.id.desc()).limit(most)
    if before is not None:
        page = page.where(Notice.id < before)
    return [_opened(session, row) for row in session.scalars(page)]


def unread_notices(session: Session, *, by: Actor) -> int:
    """Return how many notices `by` has not read."""
    unread = select(func.count()).where(Notice.person_id == by.person_id, Notice.read_at.is_(None))
    return session.scalar(unread) or 0


def read_notices(session: Session, *, by: Actor) -> int:
    """Mark everything that `by` has been told as read; return how many were new."""
    require(by, Act.SEE_OWN_SESSION)
    unread = update(Notice).where(Notice.person_id == by.person_id, Notice.read_at.is_(None))
    marked = session.execute(
        unread.values(read_at=clock.now()).returning(Notice.id).execution_options(synchronize_session=False)
    )
    return len(marked.all())


def words_of(session: Session, row: Notice) -> Words:
    """Return the words of a notice."""
    return _opened(session, row).words


def _write_down(session: Session, row: Notice, words: Words, *, has_address: bool) -> None:
    row.id, row.tenant_id = new_id(), current_tenant_id()
    is_sent = has_address and bool(tenant_providers().notifiers)
    seal_field(session, row, "words", _as_json(words))
    values = {
        "tenant_id": row.tenant_id,
        "id": row.id,
        "person_id": row.person_id,
        "is_citizen": row.is_citizen,
        "enrolment_id": row.enrolment_id,
        "key": row.key,
        "words_sealed": row.words_sealed,
        "state": NoticeState.WAITING if is_sent else NoticeState.IN_PORTAL,
        "told_at": clock.now(),
    }
    new = session.execute(
        insert_unless_there(Notice)
        .values(values)
        .on_conflict_do_nothing(index_elements=["tenant_id", "person_id", "key"])
        .returning(Notice.id)
    ).first()
    if new is not None and is_sent:
        add_work(session, queue=QUEUE, kind=SEND, subject_id=row.id)


def _opened(session: Session, row: Notice) -> OpenedNotice:
    written = json.loads(open_field(session, row, "words"))
    words = Words(Text(*written["subject"]), Text(*written["body"]))
    return OpenedNotice(row.id, row.enrolment_id, words, row.told_at, row.read_at)


def _as_json(words: Words) -> str:
    subject, body = words.subject, words.body
    return json.dumps(
        {"subject": [subject.danish, subject.english], "body": [body.danish, body.english]},
        ensure_ascii=False,
    )

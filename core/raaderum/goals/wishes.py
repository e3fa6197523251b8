"""The wish list: everything is written down from the first minute, and chosen among afterwards."""

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
from raaderum.goals.rules import MOST_WISHES, ListFull, WishChoice, check_words
from raaderum.goals.tables import Wish
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
class OpenedWish:
    """A wish with its words."""

    id: UUID
    words: str
    choice: WishChoice


def add_wish(session: Session, enrolment_id: UUID, *, words: str, by: Actor) -> OpenedWish:
    """Write a wish down as it is said; raise `ListFull` at the most wishes that a list holds."""
    enrolment = _writable(session, enrolment_id, by)
    taken = session.scalar(select(func.count()).select_from(Wish).where(Wish.enrolment_id == enrolment.id))
    if (taken or 0) >= MOST_WISHES:
        raise ListFull(where="words", most=MOST_WISHES)
    wish = Wish(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        choice=WishChoice.OPEN,
        written_by=person_of(by),
    )
    seal_field(session, wish, "words", check_words(words))
    insert(session, wish)
    _record(session, AuditEvent.WISH_ADDED, wish, by)
    return OpenedWish(wish.id, words, WishChoice.OPEN)


def choose_wish(
    session: Session, enrolment_id: UUID, wish_id: UUID, *, choice: WishChoice, by: Actor
) -> OpenedWish:
    """Choose a wish to plan for, set it aside, or leave it open again."""
    enrolment = _writable(session, enrolment_id, by)
    wish = session.get(Wish, (current_tenant_id(), wish_id))
    if wish is None or wish.enrolment_id != enrolment.id:
        raise NotFound(where="wish")
    wish.choice = choice
    _record(session, AuditEvent.WISH_CHOSEN, wish, by, choice=choice)
    return OpenedWish(wish.id, open_field(session, wish, "words"), choice)


def wishes_of(session: Session, enrolment_id: UUID) -> list[OpenedWish]:
    """Return the wishes of a case in the order in which they were said."""
    rows = session.scalars(select(Wish).where(Wish.enrolment_id == enrolment_id).order_by(Wish.id))
    return [OpenedWish(row.id, open_field(session, row, "words"), WishChoice(row.choice)) for row in rows]


def _writable(session: Session, enrolment_id: UUID, by: Actor) -> Enrolment:
    require(by, Act.WRITE_WISHES)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *UNDER_WAY)
    return enrolment


def _record(session: Session, event: AuditEvent, wish: Wish, by: Actor, **detail: str) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="wish",
        subject_id=wish.id,
        enrolment_id=wish.enrolment_id,
        **detail,
    )

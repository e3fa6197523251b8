"""Who stands at a citizen's side: one support person, changed on the citizen's wish, and substitutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.enrolments.moves import record_on
from raaderum.enrolments.relations import RelationKind
from raaderum.enrolments.rules import CLOSED, EnrolmentState, check_under_way
from raaderum.enrolments.service import locked_enrolment
from raaderum.enrolments.support_rules import (
    AlreadyWished,
    HandoverRefused,
    NoWish,
    RefusedCase,
    SameSupportPerson,
    check_substitution,
)
from raaderum.enrolments.tables import Enrolment, SupportRelation, SupportWish
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound, RaaderumError
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
from raaderum.people.service import names_of_staff, require_staff_role
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_OPEN = tuple(state for state in EnrolmentState if state not in CLOSED)


@dataclass(frozen=True, slots=True)
class OpenedRelation:
    """Somebody at a citizen's side, from when to when; `handover` is what they left to the next."""

    id: UUID | None
    staff_id: UUID
    name: str
    kind: RelationKind
    begins_on: date
    ends_on: date | None
    handover: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class OpenedSupport:
    """Everybody who stands or stood at a citizen's side, those of today first."""

    relations: tuple[OpenedRelation, ...]
    wish: SupportWish | None


def wish_other_support_person(session: Session, enrolment_id: UUID, *, by: Actor) -> SupportWish:
    """The citizen asks for another support person; no reason is asked for."""
    require(by, Act.WISH_OTHER_SUPPORT_PERSON)
    enrolment = _open_enrolment(session, enrolment_id, by)
    if find_wish(session, enrolment.id) is not None:
        raise AlreadyWished(where="enrolment")
    wish = SupportWish(id=new_id(), enrolment_id=enrolment.id)
    insert(session, wish)
    record_on(session, AuditEvent.SUPPORT_CHANGE_WISHED, enrolment, by)
    return wish


def withdraw_wish(session: Session, enrolment_id: UUID, *, by: Actor) -> SupportWish:
    """The citizen would rather keep the support person after all."""
    require(by, Act.WISH_OTHER_SUPPORT_PERSON)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    wish = find_wish(session, enrolment.id)
    if wish is None:
        raise NoWish(where="enrolment")
    _settle(wish, by)
    record_on(session, AuditEvent.SUPPORT_CHANGE_WITHDRAWN, enrolment, by)
    return wish


def change_support_person(
    session: Session, enrolment_id: UUID, *, staff_id: UUID, handover: str, by: Actor
) -> Enrolment:
    """Give a citizen another support person.

    The rights move in the same instant: the former one, and whoever stood in for them, no longer
    finds the case. What they did keeps their names. `handover` is for the new one to read.
    """
    require(by, Act.ASSIGN_SUPPORT_PERSON)
    enrolment = _open_enrolment(session, enrolment_id, by)
    require_staff_role(session, staff_id, Role.SUPPORT_PERSON)
    _refuse_same(enrolment, staff_id)
    former = SupportRelation(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        staff_id=enrolment.support_person_id,
        kind=RelationKind.SUPPORT_PERSON,
        begins_on=_supported_since(enrolment, _relations(session, enrolment.id)),
        ended_at=clock.now(),
        decided_by=person_of(by),
    )
    if handover.strip():
        seal_field(session, former, "handover", handover)
    insert(session, former)
    for substitution in _running_substitutions(session, enrolment.id):
        substitution.ended_at = clock.now()
    wish = find_wish(session, enrolment.id)
    if wish is not None:
        _settle(wish, by)
    enrolment.support_person_id = staff_id
    record_on(
        session,
        AuditEvent.SUPPORT_PERSON_CHANGED,
        enrolment,
        by,
        former=str(former.staff_id),
        new=str(staff_id),
        wished=int(wish is not None),
    )
    return enrolment


def hand_over_cases(
    session: Session, enrolment_ids: Iterable[UUID], *, staff_id: UUID, handover: str, by: Actor
) -> list[Enrolment]:
    """Give several citizens the same new support person: all of them, or none.

    Raises `HandoverRefused` with what is wrong with each case that cannot be handed over.
    """
    require(by, Act.ASSIGN_SUPPORT_PERSON)
    require_staff_role(session, staff_id, Role.SUPPORT_PERSON)
    wanted = sorted(set(enrolment_ids))  # in one order, so that two handing over at once do not meet head on
    refused = []
    for enrolment_id in wanted:
        try:
            _refuse_same(_open_enrolment(session, enrolment_id, by), staff_id)
        except RaaderumError as error:
            refused.append(RefusedCase(enrolment_id, error))
    if refused:
        raise HandoverRefused(refused)
    return [
        change_support_person(session, enrolment_id, staff_id=staff_id, handover=handover, by=by)
        for enrolment_id in wanted
    ]


def appoint_substitute(
    session: Session,
    enrolment_id: UUID,
    *,
    staff_id: UUID,
    begins_on: date,
    ends_on: date,
    handover: str,
    by: Actor,
) -> SupportRelation:
    """Let somebody stand in for the support person from `begins_on` to `ends_on`, both included."""
    require(by, Act.ASSIGN_SUPPORT_PERSON)
    enrolment = _open_enrolment(session, enrolment_id, by)
    require_staff_role(session, staff_id, Role.SUPPORT_PERSON)
    _refuse_same(enrolment, staff_id)
    check_substitution(begins_on=begins_on, ends_on=ends_on, today=clock.today())
    relation = SupportRelation(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        staff_id=staff_id,
        kind=RelationKind.SUBSTITUTE,
        begins_on=begins_on,
        ends_on=ends_on,
        decided_by=person_of(by),
    )
    if handover.strip():
        seal_field(session, relation, "handover", handover)
    insert(session, relation)
    record_on(session, AuditEvent.SUBSTITUTE_APPOINTED, enrolment, by, substitute=str(staff_id))
    return relation


def end_substitution(session: Session, relation_id: UUID, *, by: Actor) -> SupportRelation:
    """End a substitute's time now; they no longer find the case."""
    require(by, Act.ASSIGN_SUPPORT_PERSON)
    relation = session.get(SupportRelation, (current_tenant_id(), relation_id))
    if relation is None:
        raise NotFound(where="substitute")
    enrolment = locked_enrolment(session, relation.enrolment_id, by=by)
    if relation not in _running_substitutions(session, enrolment.id):
        raise NotFound(where="substitute")
    relation.ended_at = clock.now()
    record_on(session, AuditEvent.SUBSTITUTION_ENDED, enrolment, by, substitute=str(relation.staff_id))
    return relation


def opened_support(session: Session, enrolment: Enrolment, *, by: Actor) -> OpenedSupport:
    """Return who stands and stood at a citizen's side; what was handed over is for staff alone."""
    relations, names, today = _relations(session, enrolment.id), names_of_staff(session), clock.today()
    present = OpenedRelation(
        id=None,
        staff_id=enrolment.support_person_id,
        name=names[enrolment.support_person_id],
        kind=RelationKind.SUPPORT_PERSON,
        begins_on=_supported_since(enrolment, relations),
        ends_on=None,
        handover="",
        in_force=enrolment.state not in CLOSED,
    )
    others = [
        OpenedRelation(
            id=row.id,
            staff_id=row.staff_id,
            name=names[row.staff_id],
            kind=RelationKind(row.kind),
            begins_on=row.begins_on,
            ends_on=_last_day(row),
            handover="" if by.role == Role.CITIZEN else open_field(session, row, "handover"),
            in_force=row.ended_at is None and row.begins_on <= today and (row.ends_on or today) >= today,
        )
        for row in relations
    ]
    others.sort(key=lambda relation: not relation.in_force)
    return OpenedSupport((present, *others), find_wish(session, enrolment.id))


def find_wish(session: Session, enrolment_id: UUID) -> SupportWish | None:
    """Return the citizen's open wish for another support person."""
    still_open = select(SupportWish).where(
        SupportWish.enrolment_id == enrolment_id, SupportWish.settled_at.is_(None)
    )
    return session.scalar(still_open)


def _relations(session: Session, enrolment_id: UUID) -> Sequence[SupportRelation]:
    """Return those who stood at a citizen's side before, and the substitutes; the newest first."""
    newest_first = (
        select(SupportRelation)
        .where(SupportRelation.enrolment_id == enrolment_id)
        .order_by(SupportRelation.id.desc())
    )
    return session.scalars(newest_first).all()


def _running_substitutions(session: Session, enrolment_id: UUID) -> Sequence[SupportRelation]:
    running = select(SupportRelation).where(
        SupportRelation.enrolment_id == enrolment_id,
        SupportRelation.kind == RelationKind.SUBSTITUTE,
        SupportRelation.ended_at.is_(None),
        SupportRelation.ends_on >= clock.today(),
    )
    return session.scalars(running).all()


def _supported_since(enrolment: Enrolment, relations: Sequence[SupportRelation]) -> date:
    """Return since when the present support person has been one: since the last one left."""
    left = [row.ended_at for row in relations if row.kind == RelationKind.SUPPORT_PERSON and row.ended_at]
    return clock.day_of(max(left)) if left else clock.day_of(enrolment.referred_at)


def _last_day(row: SupportRelation) -> date | None:
    ended_on = clock.day_of(row.ended_at) if row.ended_at else None
    return min(filter(None, (ended_on, row.ends_on)), default=None)


def _open_enrolment(session: Session, enrolment_id: UUID, by: Actor) -> Enrolment:
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *_OPEN)
    return enrolment


def _refuse_same(enrolment: Enrolment, staff_id: UUID) -> None:
    if enrolment.support_person_id == staff_id:
        raise SameSupportPerson(where="staff_id")


def _settle(wish: SupportWish, by: Actor) -> None:
    wish.settled_at, wish.settled_by = clock.now(), by.person_id

"""Selecting among those referred: appointing, or drawing by a seed that was committed to before."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.moves import record_on
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.selection_rules import (
    AlreadyDrawn,
    AlreadySelected,
    DrawOutcome,
    check_arm,
    check_places,
    check_selects,
    drawn,
    hash_of_seed,
    order_of_draw,
)
from raaderum.enrolments.service import locked_enrolment
from raaderum.enrolments.tables import DrawParticipant, Enrolment, SelectionDraw
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.programmes.installed import programme_in_force, rules_of
from raaderum.programmes.selections import Selection
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.programmes.selections import Arm

_CAN_BE_SELECTED = (EnrolmentState.REFERRED, EnrolmentState.WAITING)


@dataclass(frozen=True, slots=True)
class OpenedDraw:
    """A draw with its participants, in the order that the seed gave them once it is carried out."""

    draw: SelectionDraw
    participants: Sequence[DrawParticipant]

    @property
    def is_verified(self) -> bool | None:
        """Whether seed, hash, order and outcome fit each other; None before the draw is carried out."""
        seed = self.draw.revealed_seed
        if seed is None:
            return None
        order = order_of_draw(seed, [one.enrolment_id for one in self.participants])
        passed_over = {
            one.enrolment_id for one in self.participants if one.outcome == DrawOutcome.PASSED_OVER
        }
        outcomes = drawn(order, places=self.draw.places, passed_over=passed_over)
        return hash_of_seed(seed) == self.draw.seed_hash and all(
            one.position == order.index(one.enrolment_id) + 1 and one.outcome == outcomes[one.enrolment_id]
            for one in self.participants
        )


def appoint(session: Session, enrolment_id: UUID, *, arm: Arm | None = None, by: Actor) -> Enrolment:
    """Appoint somebody to a place, in one of the programme's kinds of course where it has several."""
    require(by, Act.SELECT_CITIZENS)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *_CAN_BE_SELECTED)
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    check_selects(rules, Selection.APPOINTED)
    check_arm(rules, arm)
    if enrolment.selection is not None:
        raise AlreadySelected(where="selection")
    enrolment.selection, enrolment.arm = Selection.APPOINTED, arm
    _record_selection(session, AuditEvent.ENROLMENT_APPOINTED, enrolment, by)
    return enrolment


def announce_draw(
    session: Session, programme: str, *, places: int, arm: Arm | None = None, by: Actor
) -> OpenedDraw:
    """Announce a draw of `places` among all who wait to be selected, and commit to its seed.

    From now on neither the participants nor the seed can change: only its hash is shown, and whoever
    announces it does not know whom it will favour.
    """
    require(by, Act.SELECT_CITIZENS)
    rules = programme_in_force(programme, on=clock.today())
    check_selects(rules, Selection.DRAWN)
    check_arm(rules, arm)
    unselected = select(Enrolment.id).where(
        Enrolment.programme == programme,
        Enrolment.state.in_(_CAN_BE_SELECTED),
        Enrolment.selection.is_(None),
    )
    participants = session.scalars(unselected.order_by(Enrolment.id)).all()
    check_places(places, participants=len(participants))
    seed = secrets.token_hex(32)
    draw = SelectionDraw(
        id=new_id(),
        tenant_id=current_tenant_id(),
        programme=programme,
        arm=arm,
        places=places,
        seed_hash=hash_of_seed(seed),
        announced_by=person_of(by),
    )
    seal_field(session, draw, "seed", seed)
    insert(session, draw)
    session.add_all(
        DrawParticipant(tenant_id=draw.tenant_id, draw_id=draw.id, enrolment_id=one) for one in participants
    )
    _record_draw(session, AuditEvent.DRAW_ANNOUNCED, draw, by)
    session.flush()
    return get_draw(session, draw.id, by=by)


def carry_out_draw(session: Session, draw_id: UUID, *, by: Actor) -> OpenedDraw:
    """Reveal the seed and select those whom it puts first; the result stands from then on.

    Participants who have been selected otherwise, or whose referral has moved on, are passed over.
    Nobody is drawn twice, in this draw or another one. Raises `AlreadyDrawn`.
    """
    require(by, Act.SELECT_CITIZENS)
    draw = _locked_draw(session, draw_id)
    if draw.drawn_at is not None:
        raise AlreadyDrawn(where="draw")
    enrolments = _locked_participants(session, draw)
    passed_over = {
        one.id for one in enrolments if one.selection is not None or one.state not in _CAN_BE_SELECTED
    }
    seed = open_field(session, draw, "seed")
    order = order_of_draw(seed, [one.id for one in enrolments])
    outcomes = drawn(order, places=draw.places, passed_over=passed_over)
    draw.revealed_seed, draw.drawn_by, draw.drawn_at = seed, person_of(by), clock.now()
    for one in enrolments:
        if outcomes[one.id] is DrawOutcome.DRAWN:
            one.selection, one.arm = Selection.DRAWN, draw.arm
            _record_selection(session, AuditEvent.ENROLMENT_DRAWN, one, by, draw=str(draw.id))
    for participant in _participants_of(session, [draw.id]):
        participant.position = order.index(participant.enrolment_id) + 1
        participant.outcome = outcomes[participant.enrolment_id]
    _record_draw(session, AuditEvent.DRAW_CARRIED_OUT, draw, by)
    session.flush()
    return get_draw(session, draw.id, by=by)


def get_draw(session: Session, draw_id: UUID, *, by: Actor) -> OpenedDraw:
    """Return a draw with its participants; raise `NotFound`."""
    require(by, Act.SELECT_CITIZENS)
    draw = session.get(SelectionDraw, (current_tenant_id(), draw_id))
    if draw is None:
        raise NotFound(where="draw")
    return OpenedDraw(draw, _participants_of(session, [draw.id]))


def draws(session: Session, *, by: Actor) -> list[OpenedDraw]:
    """Return every draw of the municipality, the newest first, with its participants."""
    require(by, Act.SELECT_CITIZENS)
    found = session.scalars(select(SelectionDraw).order_by(SelectionDraw.id.desc())).all()
    participants: dict[UUID, list[DrawParticipant]] = {draw.id: [] for draw in found}
    for one in _participants_of(session, list(participants)):
        participants[one.draw_id].append(one)
    return [OpenedDraw(draw, participants[draw.id]) for draw in found]


def _locked_draw(session: Session, draw_id: UUID) -> SelectionDraw:
    lock = (
        select(SelectionDraw)
        .where(SelectionDraw.id == draw_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    draw = session.scalar(lock)
    if draw is None:
        raise NotFound(where="draw")
    return draw


def _locked_participants(session: Session, draw: SelectionDraw) -> Sequence[Enrolment]:
    """Return the enrolments that take part, locked in the order of their ids so that draws stand in line."""
    taking_part = select(DrawParticipant.enrolment_id).where(DrawParticipant.draw_id == draw.id)
    lock = (
        select(Enrolment)
        .where(Enrolment.id.in_(taking_part))
        .order_by(Enrolment.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(lock).all()


def _participants_of(session: Session, draw_ids: Sequence[UUID]) -> Sequence[DrawParticipant]:
    taking_part = (
        select(DrawParticipant)
        .where(DrawParticipant.draw_id.in_(draw_ids))
        .order_by(DrawParticipant.position, DrawParticipant.enrolment_id)
    )
    return session.scalars(taking_part).all()


def _record_selection(
    session: Session, event: AuditEvent, enrolment: Enrolment, by: Actor, *, draw: str | None = None
) -> None:
    record_on(session, event, enrolment, by, selection=enrolment.selection, arm=enrolment.arm, draw=draw)


def _record_draw(session: Session, event: AuditEvent, draw: SelectionDraw, by: Actor) -> None:
    """The hash stands in the log from the announcement on, and cannot be taken out of it."""
    record(
        session,
        event,
        by=by,
        subject_type="selection_draw",
        subject_id=draw.id,
        programme=draw.programme,
        places=draw.places,
        arm=draw.arm,
        seed_hash=draw.seed_hash,
        seed=draw.revealed_seed,
    )

"""What a citizen's lanes of small transfers take, and what of it is left this month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, or_, select

from raaderum.enrolments.service import get_enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.plugin_api import PayoutMethod
from raaderum.plugin_host.installed import plugins
from raaderum.plugin_host.providers import tenant_providers
from raaderum.programmes.installed import rules_of
from raaderum.purchases.payees import PurchaseMethod
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.transfers.locks import find_lock
from raaderum.transfers.rules import LANE_NAMES, Lane, LaneClosed, LockReason, caps_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.programmes.rules import ProgrammeVersion
    from raaderum.transfers.rules import LaneCaps

_HELD = (PurchaseState.REQUESTED, PurchaseState.APPROVED)


@dataclass(frozen=True, slots=True)
class OpenLane:
    """A lane that the programme has: what it takes, and what is left of this month, in øre."""

    lane: Lane
    caps: LaneCaps
    left: Oere


@dataclass(frozen=True, slots=True)
class Lanes:
    """A citizen's lanes; `locked` says why nobody can ask just now, None where they can.

    `activities` are what pocket money is for, empty where it is for anything in the plan.
    """

    lanes: tuple[OpenLane, ...]
    locked: LockReason | None
    activities: tuple[str, ...]


def lanes_of(session: Session, enrolment_id: UUID, *, by: Actor) -> Lanes:
    """Return the lanes of an enrolment that `by` may see; none where the programme has no such way."""
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    lock = find_lock(session, enrolment.id)
    pocket_money = rules.small_transfers.pocket_money if rules.small_transfers else None
    return Lanes(
        tuple(_open_lane(session, enrolment.id, rules, lane) for lane in Lane if has_lane(rules, lane)),
        None if lock is None else LockReason(lock.because),
        pocket_money.activities if pocket_money else (),
    )


def has_lane(rules: ProgrammeVersion, lane: Lane) -> bool:
    """Say whether a programme pays in this way."""
    try:
        caps_of(rules.small_transfers, lane)
        provider_for(rules, lane)
    except LaneClosed:
        return False
    return True


def provider_for(rules: ProgrammeVersion, lane: Lane = Lane.SUPPORTED) -> str:
    """Return the provider that transfers for a programme; raise `LaneClosed` where it names none."""
    kinds = plugins().payout_providers
    switched_on = tenant_providers().payout_providers
    for identifier in rules.payout_methods:
        kind = kinds.get(identifier)
        if kind is not None and kind.manifest.method is PayoutMethod.TRANSFER and identifier in switched_on:
            return identifier
    name = LANE_NAMES[lane]
    raise LaneClosed(where="lane", lane=name.danish, lane_english=name.english)


def used_this_month(session: Session, enrolment_id: UUID, lane: Lane) -> Oere:
    """Return what was asked for in a lane this month and did not come to nothing, in øre."""
    begins = clock.start_of(clock.today().replace(day=1))
    came_to_nothing = (PayoutState.GIVEN_UP, PayoutState.CANCELLED)
    is_paid = exists().where(Payout.purchase_id == Purchase.id, Payout.state.not_in(came_to_nothing))
    asked = select(func.coalesce(func.sum(Purchase.amount), 0)).where(
        Purchase.enrolment_id == enrolment_id,
        Purchase.method == PurchaseMethod.TRANSFER,
        Purchase.lane == lane,
        Purchase.requested_at >= begins,
        or_(Purchase.state.in_(_HELD), and_(Purchase.state == PurchaseState.CLOSED, is_paid)),
    )
    return Oere(int(session.execute(asked).scalar_one()))


def _open_lane(session: Session, enrolment_id: UUID, rules: ProgrammeVersion, lane: Lane) -> OpenLane:
    caps = caps_of(rules.small_transfers, lane)
    left = max(caps.per_month - used_this_month(session, enrolment_id, lane), 0)
    return OpenLane(lane, caps, Oere(left))

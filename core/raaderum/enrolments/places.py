"""Places of a programme in a calendar year, and the waiting list for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text, tuple_

from raaderum.enrolments.place_rules import check_place, check_turn
from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import newest_rules
from raaderum.programmes.selections import Selection
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.programmes.rules import ProgrammeVersion

_ONE_OFFER_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended(:places, 2))")
_WITHOUT_A_PLACE = (EnrolmentState.REJECTED, EnrolmentState.DECLINED)


@dataclass(frozen=True, slots=True)
class Queued:
    """One enrolment on the waiting list; `position` counts from 1 in the order of referral."""

    enrolment: Enrolment
    position: int


@dataclass(frozen=True, slots=True)
class Places:
    """A programme's places in a calendar year, and who waits for one; no capacity is no limit."""

    programme: ProgrammeVersion
    year: int
    taken: int
    waiting: Sequence[Queued]

    @property
    def capacity(self) -> int | None:
        """How many places there are a year."""
        return self.programme.capacity_per_year


def take_place(session: Session, enrolment: Enrolment, *, on: date, because: str) -> None:
    """Take one of the year's places, in turn; of several who ask for the last one, one gets it.

    How many places there are is the year's, by the newest rules, whatever rules the enrolment is
    pinned to. `because` is why somebody further down the list gets an offer. Raises `ProgrammeFull` or
    `OfferOutOfTurn`.
    """
    # Offers of a programme stand in line until the one before has committed, so that each counts all.
    session.execute(_ONE_OFFER_AT_A_TIME, {"places": f"{current_tenant_id()}:{enrolment.programme}"})
    check_place(
        newest_rules(enrolment.programme, on=on).capacity_per_year,
        taken=places_taken(session, enrolment.programme, year=on.year),
        year=on.year,
        is_waiting=enrolment.state == EnrolmentState.WAITING,
    )
    earlier = stand_before(session, enrolment)
    check_turn(earlier, because)
    if earlier:
        seal_field(session, enrolment, "offered_out_of_turn_because", because)
    enrolment.offered_on = on


def places_taken(session: Session, programme: str, *, year: int) -> int:
    """Return how many places of a programme are taken in a calendar year.

    An offer takes a place of the year in which it is made; a no, from either side, gives it back.
    """
    taken = (
        select(func.count())
        .select_from(Enrolment)
        .where(
            Enrolment.programme == programme,
            Enrolment.offered_on.between(date(year, 1, 1), date(year, 12, 31)),
            Enrolment.state.not_in(_WITHOUT_A_PLACE),
        )
    )
    return session.scalar(taken) or 0


def places_of(session: Session, programme: str, *, by: Actor) -> Places:
    """Return a programme's places this year by its newest rules, and who waits for one."""
    require(by, Act.SCREEN)
    today = clock.today()
    rules = newest_rules(programme, on=today)
    return Places(
        rules,
        today.year,
        taken=places_taken(session, programme, year=today.year),
        waiting=waiting_list(session, programme),
    )


def waiting_list(session: Session, programme: str) -> Sequence[Queued]:
    """Return everybody who waits for a place, who was referred first before the others."""
    waiting = (
        select(Enrolment)
        .where(Enrolment.programme == programme, Enrolment.state == EnrolmentState.WAITING)
        .order_by(Enrolment.referred_at, Enrolment.id)
    )
    return [Queued(one, position) for position, one in enumerate(session.scalars(waiting), start=1)]


def queue_position(session: Session, enrolment: Enrolment) -> int | None:
    """Return the place on the waiting list, counted from 1; None for one who does not wait."""
    if enrolment.state != EnrolmentState.WAITING:
        return None
    return waiting_before(session, enrolment) + 1


def stand_before(session: Session, enrolment: Enrolment) -> int:
    """Return how many would be passed over by an offer now; one who was drawn passes nobody over."""
    return 0 if enrolment.selection == Selection.DRAWN else waiting_before(session, enrolment)


def waiting_before(session: Session, enrolment: Enrolment) -> int:
    """Return how many wait who were referred earlier."""
    earlier = (
        select(func.count())
        .select_from(Enrolment)
        .where(
            Enrolment.programme == enrolment.programme,
            Enrolment.state == EnrolmentState.WAITING,
            tuple_(Enrolment.referred_at, Enrolment.id) < tuple_(enrolment.referred_at, enrolment.id),
        )
    )
    return session.scalar(earlier) or 0

"""A case: the dream, the money, the plan, the purchases, and what has happened. Citizens see their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.goals.rules import CATEGORY_NAMES
from raaderum.notices.service import unread_notices
from raaderum.people.roles import Act
from raaderum.plans.rules import PLAN_STATE_NAMES, SPENDING_NAMES
from raaderum.portal import case_rooms
from raaderum.portal.case_file import read_case, read_heading
from raaderum.portal.money_picture import parts_of
from raaderum.portal.rendering import render
from raaderum.portal.timeline import look_ups_of
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.signal_reading import signals_for
from raaderum.purchases.signals import SIGNAL_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.portal.case_file import CaseFile
    from raaderum.portal.visits import Visit
    from raaderum.purchases.signals import Signal


def show_case(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show a whole case; how the target group's criteria came out is for caseworkers only."""
    case = read_case(session, enrolment_id, by=visit.actor, with_screening=visit.may(Act.SCREEN))
    return render(
        "case.html",
        visit,
        case=case,
        heading=case.heading,
        parts=parts_of(case.statement),
        categories=CATEGORY_NAMES,
        spending=SPENDING_NAMES,
        plan_states=PLAN_STATE_NAMES,
        rooms=case_rooms.open_to(visit),
        signals=_signals(visit, session, case),
        signal_names=SIGNAL_NAMES,
        news=unread_notices(session, by=visit.actor) if visit.is_citizen else 0,
    )


def show_look_ups(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show who has looked at the citizen's case."""
    return render(
        "look_ups.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        look_ups=look_ups_of(session, enrolment_id),
    )


def _signals(visit: Visit, session: Session, case: CaseFile) -> Mapping[UUID, tuple[Signal, ...]]:
    """Return what is unusual about the purchases that wait for an answer, for those who may give it."""
    if not visit.may(Act.APPROVE_PURCHASE):
        return {}
    waiting = [story.purchase for story in case.purchases if story.purchase.state == PurchaseState.REQUESTED]
    return {purchase.id: signals_for(session, purchase) for purchase in waiting}

"""A citizen's small transfers: what the lanes take, and asking for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel import clock
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.rules import PlanState
from raaderum.plugin_api import checked_account
from raaderum.portal.case_file import read_heading, read_plans
from raaderum.portal.rendering import render
from raaderum.purchases.payees import CITIZENS_NEMKONTO, PAYEE_KIND_NAMES, PayeeKind, account_of
from raaderum.transfers import asking
from raaderum.transfers.lanes import lanes_of
from raaderum.transfers.rules import LANE_NAMES, LOCK_REASON_NAMES, Activity

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit
    from raaderum.purchases.payees import TransferPayee


def show_transfers(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the lanes, and the form of the one that the visitor can ask in."""
    versions = read_plans(session, enrolment_id)
    in_force = [version for version in versions if version.plan.state == PlanState.APPROVED]
    return render(
        "transfers.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        items=in_force[0].items if in_force else (),
        lanes=lanes_of(session, enrolment_id, by=visit.actor),
        lane_names=LANE_NAMES,
        lock_reasons=LOCK_REASON_NAMES,
        payee_kinds=PAYEE_KIND_NAMES,
        today=clock.today(),
    )


def request_transfer(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Ask for a transfer on the citizen's behalf."""
    wanted = asking.TransferWanted(
        typed.id("plan_item_id"), typed.text("description"), typed.amount("amount"), _payee(typed)
    )
    with unit_of_work() as session:
        asking.request_transfer(session, enrolment_id, wanted, by=visit.actor)
    return visit.go_to("show_transfers", enrolment_id=enrolment_id)


def request_own_transfer(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Ask for money to one's own NemKonto."""
    activity = (
        Activity(typed.text("activity"), typed.day("activity_on") or clock.today())
        if typed.has("activity")
        else None
    )
    wanted = asking.TransferWanted(
        typed.id("plan_item_id"), typed.text("description"), typed.amount("amount"), activity=activity
    )
    with unit_of_work() as session:
        asking.request_own_transfer(session, enrolment_id, wanted, by=visit.actor)
    return visit.go_to("show_transfers", enrolment_id=enrolment_id)


def _payee(typed: Typed) -> TransferPayee:
    if typed.choice("payee_kind", PayeeKind) is PayeeKind.NEMKONTO:
        return CITIZENS_NEMKONTO
    account = checked_account(
        registration_number=typed.text("registration_number"), account_number=typed.text("account_number")
    )
    return account_of(typed.text("payee_name"), account)

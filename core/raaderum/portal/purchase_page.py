"""Asking for a purchase, and deciding on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text
from raaderum.ledger.service import budget_statement
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.rules import PlanState
from raaderum.portal.case_file import read_heading, read_plans
from raaderum.portal.rendering import render
from raaderum.purchases import service as purchases

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


class ReasonMissing(InvalidInput):
    """Something was to be refused without a word on why."""

    code = "reason_missing"
    text = Text(
        "Skriv hvorfor, så borgeren og støttepersonen kan læse det.",
        "Write why, so that the citizen and the support person can read it.",
    )


def show_purchase_form(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the form to ask for a purchase towards an item of the plan in force."""
    versions = read_plans(session, enrolment_id)
    in_force = [version for version in versions if version.plan.state == PlanState.APPROVED]
    return render(
        "purchase_form.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        items=in_force[0].items if in_force else (),
        statement=budget_statement(session, enrolment_id),
    )


def request_purchase(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Ask the municipality to buy something on the citizen's behalf."""
    with unit_of_work() as session:
        purchases.request_purchase(
            session,
            enrolment_id,
            plan_item_id=typed.id("plan_item_id"),
            description=typed.text("description"),
            supplier_name=typed.text("supplier_name"),
            supplier_cvr=typed.text("supplier_cvr").strip() or None,
            amount=typed.amount("amount"),
            by=visit.actor,
        )
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def approve_purchase(visit: Visit, _typed: Typed, enrolment_id: UUID, purchase_id: UUID) -> Response:
    """Approve a purchase; its money is set aside."""
    with unit_of_work() as session:
        purchases.approve_purchase(session, purchase_id, by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def refuse_purchase(visit: Visit, typed: Typed, enrolment_id: UUID, purchase_id: UUID) -> Response:
    """Refuse a purchase with a reason."""
    if not typed.has("because"):
        raise ReasonMissing(where="because")
    with unit_of_work() as session:
        purchases.refuse_purchase(session, purchase_id, because=typed.text("because"), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def release_purchase(visit: Visit, _typed: Typed, enrolment_id: UUID, purchase_id: UUID) -> Response:
    """Give an approved purchase up; its money is free again."""
    with unit_of_work() as session:
        purchases.release_purchase(session, purchase_id, by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)

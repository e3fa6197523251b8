"""All that the page of one case shows, read with one query a subject, opened only for what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.enrolments.rules import STATE_NAMES, EnrolmentState
from raaderum.enrolments.service import cases_of, latest_screening
from raaderum.enrolments.tables import Enrolment
from raaderum.goals.service import OpenedGoals, opened_goals
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.ledger.service import BudgetStatement, budget_statement
from raaderum.payouts.rules import PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.service import name_of_citizen
from raaderum.people.tables import Citizen, Staff
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.portal.timeline import Happening, course_of
from raaderum.programmes.installed import rules_of
from raaderum.programmes.rules import ProgrammeVersion
from raaderum.purchases.rules import PURCHASE_STATE_NAMES, PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.refunds.tables import Refund

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.service import OpenedScreening

_GIVEN_UP: Final = Text("opgivet, pengene er fri igen", "given up, the money is free again")
_LONGEST_COURSE: Final = 60


@dataclass(frozen=True, slots=True)
class CaseHeading:
    """Whose case it is, and where it is."""

    enrolment: Enrolment
    citizen_name: str
    support_person: str
    programme: ProgrammeVersion

    @property
    def state(self) -> EnrolmentState:
        """Where the enrolment is."""
        return EnrolmentState(self.enrolment.state)

    @property
    def state_name(self) -> Text:
        """The state as people call it."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of the budget plan with its items and words."""

    plan: BudgetPlan
    items: tuple[PlanItem, ...]
    motivation: str
    comment: str

    @property
    def total(self) -> Oere:
        """What the items sum to."""
        return Oere(sum(item.amount for item in self.items))


@dataclass(frozen=True, slots=True)
class PurchaseStory:
    """One purchase, who asked for it, and what became of its payment."""

    purchase: Purchase
    requested_by: str
    payout: Payout | None
    refunded: Oere

    @property
    def state(self) -> str:
        """The state that tells most: the payment's, before that the purchase's own."""
        if self.payout is not None:
            return self.payout.state
        return "given_up" if self.purchase.state == PurchaseState.CLOSED else self.purchase.state

    @property
    def state_name(self) -> Text:
        """What people are told: approved is never shown as paid."""
        if self.payout is not None:
            return PAYOUT_STATE_NAMES[PayoutState(self.payout.state)]
        if self.purchase.state == PurchaseState.CLOSED:
            return _GIVEN_UP
        return PURCHASE_STATE_NAMES[PurchaseState(self.purchase.state)]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A whole case as its page shows it: plans newest first, purchases that wait before the others."""

    heading: CaseHeading
    goals: OpenedGoals
    plans: tuple[PlanVersion, ...]
    purchases: tuple[PurchaseStory, ...]
    statement: BudgetStatement
    course: list[Happening]
    screening: OpenedScreening | None

    def plan_in(self, state: str) -> PlanVersion | None:
        """Return the newest version of the plan that is in `state`."""
        return next((version for version in self.plans if version.plan.state == state), None)

    @property
    def approved_plan(self) -> PlanVersion | None:
        """The plan in force."""
        return self.plan_in(PlanState.APPROVED)


def read_heading(session: Session, enrolment_id: UUID, *, by: Actor) -> CaseHeading:
    """Return whose case it is; raise `NotFound` for one that `by` may not see."""
    found = session.execute(
        select(Enrolment, Citizen, Staff.name)
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .join(Staff, Staff.id == Enrolment.support_person_id)
        .where(Enrolment.id == enrolment_id, cases_of(by))
    ).first()
    if found is None:
        raise NotFound(where="enrolment")
    enrolment, citizen, support_person = found
    return CaseHeading(
        enrolment=enrolment,
        citizen_name=name_of_citizen(session, citizen),
        support_person=support_person,
        programme=rules_of(enrolment.programme, enrolment.rules_from),
    )


def read_case(session: Session, enrolment_id: UUID, *, by: Actor, with_screening: bool) -> CaseFile:
    """Return the whole case; raise `NotFound` for one that `by` may not see."""
    return CaseFile(
        heading=read_heading(session, enrolment_id, by=by),
        goals=opened_goals(session, enrolment_id),
        plans=tuple(read_plans(session, enrolment_id)),
        purchases=tuple(_read_purchases(session, enrolment_id)),
        statement=budget_statement(session, enrolment_id),
        course=course_of(session, enrolment_id, most=_LONGEST_COURSE),
        screening=_find_screening(session, enrolment_id) if with_screening else None,
    )


def read_plans(session: Session, enrolment_id: UUID) -> list[PlanVersion]:
    """Return the plan's versions that are not replaced, newest first."""
    rows = session.execute(
        select(BudgetPlan, PlanItem)
        .outerjoin(PlanItem, PlanItem.plan_id == BudgetPlan.id)
        .where(BudgetPlan.enrolment_id == enrolment_id, BudgetPlan.state != PlanState.REPLACED)
        .order_by(BudgetPlan.version.desc(), PlanItem.position)
    )
    items: dict[BudgetPlan, list[PlanItem]] = {}
    for plan, item in rows:
        of_plan = items.setdefault(plan, [])
        if item is not None:
            of_plan.append(item)
    return [
        PlanVersion(
            plan,
            tuple(of_plan),
            motivation=open_field(session, plan, "motivation"),
            comment=open_field(session, plan, "comment"),
        )
        for plan, of_plan in items.items()
    ]


def _read_purchases(session: Session, enrolment_id: UUID) -> list[PurchaseStory]:
    refunded = (
        select(func.coalesce(func.sum(Refund.amount), 0))
        .where(Refund.payout_id == Payout.id)
        .correlate(Payout)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Purchase, Staff.name, Payout, refunded)
        .outerjoin(Payout, Payout.purchase_id == Purchase.id)
        .outerjoin(Staff, Staff.id == Purchase.requested_by)
        .where(Purchase.enrolment_id == enrolment_id)
        .order_by(Purchase.state != PurchaseState.REQUESTED, Purchase.id.desc())
    )
    return [
        PurchaseStory(purchase, requested_by or "", payout, Oere(int(amount)))
        for purchase, requested_by, payout, amount in rows
    ]


def _find_screening(session: Session, enrolment_id: UUID) -> OpenedScreening | None:
    try:
        return latest_screening(session, enrolment_id)
    except NotFound:
        return None

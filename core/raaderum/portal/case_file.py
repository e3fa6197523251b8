"""All that the page of one case shows, read with one query a subject, opened only for what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, select

from raaderum.enrolments.admissions import Admission, admission_of
from raaderum.enrolments.places import queue_position
from raaderum.enrolments.relations import substitutes_of
from raaderum.enrolments.rules import STATE_NAMES, EnrolmentState
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.goals.service import OpenedGoals, opened_goals
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.ledger.service import BudgetStatement, budget_statement
from raaderum.payouts.pay_dates import expected_on
from raaderum.payouts.rules import PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.service import name_of_citizen
from raaderum.people.tables import Citizen, Staff
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.guideline_rules import Touched, guidelines_touched
from raaderum.plans.items import OpenedItem, opened_item
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.portal.timeline import Happening, course_of
from raaderum.programmes.installed import rules_of
from raaderum.programmes.rules import ProgrammeVersion
from raaderum.purchases.parts import left_of
from raaderum.purchases.rules import PURCHASE_STATE_NAMES, PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of, reason_for_refusal
from raaderum.refunds.rules import RefundKind
from raaderum.refunds.tables import Refund
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.screenings import OpenedScreening

_GIVEN_UP: Final = Text("opgivet, pengene er fri igen", "given up, the money is free again")
_LONGEST_COURSE: Final = 60


@dataclass(frozen=True, slots=True)
class CaseHeading:
    """Whose case it is, and where it is."""

    enrolment: Enrolment
    citizen_name: str
    support_person: str
    substitutes: str
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
    items: tuple[OpenedItem, ...]
    motivation: str
    comment: str

    @property
    def touched(self) -> tuple[Touched, ...]:
        """The municipality's guidelines that the items touch."""
        return guidelines_touched(self.items, current_tenant().guidelines)

    @property
    def total(self) -> Oere:
        """What the items sum to."""
        return Oere(sum(item.amount for item in self.items))


@dataclass(frozen=True, slots=True)
class PurchaseStory:
    """One purchase, who asked for it, and what became of its payments, the first one first."""

    purchase: Purchase
    description: str
    refused_because: str | None
    requested_by: str
    payouts: tuple[Payout, ...]
    refunded: Oere
    returned: Oere

    @property
    def payout(self) -> Payout | None:
        """The payment that tells most: one that is not done yet, else the last one."""
        unpaid = [one for one in self.payouts if one.state != PayoutState.PAID]
        return next(iter(unpaid or reversed(self.payouts)), None)

    @property
    def amount(self) -> Oere:
        """What it costs: what it was approved for while more can come, then what is paid for it; in øre."""
        if self.purchase.state == PurchaseState.CLOSED and self.payouts:
            return Oere(sum(one.amount for one in self.payouts))
        return Oere(self.purchase.amount)

    @property
    def left(self) -> Oere:
        """What is still set aside for further invoices, where some have come already; in øre."""
        return left_of(self.purchase) if self.payouts else Oere(0)

    @property
    def expected_on(self) -> date | None:
        """The day on which the payment is expected to be made, while it is on its way."""
        return expected_on(self.payout) if self.payout is not None else None

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
    admission: Admission | None
    queue_position: int | None

    @property
    def screening(self) -> OpenedScreening | None:
        """How the target group's criteria came out, for those who may see it."""
        return self.admission.screening if self.admission else None

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
        select(Enrolment, Citizen, Staff.name, substitutes_of(clock.today()))
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .join(Staff, Staff.id == Enrolment.support_person_id)
        .where(Enrolment.id == enrolment_id, cases_of(by))
    ).first()
    if found is None:
        raise NotFound(where="enrolment")
    enrolment, citizen, support_person, substitutes = found
    return CaseHeading(
        enrolment=enrolment,
        citizen_name=name_of_citizen(session, citizen),
        support_person=support_person,
        substitutes=substitutes or "",
        programme=rules_of(enrolment.programme, enrolment.rules_from),
    )


def read_case(session: Session, enrolment_id: UUID, *, by: Actor, with_screening: bool) -> CaseFile:
    """Return the whole case; raise `NotFound` for one that `by` may not see."""
    heading = read_heading(session, enrolment_id, by=by)
    return CaseFile(
        heading=heading,
        goals=opened_goals(session, enrolment_id),
        plans=tuple(read_plans(session, enrolment_id)),
        purchases=tuple(_read_purchases(session, enrolment_id)),
        statement=budget_statement(session, enrolment_id),
        course=course_of(session, enrolment_id, by=by, most=_LONGEST_COURSE),
        admission=admission_of(session, enrolment_id, by=by) if with_screening else None,
        queue_position=queue_position(session, heading.enrolment),
    )


def read_plans(session: Session, enrolment_id: UUID) -> list[PlanVersion]:
    """Return the plan's versions that are not replaced, newest first."""
    rows = session.execute(
        select(BudgetPlan, PlanItem)
        .outerjoin(PlanItem, PlanItem.plan_id == BudgetPlan.id)
        .where(BudgetPlan.enrolment_id == enrolment_id, BudgetPlan.state != PlanState.REPLACED)
        .order_by(BudgetPlan.version.desc(), PlanItem.position)
    )
    items: dict[BudgetPlan, list[OpenedItem]] = {}
    for plan, item in rows:
        of_plan = items.setdefault(plan, [])
        if item is not None:
            of_plan.append(opened_item(session, item))
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
    came_back = select(func.coalesce(func.sum(Refund.amount), 0)).where(Refund.payout_id == Payout.id)
    by_bank = came_back.where(Refund.kind == RefundKind.BANK_RETURN)
    rows = session.execute(
        select(
            Purchase,
            Staff.name,
            Payout,
            came_back.correlate(Payout).scalar_subquery(),
            by_bank.correlate(Payout).scalar_subquery(),
        )
        .outerjoin(Payout, and_(Payout.purchase_id == Purchase.id, Payout.state != PayoutState.CANCELLED))
        .outerjoin(Staff, Staff.id == Purchase.requested_by)
        .where(Purchase.enrolment_id == enrolment_id)
        .order_by(Purchase.state != PurchaseState.REQUESTED, Purchase.id.desc(), Payout.id)
    )
    stories: list[PurchaseStory] = []
    for _, of_purchase in groupby(rows, key=lambda row: row[0].id):
        parts = list(of_purchase)
        purchase, requested_by, *_ = parts[0]
        stories.append(
            PurchaseStory(
                purchase,
                description_of(session, purchase),
                reason_for_refusal(session, purchase),
                requested_by or "",
                tuple(part[2] for part in parts if part[2] is not None),
                Oere(sum(int(part[3]) for part in parts)),
                Oere(sum(int(part[4]) for part in parts)),
            )
        )
    return stories

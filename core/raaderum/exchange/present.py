"""How things stand now, as rows of the tables: what an export writes and what an import is compared with.

Each function returns the values of the columns by the id of the row's own thing: those with the given
ids, all of them where `ids` is None.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from raaderum.enrolments.tables import Enrolment
from raaderum.exchange.columns import DECLINED, MOST_SUB_GOALS
from raaderum.exchange.portions import in_portions
from raaderum.exchange.register import numbers_of
from raaderum.exchange.rules import Kind
from raaderum.goals.tables import LongTermGoal, SubGoal
from raaderum.kernel.clock import COPENHAGEN
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.cpr import Cpr
from raaderum.people.tables import Citizen, Staff
from raaderum.persistence.sealed_fields import open_field
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.plans.items import opened_item
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of
from raaderum.questionnaires.blind import both_are_in
from raaderum.questionnaires.tables import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from sqlalchemy import Row
    from sqlalchemy.orm import Mapped, Session

    from raaderum.exchange.values import Value

    Ids = Sequence[UUID] | None

Values: TypeAlias = "dict[str, Value]"


def present_citizens(session: Session, ids: Ids = None) -> dict[UUID, Values]:
    """Return the citizens."""
    query = select(Citizen).order_by(Citizen.registered_at, Citizen.id)
    return {
        citizen.id: {
            "cpr": Cpr.parse(open_field(session, citizen, "cpr")),
            "name": open_field(session, citizen, "name"),
        }
        for (citizen,) in _asked(session, query, Citizen.id, ids)
    }


def present_enrolments(session: Session, ids: Ids = None) -> dict[UUID, Values]:
    """Return the enrolments; one that was not taken in is known by Råderum's own number."""
    numbers = _case_numbers(session)
    query = (
        select(Enrolment, Citizen, Staff.email)
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .join(Staff, Staff.id == Enrolment.support_person_id)
        .order_by(Enrolment.referred_at, Enrolment.id)
    )
    return {
        enrolment.id: _filled(
            case_number=numbers.get(enrolment.id, str(enrolment.id)),
            cpr=Cpr.parse(open_field(session, citizen, "cpr")),
            programme=enrolment.programme,
            referred_on=_day(enrolment.referred_at),
            referred_by=enrolment.referral_source,
            support_person=email,
            ceiling_kr=enrolment.ceiling,
            offered_on=enrolment.offered_on,
            accepted_on=enrolment.accepted_on,
            started_on=enrolment.started_on,
            ended_on=enrolment.ended_on,
            ending_reason=enrolment.ended_because,
            selection=enrolment.selection,
            arm=enrolment.arm,
            state=enrolment.state,
        )
        for enrolment, citizen, email in _asked(session, query, Enrolment.id, ids)
    }


def present_goals(session: Session, ids: Ids = None) -> dict[UUID, Values]:
    """Return the dreams, each with its sub-goals."""
    numbers = _case_numbers(session)
    goals = [
        goal
        for (goal,) in _asked(session, select(LongTermGoal).order_by(LongTermGoal.id), LongTermGoal.id, ids)
    ]
    steps: dict[UUID, dict[str, Value]] = {goal.enrolment_id: {} for goal in goals}
    for (step,) in _asked(
        session, select(SubGoal), SubGoal.enrolment_id, None if ids is None else list(steps)
    ):
        if step.enrolment_id in steps and step.position <= MOST_SUB_GOALS:
            steps[step.enrolment_id][f"sub_goal_{step.position}"] = open_field(session, step, "words")
    return {
        goal.id: {
            "case_number": numbers.get(goal.enrolment_id, str(goal.enrolment_id)),
            "dream": open_field(session, goal, "words"),
            "categories": tuple(sorted(goal.categories)),
            **steps[goal.enrolment_id],
        }
        for goal in goals
    }


def present_plan(session: Session, ids: Ids = None) -> dict[UUID, Values]:
    """Return the items of the plans that are or have been approved."""
    numbers = _case_numbers(session)
    query = (
        select(PlanItem, BudgetPlan.enrolment_id, BudgetPlan.version, SubGoal.position)
        .join(BudgetPlan, BudgetPlan.id == PlanItem.plan_id)
        .join(SubGoal, SubGoal.id == PlanItem.sub_goal_id)
        .where(BudgetPlan.state.in_((PlanState.APPROVED, PlanState.REPLACED)))
        .order_by(BudgetPlan.enrolment_id, BudgetPlan.version, PlanItem.position)
    )
    found: dict[UUID, Values] = {}
    for row, enrolment_id, version, sub_goal in _asked(session, query, PlanItem.id, ids):
        item = opened_item(session, row)
        found[row.id] = _filled(
            case_number=numbers.get(enrolment_id, str(enrolment_id)),
            version=version,
            item_number=item.position,
            sub_goal=sub_goal,
            description=item.description,
            category=item.category.value,
            amount_kr=item.amount,
            theory_of_change=item.theory_of_change,
            needed_on=item.needed_on,
        )
    return found


def present_ratings(session: Session, ids: Ids = None) -> dict[UUID, Values]:
    """Return what was answered in the questionnaires.

    What is handed out holds a moment's answers once both are in: a file is no way round the blindness.
    """
    numbers = _case_numbers(session)
    query = select(Questionnaire).order_by(
        Questionnaire.enrolment_id, Questionnaire.moment.desc(), Questionnaire.respondent
    )
    if ids is None:
        query = query.where(both_are_in())
    return {
        said.id: {
            "case_number": numbers.get(said.enrolment_id, str(said.enrolment_id)),
            "moment": said.moment,
            "respondent": said.respondent,
            "rating": said.rating or DECLINED,
            "answered_on": said.answered_on,
        }
        for (said,) in _asked(session, query, Questionnaire.id, ids)
    }


def present_purchases(session: Session, ids: Ids = None) -> dict[UUID, Values]:
    """Return the purchases, but for those that were refused or given up.

    One whose payments are all done stands with what was paid, and the day of the last of them. One on
    its way to be paid, or of which more is to come, stands as approved.
    """
    numbers, own = _case_numbers(session), numbers_of(session, tenant_seal(session), Kind.PURCHASES)
    payouts = (
        select(
            Payout.purchase_id,
            func.count().label("number"),
            func.count().filter(Payout.state == PayoutState.PAID).label("done"),
            func.sum(Payout.amount).label("amount"),
            func.max(Payout.paid_at).label("paid_at"),
        )
        .where(Payout.state.not_in((PayoutState.CANCELLED, PayoutState.GIVEN_UP)))
        .group_by(Payout.purchase_id)
        .subquery()
    )
    query = (
        select(Purchase, PlanItem.position, BudgetPlan.version, payouts)
        .join(PlanItem, PlanItem.id == Purchase.plan_item_id)
        .join(BudgetPlan, BudgetPlan.id == PlanItem.plan_id)
        .outerjoin(payouts, payouts.c.purchase_id == Purchase.id)
        .order_by(Purchase.requested_at, Purchase.id)
    )
    found: dict[UUID, Values] = {}
    rows = _asked(session, query, Purchase.id, ids)
    for purchase, position, version, _, number, done, paid, paid_at in rows:
        is_given_up = purchase.state == PurchaseState.CLOSED and not number
        if is_given_up or purchase.state == PurchaseState.REFUSED:
            continue
        is_paid = purchase.state == PurchaseState.CLOSED and number == done
        found[purchase.id] = _filled(
            case_number=numbers.get(purchase.enrolment_id, str(purchase.enrolment_id)),
            purchase_number=own.get(purchase.id, purchase.code),
            version=version,
            item_number=position,
            description=description_of(session, purchase),
            supplier_name=purchase.supplier_name,
            supplier_cvr=purchase.supplier_cvr,
            amount_kr=int(paid) if is_paid else purchase.amount,
            requested_on=_day(purchase.requested_at),
            approved_on=_day(purchase.decided_at) if purchase.decided_at else None,
            paid_on=_day(paid_at) if is_paid else None,
        )
    return found


PRESENT: Final[Mapping[Kind, Callable[[Session, Ids], dict[UUID, Values]]]] = {
    Kind.CITIZENS: present_citizens,
    Kind.ENROLMENTS: present_enrolments,
    Kind.GOALS: present_goals,
    Kind.PLAN: present_plan,
    Kind.RATINGS: present_ratings,
    Kind.PURCHASES: present_purchases,
}


def _case_numbers(session: Session) -> dict[UUID, str]:
    return numbers_of(session, tenant_seal(session), Kind.ENROLMENTS)


def _asked(
    session: Session, query: Select[*tuple[Any, ...]], key: Mapped[UUID] | ColumnElement[UUID], ids: Ids
) -> Iterator[Row[*tuple[Any, ...]]]:
    if ids is None:
        yield from session.execute(query)
        return
    for portion in in_portions(ids):
        yield from session.execute(query.where(key.in_(portion)))


def _filled(**values: Value | None) -> Values:
    return {column: value for column, value in values.items() if value is not None}


def _day(moment: datetime) -> date:
    return moment.astimezone(COPENHAGEN).date()

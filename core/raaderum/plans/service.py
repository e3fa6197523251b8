"""Writing, proposing and approving a budget plan. Approval grants the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import get_enrolment, locked_enrolment, start
from raaderum.goals.rules import GoalMissing
from raaderum.goals.tables import SubGoal
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import (
    BUDGET_ACCOUNTS,
    PROGRAMME_ACCOUNTS,
    Account,
    AccountKind,
    Move,
    TransactionKind,
)
from raaderum.ledger.service import budget_statement, is_posted, open_accounts, post, summed_balance
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plans.rules import (
    PLAN_STATE_NAMES,
    Colour,
    ColourNotFinal,
    ItemDraft,
    OwnProposal,
    PlanBelowUse,
    PlanMoveForbidden,
    PlanState,
    PoolTooSmall,
    check_items,
)
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.programmes.installed import programme_id
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment

_ONE_GRANT_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended(:pool, 0))")


def fund_pool(session: Session, programme: str, *, amount: Oere, by: Actor, key: str) -> UUID:
    """Set money aside for a programme; the same `key` funds once. Returns the transaction."""
    require(by, Act.FUND_POOL)
    owner_id = programme_id(programme)
    open_accounts(session, owner_id, PROGRAMME_ACCOUNTS)
    funding, pool = (Account(kind, owner_id) for kind in PROGRAMME_ACCOUNTS)
    posting_key = f"fund:{owner_id}:{key}"
    is_repetition = is_posted(session, posting_key)
    transaction_id = post(
        session, TransactionKind.FUND, Move(amount, funding, pool), key=posting_key, subject_id=owner_id
    )
    if is_repetition:
        return transaction_id
    record(
        session,
        AuditEvent.POOL_FUNDED,
        by=by,
        subject_type="programme",
        subject_id=owner_id,
        programme=programme,
        amount=amount,
    )
    return transaction_id


def draft_plan(
    session: Session, enrolment_id: UUID, *, motivation: str, items: Sequence[ItemDraft], by: Actor
) -> BudgetPlan:
    """Write a new version of the plan; its sum must lie within the citizen's ceiling."""
    require(by, Act.WRITE_PLAN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.RUN_IN, EnrolmentState.ACTIVE)
    check_items(items, ceiling=enrolment.ceiling)
    _check_sub_goals(session, enrolment, items)
    latest = session.scalar(
        select(func.max(BudgetPlan.version)).where(BudgetPlan.enrolment_id == enrolment.id)
    )
    plan = BudgetPlan(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        version=(latest or 0) + 1,
        state=PlanState.DRAFT,
        drafted_by=person_of(by),
    )
    seal_field(session, plan, "motivation", motivation)
    insert(session, plan)
    session.add_all(_as_row(plan, position, item) for position, item in enumerate(items, start=1))
    _record(session, AuditEvent.PLAN_DRAFTED, plan, by)
    return plan


def propose_plan(session: Session, plan_id: UUID, *, by: Actor) -> BudgetPlan:
    """Send a draft to approval; whoever sends it cannot approve it."""
    require(by, Act.WRITE_PLAN)
    plan = _locked_plan(session, plan_id, by)
    _check_state(plan, PlanState.DRAFT)
    plan.state, plan.proposed_by, plan.proposed_at = PlanState.PROPOSED, person_of(by), clock.now()
    _record(session, AuditEvent.PLAN_PROPOSED, plan, by)
    return plan


def approve_plan(session: Session, plan_id: UUID, *, colour: Colour, by: Actor) -> BudgetPlan:
    """Approve a proposed plan and grant its sum; the first approval starts the months.

    A later version grants or takes back the difference. Raises `OwnProposal` for the proposer
    or drafter under whatever role, `ColourNotFinal` for yellow, `PoolTooSmall`.
    """
    require(by, Act.APPROVE_PLAN)
    plan = _locked_plan(session, plan_id, by)
    _check_state(plan, PlanState.PROPOSED)
    if by.person_id in {plan.proposed_by, plan.drafted_by}:
        raise OwnProposal(where="decided_by")
    if colour is Colour.YELLOW:
        raise ColourNotFinal(where="colour")
    enrolment = locked_enrolment(session, plan.enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.RUN_IN, EnrolmentState.ACTIVE)
    _replace_approved(session, enrolment)
    plan.state, plan.colour = PlanState.APPROVED, colour
    plan.decided_by, plan.decided_at = by.person_id, clock.now()
    _record(session, AuditEvent.PLAN_APPROVED, plan, by, colour=colour)
    _grant(session, enrolment, plan, by)
    if enrolment.state == EnrolmentState.RUN_IN:
        start(session, enrolment, by=by)
    return plan


def return_plan(session: Session, plan_id: UUID, *, comment: str, by: Actor) -> BudgetPlan:
    """Send a proposed plan back with a comment."""
    require(by, Act.APPROVE_PLAN)
    plan = _locked_plan(session, plan_id, by)
    _check_state(plan, PlanState.PROPOSED)
    if by.person_id == plan.proposed_by:
        raise OwnProposal(where="decided_by")
    plan.state, plan.decided_by, plan.decided_at = PlanState.RETURNED, by.person_id, clock.now()
    seal_field(session, plan, "comment", comment)
    _record(session, AuditEvent.PLAN_RETURNED, plan, by)
    return plan


def plans_of(session: Session, enrolment_id: UUID) -> Sequence[BudgetPlan]:
    """Return all versions of an enrolment's plan, newest first."""
    versions = (
        select(BudgetPlan).where(BudgetPlan.enrolment_id == enrolment_id).order_by(BudgetPlan.version.desc())
    )
    return session.scalars(versions).all()


def items_of(session: Session, plan_id: UUID) -> Sequence[PlanItem]:
    """Return a plan's items in their order."""
    items = select(PlanItem).where(PlanItem.plan_id == plan_id).order_by(PlanItem.position)
    return session.scalars(items).all()


def items_of_plans(session: Session, plan_ids: Sequence[UUID]) -> dict[UUID, list[PlanItem]]:
    """Return the items of several plans in their order, by plan, read in one query."""
    items = select(PlanItem).where(PlanItem.plan_id.in_(plan_ids)).order_by(PlanItem.position)
    found: dict[UUID, list[PlanItem]] = {plan_id: [] for plan_id in plan_ids}
    for item in session.scalars(items):
        found[item.plan_id].append(item)
    return found


def _grant(session: Session, enrolment: Enrolment, plan: BudgetPlan, by: Actor) -> None:
    """Bring what is granted to the plan's sum, out of the pool or back to it."""
    pool = Account(AccountKind.POOL, programme_id(enrolment.programme))
    open_accounts(session, pool.owner_id, PROGRAMME_ACCOUNTS)
    open_accounts(session, enrolment.id, BUDGET_ACCOUNTS)
    session.execute(_ONE_GRANT_AT_A_TIME, {"pool": str(pool.id)})
    statement = budget_statement(session, enrolment.id)
    total = sum(item.amount for item in items_of(session, plan.id))
    used = statement.granted - statement.available
    if total < used:
        raise PlanBelowUse(total=format_kroner(total), used=format_kroner(used))
    difference = Oere(total - statement.granted)
    available = Account(AccountKind.AVAILABLE, enrolment.id)
    if difference > 0:
        _check_pool(session, pool, wanted=difference)
        move, kind = Move(difference, pool, available), TransactionKind.GRANT
    elif difference < 0:
        move, kind = Move(Oere(-difference), available, pool), TransactionKind.RETURN
    else:
        return
    post(session, kind, move, key=f"grant:{plan.id}", subject_id=plan.id)
    _record(session, AuditEvent.GRANT_POSTED, plan, by, amount=difference)


def _check_pool(session: Session, pool: Account, *, wanted: Oere) -> None:
    left = summed_balance(session, pool)
    if left < wanted:
        raise PoolTooSmall(where="pool", left=format_kroner(left), wanted=format_kroner(wanted))


def _check_sub_goals(session: Session, enrolment: Enrolment, items: Sequence[ItemDraft]) -> None:
    """Raise unless every item leads to one of this enrolment's own sub-goals."""
    own = set(session.scalars(select(SubGoal.id).where(SubGoal.enrolment_id == enrolment.id)))
    if not own:
        raise GoalMissing(where="items")
    for number, item in enumerate(items):
        if item.sub_goal_id not in own:
            raise NotFound(where=f"items[{number}].sub_goal_id")


def _replace_approved(session: Session, enrolment: Enrolment) -> None:
    for earlier in plans_of(session, enrolment.id):
        if earlier.state == PlanState.APPROVED:
            earlier.state = PlanState.REPLACED


def _locked_plan(session: Session, plan_id: UUID, by: Actor) -> BudgetPlan:
    plan = session.scalar(select(BudgetPlan).where(BudgetPlan.id == plan_id).with_for_update())
    if plan is None:
        raise NotFound(where="plan")
    get_enrolment(session, plan.enrolment_id, by=by)
    return plan


def _check_state(plan: BudgetPlan, wanted: PlanState) -> None:
    if plan.state != wanted:
        name = PLAN_STATE_NAMES[PlanState(plan.state)]
        raise PlanMoveForbidden(where="plan", state=name.danish, state_english=name.english)


def _as_row(plan: BudgetPlan, position: int, item: ItemDraft) -> PlanItem:
    return PlanItem(
        id=new_id(),
        plan_id=plan.id,
        position=position,
        sub_goal_id=item.sub_goal_id,
        description=item.description.strip(),
        category=item.category,
        amount=item.amount,
        needed_on=item.needed_on,
        theory_of_change=item.theory_of_change.strip(),
    )


def _record(
    session: Session, event: AuditEvent, plan: BudgetPlan, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="budget_plan",
        subject_id=plan.id,
        enrolment_id=plan.enrolment_id,
        version=plan.version,
        **detail,
    )

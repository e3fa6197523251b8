"""Writing, proposing and approving a budget plan. Approval grants the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState, check_under_way
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
from raaderum.plans.approval import check_assessed, settle_terms
from raaderum.plans.assessment_errors import ReturnedWithoutWords
from raaderum.plans.evidence import reuse_evidence
from raaderum.plans.items import keep_items, opened_items
from raaderum.plans.rules import (
    Colour,
    ItemDraft,
    OwnProposal,
    PlanBelowUse,
    PlanState,
    PoolTooSmall,
    check_based_on,
    check_items,
    check_motivation,
)
from raaderum.plans.tables import BudgetPlan
from raaderum.plans.versions import check_state, locked_plan, record_plan
from raaderum.programmes.installed import programme_id
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.plans.items import OpenedItem

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
    session: Session,
    enrolment_id: UUID,
    *,
    motivation: str,
    items: Sequence[ItemDraft],
    by: Actor,
    based_on: int | None = None,
) -> BudgetPlan:
    """Write a new version of the plan; its sum must lie within the citizen's ceiling.

    `based_on` is the newest version that the writer has seen, 0 for none: where somebody has written
    another one since, `PlanMovedOn` says so. None asks for no such check.
    """
    require(by, Act.WRITE_PLAN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *UNDER_WAY)
    latest = latest_version(session, enrolment.id)
    check_based_on(based_on, latest)
    check_motivation(motivation)
    check_items(items, ceiling=enrolment.ceiling)
    _check_sub_goals(session, enrolment, items)
    plan = BudgetPlan(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        version=latest + 1,
        state=PlanState.DRAFT,
        drafted_by=person_of(by),
    )
    seal_field(session, plan, "motivation", motivation)
    insert(session, plan)
    rows = keep_items(session, plan, items)
    session.flush()
    evidence = [(row.id, item.evidence) for row, item in zip(rows, items, strict=True)]
    reuse_evidence(session, enrolment.id, evidence)
    record_plan(session, AuditEvent.PLAN_DRAFTED, plan, by=by)
    return plan


def propose_plan(session: Session, plan_id: UUID, *, by: Actor) -> BudgetPlan:
    """Send a draft to approval; whoever sends it cannot approve it."""
    require(by, Act.WRITE_PLAN)
    plan = locked_plan(session, plan_id, by=by)
    check_state(plan, PlanState.DRAFT)
    plan.state, plan.proposed_by, plan.proposed_at = PlanState.PROPOSED, person_of(by), clock.now()
    record_plan(session, AuditEvent.PLAN_PROPOSED, plan, by=by)
    return plan


def approve_plan(
    session: Session,
    plan_id: UUID,
    *,
    colour: Colour,
    by: Actor,
    months: int | None = None,
    follow_up: str = "",
) -> BudgetPlan:
    """Approve a proposed plan and grant its sum; the first approval starts the months.

    `months` is the length (None: the programme's), `follow_up` how the citizen is followed up. A
    green without an assessment is assessed as one with all criteria met. A later version grants
    or takes back the difference. Raises `OwnProposal` for the proposer or drafter under whatever
    role, `PoolTooSmall`, and what `check_assessed` and `settle_terms` raise.
    """
    require(by, Act.APPROVE_PLAN)
    plan = locked_plan(session, plan_id, by=by)
    check_state(plan, PlanState.PROPOSED)
    if by.person_id in {plan.proposed_by, plan.drafted_by}:
        raise OwnProposal(where="decided_by")
    enrolment = get_enrolment(session, plan.enrolment_id, by=by)
    check_assessed(session, plan, enrolment, colour=colour, by=by)
    settle_terms(session, plan, enrolment, months=months, follow_up=follow_up)
    _replace_approved(session, enrolment)
    plan.state, plan.colour = PlanState.APPROVED, colour
    plan.decided_by, plan.decided_at = by.person_id, clock.now()
    record_plan(session, AuditEvent.PLAN_APPROVED, plan, by=by, colour=colour)
    _grant(session, enrolment, plan, by)
    if enrolment.state == EnrolmentState.RUN_IN:
        start(session, enrolment, by=by, months=months)
    return plan


def return_plan(session: Session, plan_id: UUID, *, comment: str, by: Actor) -> BudgetPlan:
    """Send a proposed plan back with what to change; raise `ReturnedWithoutWords` without that."""
    require(by, Act.APPROVE_PLAN)
    plan = locked_plan(session, plan_id, by=by)
    check_state(plan, PlanState.PROPOSED)
    if by.person_id == plan.proposed_by:
        raise OwnProposal(where="decided_by")
    if not comment.strip():
        raise ReturnedWithoutWords(where="comment")
    plan.state, plan.decided_by, plan.decided_at = PlanState.RETURNED, by.person_id, clock.now()
    seal_field(session, plan, "comment", comment)
    record_plan(session, AuditEvent.PLAN_RETURNED, plan, by=by)
    return plan


def plans_of(session: Session, enrolment_id: UUID) -> Sequence[BudgetPlan]:
    """Return all versions of an enrolment's plan, newest first."""
    versions = (
        select(BudgetPlan).where(BudgetPlan.enrolment_id == enrolment_id).order_by(BudgetPlan.version.desc())
    )
    return session.scalars(versions).all()


def latest_version(session: Session, enrolment_id: UUID) -> int:
    """Return the number of the newest version of an enrolment's plan, 0 where there is none."""
    newest = select(func.max(BudgetPlan.version)).where(BudgetPlan.enrolment_id == enrolment_id)
    return session.scalar(newest) or 0


def items_of(session: Session, plan_id: UUID) -> Sequence[OpenedItem]:
    """Return a plan's items in their order."""
    return opened_items(session, [plan_id])[plan_id]


def _grant(session: Session, enrolment: Enrolment, plan: BudgetPlan, by: Actor) -> None:
    """Bring what is granted to the plan's sum, out of the pool or back to it."""
    pool = Account(AccountKind.POOL, programme_id(enrolment.programme))
    open_accounts(session, pool.owner_id, PROGRAMME_ACCOUNTS)
    open_accounts(session, enrolment.id, BUDGET_ACCOUNTS)
    lock_pool(session, pool)
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
    record_plan(session, AuditEvent.GRANT_POSTED, plan, by=by, amount=difference)


def lock_pool(session: Session, pool: Account) -> None:
    """Let nobody else be granted from the pool until this act is done."""
    session.execute(_ONE_GRANT_AT_A_TIME, {"pool": str(pool.id)})


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

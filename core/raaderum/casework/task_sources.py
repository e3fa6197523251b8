"""Where tasks come from: each source reads what waits in the cases of one member of staff, in one query."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select

from raaderum.cards.rules import PROBLEMS
from raaderum.cards.tables import CardPayment
from raaderum.casework.item_follow_ups import due_item_follow_ups
from raaderum.casework.parked_work import work_waiting
from raaderum.casework.tables import CaseMessage, StaffTask
from raaderum.casework.task_rules import Task, TaskKind
from raaderum.enrolments.clocks import DeadlineKind, deadlines_of
from raaderum.enrolments.rules import CLOSED, EnrolmentState
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment, SupportWish
from raaderum.interviews.overview import due_interviews
from raaderum.invoices.rules import InvoiceOutcome
from raaderum.invoices.tables import InboxInvoice
from raaderum.kernel import clock
from raaderum.payouts.claim_rules import ClaimState
from raaderum.payouts.deciding import payouts_to_decide
from raaderum.payouts.decision_rules import DecisionState
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout, PayoutClaim, PayoutContradiction, PayoutDecision
from raaderum.people.roles import Act, Role, may
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.assessment_reading import waiting_plans
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan
from raaderum.programmes.installed import rules_of
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.small import waiting_controls
from raaderum.purchases.tables import Purchase
from raaderum.questionnaires.dues import due_questionnaires
from raaderum.receipts.reading import came_in_at
from raaderum.receipts.rules import OPEN, WAITING
from raaderum.receipts.tables import ReceiptDue
from raaderum.reconciliation.proof import latest_proof
from raaderum.reconciliation.reading import waiting_lines
from raaderum.refunds.noting import select_unbooked
from raaderum.refunds.tables import Refund
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

DAYS_TO_SCREEN: Final = 14
DAYS_TO_DECIDE: Final = 3
DAYS_TO_CONTROL: Final = 30
DAYS_TO_FIND_SUPPORT: Final = 7
DAYS_TO_APPROVE_INVOICE: Final = 5
DAYS_TO_RECONCILE: Final = 7
DAYS_BEFORE_OTHERS_ASK: Final = 14
DAYS_BEFORE_OTHERS_CHASE: Final = 7
DAYS_TO_LOOK_AT_RECEIPT: Final = 5
_WARNED_BEFORE: Final[Mapping[DeadlineKind, tuple[TaskKind, int]]] = {
    DeadlineKind.REFLECTION: (TaskKind.HEAR_ANSWER, -1),
    DeadlineKind.PLANNING: (TaskKind.HAVE_PLAN_READY, 7),
    DeadlineKind.DRAWING_RIGHT: (TaskKind.ROUND_OFF, 30),
}
"""What each deadline asks for, and from how many days before it on; -1: once it is past."""
_WITH_A_DEADLINE: Final = (EnrolmentState.OFFERED, EnrolmentState.RUN_IN, EnrolmentState.ACTIVE)


def referrals_to_screen(session: Session, by: Actor, on: date) -> list[Task]:
    """Return those who were referred and wait for a screening."""
    del on
    if not may(by, Act.SCREEN):
        return []
    waiting = select(Enrolment.id, Enrolment.referred_at).where(
        Enrolment.state == EnrolmentState.REFERRED, cases_of(by)
    )
    return [
        Task(TaskKind.SCREEN, clock.day_of(at) + timedelta(days=DAYS_TO_SCREEN), enrolment_id, enrolment_id)
        for enrolment_id, at in session.execute(waiting)
    ]


def deadlines_near(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the deadlines of the dated rules that are near or past."""
    if not may(by, Act.SEE_CASELOAD):
        return []
    under_way = select(Enrolment).where(Enrolment.state.in_(_WITH_A_DEADLINE), cases_of(by))
    tasks = []
    for enrolment in session.scalars(under_way):
        for deadline in deadlines_of(enrolment, rules_of(enrolment.programme, enrolment.rules_from)):
            kind, days_before = _WARNED_BEFORE[deadline.kind]
            if deadline.days_left(on=on) <= days_before:
                tasks.append(Task(kind, deadline.last_day, enrolment.id, enrolment.id))
    return tasks


def plans_to_assess(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the plans that wait for a step of their assessment, without those of the person's own."""
    if not may(by, Act.APPROVE_PLAN):
        return []
    own = set(
        session.scalars(
            select(BudgetPlan.id).where(
                BudgetPlan.state == PlanState.PROPOSED,
                or_(BudgetPlan.drafted_by == by.person_id, BudgetPlan.proposed_by == by.person_id),
            )
        )
    )
    return [
        Task(TaskKind.ASSESS_PLAN, waiting.due_on, waiting.enrolment_id, waiting.plan_id)
        for waiting in waiting_plans(session, on=on, by=by)
        if waiting.plan_id not in own
    ]


def purchases_to_decide(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the purchases that wait for an answer, without those that the person asked for themselves."""
    del on
    if not may(by, Act.APPROVE_PURCHASE):
        return []
    waiting = (
        select(Purchase.id, Purchase.enrolment_id, Purchase.requested_at)
        .join(Enrolment, Enrolment.id == Purchase.enrolment_id)
        .where(Purchase.state == PurchaseState.REQUESTED, Purchase.requested_by != by.person_id, cases_of(by))
    )
    return [
        Task(TaskKind.DECIDE_PURCHASE, clock.day_of(at) + timedelta(days=DAYS_TO_DECIDE), enrolment_id, own)
        for own, enrolment_id, at in session.execute(waiting)
    ]


def purchases_to_control(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the small purchases that were approved by rule and drawn to be looked at."""
    del on
    if not may(by, Act.CONTROL_PURCHASE):
        return []
    return [
        Task(
            TaskKind.CONTROL_PURCHASE,
            clock.day_of(waiting.control.drawn_at) + timedelta(days=DAYS_TO_CONTROL),
            waiting.purchase.enrolment_id,
            waiting.purchase.id,
        )
        for waiting in waiting_controls(session, by=by)
    ]


def wishes_for_support(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the citizens who wish for another support person."""
    del on
    if not may(by, Act.ASSIGN_SUPPORT_PERSON):
        return []
    waiting = (
        select(SupportWish.id, SupportWish.enrolment_id, SupportWish.wished_at)
        .join(Enrolment, Enrolment.id == SupportWish.enrolment_id)
        .where(SupportWish.settled_at.is_(None), Enrolment.state.not_in(CLOSED), cases_of(by))
    )
    return [
        Task(
            TaskKind.FIND_SUPPORT_PERSON,
            clock.day_of(at) + timedelta(days=DAYS_TO_FIND_SUPPORT),
            enrolment_id,
            own,
        )
        for own, enrolment_id, at in session.execute(waiting)
    ]


def questionnaires_to_answer(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the cases with a questionnaire that waits, one task a case, due with the first of them.

    For the support person at once, for others two weeks later.
    """
    if not may(by, Act.SEE_CASELOAD):
        return []
    patience = timedelta(days=0 if by.role == Role.SUPPORT_PERSON else DAYS_BEFORE_OTHERS_ASK)
    first: dict[UUID, date] = {}
    for due in due_questionnaires(session, on=on, by=by):
        if due.due_on + patience <= on or patience == timedelta(0):
            first[due.enrolment_id] = min(due.due_on, first.get(due.enrolment_id, due.due_on))
    return [
        Task(TaskKind.ASK_QUESTIONNAIRE, due_on, enrolment_id, enrolment_id)
        for enrolment_id, due_on in first.items()
    ]


def interviews_to_hold(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the interviews that are due."""
    if not may(by, Act.HOLD_INTERVIEW):
        return []
    return [
        Task(TaskKind.HOLD_INTERVIEW, due.due_on, due.enrolment_id, due.enrolment_id)
        for due in due_interviews(session, on=on, by=by)
    ]


def items_to_follow_up(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the bought items that are to be asked about."""
    if not may(by, Act.SEE_CASELOAD) or not may(by, Act.FOLLOW_UP_ITEM):
        return []
    return [
        Task(TaskKind.FOLLOW_UP_ITEM, due.due_on, due.enrolment_id, due.item_id)
        for due in due_item_follow_ups(session, on=on, by=by)
    ]


def messages_to_read(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the cases in which the citizen has written and nobody has read it."""
    del on
    if by.role not in {Role.SUPPORT_PERSON, Role.COORDINATOR}:
        return []
    unread = (
        select(CaseMessage.enrolment_id, func.min(CaseMessage.written_at))
        .join(Enrolment, Enrolment.id == CaseMessage.enrolment_id)
        .where(CaseMessage.read_at.is_(None), CaseMessage.written_role == Role.CITIZEN, cases_of(by))
        .group_by(CaseMessage.enrolment_id)
    )
    return [
        Task(TaskKind.READ_MESSAGES, clock.day_of(at), enrolment_id, enrolment_id)
        for enrolment_id, at in session.execute(unread)
    ]


def invoices_to_approve(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the invoices that fit a purchase and wait for finance."""
    del on
    if not may(by, Act.APPROVE_INVOICE):
        return []
    waiting = select(InboxInvoice.id, InboxInvoice.due_on, InboxInvoice.received_at).where(
        InboxInvoice.outcome == InvoiceOutcome.MATCHED
    )
    return [
        Task(
            TaskKind.APPROVE_INVOICE,
            due_on or clock.day_of(at) + timedelta(days=DAYS_TO_APPROVE_INVOICE),
            None,
            invoice_id,
        )
        for invoice_id, due_on, at in session.execute(waiting)
    ]


def reminders_to_answer(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the reminders that wait, due on the day they came: they are late already."""
    del on
    if not may(by, Act.APPROVE_INVOICE):
        return []
    waiting = select(InboxInvoice.id, InboxInvoice.received_at).where(
        InboxInvoice.outcome == InvoiceOutcome.REMINDER
    )
    return [
        Task(TaskKind.ANSWER_REMINDER, clock.day_of(at), None, reminder_id)
        for reminder_id, at in session.execute(waiting)
    ]


def receipts_to_chase(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the overdue receipts: for the support person from the due day, for others a week later."""
    if not may(by, Act.SEE_MISSING_RECEIPTS) or not may(by, Act.SEE_CASELOAD):
        return []
    patience = timedelta(days=0 if by.role == Role.SUPPORT_PERSON else DAYS_BEFORE_OTHERS_CHASE)
    missing = (
        select(ReceiptDue.id, ReceiptDue.enrolment_id, ReceiptDue.due_on)
        .join(Enrolment, Enrolment.id == ReceiptDue.enrolment_id)
        .where(ReceiptDue.state.in_(OPEN), ReceiptDue.due_on + patience.days <= on, cases_of(by))
    )
    return [
        Task(TaskKind.CHASE_RECEIPT, due_on, enrolment_id, due_id)
        for due_id, enrolment_id, due_on in session.execute(missing)
    ]


def receipts_to_look_at(session: Session, by: Actor, on: date) -> list[Task]:
    """Return what came in for payments and waits to be accepted, due so many days after it came."""
    del on
    if not may(by, Act.DECIDE_RECEIPT):
        return []
    waiting = (
        select(ReceiptDue.id, ReceiptDue.enrolment_id, came_in_at())
        .join(Enrolment, Enrolment.id == ReceiptDue.enrolment_id)
        .where(ReceiptDue.state.in_(WAITING), cases_of(by))
    )
    return [
        Task(
            TaskKind.LOOK_AT_RECEIPT,
            clock.day_of(came_at) + timedelta(days=DAYS_TO_LOOK_AT_RECEIPT),
            enrolment_id,
            due_id,
        )
        for due_id, enrolment_id, came_at in session.execute(waiting)
    ]


def payouts_to_mend(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the payments that were refused, or lost their approval."""
    if not may(by, Act.RETRY_PAYOUT):
        return []
    refused = select(Payout.id).where(Payout.state.in_((PayoutState.FAILED, PayoutState.APPROVAL_VOID)))
    return [Task(TaskKind.MEND_PAYOUT, on, None, payout_id) for payout_id in session.scalars(refused)]


def payouts_to_find_out(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the payments that nobody knows of, without those that the person had a part in."""
    if not may(by, Act.DECIDE_UNKNOWN_PAYOUT):
        return []
    proposed = and_(PayoutDecision.payout_id == Payout.id, PayoutDecision.state == DecisionState.PROPOSED)
    waiting = (
        select(Payout.id, PayoutDecision.proposed_by)
        .outerjoin(PayoutDecision, proposed)
        .where(
            Payout.id.in_(payouts_to_decide(session)),
            Payout.requested_by != by.person_id,
            Payout.approved_by != by.person_id,
        )
    )
    return [
        Task(
            TaskKind.DECIDE_UNKNOWN_PAYOUT if proposer is None else TaskKind.CONFIRM_PAYOUT_DECISION,
            on,
            None,
            payout_id,
        )
        for payout_id, proposer in session.execute(waiting)
        if proposer is None or proposer != by.person_id
    ]


def contradictions_to_settle(session: Session, by: Actor, on: date) -> list[Task]:
    """Return what was told against how a payment ended."""
    if not may(by, Act.DECIDE_UNKNOWN_PAYOUT):
        return []
    waiting = select(PayoutContradiction.id, PayoutContradiction.proposed_by).where(
        PayoutContradiction.settled_at.is_(None)
    )
    return [
        Task(
            TaskKind.SETTLE_CONTRADICTION if proposer is None else TaskKind.CONFIRM_CORRECTION, on, None, own
        )
        for own, proposer in session.execute(waiting)
        if proposer is None or proposer != by.person_id
    ]


def refunds_to_note(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the credit notes that the accounting system has not confirmed for hours."""
    if not may(by, Act.DECIDE_UNKNOWN_PAYOUT):
        return []
    unbooked = (
        select_unbooked()
        .with_only_columns(Refund.id)
        .where(Refund.requested_by != by.person_id, Refund.approved_by != by.person_id)
    )
    return [Task(TaskKind.NOTE_REFUND, on, None, own) for own in session.scalars(unbooked)]


def claims_to_get_back(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the payments that nobody owed and that have not come back."""
    if not may(by, Act.DECIDE_UNKNOWN_PAYOUT):
        return []
    awaited = select(PayoutClaim.id).where(PayoutClaim.state == ClaimState.AWAITED)
    return [Task(TaskKind.GET_CLAIM_BACK, on, None, own) for own in session.scalars(awaited)]


def cards_to_look_at(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the odd payments with cards that nobody has looked into."""
    if not may(by, Act.SETTLE_CARD_PROBLEM):
        return []
    odd = (
        select(CardPayment.enrolment_id, CardPayment.id)
        .join(Enrolment, Enrolment.id == CardPayment.enrolment_id)
        .where(CardPayment.state.in_(PROBLEMS), CardPayment.settled_by.is_(None), cases_of(by))
    )
    return [Task(TaskKind.LOOK_AT_CARD, on, enrolment_id, own) for enrolment_id, own in session.execute(odd)]


def work_to_resume(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the work of the system's that is parked."""
    if not may(by, Act.RESUME_WORK):
        return []
    return [Task(TaskKind.RESUME_WORK, on, None, work.id) for work in work_waiting(session, by=by)]


def bank_lines_to_reconcile(session: Session, by: Actor, on: date) -> list[Task]:
    """Return one task for all lines of the bank that wait, due some days after the oldest of them."""
    del on
    if not may(by, Act.SETTLE_STATEMENT_LINE):
        return []
    count, oldest = waiting_lines(session)
    if not count or oldest is None:
        return []
    due_on = oldest + timedelta(days=DAYS_TO_RECONCILE)
    return [Task(TaskKind.RECONCILE_BANK, due_on, None, current_tenant_id())]


def books_to_mend(session: Session, by: Actor, on: date) -> list[Task]:
    """Return the newest proof of the books where it does not hold."""
    if not may(by, Act.SEE_PROOF):
        return []
    newest = latest_proof(session)
    if newest is None or newest.holds:
        return []
    return [Task(TaskKind.MEND_BOOKS, min(on, clock.day_of(newest.ran_at)), None, newest.id)]


def written_tasks(session: Session, by: Actor, on: date) -> list[Task]:
    """Return what was written down for the person; about a case only while they reach it."""
    del on
    own = (
        select(StaffTask)
        .outerjoin(Enrolment, Enrolment.id == StaffTask.enrolment_id)
        .where(
            StaffTask.assigned_to == by.person_id,
            StaffTask.done_at.is_(None),
            or_(StaffTask.enrolment_id.is_(None), cases_of(by)),
        )
    )
    return [
        Task(TaskKind.WRITTEN, row.due_on, row.enrolment_id, row.id, open_field(session, row, "title"))
        for row in session.scalars(own)
    ]


SOURCES: Final[tuple[Callable[[Session, Actor, date], list[Task]], ...]] = (
    referrals_to_screen,
    deadlines_near,
    plans_to_assess,
    purchases_to_decide,
    purchases_to_control,
    wishes_for_support,
    questionnaires_to_answer,
    interviews_to_hold,
    items_to_follow_up,
    messages_to_read,
    invoices_to_approve,
    reminders_to_answer,
    receipts_to_chase,
    receipts_to_look_at,
    payouts_to_mend,
    payouts_to_find_out,
    contradictions_to_settle,
    claims_to_get_back,
    refunds_to_note,
    cards_to_look_at,
    work_to_resume,
    bank_lines_to_reconcile,
    books_to_mend,
    written_tasks,
)
"""Every source of tasks: one line each."""

"""A payment that nobody knows of for hours: two people decide, and the provider's own word goes first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.casework.task_rules import TaskKind
from raaderum.casework.tasks import tasks_of
from raaderum.kernel import clock
from raaderum.payouts.deciding import (
    confirm_decision,
    decide_unknown,
    payouts_to_decide,
    proposals_on,
    proposals_waiting,
    reject_decision,
)
from raaderum.payouts.decision_rules import (
    BecauseMissing,
    DecisionState,
    DecisionWaiting,
    NothingProposed,
    NotUnknown,
    PartInPayment,
    ReferenceMissing,
    TooEarlyToDecide,
)
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import attempts_of, retry_payout
from raaderum.payouts.settling import TOLD_BY_CALLBACK, TOLD_BY_PEOPLE, settle_attempt
from raaderum.payouts.tables import Payout, PayoutDecision
from raaderum.people.roles import Role, RoleMayNot
from raaderum.plugin_api import Completed
from raaderum.testing.attempts import unknown_for
from raaderum.testing.cases import PRICE, Case, approved_purchase
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.audit.actor import Actor

    Act = Callable[..., Any]

LONG, NOT_LONG = timedelta(hours=4, minutes=1), timedelta(hours=3, minutes=59)
NO = {"was_paid": False, "reference": "", "because": "Banken har ikke set den."}
YES = {"was_paid": True, "reference": "B-7", "because": "Den står på kontoudtoget."}


@pytest.fixture
def payout(case: Case, invoice: Callable[..., Payout], act: Act) -> Payout:
    reserved = invoice(approved_purchase(case))
    act(unknown_for, reserved.id, LONG)
    return reserved


@pytest.fixture
def colleague(case: Case) -> Actor:
    with case.municipality.at_work():
        return hire("Finn Finans", Role.FINANCE_OFFICER)


def state_of(read: Act, payout: Payout) -> str:
    state: str = read(lambda session: session.scalar(select(Payout.state).where(Payout.id == payout.id)))
    return state


def test_one_that_was_paid_is_settled_when_a_second_person_confirms(
    payout: Payout, colleague: Actor, case: Case, act: Act, read: Act, money_of: Act
) -> None:
    act(decide_unknown, payout.id, **YES, by=colleague)
    assert state_of(read, payout) == PayoutState.UNKNOWN
    act(confirm_decision, payout.id, by=case.municipality.team_leader)
    assert state_of(read, payout) == PayoutState.PAID
    assert (money_of(case)["in_payment"], money_of(case)["spent"]) == (0, PRICE)
    [attempt] = read(attempts_of, payout.id)
    assert (attempt.told_by, attempt.provider_reference) == (TOLD_BY_PEOPLE, "B-7")


def test_one_that_was_not_paid_can_be_tried_again_under_a_new_key_and_never_by_itself(
    payout: Payout, colleague: Actor, case: Case, act: Act, read: Act, do_work: Act, money_of: Act
) -> None:
    act(decide_unknown, payout.id, **NO, by=colleague)
    act(confirm_decision, payout.id, by=case.municipality.team_leader)
    assert (state_of(read, payout), money_of(case)["committed"]) == (PayoutState.FAILED, PRICE)
    do_work()
    assert state_of(read, payout) == PayoutState.FAILED
    act(retry_payout, payout.id, by=colleague)
    do_work()
    assert state_of(read, payout) == PayoutState.PAID
    assert [attempt.number for attempt in read(attempts_of, payout.id)] == [1, 2]
    assert money_of(case)["spent"] == PRICE


def test_before_four_hours_have_passed_nobody_decides(
    case: Case, invoice: Callable[..., Payout], colleague: Actor, act: Act, read: Act, refused: Act
) -> None:
    early = invoice(approved_purchase(case))
    act(unknown_for, early.id, NOT_LONG)
    assert read(payouts_to_decide) == set()
    with refused(TooEarlyToDecide) as refusal:
        act(decide_unknown, early.id, **NO, by=colleague)
    assert "Efter 4 timer" in refusal.danish


def test_who_approved_the_payment_or_proposed_it_cannot_decide(
    payout: Payout, colleague: Actor, case: Case, act: Act, refused: Act
) -> None:
    officer = case.municipality.finance_officer
    with refused(PartInPayment):
        act(decide_unknown, payout.id, **NO, by=officer)
    act(decide_unknown, payout.id, **NO, by=colleague)
    for person in (officer, colleague):
        with refused(PartInPayment):
            act(confirm_decision, payout.id, by=person)
    with refused(RoleMayNot):
        act(confirm_decision, payout.id, by=case.municipality.coordinator)


def test_a_proposal_can_be_rejected_and_another_made(
    payout: Payout, colleague: Actor, case: Case, act: Act, read: Act, refused: Act
) -> None:
    leader = case.municipality.team_leader
    with refused(NothingProposed):
        act(reject_decision, payout.id, by=leader)
    act(decide_unknown, payout.id, **NO, by=colleague)
    with refused(DecisionWaiting):
        act(decide_unknown, payout.id, **YES, by=leader)
    act(reject_decision, payout.id, by=leader)
    act(decide_unknown, payout.id, **YES, by=leader)
    [proposal] = read(proposals_on, [payout.id]).values()
    assert (proposal.decision.was_paid, proposal.because) == (True, YES["because"])


def test_what_the_provider_tells_meanwhile_overtakes_the_proposal(
    payout: Payout, colleague: Actor, case: Case, act: Act, read: Act, refused: Act
) -> None:
    act(decide_unknown, payout.id, **NO, by=colleague)
    [attempt] = read(attempts_of, payout.id)
    act(settle_attempt, attempt.idempotency_key, Completed("P-1"), told_by=TOLD_BY_CALLBACK)
    assert read(proposals_waiting) == []
    [decision] = read(lambda session: session.scalars(select(PayoutDecision)).all())
    assert decision.state == DecisionState.OVERTAKEN
    with refused(NotUnknown):
        act(confirm_decision, payout.id, by=case.municipality.team_leader)
    assert state_of(read, payout) == PayoutState.PAID


def test_a_decision_rests_on_words_and_a_payment_on_a_reference(
    payout: Payout, colleague: Actor, act: Act, refused: Act
) -> None:
    with refused(BecauseMissing):
        act(decide_unknown, payout.id, **{**NO, "because": " "}, by=colleague)
    with refused(ReferenceMissing):
        act(decide_unknown, payout.id, **{**YES, "reference": " "}, by=colleague)


def test_it_waits_as_a_task_for_those_who_had_no_part_in_it(
    payout: Payout, colleague: Actor, case: Case, act: Act, read: Act
) -> None:
    town = case.municipality

    def kinds(by: Actor) -> set[TaskKind]:
        return {
            one.task.kind
            for one in read(tasks_of, by=by, on=clock.today())
            if one.task.subject_id == payout.id
        }

    assert kinds(colleague) == kinds(town.team_leader) == {TaskKind.DECIDE_UNKNOWN_PAYOUT}
    assert kinds(town.finance_officer) == set()
    act(decide_unknown, payout.id, **NO, by=colleague)
    assert kinds(colleague) == set()
    assert kinds(town.team_leader) == {TaskKind.CONFIRM_PAYOUT_DECISION}

"""People, providers, banks and workers who tell or decide of the same payments at the same moment."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from raaderum.audit.actor import SYSTEM, Actor
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.payouts.claim_rules import ClaimClosed, PaymentDisputed
from raaderum.payouts.claims import claims_awaited, close_claim
from raaderum.payouts.correcting import confirm_paid, propose_paid
from raaderum.payouts.deciding import confirm_decision, decide_unknown
from raaderum.payouts.decision_rules import ContradictionSettled, DecisionWaiting, NotUnknown
from raaderum.payouts.dispatch import send_payouts
from raaderum.payouts.mending import give_up_payout, retry_all_failed
from raaderum.payouts.mending_rules import FailedHaveChanged
from raaderum.payouts.rules import PayoutMoveForbidden, PayoutState, idempotency_key
from raaderum.payouts.service import QUEUE, SEND, PaymentWanted, reserve_payout, retry_payout
from raaderum.payouts.settling import TOLD_BY_CALLBACK, TOLD_BY_WORKER, settle_attempt
from raaderum.payouts.tables import Payout, PayoutAttempt, PayoutContradiction, PayoutEvidence
from raaderum.people.roles import Role
from raaderum.persistence.outbox import OutboxWork, claim_due_work
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import Completed, Refused, Text
from raaderum.plugin_host.providers import tenant_providers
from raaderum.purchases.service import locked_purchase
from raaderum.refunds.returning import book_bank_return
from raaderum.refunds.rules import RefundAbovePayment
from raaderum.refunds.service import approve_refund, refunded_of
from raaderum.testing.attempts import refused_by_provider, sent_attempt, unknown_for
from raaderum.testing.cases import GRANT, SUPPLIER, SUPPLIER_CVR, approved_purchase, case_with_grant
from raaderum.testing.municipality import hire
from raaderum.testing.races import race

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

AMOUNT = Oere(1_000_00)
CROWD = 12
PAID = Completed("BANK-1")
NOT_PAID = Refused("no", Text("Nej.", "No."))
NO = {"was_paid": False, "reference": "", "because": "Banken har ikke set den."}


@pytest.fixture
def case(municipality: Municipality) -> Case:
    return case_with_grant(municipality)


def done(function: Callable[..., Any], *arguments: object, **named: object) -> Any:  # noqa: ANN401 - any act
    with unit_of_work() as session:
        return function(session, *arguments, **named)


def reserved(case: Case) -> UUID:
    """Have a payment of 1,000 kr. approved; return the payout's id."""
    purchase_id, officer = approved_purchase(case, AMOUNT).id, case.municipality.finance_officer
    with case.municipality.at_work(), unit_of_work() as session:
        wanted = PaymentWanted(
            provider=next(iter(tenant_providers().payout_providers)),
            amount=AMOUNT,
            payee_name=SUPPLIER,
            payee_cvr=SUPPLIER_CVR,
            purpose="Kørekort",
            account="5.38.38",
            due_on=clock.today(),
        )
        return reserve_payout(
            session, locked_purchase(session, purchase_id, by=officer), wanted, by=officer
        ).id


def failed(case: Case) -> UUID:
    payout_id = reserved(case)
    with case.municipality.at_work():
        done(refused_by_provider, payout_id)
    return payout_id


def officers(case: Case, number: int) -> list[Actor]:
    with case.municipality.at_work():
        return [hire(f"Finans {one}", Role.FINANCE_OFFICER) for one in range(number)]


def errors_of(told: list[Any]) -> list[type[Exception]]:
    return [type(one) for one in told if isinstance(one, Exception)]


def money_and_proof(case: Case) -> tuple[int, int, int, bool]:
    """Return what is available, committed and spent, and whether the books hold."""
    with case.municipality.at_work(), reading() as session:
        money = budget_statement(session, case.enrolment_id)
        return money.available, money.committed, money.spent, prove_books(session).holds


def test_of_many_who_propose_at_once_one_does_and_of_many_who_confirm_one_settles(
    app: Flask, case: Case
) -> None:
    payout_id, people = reserved(case), officers(case, CROWD)
    with case.municipality.at_work():
        done(unknown_for, payout_id, timedelta(hours=5))
    proposing = [partial(done, decide_unknown, payout_id, **NO, by=one) for one in people]
    told = race(app, case.municipality, proposing)
    assert errors_of(told) == [DecisionWaiting] * (CROWD - 1)
    [proposal] = [one for one in told if not isinstance(one, Exception)]
    others = [one for one in people if one.person_id != proposal.proposed_by]
    confirming = [partial(done, confirm_decision, payout_id, by=one) for one in others]
    assert errors_of(race(app, case.municipality, confirming)) == [NotUnknown] * (len(others) - 1)
    assert money_and_proof(case) == (GRANT - AMOUNT, AMOUNT, 0, True)


def test_a_decision_and_the_providers_own_word_at_once_end_in_one_of_the_two(app: Flask, case: Case) -> None:
    proposer, confirmer = officers(case, 2)
    payouts = {reserved(case): "" for _ in range(8)}
    with case.municipality.at_work():
        for payout_id in payouts:
            payouts[payout_id] = done(unknown_for, payout_id, timedelta(hours=5))
            done(decide_unknown, payout_id, **NO, by=proposer)
    acts = [partial(done, confirm_decision, payout_id, by=confirmer) for payout_id in payouts]
    acts += [partial(done, settle_attempt, key, PAID, told_by=TOLD_BY_CALLBACK) for key in payouts.values()]
    assert set(errors_of(race(app, case.municipality, acts))) <= {NotUnknown}
    with case.municipality.at_work(), reading() as session:
        states = session.scalars(select(Payout.state)).all()
        contradicted = session.scalar(select(func.count()).select_from(PayoutContradiction))
    paid = sum(state == PayoutState.PAID for state in states)
    assert set(states) <= {PayoutState.PAID, PayoutState.FAILED}
    # Where people were first, the provider's word contradicts them, and that is not lost.
    assert contradicted == len(payouts) - paid
    assert money_and_proof(case) == (
        GRANT - len(payouts) * AMOUNT,
        (len(payouts) - paid) * AMOUNT,
        paid * AMOUNT,
        True,
    )


def test_a_call_and_the_worker_who_settle_at_once_spend_the_money_once(app: Flask, case: Case) -> None:
    payout_id = reserved(case)
    with case.municipality.at_work():
        key = done(sent_attempt, payout_id)
    sources = [TOLD_BY_CALLBACK, TOLD_BY_WORKER] * CROWD
    told = race(
        app, case.municipality, [partial(done, settle_attempt, key, PAID, told_by=one) for one in sources]
    )
    assert told == [True] * len(sources)
    with case.municipality.at_work(), reading() as session:
        assert session.scalar(select(func.count()).select_from(PayoutEvidence)) == 1
        assert session.scalar(select(func.count()).select_from(PayoutContradiction)) == 0
    assert money_and_proof(case) == (GRANT - AMOUNT, 0, AMOUNT, True)


def test_paid_and_refused_told_at_once_move_the_money_one_way_and_keep_the_other_word(
    app: Flask, case: Case
) -> None:
    payout_id = reserved(case)
    with case.municipality.at_work():
        key = done(sent_attempt, payout_id)
    words = [PAID, NOT_PAID] * CROWD
    race(
        app,
        case.municipality,
        [partial(done, settle_attempt, key, one, told_by=TOLD_BY_CALLBACK) for one in words],
    )
    available, committed, spent, holds = money_and_proof(case)
    assert (available, sorted((committed, spent)), holds) == (GRANT - AMOUNT, [0, AMOUNT], True)
    with case.municipality.at_work(), reading() as session:
        assert session.scalar(select(func.count()).select_from(PayoutContradiction)) == 1


def test_all_failed_ones_tried_again_twice_at_once_are_sent_once(app: Flask, case: Case) -> None:
    payouts = [failed(case) for _ in range(4)]
    shown = {"expected_count": len(payouts), "expected_total": Oere(len(payouts) * AMOUNT)}
    people = officers(case, CROWD)
    told = race(app, case.municipality, [partial(done, retry_all_failed, **shown, by=one) for one in people])
    assert errors_of(told) == [FailedHaveChanged] * (CROWD - 1)
    with case.municipality.at_work(), reading() as session:
        queued = select(func.count()).select_from(OutboxWork).where(OutboxWork.queue == QUEUE)
        # One each from the approvals, and one each from trying again.
        assert session.scalar(queued) == 2 * len(payouts)
    assert money_and_proof(case) == (GRANT - len(payouts) * AMOUNT, 0, 0, True)


def test_given_up_and_tried_again_at_once_is_one_of_the_two(app: Flask, case: Case) -> None:
    payouts, officer = [failed(case) for _ in range(6)], case.municipality.finance_officer
    acts = [partial(done, act, one, by=officer) for one in payouts for act in (give_up_payout, retry_payout)]
    assert errors_of(race(app, case.municipality, acts)) == [PayoutMoveForbidden] * len(payouts)
    with case.municipality.at_work(), reading() as session:
        states = list(session.scalars(select(Payout.state)))
    given_up = states.count(PayoutState.GIVEN_UP)
    assert given_up + states.count(PayoutState.RESERVED) == len(payouts)
    assert money_and_proof(case) == (GRANT - (len(payouts) - given_up) * AMOUNT, 0, 0, True)


def test_returns_and_credit_notes_at_once_never_bring_back_more_than_was_paid(app: Flask, case: Case) -> None:
    payout_id, officer = reserved(case), case.municipality.finance_officer
    with case.municipality.at_work():
        done(settle_attempt, done(sent_attempt, payout_id), PAID, told_by=TOLD_BY_CALLBACK)
    part = Oere(AMOUNT * 3 // 10)
    acts = [
        partial(done, book_bank_return, payout_id, amount=part, reference=f"R-{number}", by=SYSTEM)
        for number in range(CROWD)
    ]
    acts += [
        partial(done, approve_refund, payout_id, amount=part, credit_note_number=f"K-{number}", by=officer)
        for number in range(CROWD)
    ]
    told = race(app, case.municipality, acts)
    assert errors_of(told) == [RefundAbovePayment] * (2 * CROWD - 3)
    with case.municipality.at_work(), reading() as session:
        assert refunded_of(session, payout_id) == 3 * part <= AMOUNT
    assert money_and_proof(case) == (GRANT - AMOUNT + 3 * part, 0, AMOUNT - 3 * part, True)


def told_paid(case: Case, payout_id: UUID) -> UUID:
    """Have a refused payment be said to be paid after all; return the contradiction's id."""
    with case.municipality.at_work():
        done(settle_attempt, idempotency_key(payout_id, 1), PAID, told_by=TOLD_BY_CALLBACK)
        with reading() as session:
            return session.scalars(
                select(PayoutContradiction.id).where(PayoutContradiction.payout_id == payout_id)
            ).one()


def test_of_many_who_correct_at_once_one_proposes_and_one_books(app: Flask, case: Case) -> None:
    payout_id, people = failed(case), officers(case, CROWD)
    contradiction = told_paid(case, payout_id)
    proposing = [partial(done, propose_paid, contradiction, because="Bilag 7", by=one) for one in people]
    told = race(app, case.municipality, proposing)
    assert errors_of(told) == [DecisionWaiting] * (CROWD - 1)
    [proposed] = [one for one in told if not isinstance(one, Exception)]
    others = [one for one in people if one.person_id != proposed.proposed_by]
    confirming = [partial(done, confirm_paid, contradiction, by=one) for one in others]
    assert errors_of(race(app, case.municipality, confirming)) == [ContradictionSettled] * (len(others) - 1)
    assert money_and_proof(case) == (GRANT - AMOUNT, 0, AMOUNT, True)


def test_a_word_that_it_was_paid_and_a_retry_at_once_never_end_in_both(app: Flask, case: Case) -> None:
    payouts, officer = [failed(case) for _ in range(6)], case.municipality.finance_officer
    acts = [partial(done, retry_payout, one, by=officer) for one in payouts]
    acts += [partial(done, give_up_payout, one, by=officer) for one in payouts]
    acts += [
        partial(done, settle_attempt, idempotency_key(one, 1), PAID, told_by=TOLD_BY_CALLBACK)
        for one in payouts
    ]
    assert set(errors_of(race(app, case.municipality, acts))) <= {PaymentDisputed, PayoutMoveForbidden}
    with case.municipality.at_work():
        with unit_of_work() as session:
            works = claim_due_work(session, queue=QUEUE, most=100)
        send_payouts([work for work in works if work.kind == SEND])
        with reading() as session:
            attempts = session.scalar(select(func.count()).select_from(PayoutAttempt))
            waiting = session.scalar(select(func.count()).select_from(PayoutContradiction))
    # Whoever came first: not one of them is sent again before people have said.
    assert (attempts, waiting) == (len(payouts), len(payouts))


def test_a_claim_closed_by_many_at_once_is_closed_once(app: Flask, case: Case) -> None:
    payout_id, people = failed(case), officers(case, CROWD)
    with case.municipality.at_work():
        done(give_up_payout, payout_id, by=case.municipality.finance_officer)
        contradiction = told_paid(case, payout_id)
        done(propose_paid, contradiction, because="Bilag 7", by=people[0])
        done(confirm_paid, contradiction, by=people[1])
        [(claim, _)] = done(claims_awaited, by=people[0])
    closing = [
        partial(done, close_claim, claim.id, came_back=bool(number % 2), reference="R-1", because="x", by=one)
        for number, one in enumerate(people)
        if one.person_id != claim.made_by
    ]
    assert errors_of(race(app, case.municipality, closing)) == [ClaimClosed] * (len(closing) - 1)
    assert money_and_proof(case) == (GRANT, 0, 0, True)

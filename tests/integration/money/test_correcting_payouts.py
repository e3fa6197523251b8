"""A payment told refused that had been made after all: booked by two people, never paid or borne twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import AccountKind
from raaderum.ledger.service import trial_balance
from raaderum.payouts.claim_rules import ClaimClosed, NotToldPaid, PaymentDisputed, RetryUnderWay
from raaderum.payouts.claims import claims_awaited, close_claim
from raaderum.payouts.contradictions import contradictions_waiting, settle_contradiction
from raaderum.payouts.correcting import confirm_paid, propose_paid, reject_paid
from raaderum.payouts.decision_rules import (
    ContradictionSettled,
    DecisionWaiting,
    NothingProposed,
    PartInPayment,
    ReferenceMissing,
)
from raaderum.payouts.evidence import verify_evidence
from raaderum.payouts.evidence_rules import EvidenceFinding
from raaderum.payouts.mending import failed_payouts, give_up_payout
from raaderum.payouts.rules import PayoutState, idempotency_key
from raaderum.payouts.service import attempts_of, get_payout, retry_payout
from raaderum.payouts.settling import TOLD_BY_BANK, settle_attempt
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Role, RoleMayNot
from raaderum.plugin_api import Completed, ProviderMovement, Refused, Text
from raaderum.purchases.tables import Purchase
from raaderum.reconciliation.matching import book_return
from raaderum.reconciliation.movements import keep_movements
from raaderum.reconciliation.proof_lists import (
    Days,
    ours_at_provider,
    spent_two_ways,
    theirs_at_provider,
)
from raaderum.reconciliation.proof_rules import Against, Left, compare
from raaderum.reconciliation.tables import StatementLine
from raaderum.refunds.returning import book_bank_return
from raaderum.tenancy.context import working_for
from raaderum.testing.attempts import refused_by_provider, sent_attempt
from raaderum.testing.cases import PRICE, Case, approved_purchase
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.reconciliation.proof_rules import Remainder

    Act = Callable[..., Any]

WORDS = "Banken har vist bilaget."
TOLD = Completed("BANK-7")


@pytest.fixture
def payout(case: Case, invoice: Callable[..., Payout]) -> Payout:
    return invoice(approved_purchase(case))


@pytest.fixture
def told(payout: Payout, act: Act) -> UUID:
    """A payment that was refused, and then said to be made."""
    key = act(refused_by_provider, payout.id)
    return _told(act, key)


@pytest.fixture
def second(case: Case) -> Actor:
    with working_for(case.municipality.id):
        return hire("Finn Finans", Role.FINANCE_OFFICER)


def _told(act: Act, key: str) -> UUID:
    act(settle_attempt, key, TOLD, told_by=TOLD_BY_BANK)
    [(contradiction, _, _)] = act(contradictions_waiting)
    own: UUID = contradiction.id
    return own


def _state(read: Act, payout: Payout) -> str:
    state: str = read(lambda session: session.scalar(select(Payout.state).where(Payout.id == payout.id)))
    return state


def _summed(read: Act, kind: AccountKind) -> int:
    return sum(row.summed for row in read(trial_balance) if row.kind is kind)


def _books_hold(read: Act) -> bool:
    by_entries, by_states = read(spent_two_ways)
    same = {(one.key, one.amount) for one in by_entries} == {(one.key, one.amount) for one in by_states}
    return same and bool(read(prove_books).holds)


def test_a_failed_payment_that_had_been_made_is_paid_and_its_money_spent_once(
    payout: Payout, told: UUID, act: Act, read: Act, money_of: Act, case: Case, second: Actor
) -> None:
    leader = case.municipality.team_leader
    act(propose_paid, told, because=WORDS, by=leader)
    assert _state(read, payout) == PayoutState.FAILED
    settled = act(confirm_paid, told, by=second)
    assert (settled.outcome, settled.because_sealed is not None) == ("paid", True)
    money = money_of(case)
    assert (money["committed"], money["in_payment"], money["spent"]) == (0, 0, PRICE)
    paid = read(get_payout, payout.id)
    assert (paid.state, paid.provider_reference) == (PayoutState.PAID, "BANK-7")
    checks = read(lambda session: verify_evidence(session, [get_payout(session, payout.id)]))
    assert checks[payout.id].finding is EvidenceFinding.INTACT
    assert read(contradictions_waiting) == []
    assert _books_hold(read)


def test_it_takes_two_who_neither_asked_nor_approved(
    payout: Payout, told: UUID, act: Act, refused: Act, case: Case, second: Actor
) -> None:
    town = case.municipality
    with refused(RoleMayNot):
        act(propose_paid, told, because=WORDS, by=town.coordinator)
    approver = town.finance_officer
    assert approver.person_id == payout.approved_by
    with refused(PartInPayment):
        act(propose_paid, told, because=WORDS, by=approver)
    with refused(NothingProposed):
        act(confirm_paid, told, by=second)
    act(propose_paid, told, because=WORDS, by=town.team_leader)
    for one in (town.team_leader, approver):
        with refused(PartInPayment):
            act(confirm_paid, told, by=one)
    with refused(DecisionWaiting):
        act(propose_paid, told, because=WORDS, by=second)
    with refused(DecisionWaiting):
        act(settle_contradiction, told, because=WORDS, by=second)


def test_a_rejected_proposal_leaves_the_word_waiting(
    payout: Payout, told: UUID, act: Act, read: Act, refused: Act, case: Case, second: Actor
) -> None:
    act(propose_paid, told, because=WORDS, by=case.municipality.team_leader)
    rejected = act(reject_paid, told, by=second)
    assert (rejected.proposed_by, rejected.because_sealed, rejected.settled_at) == (None, None, None)
    with refused(NothingProposed):
        act(reject_paid, told, by=second)
    act(settle_contradiction, told, because="Banken tog fejl.", by=second)
    with refused(ContradictionSettled):
        act(propose_paid, told, because=WORDS, by=second)
    assert _state(read, payout) == PayoutState.FAILED


def test_a_word_that_it_was_refused_is_no_word_that_it_was_paid(
    payout: Payout, act: Act, refused: Act, case: Case
) -> None:
    key = act(sent_attempt, payout.id)
    act(settle_attempt, key, TOLD, told_by=TOLD_BY_BANK)
    act(settle_attempt, key, Refused("late", Text("Nej.", "No.")), told_by=TOLD_BY_BANK)
    [(contradiction, _, _)] = act(contradictions_waiting)
    with refused(NotToldPaid):
        act(propose_paid, contradiction.id, because=WORDS, by=case.municipality.team_leader)


def test_nothing_is_sent_again_or_given_up_while_it_may_have_been_paid(
    payout: Payout, told: UUID, act: Act, read: Act, refused: Act, case: Case
) -> None:
    officer = case.municipality.finance_officer
    for mend in (retry_payout, give_up_payout):
        with refused(PaymentDisputed):
            act(mend, payout.id, by=officer)
    assert read(failed_payouts, by=officer).count == 0
    act(settle_contradiction, told, because="Banken tog fejl.", by=case.municipality.team_leader)
    assert read(failed_payouts, by=officer).count == 1
    assert act(retry_payout, payout.id, by=officer).state == PayoutState.RESERVED


def test_a_retry_that_was_not_sent_yet_waits_and_never_happens(
    payout: Payout,
    act: Act,
    read: Act,
    do_work: Callable[[], int],
    money_of: Act,
    case: Case,
    second: Actor,
) -> None:
    key = act(refused_by_provider, payout.id)
    act(retry_payout, payout.id, by=case.municipality.finance_officer)
    contradiction = _told(act, key)
    do_work()
    assert len(read(attempts_of, payout.id)) == 1
    act(propose_paid, contradiction, because=WORDS, by=case.municipality.team_leader)
    act(confirm_paid, contradiction, by=second)
    money = money_of(case)
    assert (money["committed"], money["in_payment"], money["spent"]) == (0, 0, PRICE)
    do_work()
    assert len(read(attempts_of, payout.id)) == 1
    assert _state(read, payout) == PayoutState.PAID
    assert _books_hold(read)


def test_while_a_retry_is_on_its_way_nobody_books_anything(
    payout: Payout, act: Act, refused: Act, money_of: Act, case: Case, second: Actor
) -> None:
    key = act(refused_by_provider, payout.id)
    act(retry_payout, payout.id, by=case.municipality.finance_officer)
    act(sent_attempt, payout.id)
    contradiction = _told(act, key)
    act(propose_paid, contradiction, because=WORDS, by=case.municipality.team_leader)
    before = money_of(case)
    with refused(RetryUnderWay):
        act(confirm_paid, contradiction, by=second)
    assert money_of(case) == before


@pytest.fixture
def doubled(payout: Payout, act: Act, case: Case, second: Actor) -> UUID:
    """A payment that was refused, tried again and paid, and was made the first time as well."""
    key = act(refused_by_provider, payout.id)
    act(retry_payout, payout.id, by=case.municipality.finance_officer)
    again = act(sent_attempt, payout.id)
    act(settle_attempt, again, Completed("BANK-8"), told_by=TOLD_BY_BANK)
    contradiction = _told(act, key)
    act(propose_paid, contradiction, because=WORDS, by=case.municipality.team_leader)
    assert act(confirm_paid, contradiction, by=second).outcome == "claimed"
    [(claim, about)] = act(claims_awaited, by=second)
    assert (claim.amount, claim.reference, about.id) == (PRICE, "BANK-7", payout.id)
    own: UUID = claim.id
    return own


@pytest.mark.usefixtures("doubled")
def test_a_double_payment_is_claimed_back_and_the_citizen_bears_none_of_it(
    read: Act, money_of: Act, case: Case
) -> None:
    assert money_of(case)["spent"] == PRICE
    assert _summed(read, AccountKind.CLAIMS) == PRICE
    assert _books_hold(read)


def test_a_double_payment_that_comes_back_closes_the_claim_and_is_given_to_nobody_twice(
    doubled: UUID, read: Act, act: Act, refused: Act, money_of: Act, case: Case, second: Actor
) -> None:
    leader = case.municipality.team_leader
    before = money_of(case)
    with refused(PartInPayment):
        act(close_claim, doubled, came_back=True, reference="R-1", because=WORDS, by=second)
    with refused(ReferenceMissing):
        act(close_claim, doubled, came_back=True, reference=" ", because=WORDS, by=leader)
    act(close_claim, doubled, came_back=True, reference="R-1", because=WORDS, by=leader)
    assert (_summed(read, AccountKind.CLAIMS), _summed(read, AccountKind.LOSSES)) == (0, 0)
    with refused(ClaimClosed):
        act(close_claim, doubled, came_back=False, reference="", because=WORDS, by=leader)
    assert money_of(case) == before
    assert read(claims_awaited, by=leader) == []


def test_a_claim_that_never_comes_back_is_the_programmes_loss(
    doubled: UUID, read: Act, act: Act, case: Case
) -> None:
    leader = case.municipality.team_leader
    act(close_claim, doubled, came_back=False, reference="", because=WORDS, by=leader)
    assert (_summed(read, AccountKind.CLAIMS), _summed(read, AccountKind.LOSSES)) == (0, PRICE)
    assert _books_hold(read)


def test_what_was_given_up_and_had_been_paid_is_claimed_back(
    payout: Payout, act: Act, read: Act, money_of: Act, case: Case, second: Actor
) -> None:
    key = act(refused_by_provider, payout.id)
    act(give_up_payout, payout.id, by=case.municipality.finance_officer)
    before = money_of(case)
    contradiction = _told(act, key)
    act(propose_paid, contradiction, because=WORDS, by=case.municipality.team_leader)
    assert act(confirm_paid, contradiction, by=second).outcome == "claimed"
    assert _state(read, payout) == PayoutState.GIVEN_UP
    assert money_of(case) == before
    assert _books_hold(read)


@pytest.mark.usefixtures("doubled")
def test_a_bank_return_of_the_payment_itself_is_still_the_citizens(
    payout: Payout, act: Act, money_of: Act, case: Case, second: Actor
) -> None:
    act(book_bank_return, payout.id, amount=PRICE, reference="R-2", by=second)
    assert money_of(case)["spent"] == 0


def test_the_proof_holds_with_a_claim_that_the_provider_tells_of(
    doubled: UUID, payout: Payout, act: Act, read: Act, case: Case
) -> None:
    told = [_movement(payout, attempt) for attempt in (1, 2)]
    act(keep_movements, payout.provider, told)
    assert _at_provider(read, payout.provider) == ()
    leader = case.municipality.team_leader
    act(close_claim, doubled, came_back=False, reference="", because=WORDS, by=leader)
    assert _at_provider(read, payout.provider) == ()


@pytest.mark.usefixtures("doubled")
def test_a_claim_that_the_provider_does_not_tell_of_is_named(payout: Payout, act: Act, read: Act) -> None:
    act(keep_movements, payout.provider, [_movement(payout, 2)])
    assert [one.left for one in _at_provider(read, payout.provider)] == [Left.ONLY_OURS]


def test_a_returned_line_closes_the_claim_first_and_then_the_payment_itself(
    doubled: UUID, payout: Payout, act: Act, read: Act, money_of: Act, case: Case
) -> None:
    def come_back(session: Session, reference: str) -> UUID | None:
        row = StatementLine(id=new_id(), amount=PRICE, payout_id=payout.id, reference=reference, codes=[])
        book_return(session, row)
        return row.claim_id

    assert act(come_back, "R-1") == doubled
    assert (money_of(case)["spent"], _summed(read, AccountKind.CLAIMS)) == (PRICE, 0)
    assert act(come_back, "R-2") is None
    assert money_of(case)["spent"] == 0
    assert _books_hold(read)


def _movement(payout: Payout, attempt: int) -> ProviderMovement:
    return ProviderMovement(
        reference=f"mv-{payout.id}-{attempt}",
        amount=Oere(payout.amount),
        moved_at=clock.now(),
        idempotency_key=idempotency_key(payout.id, attempt),
    )


def _at_provider(read: Act, provider: str) -> tuple[Remainder, ...]:
    """Return what the proof of the last days finds left over between our books and the provider's."""
    now = clock.now()
    first, last = now - timedelta(days=2), now + timedelta(days=1)
    days = Days(first.date(), last.date(), first, last, now)
    return compare(
        Against.PROVIDER,
        provider,
        ours=read(ours_at_provider, provider, days),
        theirs=read(theirs_at_provider, provider, days),
    ).remainders


def test_a_code_that_another_payment_carries_is_not_given_again(
    case: Case, payout: Payout, invoice: Callable[..., Payout], act: Act
) -> None:
    purchase = approved_purchase(case, Oere(50_00))

    def share(session: Session) -> None:
        session.execute(update(Purchase).where(Purchase.id == payout.purchase_id).values(code="RD-ELSEWHERE"))
        session.execute(update(Purchase).where(Purchase.id == purchase.id).values(code=payout.code))

    act(share)
    other = invoice(
        act(lambda session: session.get_one(Purchase, (case.municipality.id, purchase.id))), number="F-2"
    )
    assert other.code != payout.code


def test_the_database_itself_lets_no_two_payments_share_a_code(
    case: Case, payout: Payout, invoice: Callable[..., Payout], act: Act
) -> None:
    other = invoice(approved_purchase(case, Oere(50_00)), number="F-2")
    same = update(Payout).where(Payout.id == other.id).values(code=payout.code)
    with pytest.raises(IntegrityError, match="uq_payout_tenant_id_code"):
        act(lambda session: session.execute(same))

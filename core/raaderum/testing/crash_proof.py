"""What is left after a crash test: every øre counted at the provider, in the books and in the budgets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.ledger.service import budget_statement, summed_balance, trial_balance
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE, clearing_account
from raaderum.payouts.tables import Payout
from raaderum.persistence.unit_of_work import reading
from raaderum.testing.provider_simulator import IDENTIFIER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.testing.crash_crew import Desk

_FINAL = {PayoutState.PAID, PayoutState.FAILED}


@dataclass(slots=True)
class Proof:
    """What was found. All of it but `payouts` and `paid` must be nothing; `difference` is in øre."""

    payouts: int = 0
    paid: int = 0
    double: int = 0
    lost: int = 0
    difference: int = 0
    in_words: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was doubled, lost or different."""
        return (self.double, self.lost, self.difference, self.in_words) == (0, 0, 0, [])


def prove(desks: Sequence[Desk], acknowledged: set[str]) -> Proof:
    """Hold the provider, the books, the budgets and what was promised against each other.

    Double: a key or a payment whose money moved more than once. Lost: a payment that somebody was
    told of and that is not there, one that is paid in the books and did not move, one that never
    came to an end. Difference: between the provider, what is spent in the books, and what is gone
    from each citizen's budget.
    """
    proof, known = Proof(), set[str]()
    for desk in desks:
        known |= _count_payments(desk, proof)
        _compare_sums(desk, proof)
        proof.in_words += desk.payments.discrepancies()
        proof.in_words += [
            f"work {one.id} of kind {one.kind} is open: {one.parked_because}"
            for one in desk.payments.open_work()
            if one.queue == QUEUE
        ]
    proof.lost += len(acknowledged - known)
    return proof


def _count_payments(desk: Desk, proof: Proof) -> set[str]:
    moved = desk.payments.bank.movements()
    by_key = Counter(one.key for one in moved)
    by_payout = Counter(one.payout for one in moved if one.amount > 0)
    states = desk.payments.states()
    proof.payouts += len(states)
    proof.paid += sum(state == PayoutState.PAID for state in states.values())
    proof.double += sum(times - 1 for times in by_key.values())
    proof.double += sum(times - 1 for times in by_payout.values())
    proof.lost += sum(
        state not in _FINAL or (state == PayoutState.PAID and not by_payout[str(payout_id)])
        for payout_id, state in states.items()
    )
    return set(map(str, states))


def _compare_sums(desk: Desk, proof: Proof) -> None:
    moved: Counter[str] = Counter()
    for one in desk.payments.bank.movements():
        moved[one.payout] += one.amount
    with desk.payments.municipality.at_work(), reading() as session:
        owners = session.execute(select(Payout.id, Payout.enrolment_id)).all()
        at_provider: Counter[object] = Counter()
        for payout_id, enrolment_id in owners:
            at_provider[enrolment_id] += moved.pop(str(payout_id), 0)
        for case in desk.cases:
            budget = budget_statement(session, case.enrolment_id)
            gone = budget.granted - budget.available - budget.committed
            wanted = at_provider[case.enrolment_id]
            proof.difference += abs(wanted - budget.spent) + abs(gone - budget.spent)
        proof.difference += sum(abs(left) for left in moved.values())
        proof.difference += abs(summed_balance(session, clearing_account(IDENTIFIER)))
        proof.difference += abs(sum(row.summed for row in trial_balance(session)))

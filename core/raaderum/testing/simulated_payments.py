"""Payments through the simulator, and the proof afterwards: books, bank and budgets to the øre."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import NullPool, create_engine, select, text

from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import AccountKind
from raaderum.ledger.service import summed_balance, trial_balance
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE, PaymentWanted, clearing_account, reserve_payout
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.outbox import OutboxWork
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.purchases.service import locked_purchase
from raaderum.refunds.rules import RefundState
from raaderum.refunds.tables import Refund
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, Case, approved_purchase
from raaderum.testing.provider_simulator import IDENTIFIER, SimulatedBank
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.testing.municipality import Municipality

_FINAL: Final = {PayoutState.PAID, PayoutState.FAILED, PayoutState.CANCELLED}
_TIME_PASSES = text(
    "update outbox_work set due_at = now() - interval '1 second',"
    " lease_until = case when lease_until is null then null else now() - interval '1 second' end"
    " where tenant_id = :tenant and done_at is null and parked_at is null"
)


@dataclass(frozen=True, slots=True)
class SimulatedPayments:
    """One municipality's payments, all through the simulator."""

    municipality: Municipality
    files: Path

    @property
    def bank(self) -> SimulatedBank:
        """What the simulator has done for the municipality."""
        return SimulatedBank(self.files / self.municipality.tenant.slug / IDENTIFIER)

    def reserve(self, case: Case, amount: int) -> UUID:
        """Have a purchase for `amount` øre approved, and its payment too; return the payout's id."""
        purchase_id = approved_purchase(case, Oere(amount)).id
        officer = self.municipality.finance_officer
        with self.municipality.at_work(), unit_of_work() as session:
            purchase = locked_purchase(session, purchase_id, by=officer)
            return reserve_payout(session, purchase, wanted_payment(amount), by=officer).id

    def work(self) -> int:
        """Do the due work, as a worker does; return how many pieces."""
        with self.municipality.at_work():
            return do_due_work(QUEUE)

    def let_time_pass(self, administrator_url: str) -> None:
        """Let every lease run out and every wait be over, as the database's clock would."""
        engine = create_engine(administrator_url, poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(_TIME_PASSES, {"tenant": self.municipality.id})

    def work_to_the_end(self, administrator_url: str, *, most_rounds: int = 8) -> None:
        """Work, and let time pass, until nothing is left to do."""
        for _ in range(most_rounds):
            self.let_time_pass(administrator_url)
            if not self.work():
                return

    def states(self) -> dict[UUID, str]:
        """Return the state of every payout."""
        with self.municipality.at_work(), reading() as session:
            return {one: state for one, state in session.execute(select(Payout.id, Payout.state))}  # noqa: C416 - rows are not tuples to the type checker

    def attempts(self, payout_id: UUID) -> list[PayoutAttempt]:
        """Return the attempts of one payout, first one first."""
        with self.municipality.at_work(), reading() as session:
            in_order = (
                select(PayoutAttempt)
                .where(PayoutAttempt.payout_id == payout_id)
                .order_by(PayoutAttempt.number)
            )
            return list(session.scalars(in_order))

    def open_work(self) -> list[OutboxWork]:
        """Return the work that is not done, the parked one too."""
        with self.municipality.at_work(), reading() as session:
            return list(session.scalars(select(OutboxWork).where(OutboxWork.done_at.is_(None))))

    def discrepancies(self) -> list[str]:
        """Hold books, payouts and bank against each other; return every difference, in words.

        An unfinished payout may have moved or not; a finished one has moved exactly if it is paid.
        """
        with self.municipality.at_work(), reading() as session:
            return [*self._wrong_movements(session), *_wrong_books(session)]

    def _wrong_movements(self, session: Session) -> list[str]:
        movements = self.bank.movements()
        found = [
            f"{key} moved {times} times"
            for key, times in Counter(one.key for one in movements).items()
            if times > 1
        ]
        paid: dict[str, list[int]] = {}
        returned: Counter[str] = Counter()
        for one in movements:
            if one.amount > 0:
                paid.setdefault(one.payout, []).append(one.amount)
            else:
                returned[one.payout] -= one.amount
        for payout in session.scalars(select(Payout)):
            amounts = paid.pop(str(payout.id), [])
            once, never = [payout.amount], list[int]()
            fitting = {PayoutState.PAID: [once], PayoutState.FAILED: [never], PayoutState.CANCELLED: [never]}
            if amounts not in fitting.get(PayoutState(payout.state), [once, never]):
                found.append(f"payout {payout.id} over {payout.amount} is {payout.state} and moved {amounts}")
        booked = select(Refund).where(Refund.state == RefundState.BOOKED)
        for refund in session.scalars(booked):
            returned[str(refund.payout_id)] -= refund.amount
        found += [f"payout {one} was moved and is not ours" for one in paid]
        return found + [f"{left} øre too much came back of {one}" for one, left in returned.items() if left]


def wanted_payment(amount: int) -> PaymentWanted:
    """Return a payment of `amount` øre through the simulator."""
    return PaymentWanted(
        provider=IDENTIFIER,
        amount=Oere(amount),
        payee_name=SUPPLIER,
        payee_cvr=SUPPLIER_CVR,
        purpose="Kørekort",
        account="5.38.38",
        due_on=clock.today(),
    )


def _wrong_books(session: Session) -> list[str]:
    """Compare the ledger with itself and with the payouts: what is spent, and what is with the provider."""
    breaches = prove_books(session).breaches
    found = [f"{name}: {times}" for name, times in breaches.items() if times]
    rows = trial_balance(session)
    if sum(row.summed for row in rows):
        found.append("the trial balance is not zero")
    payouts = session.scalars(select(Payout)).all()
    refunded = sum(session.scalars(select(Refund.amount)))
    spent = sum(row.summed for row in rows if row.kind is AccountKind.SPENT)
    paid = sum(payout.amount for payout in payouts if payout.state == PayoutState.PAID) - refunded
    if spent != paid:
        found.append(f"{spent} øre are spent in the books, {paid} by the payouts")
    under_way = sum(payout.amount for payout in payouts if payout.state not in _FINAL)
    with_provider = summed_balance(session, clearing_account(IDENTIFIER))
    if with_provider != under_way:
        found.append(f"{with_provider} øre are in clearing, {under_way} under way")
    return found

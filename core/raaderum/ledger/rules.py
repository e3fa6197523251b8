"""Accounts, kinds of transactions and the moves between accounts; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.identifiers import derived_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text


class AccountKind(StrEnum):
    """What an account is for. Every transaction moves money from one kind to the next."""

    FUNDING = "funding"
    """The municipality's money outside the programme; below zero by what it has set aside."""
    POOL = "pool"
    """A programme's money that nobody has been granted yet."""
    AVAILABLE = "available"
    """What a citizen may still ask to spend."""
    COMMITTED = "committed"
    """Approved for a purchase, not yet paid."""
    CLEARING = "clearing"
    """With a payout provider: instructed, not yet confirmed."""
    SPENT = "spent"
    """Paid on the citizen's behalf."""
    FEES = "fees"
    """What a programme has paid for reminders itself; no citizen's money."""
    CLAIMS = "claims"
    """What left and nobody owed, to be got back; borne by the programme meanwhile."""
    LOSSES = "losses"
    """What was to be got back and never came."""
    CARD = "card"
    """Released to the citizen's card, and free to be spent on it."""
    CARD_HELD = "card_held"
    """Held by payments on the card that are approved and not yet drawn."""
    OVERDRAFT = "overdraft"
    """Below zero by what was drawn on the card beyond everything the citizen had."""
    EXCHANGE_DIFFERENCE = "exchange_difference"
    """What an issuer's cards in another currency cost beyond (or below) what the budgets bore."""

    @property
    def is_guarded(self) -> bool:
        """Whether the balance is the citizen's own, which can never go below zero.

        The others are hot: every payment touches them. They are append-only and summed when asked.
        """
        return self in {*BUDGET_ACCOUNTS, AccountKind.CARD, AccountKind.CARD_HELD}


BUDGET_ACCOUNTS = (AccountKind.AVAILABLE, AccountKind.COMMITTED, AccountKind.SPENT)
"""The three accounts of one enrolment."""
CARD_ACCOUNTS = (AccountKind.CARD, AccountKind.CARD_HELD, AccountKind.OVERDRAFT)
"""The three further accounts of an enrolment with a card, opened when one is ordered."""
PROGRAMME_ACCOUNTS = (AccountKind.FUNDING, AccountKind.POOL)
"""The two accounts of one programme."""


class TransactionKind(StrEnum):
    """The business act behind a transaction."""

    FUND = "fund"
    GRANT = "grant"
    COMMIT = "commit"
    RELEASE = "release"
    RESERVE = "reserve"
    SETTLE = "settle"
    RESTORE = "restore"
    REFUND = "refund"
    RETURN = "return"
    FEE = "fee"
    CLAIM = "claim"
    CLAIM_BACK = "claim_back"
    WRITE_OFF = "write_off"
    LOAD = "load"
    RECOUP = "recoup"
    HOLD = "hold"
    UNHOLD = "unhold"
    CAPTURE = "capture"
    CARD_REFUND = "card_refund"
    OVERDRAFT_COVERED = "overdraft_covered"
    EXCHANGE = "exchange"


@dataclass(frozen=True, slots=True)
class Account:
    """An account, found by what it is for and whose it is; no look-up needed."""

    kind: AccountKind
    owner_id: UUID

    @property
    def id(self) -> UUID:
        """The account's id, always the same for the same kind and owner."""
        return derived_id(self.owner_id, f"ledger:{self.kind}")


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` øre (above 0) from one account to another."""

    amount: Oere
    source: Account
    target: Account

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise AmountNotPositive(amount=format_kroner(self.amount))


class AmountNotPositive(InvalidInput):
    """An amount of money to move that is zero or below."""

    code = "amount_not_positive"
    text = Text("Beløbet skal være over 0 kr. ({amount}).", "The amount must be above 0 kr. ({amount}).")


class NotEnoughMoney(RuleBroken):
    """The posting would bring a citizen's account below zero; nothing was posted."""

    code = "not_enough_money"
    text = Text(
        "Der er ikke penge nok: {available} tilbage, {wanted} ønsket. "
        "Sæt beløbet ned, eller få planen ændret.",
        "There is not enough money: {available} left, {wanted} asked for. "
        "Lower the amount, or have the plan changed.",
    )


class PostingKeyReused(Conflict):
    """The same key came again with another content; nothing was posted."""

    code = "posting_key_reused"
    text = Text(
        "Posteringen findes allerede med et andet indhold ({key}).",
        "The posting exists already with another content ({key}).",
    )

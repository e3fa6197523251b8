"""What the books hold for a payout, whatever its row says now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move
from raaderum.ledger.tables import LedgerAccount, LedgerEntry, LedgerTransaction

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Reserved:
    """How much was set apart for a payout when it was approved, in øre, and from where to where."""

    amount: Oere
    committed: Account
    clearing: Account

    @property
    def back(self) -> Move:
        """The move that takes it out of the provider's clearing again."""
        return Move(self.amount, self.clearing, self.committed)

    @property
    def freed(self) -> Move:
        """The move that lets the citizen spend it on something else."""
        return Move(self.amount, self.committed, Account(AccountKind.AVAILABLE, self.committed.owner_id))


def reserved_of(session: Session, payout_id: UUID) -> Reserved:
    """Return what the first posting of a payout set apart: the books cannot change, its row might."""
    lines = session.execute(
        select(LedgerAccount.kind, LedgerAccount.owner_id, LedgerEntry.amount)
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(
            LedgerTransaction.key == f"reserve:{payout_id}:1",
            LedgerAccount.kind.in_((AccountKind.COMMITTED, AccountKind.CLEARING)),
        )
    ).all()
    amounts = {
        AccountKind(kind): (Account(AccountKind(kind), owner), amount) for kind, owner, amount in lines
    }
    clearing, amount = amounts[AccountKind.CLEARING]
    committed, _ = amounts[AccountKind.COMMITTED]
    return Reserved(Oere(amount), committed, clearing)

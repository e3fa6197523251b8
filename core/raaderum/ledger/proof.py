"""The nightly proof of the books: every invariant counted, so that a wrong øre has a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_INVARIANTS: Final = {
    "transactions_that_do_not_sum_to_zero": """
        select count(*) from (
            select 1 from ledger_entry group by transaction_id having sum(amount) <> 0
        ) as unbalanced""",
    "transactions_without_entries": """
        select count(*) from ledger_transaction t
        where not exists (select 1 from ledger_entry e where e.transaction_id = t.id)""",
    "entries_without_an_account": """
        select count(*) from ledger_entry e
        where not exists (select 1 from ledger_account a where a.id = e.account_id)""",
    "kept_balances_that_differ_from_their_entries": """
        select count(*) from ledger_account a
        left join (select account_id, sum(amount) as total from ledger_entry group by 1) e
            on e.account_id = a.id
        where a.guarded and a.balance <> coalesce(e.total, 0)""",
    "citizens_below_zero": "select count(*) from ledger_account where guarded and balance < 0",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """How many times each invariant is broken; all zero when the books are right."""

    breaches: dict[str, int]

    @property
    def holds(self) -> bool:
        """Whether every invariant holds."""
        return not any(self.breaches.values())


def prove_books(session: Session) -> Proof:
    """Count every breach in the current tenant's books."""
    return Proof({name: int(session.scalar(text(query)) or 0) for name, query in _INVARIANTS.items()})

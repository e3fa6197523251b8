"""The books: the trial balance computed two ways, the pools, and the latest movements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import BUDGET_ACCOUNTS, CARD_ACCOUNTS, AccountKind
from raaderum.ledger.service import balances_by_owner, journal, trial_balance
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.service import fund_pool as fund
from raaderum.portal.addresses import asked_id
from raaderum.portal.rendering import render
from raaderum.programmes.installed import programme_id, programmes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.ledger.service import TrialBalanceRow
    from raaderum.ledger.tables import LedgerAccount, LedgerEntry, LedgerTransaction
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit
    from raaderum.programmes.rules import ProgrammeVersion

_TRANSACTIONS_A_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Pool:
    """What is left of a programme's money, in øre."""

    programme: ProgrammeVersion
    left: Oere


@dataclass(frozen=True, slots=True)
class BookedTransaction:
    """One transaction with its lines; the lines sum to zero."""

    transaction: LedgerTransaction
    lines: tuple[tuple[LedgerEntry, LedgerAccount], ...]

    @property
    def moved(self) -> Oere:
        """How much was moved."""
        return Oere(sum(entry.amount for entry, _ in self.lines if entry.amount > 0))

    @property
    def sources(self) -> list[str]:
        """The kinds of account that the money came from, each once."""
        return list(dict.fromkeys(account.kind for entry, account in self.lines if entry.amount < 0))

    @property
    def targets(self) -> list[str]:
        """The kinds of account that the money went to, each once."""
        return list(dict.fromkeys(account.kind for entry, account in self.lines if entry.amount > 0))

    @property
    def enrolment_id(self) -> UUID | None:
        """Whose budget it touched; None for money between the municipality and a pool."""
        of_a_citizen = {*BUDGET_ACCOUNTS, *CARD_ACCOUNTS}
        owners = (account.owner_id for _, account in self.lines if account.kind in of_a_citizen)
        return next(owners, None)


def show_ledger(visit: Visit, session: Session) -> str:
    """Show the trial balance, the pools and a page of movements."""
    rows = trial_balance(session)
    lines = journal(session, before=asked_id("foer"), most=_TRANSACTIONS_A_PAGE + 1)
    transactions = booked(lines)
    shown = transactions[:_TRANSACTIONS_A_PAGE]
    return render(
        "ledger.html",
        visit,
        rows=rows,
        total=Oere(sum(row.summed for row in rows)),
        holds=_agree(rows),
        pools=_pools(session, visit.tenant.slug),
        transactions=shown,
        next_before=shown[-1].transaction.id if len(transactions) > len(shown) else None,
        funding_key=new_id(),
    )


def fund_pool(visit: Visit, typed: Typed) -> Response:
    """Set money aside for a programme; the same form sent twice funds once."""
    with unit_of_work() as session:
        fund(
            session,
            typed.text("programme"),
            amount=typed.amount("amount"),
            by=visit.actor,
            key=str(typed.id("key")),
        )
    return visit.go_to("show_ledger")


def booked(
    lines: Iterable[tuple[LedgerTransaction, LedgerEntry, LedgerAccount]],
) -> list[BookedTransaction]:
    """Return the lines gathered into their transactions, in the order they come."""
    gathered: dict[UUID, tuple[LedgerTransaction, list[tuple[LedgerEntry, LedgerAccount]]]] = {}
    for transaction, entry, account in lines:
        gathered.setdefault(transaction.id, (transaction, []))[1].append((entry, account))
    return [BookedTransaction(transaction, tuple(own)) for transaction, own in gathered.values()]


def _agree(rows: Iterable[TrialBalanceRow]) -> bool:
    """Say whether the books sum to zero and every kept balance is the sum of its entries."""
    rows = list(rows)
    return sum(row.summed for row in rows) == 0 and all(
        row.kept is None or row.kept == row.summed for row in rows
    )


def _pools(session: Session, tenant_slug: str) -> list[Pool]:
    left = balances_by_owner(session, AccountKind.POOL)
    newest = {version.slug: version for version in programmes().of_tenant(tenant_slug)}
    return [Pool(version, left.get(programme_id(slug), Oere(0))) for slug, version in newest.items()]

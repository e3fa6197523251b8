"""Opening accounts, posting, and reading balances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from psycopg.errors import Error as DriverError
from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.exc import DBAPIError

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import (
    BUDGET_ACCOUNTS,
    Account,
    AccountKind,
    Move,
    NotEnoughMoney,
    PostingKeyReused,
    TransactionKind,
)
from raaderum.ledger.tables import LedgerAccount, LedgerEntry, LedgerTransaction
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

_OPEN = text("select open_account(:tenant, :id, :kind, :owner, :guarded)")
_POST = text(
    "select post_transaction(:tenant, :id, :key, :kind, :subject, :occurred_on,"
    " cast(:accounts as uuid[]), cast(:amounts as bigint[]))"
)
_BELOW_ZERO: Final = "RD001"
_KEY_REUSED: Final = "RD002"


@dataclass(frozen=True, slots=True)
class BudgetStatement:
    """Where a citizen's money is, in øre: `granted` is the sum of the other four."""

    granted: Oere
    available: Oere
    committed: Oere
    in_payment: Oere
    spent: Oere


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """All accounts of one kind together, in øre; `kept` is their kept balance, None where hot."""

    kind: AccountKind
    accounts: int
    summed: Oere
    kept: Oere | None


def open_accounts(session: Session, owner_id: UUID, kinds: Iterable[AccountKind]) -> None:
    """Open an account of each kind for `owner_id`; those that exist are left alone."""
    for kind in kinds:
        account = Account(kind, owner_id)
        parameters = {
            "tenant": current_tenant_id(),
            "id": account.id,
            "kind": kind.value,
            "owner": owner_id,
            "guarded": kind.is_guarded,
        }
        session.execute(_OPEN, parameters)


def post(session: Session, kind: TransactionKind, *moves: Move, key: str, subject_id: UUID) -> UUID:
    """Post `moves` as one transaction and return its id; the same `key` posts once.

    Raises `NotEnoughMoney` where a citizen's account would go below zero and `PostingKeyReused`
    where `key` stands for another content. The whole unit of work is then to be rolled back.
    """
    accounts = [account for move in moves for account in (move.source.id, move.target.id)]
    amounts = [amount for move in moves for amount in (-move.amount, move.amount)]
    parameters = {
        "tenant": current_tenant_id(),
        "id": new_id(),
        "key": key,
        "kind": kind.value,
        "subject": subject_id,
        "occurred_on": clock.today(),
        "accounts": accounts,
        "amounts": amounts,
    }
    try:
        transaction_id: UUID = session.execute(_POST, parameters).scalar_one()
    except DBAPIError as error:
        _explain(error, key=key, wanted=max(move.amount for move in moves))
    return transaction_id


def _explain(error: DBAPIError, *, key: str, wanted: int) -> NoReturn:
    """Turn the posting function's refusals into the house's errors."""
    cause = error.orig
    if isinstance(cause, DriverError) and cause.sqlstate == _BELOW_ZERO:
        available = format_kroner(int(cause.diag.message_detail or 0))
        raise NotEnoughMoney(available=available, wanted=format_kroner(wanted)) from error
    if isinstance(cause, DriverError) and cause.sqlstate == _KEY_REUSED:
        raise PostingKeyReused(key=key) from error
    raise error


def summed_balance(session: Session, account: Account) -> Oere:
    """Return the sum of an account's entries: right for every account, the only way for hot ones."""
    total = select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(LedgerEntry.account_id == account.id)
    return Oere(int(session.execute(total).scalar_one()))


def budget_statement(session: Session, enrolment_id: UUID) -> BudgetStatement:
    """Return where the money of one enrolment is; all zero before the grant."""
    owned = select(LedgerAccount.kind, LedgerAccount.balance).where(LedgerAccount.owner_id == enrolment_id)
    kept = {kind: Oere(balance) for kind, balance in session.execute(owned)}
    available, committed, spent = (kept.get(kind, Oere(0)) for kind in BUDGET_ACCOUNTS)
    granted = _granted(session, enrolment_id)
    in_payment = Oere(granted - available - committed - spent)
    return BudgetStatement(granted, available, committed, in_payment, spent)


def _granted(session: Session, enrolment_id: UUID) -> Oere:
    """Return what was granted, less what went back to the pool."""
    available = Account(AccountKind.AVAILABLE, enrolment_id).id
    pool_acts = (TransactionKind.GRANT, TransactionKind.RETURN)
    total = (
        select(func.coalesce(func.sum(LedgerEntry.amount), 0))
        .join(LedgerTransaction, _same_transaction())
        .where(LedgerEntry.account_id == available, LedgerTransaction.kind.in_(pool_acts))
    )
    return Oere(int(session.execute(total).scalar_one()))


def trial_balance(session: Session) -> list[TrialBalanceRow]:
    """Return the tenant's books by kind of account, computed two ways; the sums add up to zero."""
    entries = (
        select(LedgerEntry.account_id, func.sum(LedgerEntry.amount).label("total"))
        .group_by(LedgerEntry.account_id)
        .subquery()
    )
    rows = session.execute(
        select(
            LedgerAccount.kind,
            func.count(),
            func.coalesce(func.sum(entries.c.total), 0),
            func.sum(LedgerAccount.balance),
        )
        .outerjoin(entries, entries.c.account_id == LedgerAccount.id)
        .group_by(LedgerAccount.kind)
    )
    found = {
        AccountKind(kind): (accounts, Oere(int(summed)), Oere(int(kept)))
        for kind, accounts, summed, kept in rows
    }
    return [
        TrialBalanceRow(kind, accounts, summed, kept if kind.is_guarded else None)
        for kind in AccountKind
        if kind in found
        for accounts, summed, kept in [found[kind]]
    ]


def transactions_of(
    session: Session, subject_ids: Sequence[UUID]
) -> Sequence[tuple[LedgerTransaction, LedgerEntry, LedgerAccount]]:
    """Return the lines posted about the given subjects, oldest first, each with its account."""
    lines = (
        select(LedgerTransaction, LedgerEntry, LedgerAccount)
        .join(LedgerEntry, _same_transaction())
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerTransaction.subject_id.in_(subject_ids))
        .order_by(LedgerTransaction.recorded_at, LedgerTransaction.id, LedgerEntry.position)
    )
    return [(transaction, entry, account) for transaction, entry, account in session.execute(lines)]


def _same_transaction() -> ColumnElement[bool]:
    return LedgerTransaction.id == LedgerEntry.transaction_id

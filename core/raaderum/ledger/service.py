"""Opening accounts, posting, and reading balances."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NoReturn

from psycopg.errors import Error as DriverError
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import (
    BUDGET_ACCOUNTS,
    CARD_ACCOUNTS,
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
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

_OPEN = text("select open_account(:tenant, :id, :kind, :owner, :guarded)")
# The hottest statement of all goes to the driver as it stands: no compiling, no wrapping of arrays.
_POST: Final = (
    "select post_transaction(%(tenant)s, %(id)s, %(key)s, %(kind)s, %(subject)s, %(occurred_on)s,"
    " %(accounts)s::uuid[], %(amounts)s::bigint[])"
)
_POST_ALL: Final = (
    "select count(post_transaction(%(tenant)s, id, key, kind, subject, %(occurred_on)s, accounts, amounts))"
    " from json_to_recordset(%(postings)s::json) as posting"
    " (id uuid, key text, kind text, subject uuid, accounts uuid[], amounts bigint[])"
)
_AT_ONCE: Final = 1_000
_NOTHING: Final = Oere(0)
_BELOW_ZERO: Final = "RD001"
_KEY_REUSED: Final = "RD002"


@dataclass(frozen=True, slots=True)
class Posting:
    """One transaction to be posted; the same `key` posts once."""

    kind: TransactionKind
    moves: Sequence[Move]
    key: str
    subject_id: UUID


@dataclass(frozen=True, slots=True)
class BudgetStatement:
    """Where a citizen's money is, in øre: `granted` is the sum of the others, less what is overdrawn."""

    granted: Oere
    available: Oere
    committed: Oere
    in_payment: Oere
    spent: Oere
    on_card: Oere = _NOTHING
    card_held: Oere = _NOTHING
    overdrawn: Oere = _NOTHING


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
        session.execute(_OPEN, _as_opened(owner_id, kind))


def open_accounts_of(session: Session, owner_ids: Sequence[UUID], kinds: Sequence[AccountKind]) -> None:
    """Open the accounts of many as `open_accounts` does it, without waiting for one before the next."""
    if owner_ids:
        session.execute(_OPEN, [_as_opened(owner_id, kind) for owner_id in owner_ids for kind in kinds])


def post(session: Session, kind: TransactionKind, *moves: Move, key: str, subject_id: UUID) -> UUID:
    """Post `moves` as one transaction and return its id; the same `key` posts once.

    Raises `NotEnoughMoney` where a citizen's account would go below zero and `PostingKeyReused`
    where `key` stands for another content. The whole unit of work is then to be rolled back.
    """
    parameters = _parameters(Posting(kind, moves, key, subject_id))
    try:
        transaction_id: UUID = session.connection().exec_driver_sql(_POST, parameters).scalar_one()
    except DBAPIError as error:
        _explain(error, key=key, wanted=max(move.amount for move in moves))
    return transaction_id


def post_all(session: Session, postings: Sequence[Posting]) -> None:
    """Post many transactions in their order, each as `post` does it, in one call for a thousand of them.

    Raises what `post` raises, without saying of which. The whole unit of work is then to be rolled back.
    """
    for start in range(0, len(postings), _AT_ONCE):
        _post_together(session, postings[start : start + _AT_ONCE])


def is_posted(session: Session, key: str) -> bool:
    """Say whether something has been posted under `key` already."""
    return session.scalar(select(LedgerTransaction.id).where(LedgerTransaction.key == key)) is not None


def _as_opened(owner_id: UUID, kind: AccountKind) -> dict[str, object]:
    return {
        "tenant": current_tenant_id(),
        "id": Account(kind, owner_id).id,
        "kind": kind.value,
        "owner": owner_id,
        "guarded": kind.is_guarded,
    }


def _post_together(session: Session, postings: Sequence[Posting]) -> None:
    parameters = {
        "tenant": current_tenant_id(),
        "occurred_on": clock.today(),
        "postings": json.dumps([_parameters(posting) for posting in postings], default=str),
    }
    try:
        session.connection().exec_driver_sql(_POST_ALL, parameters)
    except DBAPIError as error:
        largest = max(move.amount for posting in postings for move in posting.moves)
        _explain(error, key=postings[0].key, wanted=largest)


def _parameters(posting: Posting) -> dict[str, object]:
    moves = posting.moves
    accounts = [account for move in moves for account in (move.source.id, move.target.id)]
    amounts = [amount for move in moves for amount in (-move.amount, move.amount)]
    return {
        "tenant": current_tenant_id(),
        "id": new_id(),
        "key": posting.key,
        "kind": posting.kind.value,
        "subject": posting.subject_id,
        "occurred_on": clock.today(),
        "accounts": _as_array(accounts),
        "amounts": _as_array(amounts),
    }


def _as_array(values: Iterable[UUID | int]) -> str:
    """Return an array as PostgreSQL reads it; ids and numbers need no quoting."""
    return f"{{{','.join(map(str, values))}}}"


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
    return budget_statements(session, [enrolment_id])[enrolment_id]


def budget_statements(session: Session, enrolment_ids: Sequence[UUID]) -> dict[UUID, BudgetStatement]:
    """Return where the money of each of the enrolments is, read in one query."""
    found: dict[UUID, dict[str, tuple[int, int]]] = {owner: {} for owner in enrolment_ids}
    rows = session.execute(_budget_accounts(), {"owners": _as_array(enrolment_ids)})
    for owner_id, kind, balance, granted in rows:
        found[owner_id][kind] = (int(balance), int(granted))
    return {owner: _as_statement(accounts) for owner, accounts in found.items()}


@cache
def _budget_accounts() -> Select[UUID, str, int, int]:
    """Return the query; it is the same for one and for fifty, so that it is made and planned once.

    An account's fourth column is what it got from the pool, less what went back; only a citizen's
    `available` gets anything. An overdraft keeps no balance, so it is summed here.
    """
    pool_acts = (TransactionKind.GRANT, TransactionKind.RETURN)
    from_the_pool = (
        select(func.sum(LedgerEntry.amount))
        .join(LedgerTransaction, _same_transaction())
        .where(LedgerEntry.account_id == LedgerAccount.id, LedgerTransaction.kind.in_(pool_acts))
        .correlate(LedgerAccount)
        .scalar_subquery()
    )
    granted = func.coalesce(case((LedgerAccount.kind == AccountKind.AVAILABLE, from_the_pool)), 0)
    summed = (
        select(func.coalesce(func.sum(LedgerEntry.amount), 0))
        .where(LedgerEntry.account_id == LedgerAccount.id)
        .correlate(LedgerAccount)
        .scalar_subquery()
    )
    balance = case((LedgerAccount.kind == AccountKind.OVERDRAFT, summed), else_=LedgerAccount.balance)
    owners = cast(bindparam("owners", type_=Text()), ARRAY(Uuid()))
    return select(LedgerAccount.owner_id, LedgerAccount.kind, balance, granted).where(
        LedgerAccount.owner_id == any_(owners), LedgerAccount.kind.in_((*BUDGET_ACCOUNTS, *CARD_ACCOUNTS))
    )


def _as_statement(accounts: Mapping[str, tuple[int, int]]) -> BudgetStatement:
    available, committed, spent = (accounts.get(kind, (0, 0))[0] for kind in BUDGET_ACCOUNTS)
    on_card, held, overdraft = (accounts.get(kind, (0, 0))[0] for kind in CARD_ACCOUNTS)
    granted = sum(from_the_pool for _, from_the_pool in accounts.values())
    in_payment = granted - available - committed - spent - on_card - held - overdraft
    amounts = (granted, available, committed, in_payment, spent, on_card, held, -overdraft)
    return BudgetStatement(*map(Oere, amounts))


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


def balances_by_owner(session: Session, kind: AccountKind) -> dict[UUID, Oere]:
    """Return the summed balance of every account of one kind, by its owner."""
    sums = (
        select(LedgerAccount.owner_id, func.coalesce(func.sum(LedgerEntry.amount), 0))
        .outerjoin(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .where(LedgerAccount.kind == kind)
        .group_by(LedgerAccount.owner_id)
    )
    return {owner_id: Oere(int(total)) for owner_id, total in session.execute(sums)}


def journal(
    session: Session, *, before: UUID | None = None, most: int
) -> Sequence[tuple[LedgerTransaction, LedgerEntry, LedgerAccount]]:
    """Return the lines of the newest `most` transactions before `before`, newest first."""
    newest = select(LedgerTransaction.id).order_by(LedgerTransaction.id.desc()).limit(most)
    if before is not None:
        newest = newest.where(LedgerTransaction.id < before)
    lines = (
        select(LedgerTransaction, LedgerEntry, LedgerAccount)
        .join(LedgerEntry, _same_transaction())
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerTransaction.id.in_(newest))
        .order_by(LedgerTransaction.id.desc(), LedgerEntry.position)
    )
    return [(transaction, entry, account) for transaction, entry, account in session.execute(lines)]


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

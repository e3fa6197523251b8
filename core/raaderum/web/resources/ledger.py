"""The books."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.enrolments.service import record_look_up
from raaderum.kernel.errors import NotFound
from raaderum.ledger import service
from raaderum.people.roles import Act
from raaderum.plans.service import fund_pool
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.resources.shapes import columns_of
from raaderum.web.schemas.books import FundingAnswer, FundingBody, TransactionsAnswer, TrialBalanceAnswer
from raaderum.web.schemas.enrolments import BudgetStatementAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum.ledger.service import BudgetStatement
    from raaderum.ledger.tables import LedgerAccount, LedgerEntry, LedgerTransaction

    Line = tuple[LedgerTransaction, LedgerEntry, LedgerAccount]

resource = Resource("ledger", __name__, description="The books: double entry, append-only.")


@resource.reads("/ledger/trial-balance", act=Act.SEE_LEDGER, answer=TrialBalanceAnswer())
def get_trial_balance(call: Call) -> dict[str, Any]:
    """Show the books by kind of account.

    Computed from the entries; where a balance is kept beside them, that too.
    """
    rows = service.trial_balance(call.session)
    return {"items": rows, "total": sum(row.summed for row in rows)}


@resource.reads(
    "/ledger/enrolments/<uuid:enrolment_id>/statement",
    act=Act.SEE_LEDGER,
    answer=BudgetStatementAnswer(),
    recorded=True,
)
def get_statement(call: Call, enrolment_id: UUID) -> BudgetStatement:
    """Show where the money of an enrolment is.

    That the case was looked at is recorded.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    return service.budget_statement(call.session, enrolment_id)


@resource.reads(
    "/ledger/subjects/<uuid:subject_id>/transactions", act=Act.SEE_LEDGER, answer=TransactionsAnswer()
)
def list_transactions(call: Call, subject_id: UUID) -> dict[str, Any]:
    """List what was posted about one thing.

    A plan, a purchase, a payout, a refund or a programme; the oldest comes first.
    """
    lines = service.transactions_of(call.session, [subject_id])
    if not lines:
        raise NotFound(where="subject")
    return {"items": _shown(lines)}


@resource.writes(
    "/ledger/pools/<programme>/funding",
    act=Act.FUND_POOL,
    body=FundingBody(),
    answer=FundingAnswer(),
    status=201,
)
def fund_programme(call: WriteCall, body: dict[str, Any], programme: str) -> dict[str, Any]:
    """Set money aside for a programme.

    Plans can be approved as long as the pool holds their sum.
    """
    transaction_id = fund_pool(call.session, programme, amount=body["amount"], by=call.by, key=str(call.id))
    return {"transaction_id": transaction_id, "programme": programme, **body}


def _shown(lines: Iterable[Line]) -> list[dict[str, Any]]:
    by_transaction = groupby(lines, key=lambda line: line[0].id)
    return [_shown_transaction(list(of_one)) for _, of_one in by_transaction]


def _shown_transaction(lines: list[Line]) -> dict[str, Any]:
    entries = [
        {
            "account_id": account.id,
            "account_kind": account.kind,
            "account_owner_id": account.owner_id,
            "amount": entry.amount,
        }
        for _, entry, account in lines
    ]
    return {**columns_of(lines[0][0]), "entries": entries}

"""Approving many matched files at once, tried out first: one that cannot be approved stops no other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import defer

from raaderum.invoices.paying import asked_for
from raaderum.invoices.rules import InvoiceOutcome
from raaderum.invoices.service import approve_invoice
from raaderum.invoices.tables import InboxInvoice
from raaderum.kernel.errors import InvalidInput, NotFound, RaaderumError
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.unit_of_work import trial, unit_of_work
from raaderum.plugin_api import DocumentKind
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

MOST_AT_ONCE: Final = 500


class TooManyAtOnce(InvalidInput):
    """More files than are approved in one go."""

    code = "too_many_at_once"
    text = Text("Godkend højst {most} ad gangen.", "Approve at most {most} at a time.")


class NothingChosen(InvalidInput):
    """No file was chosen, or none is matched."""

    code = "nothing_chosen"
    text = Text("Vælg mindst én faktura, der passer til et køb.", "Choose at least one matched invoice.")


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One file of many. `amount` is in øre and below zero for a credit note; `problem` where it failed.

    `was_approved` where it had been approved before: a second click changes nothing.
    """

    invoice_id: UUID
    supplier: str
    number: str
    amount: Oere
    account: str = ""
    problem: Text | None = None
    problem_code: str | None = None
    was_approved: bool = False


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of many files, or would become of them."""

    lines: tuple[BulkLine, ...]

    @property
    def approved(self) -> tuple[BulkLine, ...]:
        """Those that go through now."""
        return tuple(one for one in self.lines if one.problem is None and not one.was_approved)

    @property
    def failed(self) -> tuple[BulkLine, ...]:
        """Those that cannot be approved, each with its problem."""
        return tuple(one for one in self.lines if one.problem is not None)

    @property
    def total(self) -> Oere:
        """What goes through, in øre."""
        return Oere(sum(one.amount for one in self.approved))

    @property
    def by_account(self) -> dict[str, Oere]:
        """What goes through for each account of the chart, in øre."""
        return _summed((one.account, one.amount) for one in self.approved)

    @property
    def by_supplier(self) -> dict[str, Oere]:
        """What goes through for each supplier, in øre."""
        return _summed((one.supplier, one.amount) for one in self.approved)


def approvable(session: Session, *, by: Actor) -> Sequence[InboxInvoice]:
    """Return the matched files, the one that is due first before the others, without the files themselves."""
    require(by, Act.APPROVE_INVOICE)
    matched = (
        select(InboxInvoice)
        .options(defer(InboxInvoice.content_sealed))
        .where(InboxInvoice.outcome == InvoiceOutcome.MATCHED)
        .order_by(InboxInvoice.due_on.nulls_last(), InboxInvoice.id)
        .limit(MOST_AT_ONCE)
    )
    return session.scalars(matched).all()


def try_out(session: Session, invoice_ids: Sequence[UUID] | None, *, by: Actor) -> BulkResult:
    """Say what approving these files would come to, or all matched ones for None; nothing is kept of it."""
    with trial(session):
        return approve_together(session, invoice_ids, by=by)


def approve_together(session: Session, invoice_ids: Sequence[UUID] | None, *, by: Actor) -> BulkResult:
    """Approve files within one transaction, each on its own savepoint: what fails leaves no trace.

    All files are locked before any purchase, in one order, so that two such acts wait and none is refused.
    """
    rows = _locked_in_order(session, _chosen(session, invoice_ids, by=by))
    return BulkResult(tuple(_tried(session, row, by) for row in rows))


def approve_one_by_one(invoice_ids: Sequence[UUID], *, by: Actor) -> BulkResult:
    """Approve files, each in a unit of work of its own: what is approved stays so whatever comes after."""
    require(by, Act.APPROVE_INVOICE)
    lines: list[BulkLine] = []
    for invoice_id in _checked(dict.fromkeys(invoice_ids)):
        with unit_of_work() as session:
            [row] = _locked_in_order(session, [invoice_id])
            lines.append(_tried(session, row, by))
    return BulkResult(tuple(lines))


def _chosen(session: Session, invoice_ids: Sequence[UUID] | None, *, by: Actor) -> Sequence[UUID]:
    require(by, Act.APPROVE_INVOICE)
    if invoice_ids is None:
        return _checked([row.id for row in approvable(session, by=by)])
    return _checked(dict.fromkeys(invoice_ids))


def _checked(invoice_ids: Sequence[UUID] | dict[UUID, None]) -> Sequence[UUID]:
    chosen = list(invoice_ids)
    if not chosen:
        raise NothingChosen(where="invoice_ids")
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyAtOnce(where="invoice_ids", most=MOST_AT_ONCE)
    return chosen


def _locked_in_order(session: Session, invoice_ids: Sequence[UUID]) -> list[InboxInvoice]:
    """Lock files and those they are about; return the files in the order in which they are approved.

    That is by purchase, so that purchases are locked in one order too; credit notes come last of each.
    """
    about = select(InboxInvoice.about_id).where(InboxInvoice.id.in_(invoice_ids))
    wanted = {*invoice_ids, *(one for one in session.scalars(about) if one is not None)}
    locking = (
        select(InboxInvoice)
        .options(defer(InboxInvoice.content_sealed))
        .where(InboxInvoice.id.in_(wanted))
        .order_by(InboxInvoice.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in session.scalars(locking)}
    if not found.keys() >= set(invoice_ids):
        raise NotFound(where="invoice_ids")
    chosen = [found[one] for one in invoice_ids]
    return sorted(
        chosen, key=lambda row: (str(row.purchase_id), row.kind == DocumentKind.CREDIT_NOTE, row.id)
    )


def _tried(session: Session, row: InboxInvoice, by: Actor) -> BulkLine:
    sign = -1 if row.kind == DocumentKind.CREDIT_NOTE else 1
    line = BulkLine(
        invoice_id=row.id,
        supplier=row.supplier_name or "",
        number=row.number or "",
        amount=Oere(sign * asked_for(row)),
        was_approved=row.outcome == InvoiceOutcome.APPROVED,
    )
    if line.was_approved:
        return line
    try:
        with trial(session) as attempt:
            approved = approve_invoice(session, row.id, by=by)
            session.flush()
            account = _account_of(session, approved)
            attempt.keep()
    except RaaderumError as error:
        return _with(line, problem=error.message, problem_code=error.code)
    return _with(line, account=account)


def _with(
    line: BulkLine, *, account: str = "", problem: Text | None = None, problem_code: str | None = None
) -> BulkLine:
    return BulkLine(line.invoice_id, line.supplier, line.number, line.amount, account, problem, problem_code)


def _account_of(session: Session, row: InboxInvoice) -> str:
    """Return the account of the chart that bears a file that was just approved; '' where nothing is paid."""
    payout_id = row.payout_id or row.credits_payout_id
    payout = session.get(Payout, (current_tenant_id(), payout_id)) if payout_id else None
    return payout.account if payout is not None else ""


def _summed(amounts: Iterable[tuple[str, int]]) -> dict[str, Oere]:
    total: Counter[str] = Counter()
    for name, amount in amounts:
        total[name] += amount
    return {name: Oere(total[name]) for name in sorted(total)}

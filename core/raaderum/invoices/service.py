"""Taking a supplier's file in, matching it, and deciding on it. Nothing that arrives is thrown away."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import defer

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.invoices.matching import match_credit_note, match_invoice
from raaderum.invoices.rules import (
    ALREADY_RECEIVED,
    OPEN_OUTCOMES,
    OUTCOME_NAMES,
    InvoiceAboveCommitted,
    InvoiceMoveForbidden,
    InvoiceOutcome,
    Match,
    NothingToPay,
    check_size,
    reader_failed,
    rejected_by,
    unreadable,
)
from raaderum.invoices.tables import InboxInvoice
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text
from raaderum.payouts.service import PaymentWanted, reserve_payout
from raaderum.payouts.tables import Payout
from raaderum.people.cpr import masked
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_file, seal_file
from raaderum.plans.tables import PlanItem
from raaderum.plugin_api import DocumentKind, Finding, InvoiceReader, InvoiceReading, SupplierInvoice
from raaderum.plugin_host.installed import plugins
from raaderum.purchases.rules import PurchaseState, check_state
from raaderum.purchases.service import locked_purchase
from raaderum.purchases.tables import Purchase
from raaderum.refunds.rules import NothingPaid
from raaderum.refunds.service import approve_refund
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

log = logging.getLogger(__name__)
_LONGEST_FILE_NAME: Final = 200
_WITHOUT_FILE: Final = defer(InboxInvoice.content_sealed)
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended(:supplier_and_number, 1))")
_SAME_INVOICE: Final = select(InboxInvoice.purchase_id).where(
    InboxInvoice.supplier_key == bindparam("supplier"),
    InboxInvoice.number == bindparam("number"),
    InboxInvoice.kind == bindparam("kind"),
    InboxInvoice.outcome.not_in((InvoiceOutcome.DUPLICATE, InvoiceOutcome.REJECTED)),
)


def read_file(content: bytes, readers: Iterable[InvoiceReader]) -> InvoiceReading:
    """Read and check a file with the first reader that recognises it; needs no tenant, no database.

    Raises `FileTooLarge`; whatever else is wrong with the file is in the reading's findings.
    """
    check_size(content)
    for reader in readers:
        try:
            if reader.recognises(content):
                return reader.read(content)
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything; the file must be kept all the same
            # The error's text stays out of the log: it may hold what stands in the file.
            log.warning("the invoice reader %s raised %s", reader.identifier, type(error).__name__)
            return reader_failed(reader.identifier)
    return unreadable()


def take_in(session: Session, content: bytes, *, file_name: str, by: Actor) -> InboxInvoice:
    """Keep a supplier's file and say what became of it; a broken file is kept and explained."""
    require(by, Act.TAKE_IN_INVOICE)
    reading = read_file(content, plugins().invoice_readers.values())
    match = rejected_by(reading) or _duplicate(session, reading) or _match(session, reading)
    row = InboxInvoice(
        id=new_id(),
        tenant_id=current_tenant_id(),
        format=reading.format,
        kind=reading.kind,
        outcome=match.outcome,
        explanation=_stored(match.explanation),
        findings=[_stored_finding(finding) for finding in reading.findings],
        file_name=_storable(file_name)[:_LONGEST_FILE_NAME],
        content_hash=hashlib.sha256(content).digest(),
        received_by=by.person_id,
        purchase_id=match.purchase_id,
        **_facts(reading.invoice),
    )
    seal_file(session, row, "content", content)
    insert(session, row)
    event, enrolment_id = AuditEvent.INVOICE_RECEIVED, match.enrolment_id
    _record(session, event, row, by, enrolment_id=enrolment_id, outcome=match.outcome)
    return row


def match_by_hand(session: Session, invoice_id: UUID, *, purchase_id: UUID, by: Actor) -> InboxInvoice:
    """Confirm a suggestion, or choose the purchase that a file belongs to."""
    require(by, Act.MATCH_INVOICE)
    row = _locked(session, invoice_id)
    _check_open(row)
    purchase = locked_purchase(session, purchase_id, by=by)
    if row.kind == DocumentKind.INVOICE:
        check_state(purchase.state, PurchaseState.APPROVED)
    row.purchase_id, row.matched_by, row.outcome = purchase.id, by.person_id, InvoiceOutcome.MATCHED
    _record(session, AuditEvent.INVOICE_MATCHED, row, by, purchase=str(purchase.id))
    return row


def approve_invoice(session: Session, invoice_id: UUID, *, by: Actor) -> InboxInvoice:
    """Approve a matched invoice to be paid, or a matched credit note to be booked as a refund.

    Raises `InvoiceMoveForbidden` for one that is not matched, `NothingToPay` for one over nothing,
    `InvoiceAboveCommitted`, `OwnProposal` for who asked for the purchase, and for a credit note
    `NothingPaid` or `RefundAbovePayment`.
    """
    require(by, Act.APPROVE_INVOICE)
    row = _locked(session, invoice_id)
    if row.outcome != InvoiceOutcome.MATCHED or row.purchase_id is None:
        raise _forbidden(row)
    purchase = locked_purchase(session, row.purchase_id, by=by)
    if row.kind == DocumentKind.CREDIT_NOTE:
        _approve_credit_note(session, row, purchase, by)
    else:
        _approve_payment(session, row, purchase, by)
    row.outcome, row.decided_by, row.decided_at = InvoiceOutcome.APPROVED, person_of(by), clock.now()
    _record(session, AuditEvent.INVOICE_APPROVED, row, by, amount=row.payable)
    return row


def dismiss_invoice(session: Session, invoice_id: UUID, *, because: str, by: Actor) -> InboxInvoice:
    """Put a file aside for good, with a reason; it stays in the inbox's history."""
    require(by, Act.APPROVE_INVOICE)
    row = _locked(session, invoice_id)
    _check_open(row)
    row.outcome, row.decided_by, row.decided_at = InvoiceOutcome.DISMISSED, person_of(by), clock.now()
    row.explanation = _stored(Text(because, because))
    _record(session, AuditEvent.INVOICE_DISMISSED, row, by)
    return row


def inbox(
    session: Session,
    *,
    by: Actor,
    before: UUID | None = None,
    outcome: InvoiceOutcome | None = None,
    most: int = 50,
) -> Sequence[InboxInvoice]:
    """Return a page of the inbox, newest first, that lies before the file `before`.

    The files themselves stay in the database until asked for.
    """
    require(by, Act.SEE_INVOICES)
    page = select(InboxInvoice).options(_WITHOUT_FILE).order_by(InboxInvoice.id.desc()).limit(most)
    if outcome is not None:
        page = page.where(InboxInvoice.outcome == outcome)
    if before is not None:
        page = page.where(InboxInvoice.id < before)
    return session.scalars(page).all()


def inbox_counts(session: Session) -> dict[InvoiceOutcome, int]:
    """Return how many files have each outcome."""
    counted = select(InboxInvoice.outcome, func.count()).group_by(InboxInvoice.outcome)
    return {InvoiceOutcome(outcome): count for outcome, count in session.execute(counted)}


def get_invoice(session: Session, invoice_id: UUID, *, by: Actor) -> InboxInvoice:
    """Return one file of the inbox; raise `NotFound`."""
    require(by, Act.SEE_INVOICES)
    row = session.get(InboxInvoice, (current_tenant_id(), invoice_id), options=[_WITHOUT_FILE])
    if row is None:
        raise NotFound(where="invoice")
    return row


def original_file(session: Session, row: InboxInvoice) -> bytes:
    """Return the file as it arrived, to the byte."""
    return open_file(session, row, "content")


def _approve_payment(session: Session, row: InboxInvoice, purchase: Purchase, by: Actor) -> None:
    payable = _payable(row)
    if payable > purchase.amount:
        raise InvoiceAboveCommitted(
            where="payable",
            payable=format_kroner(payable),
            committed=format_kroner(purchase.amount),
        )
    item = session.get_one(PlanItem, (current_tenant_id(), purchase.plan_item_id))
    tenant = current_tenant()
    wanted = PaymentWanted(
        provider=tenant.invoices_paid_by,
        amount=payable,
        payee_name=row.supplier_name or purchase.supplier_name,
        payee_cvr=row.supplier_cvr,
        purpose=purchase.description,
        account=tenant.account_for(item.category),
        due_on=row.due_on or clock.today(),
        invoice_number=row.number,
    )
    row.payout_id = reserve_payout(session, purchase, wanted, by=by).id


def _approve_credit_note(session: Session, row: InboxInvoice, purchase: Purchase, by: Actor) -> None:
    payout = session.scalar(select(Payout).where(Payout.purchase_id == purchase.id))
    if payout is None:
        raise NothingPaid(where="payout")
    refund = approve_refund(
        session,
        payout.id,
        amount=_payable(row),
        credit_note_number=row.number or "",
        by=by,
    )
    row.refund_id = refund.id


def _payable(row: InboxInvoice) -> Oere:
    if row.payable is None or row.payable <= 0:
        raise NothingToPay(where="payable")
    return Oere(row.payable)


def _match(session: Session, reading: InvoiceReading) -> Match:
    assert reading.invoice is not None  # noqa: S101 - `rejected_by` has taken the others out
    if reading.kind is DocumentKind.CREDIT_NOTE:
        return match_credit_note(session, reading.invoice)
    return match_invoice(session, reading.invoice)


def _duplicate(session: Session, reading: InvoiceReading) -> Match | None:
    """Say whether this supplier's number is here already; of two that race, one waits for the other."""
    assert reading.invoice is not None  # noqa: S101 - `rejected_by` has taken the others out
    supplier, number = reading.invoice.supplier_key, reading.invoice.number
    session.execute(_ONE_AT_A_TIME, {"supplier_and_number": f"{current_tenant_id()}|{supplier}|{number}"})
    sought = {"supplier": supplier, "number": number, "kind": reading.kind}
    first = session.execute(_SAME_INVOICE, sought).first()
    if first is None:
        return None
    return Match(InvoiceOutcome.DUPLICATE, ALREADY_RECEIVED, first.purchase_id)


def _locked(session: Session, invoice_id: UUID) -> InboxInvoice:
    row = session.scalar(select(InboxInvoice).where(InboxInvoice.id == invoice_id).with_for_update())
    if row is None:
        raise NotFound(where="invoice")
    return row


def _check_open(row: InboxInvoice) -> None:
    if row.outcome not in OPEN_OUTCOMES:
        raise _forbidden(row)


def _forbidden(row: InboxInvoice) -> InvoiceMoveForbidden:
    name = OUTCOME_NAMES[InvoiceOutcome(row.outcome)]
    return InvoiceMoveForbidden(where="invoice", state=name.danish, state_english=name.english)


def _facts(invoice: SupplierInvoice | None) -> dict[str, Any]:
    """Return the columns that a readable file fills.

    Suppliers write a citizen's CPR number where they please; it stays in the sealed file. The
    invoice number is kept whole: it must go back to the supplier with the money.
    """
    if invoice is None:
        return {}
    return {
        "supplier_name": masked(invoice.supplier_name),
        "supplier_cvr": invoice.supplier_cvr,
        "supplier_key": invoice.supplier_key,
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "currency": invoice.currency,
        "payable": invoice.payable,
        "order_reference": masked(invoice.order_reference) if invoice.order_reference else None,
    }


def _storable(file_name: str) -> str:
    """Return a name that the database can hold, whatever the sender's system took for characters."""
    return masked(file_name.encode(errors="replace").decode().replace("\0", ""))


def _stored(message: Text) -> dict[str, str]:
    return {"da": message.danish, "en": message.english}


def _stored_finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "fatal": finding.fatal,
        "where": finding.where,
        **_stored(finding.message),
    }


def _record(
    session: Session,
    event: AuditEvent,
    row: InboxInvoice,
    by: Actor,
    *,
    enrolment_id: UUID | None = None,
    **detail: str | int | None,
) -> None:
    if enrolment_id is None and row.purchase_id:
        purchase = session.get(Purchase, (current_tenant_id(), row.purchase_id))
        enrolment_id = purchase.enrolment_id if purchase else None
    record(
        session,
        event,
        by=by,
        subject_type="inbox_invoice",
        subject_id=row.id,
        enrolment_id=enrolment_id,
        **detail,
    )

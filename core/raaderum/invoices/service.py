"""Taking a supplier's file in, matching it, and deciding on it. Nothing that arrives is thrown away."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import defer

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.invoices.answering import answer_supplier
from raaderum.invoices.credit_matching import find_by_payout, match_credit_note
from raaderum.invoices.crediting import approve_credit_note, credited_invoice, lock_both
from raaderum.invoices.facts import facts_of, storable_name, stored_finding, stored_text
from raaderum.invoices.matching import match_invoice
from raaderum.invoices.paying import approve_payment
from raaderum.invoices.records import forbidden, locked_row, record_invoice
from raaderum.invoices.reminders import match_reminder
from raaderum.invoices.rules import (
    ALREADY_RECEIVED,
    DISMISSABLE,
    OPEN_OUTCOMES,
    InvoiceOutcome,
    Match,
    check_size,
    reader_failed,
    rejected_by,
    unreadable,
)
from raaderum.invoices.tables import InboxInvoice
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_file, seal_file
from raaderum.plugin_api import AnswerReason, AnswerStatus, DocumentKind, InvoiceReader, InvoiceReading
from raaderum.plugin_host.installed import plugins
from raaderum.purchases.rules import PurchaseState, check_state
from raaderum.purchases.service import locked_purchase
from raaderum.tenancy.context import current_tenant_id

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
        explanation=stored_text(match.explanation),
        findings=[stored_finding(finding) for finding in reading.findings],
        file_name=storable_name(file_name)[:_LONGEST_FILE_NAME],
        content_hash=hashlib.sha256(content).digest(),
        received_by=by.person_id,
        purchase_id=match.purchase_id,
        about_id=match.about_id,
        credits_payout_id=match.payout_id,
        **facts_of(reading.invoice),
    )
    seal_file(session, row, "content", content)
    insert(session, row)
    event, enrolment_id = AuditEvent.INVOICE_RECEIVED, match.enrolment_id
    record_invoice(session, event, row, by, enrolment_id=enrolment_id, outcome=match.outcome)
    if match.outcome is InvoiceOutcome.REJECTED:
        answer_supplier(
            session, row, AnswerStatus.REJECTED, reason=AnswerReason.LEGAL, content=content, by=by
        )
    return row


def match_by_hand(
    session: Session, invoice_id: UUID, *, purchase_id: UUID, by: Actor, payout_id: UUID | None = None
) -> InboxInvoice:
    """Confirm a suggestion, or choose the purchase that a file belongs to.

    `payout_id` says which payment of the purchase a credit note is about, where there are several.
    """
    require(by, Act.MATCH_INVOICE)
    row = locked_row(session, invoice_id)
    _check_open(row)
    purchase = locked_purchase(session, purchase_id, by=by)
    if row.purchase_id != purchase.id or payout_id is not None:
        _choose_payment(session, row, purchase.id, payout_id)
    if row.kind == DocumentKind.INVOICE:
        check_state(purchase.state, PurchaseState.APPROVED)
    row.purchase_id, row.matched_by, row.outcome = purchase.id, by.person_id, InvoiceOutcome.MATCHED
    record_invoice(session, AuditEvent.INVOICE_MATCHED, row, by, purchase=str(purchase.id))
    return row


def approve_invoice(
    session: Session, invoice_id: UUID, *, by: Actor, last: bool | None = None
) -> InboxInvoice:
    """Approve a matched invoice to be paid, or a matched credit note to be booked.

    `last` says whether it is the last invoice of its purchase, so that the rest is released; None lets
    the amount decide. Raises `InvoiceMoveForbidden` for one that is not matched, `OwnProposal` for who
    asked for the purchase, and what `approve_payment` and `approve_credit_note` raise.
    """
    require(by, Act.APPROVE_INVOICE)
    seen = get_invoice(session, invoice_id, by=by)
    if seen.kind == DocumentKind.CREDIT_NOTE:
        row = _approve_credit_note(session, seen, by)
    else:
        row = _approve_payment(session, invoice_id, last=last, by=by)
    row.outcome, row.decided_by, row.decided_at = InvoiceOutcome.APPROVED, person_of(by), clock.now()
    record_invoice(session, AuditEvent.INVOICE_APPROVED, row, by, amount=row.payable)
    answer_supplier(session, row, AnswerStatus.ACCEPTED, by=by)
    return row


def dismiss_invoice(
    session: Session,
    invoice_id: UUID,
    *,
    because: str,
    by: Actor,
    reason: AnswerReason = AnswerReason.OTHER,
) -> InboxInvoice:
    """Put a file aside for good; it stays in the inbox's history.

    `because` is for colleagues and is not sent; the supplier is told the `reason`. A reminder's fee is
    thereby refused.
    """
    require(by, Act.APPROVE_INVOICE)
    row = locked_row(session, invoice_id)
    if row.outcome not in DISMISSABLE:
        raise forbidden(row)
    row.outcome, row.decided_by, row.decided_at = InvoiceOutcome.DISMISSED, person_of(by), clock.now()
    row.explanation = stored_text(Text(because, because))
    record_invoice(session, AuditEvent.INVOICE_DISMISSED, row, by, reason=reason)
    answer_supplier(session, row, AnswerStatus.REJECTED, reason=reason, by=by)
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
    """Return the file as it arrived, to the byte; whoever is handed it is recorded by `record_download`."""
    return open_file(session, row, "content")


def record_download(session: Session, invoice_id: UUID, *, by: Actor) -> InboxInvoice:
    """Record that somebody is handed a file as it arrived, which may hold more than its page shows."""
    row = get_invoice(session, invoice_id, by=by)
    record_invoice(session, AuditEvent.INVOICE_DOWNLOADED, row, by)
    return row


def _reject(session: Session, row: InboxInvoice, content: bytes, by: Actor) -> None:
    status, reason = AnswerStatus.REJECTED, AnswerReason.LEGAL
    answer_supplier(session, row, status, reason=reason, content=content, by=by)


def _approve_payment(session: Session, invoice_id: UUID, *, last: bool | None, by: Actor) -> InboxInvoice:
    row = locked_row(session, invoice_id)
    if row.outcome != InvoiceOutcome.MATCHED or row.purchase_id is None:
        raise forbidden(row)
    purchase = locked_purchase(session, row.purchase_id, by=by)
    approve_payment(session, row, purchase, last=last, by=by)
    return row


def _approve_credit_note(session: Session, seen: InboxInvoice, by: Actor) -> InboxInvoice:
    row, about = lock_both(session, seen.id, credited_invoice(session, seen))
    if row.outcome != InvoiceOutcome.MATCHED:
        raise forbidden(row)
    purchase_id = (about.purchase_id if about else None) or row.purchase_id
    purchase = locked_purchase(session, purchase_id, by=by) if purchase_id else None
    approve_credit_note(session, row, about, purchase, by=by)
    row.purchase_id = purchase_id
    return row


def _choose_payment(session: Session, row: InboxInvoice, purchase_id: UUID, payout_id: UUID | None) -> None:
    """Say which payment of the purchase a file is about, and forget what was found before."""
    row.about_id = row.credits_payout_id = None
    if payout_id is None:
        return
    payout = session.get(Payout, (current_tenant_id(), payout_id))
    if payout is None or payout.purchase_id != purchase_id:
        raise NotFound(where="payout_id")
    about = find_by_payout(session, payout.id)
    row.credits_payout_id, row.about_id = payout.id, about.id if about else None


def _match(session: Session, reading: InvoiceReading) -> Match:
    assert reading.invoice is not None  # noqa: S101 - `rejected_by` has taken the others out
    if reading.kind is DocumentKind.CREDIT_NOTE:
        return match_credit_note(session, reading.invoice)
    if reading.kind is DocumentKind.REMINDER:
        return match_reminder(session, reading.invoice)
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


def _check_open(row: InboxInvoice) -> None:
    if row.outcome not in OPEN_OUTCOMES:
        raise forbidden(row)

"""One invoice beside the purchase it belongs to, and what finance can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from flask import Response as FileResponse
from sqlalchemy import select
from werkzeug.utils import secure_filename

from raaderum.invoices import asking
from raaderum.invoices import service as invoices
from raaderum.invoices.answering import response_file, responses_to
from raaderum.invoices.matching import find_purchase_by_any_code
from raaderum.invoices.paying import asked_for, find_part
from raaderum.invoices.reminder_rules import LIES_WITH_NAMES, PaymentTimes
from raaderum.invoices.reminders import approve_fee, times_of
from raaderum.invoices.rules import DISMISSABLE, OPEN_OUTCOMES, OUTCOME_NAMES, InvoiceOutcome
from raaderum.kernel.errors import InvalidInput, NotFound
from raaderum.kernel.identifiers import find_short_codes
from raaderum.kernel.text import Text
from raaderum.payouts.rules import PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import AnswerReason, DocumentKind
from raaderum.portal.purchase_page import ReasonMissing
from raaderum.portal.rendering import render
from raaderum.purchases.rules import PURCHASE_STATE_NAMES, PurchaseState
from raaderum.purchases.service import find_purchases_awaiting
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


_NOT_PAID: Final = frozenset({InvoiceOutcome.REJECTED, InvoiceOutcome.DUPLICATE})


class MoreToCome(StrEnum):
    """What finance says of the purchase when it approves one of its invoices."""

    LAST = "last"
    MORE = "more"


class CodeUnknown(InvalidInput):
    """No purchase of the municipality has this code."""

    code = "code_unknown"
    text = Text(
        "Ingen af kommunens køb har koden »{given}«. Koden ser sådan ud: RD-7K3QW9XC.",
        "None of the municipality's purchases has the code “{given}”. A code looks like RD-7K3QW9XC.",
    )


@dataclass(frozen=True, slots=True)
class MatchedPurchase:
    """The purchase that an invoice belongs to, or is thought to, and the payment that the file led to."""

    purchase: Purchase
    description: str
    requested_by: str
    payout: Payout | None

    @property
    def state_name(self) -> Text:
        """Where the purchase is, or its payment once there is one."""
        if self.payout is not None:
            return PAYOUT_STATE_NAMES[PayoutState(self.payout.state)]
        return PURCHASE_STATE_NAMES[PurchaseState(self.purchase.state)]


def show_invoice(visit: Visit, session: Session, invoice_id: UUID) -> str:
    """Show what the file says, what became of it and why, beside the purchase."""
    row = invoices.get_invoice(session, invoice_id, by=visit.actor)
    candidates = _candidates(session, row)
    return render(
        "invoice.html",
        visit,
        invoice=row,
        outcome=InvoiceOutcome(row.outcome),
        outcomes=OUTCOME_NAMES,
        is_open=row.outcome in OPEN_OUTCOMES,
        is_credit_note=row.kind == DocumentKind.CREDIT_NOTE,
        matched=_find_matched(session, row),
        candidates=candidates,
        candidate_words={one.id: description_of(session, one) for one in candidates},
        is_dismissable=row.outcome in DISMISSABLE,
        asked_for=asked_for(row),
        part=find_part(session, row),
        times=_find_times(session, row),
        lies_with=LIES_WITH_NAMES,
        responses=responses_to(session, row.id, by=visit.actor),
        reasons=[reason.value for reason in AnswerReason],
    )


def download_invoice(visit: Visit, session: Session, invoice_id: UUID) -> Response:
    """Send the file as it arrived, to be saved and never opened as a page."""
    row = invoices.get_invoice(session, invoice_id, by=visit.actor)
    response = FileResponse(invoices.original_file(session, row), mimetype="application/xml")
    name = secure_filename(row.file_name) or "faktura.xml"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def download_response(visit: Visit, session: Session, invoice_id: UUID, response_id: UUID) -> Response:
    """Send an answer to a supplier as the access point sends it."""
    content = response_file(session, invoice_id, response_id, by=visit.actor)
    response = FileResponse(content, mimetype="application/xml")
    response.headers.set("Content-Disposition", "attachment", filename=f"{response_id}.xml")
    return response


def match_invoice(visit: Visit, typed: Typed, invoice_id: UUID) -> Response:
    """Tie the file to a purchase: the suggested one, or the one whose code was typed."""
    with unit_of_work() as session:
        chosen = _chosen_purchase(session, typed)
        invoices.match_by_hand(session, invoice_id, **chosen, by=visit.actor)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def approve_invoice(visit: Visit, typed: Typed, invoice_id: UUID) -> Response:
    """Approve a matched invoice to be paid, or a credit note to be booked."""
    last = typed.choice("more", MoreToCome) is MoreToCome.LAST if typed.has("more") else None
    with unit_of_work() as session:
        invoices.approve_invoice(session, invoice_id, by=visit.actor, last=last)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def ask_supplier(visit: Visit, typed: Typed, invoice_id: UUID) -> Response:
    """Ask the supplier about an invoice that stays open."""
    with unit_of_work() as session:
        asking.ask_supplier(session, invoice_id, reason=typed.choice("reason", AnswerReason), by=visit.actor)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def dismiss_invoice(visit: Visit, typed: Typed, invoice_id: UUID) -> Response:
    """Put a file aside for good."""
    if not typed.has("because"):
        raise ReasonMissing(where="because")
    with unit_of_work() as session:
        reason = typed.choice("reason", AnswerReason) if typed.has("reason") else AnswerReason.OTHER
        because = typed.text("because")
        invoices.dismiss_invoice(session, invoice_id, because=because, reason=reason, by=visit.actor)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def pay_reminder_fee(visit: Visit, _typed: Typed, invoice_id: UUID) -> Response:
    """Pay the fee of a reminder from the programme's own account."""
    with unit_of_work() as session:
        approve_fee(session, invoice_id, by=visit.actor)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def _chosen_purchase(session: Session, typed: Typed) -> dict[str, UUID]:
    """Return the purchase that was chosen, and the payment where the code is one of a payment's own."""
    if typed.has("purchase_id"):
        return {"purchase_id": typed.id("purchase_id")}
    given = typed.text("code")
    codes = find_short_codes(given)
    purchase = find_purchase_by_any_code(session, codes[0]) if codes else None
    if purchase is None:
        raise CodeUnknown(where="code", given=given[:40])
    own = select(Payout.id).where(Payout.purchase_id == purchase.id, Payout.code == codes[0])
    payout_id = session.scalar(own) if codes[0] != purchase.code else None
    return {"purchase_id": purchase.id} | ({"payout_id": payout_id} if payout_id else {})


def _find_times(session: Session, row: InboxInvoice) -> PaymentTimes | None:
    """Return how long an invoice has lain; None for what nobody is to pay, or a reminder of nothing known."""
    if row.kind == DocumentKind.INVOICE and row.outcome not in _NOT_PAID:
        return times_of(session, row)
    if row.outcome == InvoiceOutcome.REMINDER and row.about_id is not None:
        return times_of(session, row)
    return None


def _find_matched(session: Session, row: InboxInvoice) -> MatchedPurchase | None:
    if row.purchase_id is None:
        return None
    found = session.execute(
        select(Purchase, Staff.name, Payout)
        .outerjoin(Staff, Staff.id == Purchase.requested_by)
        .outerjoin(Payout, Payout.id == (row.payout_id or row.credits_payout_id))
        .where(Purchase.id == row.purchase_id)
    ).first()
    if found is None:
        raise NotFound(where="purchase")
    purchase, requested_by, payout = found
    return MatchedPurchase(purchase, description_of(session, purchase), requested_by or "", payout)


def _candidates(session: Session, row: InboxInvoice) -> Sequence[Purchase]:
    """Return the open purchases that a file without a purchase may belong to."""
    if row.outcome != InvoiceOutcome.UNMATCHED or row.supplier_cvr is None or not row.payable:
        return ()
    return find_purchases_awaiting(session, supplier_cvr=row.supplier_cvr, amount=row.payable)

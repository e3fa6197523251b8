"""One invoice beside the purchase it belongs to, and what finance can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response as FileResponse
from sqlalchemy import select
from werkzeug.utils import secure_filename

from raaderum.invoices import service as invoices
from raaderum.invoices.rules import OPEN_OUTCOMES, OUTCOME_NAMES, InvoiceOutcome
from raaderum.kernel.errors import InvalidInput, NotFound
from raaderum.kernel.identifiers import find_short_codes
from raaderum.kernel.text import Text
from raaderum.payouts.rules import PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import DocumentKind
from raaderum.portal.purchase_page import ReasonMissing
from raaderum.portal.rendering import render
from raaderum.purchases.rules import PURCHASE_STATE_NAMES, PurchaseState
from raaderum.purchases.service import find_purchase_by_code, find_purchases_awaiting
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


class CodeUnknown(InvalidInput):
    """No purchase of the municipality has this code."""

    code = "code_unknown"
    text = Text(
        "Ingen af kommunens køb har koden »{given}«. Koden ser sådan ud: RD-7K3QW9XC.",
        "None of the municipality's purchases has the code “{given}”. A code looks like RD-7K3QW9XC.",
    )


@dataclass(frozen=True, slots=True)
class MatchedPurchase:
    """The purchase that an invoice belongs to, or is thought to."""

    purchase: Purchase
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
    return render(
        "invoice.html",
        visit,
        invoice=row,
        outcome=InvoiceOutcome(row.outcome),
        outcomes=OUTCOME_NAMES,
        is_open=row.outcome in OPEN_OUTCOMES,
        is_credit_note=row.kind == DocumentKind.CREDIT_NOTE,
        matched=_find_matched(session, row),
        candidates=_candidates(session, row),
    )


def download_invoice(visit: Visit, session: Session, invoice_id: UUID) -> Response:
    """Send the file as it arrived, to be saved and never opened as a page."""
    row = invoices.get_invoice(session, invoice_id, by=visit.actor)
    response = FileResponse(invoices.original_file(session, row), mimetype="application/xml")
    name = secure_filename(row.file_name) or "faktura.xml"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def match_invoice(visit: Visit, typed: Typed, invoice_id: UUID) -> Response:
    """Tie the file to a purchase: the suggested one, or the one whose code was typed."""
    with unit_of_work() as session:
        purchase_id = _chosen_purchase(session, typed)
        invoices.match_by_hand(session, invoice_id, purchase_id=purchase_id, by=visit.actor)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def approve_invoice(visit: Visit, _typed: Typed, invoice_id: UUID) -> Response:
    """Approve a matched invoice to be paid, or a credit note to be booked."""
    with unit_of_work() as session:
        invoices.approve_invoice(session, invoice_id, by=visit.actor)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def dismiss_invoice(visit: Visit, typed: Typed, invoice_id: UUID) -> Response:
    """Put a file aside for good."""
    if not typed.has("because"):
        raise ReasonMissing(where="because")
    with unit_of_work() as session:
        invoices.dismiss_invoice(session, invoice_id, because=typed.text("because"), by=visit.actor)
    return visit.go_to("show_invoice", invoice_id=invoice_id)


def _chosen_purchase(session: Session, typed: Typed) -> UUID:
    if typed.has("purchase_id"):
        return typed.id("purchase_id")
    given = typed.text("code")
    codes = find_short_codes(given)
    purchase = find_purchase_by_code(session, codes[0]) if codes else None
    if purchase is None:
        raise CodeUnknown(where="code", given=given[:40])
    return purchase.id


def _find_matched(session: Session, row: InboxInvoice) -> MatchedPurchase | None:
    if row.purchase_id is None:
        return None
    found = session.execute(
        select(Purchase, Staff.name, Payout)
        .outerjoin(Staff, Staff.id == Purchase.requested_by)
        .outerjoin(Payout, Payout.purchase_id == Purchase.id)
        .where(Purchase.id == row.purchase_id)
    ).first()
    if found is None:
        raise NotFound(where="purchase")
    purchase, requested_by, payout = found
    return MatchedPurchase(purchase, requested_by or "", payout)


def _candidates(session: Session, row: InboxInvoice) -> Sequence[Purchase]:
    """Return the open purchases that a file without a purchase may belong to."""
    if row.outcome != InvoiceOutcome.UNMATCHED or row.supplier_cvr is None or not row.payable:
        return ()
    return find_purchases_awaiting(session, supplier_cvr=row.supplier_cvr, amount=row.payable)

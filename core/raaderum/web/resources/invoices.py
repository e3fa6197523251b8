"""The invoice inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import request

from raaderum.invoices import bulk, service
from raaderum.invoices.answering import response_file, responses_to
from raaderum.invoices.asking import ask_supplier
from raaderum.invoices.paying import find_part
from raaderum.invoices.reminders import approve_fee, times_of
from raaderum.people.roles import Act
from raaderum.web.errors import ContentTypeNotOffered
from raaderum.web.idempotency import MULTIPART
from raaderum.web.messages import REQUIRED
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, cursor_of_id, page_answer, page_of
from raaderum.web.schemas.invoices import (
    BulkAnswer,
    BulkBody,
    DismissalBody,
    InboxInvoiceAnswer,
    InboxQuery,
    InvoiceApprovalBody,
    InvoiceResponsesAnswer,
    InvoiceStandingAnswer,
    InvoiceWithFindingsAnswer,
    MatchBody,
    QueryBody,
    ReminderFeeAnswer,
)
from raaderum.web.uploads import FILE, FORM_CONTENT, ORIGINAL, attachment, fault, file_of_form

if TYPE_CHECKING:
    from flask import Response

    from raaderum.invoices.tables import InboxInvoice, ReminderFee

resource = Resource("invoices", __name__, description="Suppliers' files, matched to purchases.")
_INVOICE: Final = "/invoices/<uuid:invoice_id>"
_XML: Final = "application/xml"
_UNNAMED: Final = "invoice.xml"
_CONTENT: Final[dict[str, Any]] = {
    _XML: {"schema": {"type": "string", "contentMediaType": _XML}},
    **FORM_CONTENT,
}


@resource.writes(
    "/invoices",
    act=Act.TAKE_IN_INVOICE,
    answer=InvoiceWithFindingsAnswer(),
    status=201,
    content=_CONTENT,
)
def take_in_invoice(call: WriteCall) -> InboxInvoice:
    """Take a supplier's file in and match it.

    Send the XML itself, or a multipart form with the part `file`. A broken file is kept too, and
    answered with the outcome `rejected` and every rule that it breaks. At most 10 MB.
    """
    content, file_name = _sent_file()
    return service.take_in(call.session, content, file_name=file_name, by=call.by)


@resource.reads(
    "/invoices",
    act=Act.SEE_INVOICES,
    query=InboxQuery(),
    answer=page_answer(InboxInvoiceAnswer(), "InboxPageAnswer"),
)
def list_invoices(call: Call, query: dict[str, Any]) -> Page:
    """List the inbox.

    The file that arrived last comes first.
    """
    rows = service.inbox(
        call.session, by=call.by, before=query["after"], outcome=query["outcome"], most=query["limit"] + 1
    )
    return page_of(rows, query["limit"], cursor_of_id)


@resource.reads(_INVOICE, act=Act.SEE_INVOICES, answer=InvoiceWithFindingsAnswer())
def get_invoice(call: Call, invoice_id: UUID) -> InboxInvoice:
    """Show a file with its findings.

    What it says, what it was matched to and why, and every rule that it breaks.
    """
    return service.get_invoice(call.session, invoice_id, by=call.by)


@resource.reads(f"{_INVOICE}/original", act=Act.SEE_INVOICES, answer=None, file=ORIGINAL, recorded=True)
def download_invoice(call: Call, invoice_id: UUID) -> Response:
    """Download the file as it arrived.

    To the byte. It is somebody else's content: do not open it where it could do harm. That it was
    downloaded is recorded.
    """
    row = service.record_download(call.session, invoice_id, by=call.by)
    return attachment(service.original_file(call.session, row), file_name=f"{row.id}.xml")


@resource.writes(f"{_INVOICE}/match", act=Act.MATCH_INVOICE, body=MatchBody(), answer=InboxInvoiceAnswer())
def match_invoice(call: WriteCall, body: dict[str, Any], invoice_id: UUID) -> InboxInvoice:
    """Say which purchase a file belongs to.

    Confirms a suggestion, or chooses another purchase.
    """
    return service.match_by_hand(call.session, invoice_id, **body, by=call.by)


@resource.writes(
    f"{_INVOICE}/approve", act=Act.APPROVE_INVOICE, body=InvoiceApprovalBody(), answer=InboxInvoiceAnswer()
)
def approve_invoice(call: WriteCall, body: dict[str, Any], invoice_id: UUID) -> InboxInvoice:
    """Approve a matched file.

    An invoice is paid; a credit note takes off its invoice, or is booked as a refund. Refused for whoever
    asked for the purchase. `last` closes the purchase, and what is left of it is free again.
    """
    return service.approve_invoice(call.session, invoice_id, **body, by=call.by)


@resource.reads(f"{_INVOICE}/standing", act=Act.SEE_INVOICES, answer=InvoiceStandingAnswer())
def get_invoice_standing(call: Call, invoice_id: UUID) -> dict[str, Any]:
    """Show where an invoice stands.

    What was ordered, invoiced before, asked for and left, and how long it has lain with whom.
    """
    row = service.get_invoice(call.session, invoice_id, by=call.by)
    return {"part": find_part(call.session, row), "times": times_of(call.session, row)}


@resource.writes(f"{_INVOICE}/fee", act=Act.APPROVE_INVOICE, answer=ReminderFeeAnswer(), status=201)
def approve_reminder_fee(call: WriteCall, invoice_id: UUID) -> ReminderFee:
    """Pay the fee of a reminder from the programme's own account.

    Never from a citizen's budget. To refuse it, put the reminder aside.
    """
    return approve_fee(call.session, invoice_id, by=call.by)


@resource.reads(f"{_INVOICE}/responses", act=Act.SEE_INVOICES, answer=InvoiceResponsesAnswer())
def list_invoice_responses(call: Call, invoice_id: UUID) -> dict[str, Any]:
    """List what the supplier of a file has been answered.

    The first answer comes first.
    """
    service.get_invoice(call.session, invoice_id, by=call.by)
    return {"items": responses_to(call.session, invoice_id, by=call.by)}


@resource.reads(f"{_INVOICE}/responses/<uuid:response_id>", act=Act.SEE_INVOICES, answer=None, file=ORIGINAL)
def download_invoice_response(call: Call, invoice_id: UUID, response_id: UUID) -> Response:
    """Download one answer to a supplier.

    As the access point sends it.
    """
    content = response_file(call.session, invoice_id, response_id, by=call.by)
    return attachment(content, file_name=f"{response_id}.xml")


@resource.writes("/invoice-approvals/dry-run", act=Act.APPROVE_INVOICE, body=BulkBody(), answer=BulkAnswer())
def try_bulk_approval(call: WriteCall, body: dict[str, Any]) -> dict[str, Any]:
    """Try out the approval of many files.

    Answers the totals for each account and supplier, and what would fail and why. Nothing is approved.
    """
    return _shown(bulk.try_out(call.session, body["invoice_ids"], by=call.by))


@resource.writes("/invoice-approvals", act=Act.APPROVE_INVOICE, body=BulkBody(), answer=BulkAnswer())
def approve_in_bulk(call: WriteCall, body: dict[str, Any]) -> dict[str, Any]:
    """Approve many files.

    One that cannot be approved stops no other; it is listed with its problem. One that was approved before
    stays as it was.
    """
    return _shown(bulk.approve_together(call.session, body["invoice_ids"], by=call.by))


@resource.writes(
    f"{_INVOICE}/dismiss", act=Act.APPROVE_INVOICE, body=DismissalBody(), answer=InboxInvoiceAnswer()
)
def dismiss_invoice(call: WriteCall, body: dict[str, Any], invoice_id: UUID) -> InboxInvoice:
    """Put a file aside for good.

    It stays in the history of the inbox, with the reason.
    """
    return service.dismiss_invoice(call.session, invoice_id, **body, by=call.by)


@resource.writes(
    f"{_INVOICE}/query", act=Act.APPROVE_INVOICE, body=QueryBody(), answer=InboxInvoiceAnswer(), status=201
)
def query_invoice(call: WriteCall, body: dict[str, Any], invoice_id: UUID) -> InboxInvoice:
    """Ask the supplier about an invoice.

    It is told that the invoice is under query; the invoice stays open. Once for each invoice.
    """
    ask_supplier(call.session, invoice_id, **body, by=call.by)
    return service.get_invoice(call.session, invoice_id, by=call.by)


def _shown(result: bulk.BulkResult) -> dict[str, Any]:
    return {
        "total": result.total,
        "by_account": [{"name": name, "amount": amount} for name, amount in result.by_account.items()],
        "by_supplier": [{"name": name, "amount": amount} for name, amount in result.by_supplier.items()],
        "lines": result.lines,
    }


def _sent_file() -> tuple[bytes, str]:
    """Return the content and the name of the file that was sent, either way of sending it."""
    if request.mimetype in {_XML, "text/xml"}:
        content, name = request.get_data(), _UNNAMED
    elif request.mimetype == MULTIPART:
        content, name = file_of_form(unnamed=_UNNAMED)
    else:
        raise ContentTypeNotOffered(where="Content-Type", offered=f"{_XML}, {MULTIPART}")
    if not content:
        raise fault(FILE, REQUIRED)
    return content, name

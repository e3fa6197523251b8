"""The invoice inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import request

from raaderum.invoices import service
from raaderum.people.roles import Act
from raaderum.web.errors import ContentTypeNotOffered
from raaderum.web.idempotency import MULTIPART
from raaderum.web.messages import REQUIRED
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, cursor_of_id, page_answer, page_of
from raaderum.web.schemas.invoices import (
    DismissalBody,
    InboxInvoiceAnswer,
    InboxQuery,
    InvoiceWithFindingsAnswer,
    MatchBody,
)
from raaderum.web.uploads import FILE, FORM_CONTENT, ORIGINAL, attachment, fault, file_of_form

if TYPE_CHECKING:
    from flask import Response

    from raaderum.invoices.tables import InboxInvoice

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


@resource.reads(f"{_INVOICE}/original", act=Act.SEE_INVOICES, answer=None, file=ORIGINAL)
def download_invoice(call: Call, invoice_id: UUID) -> Response:
    """Download the file as it arrived.

    To the byte. It is somebody else's content: do not open it where it could do harm.
    """
    row = service.get_invoice(call.session, invoice_id, by=call.by)
    return attachment(service.original_file(call.session, row), file_name=f"{row.id}.xml")


@resource.writes(f"{_INVOICE}/match", act=Act.MATCH_INVOICE, body=MatchBody(), answer=InboxInvoiceAnswer())
def match_invoice(call: WriteCall, body: dict[str, Any], invoice_id: UUID) -> InboxInvoice:
    """Say which purchase a file belongs to.

    Confirms a suggestion, or chooses another purchase.
    """
    return service.match_by_hand(call.session, invoice_id, **body, by=call.by)


@resource.writes(f"{_INVOICE}/approve", act=Act.APPROVE_INVOICE, answer=InboxInvoiceAnswer())
def approve_invoice(call: WriteCall, invoice_id: UUID) -> InboxInvoice:
    """Approve a matched file.

    An invoice is paid; a credit note is booked as a refund. Refused for whoever asked for the purchase.
    """
    return service.approve_invoice(call.session, invoice_id, by=call.by)


@resource.writes(
    f"{_INVOICE}/dismiss", act=Act.APPROVE_INVOICE, body=DismissalBody(), answer=InboxInvoiceAnswer()
)
def dismiss_invoice(call: WriteCall, body: dict[str, Any], invoice_id: UUID) -> InboxInvoice:
    """Put a file aside for good.

    It stays in the history of the inbox, with the reason.
    """
    return service.dismiss_invoice(call.session, invoice_id, **body, by=call.by)


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

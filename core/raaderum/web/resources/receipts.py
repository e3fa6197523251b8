"""Receipts: what each payment lacks, files that show what was bought, and what is stated instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from raaderum.enrolments.service import get_enrolment
from raaderum.people.roles import Act
from raaderum.programmes.installed import rules_of
from raaderum.receipts import deciding, sending, stating
from raaderum.receipts.reading import (
    OpenedDue,
    OpenedReceipt,
    missing_receipts,
    opened_due,
    opened_receipt,
    receipts_of,
)
from raaderum.receipts.wording import DECLARATION, DECLARATION_VERSION, declaration_digest
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.receipts import (
    ActivityBody,
    CaseReceiptsAnswer,
    MissingReceiptsAnswer,
    ReceiptAnswer,
    ReceiptDueAnswer,
    ReceiptLostBody,
    ReceiptReasonBody,
    ReceiptTieBody,
)
from raaderum.web.uploads import FORM_CONTENT, ORIGINAL, attachment, uploaded_file

if TYPE_CHECKING:
    from flask import Response

    from raaderum.receipts.tables import ReceiptDue

resource = Resource("receipts", __name__, description="Receipts for what citizens pay for themselves.")
_DUE: Final = "/receipt-dues/<uuid:receipt_due_id>"


@resource.reads("/enrolments/<uuid:enrolment_id>/receipts", act=Act.SEE_RECEIPTS, answer=CaseReceiptsAnswer())
def list_receipts(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """List the receipts of a case.

    Every payment by card or transfer with its proof, what is missing first, and files that are tied to none.
    """
    found = receipts_of(call.session, enrolment_id, by=call.by)
    declaration = {"version": DECLARATION_VERSION, "digest": declaration_digest(), "text": DECLARATION}
    return {
        "dues": found.dues,
        "loose": found.loose,
        "declarations_left": found.declarations_left,
        "declaration": declaration,
    }


@resource.reads("/receipt-dues", act=Act.SEE_MISSING_RECEIPTS, answer=MissingReceiptsAnswer())
def list_missing_receipts(call: Call) -> dict[str, Any]:
    """List the receipts that are overdue or wait to be looked at.

    In all cases of whoever asks; the one that has been due longest comes first, at most 200.
    """
    return {"items": missing_receipts(call.session, by=call.by)}


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/receipts",
    act=Act.SEND_RECEIPT,
    answer=ReceiptAnswer(),
    status=201,
    content=FORM_CONTENT,
)
def send_receipt(call: WriteCall, enrolment_id: UUID) -> OpenedReceipt:
    """Send a receipt that is not tied to a payment yet.

    PDF, JPEG, PNG or WebP, told by its content and not by its name; at most 10 MB. Pictures are drawn anew.
    """
    content, file_name = uploaded_file()
    row = sending.send_receipt(call.session, enrolment_id, content=content, file_name=file_name, by=call.by)
    return opened_receipt(call.session, row)


@resource.writes(
    f"{_DUE}/receipts", act=Act.SEND_RECEIPT, answer=ReceiptAnswer(), status=201, content=FORM_CONTENT
)
def send_receipt_for(call: WriteCall, receipt_due_id: UUID) -> OpenedReceipt:
    """Send the receipt of one payment.

    A card or lane that was closed because of it opens in the same moment.
    """
    content, file_name = uploaded_file()
    row = sending.send_receipt_for(
        call.session, receipt_due_id, content=content, file_name=file_name, by=call.by
    )
    return opened_receipt(call.session, row)


@resource.writes(
    "/receipts/<uuid:receipt_id>/dues",
    act=Act.SEND_RECEIPT,
    body=ReceiptTieBody(),
    answer=ReceiptAnswer(),
)
def tie_receipt(call: WriteCall, body: dict[str, Any], receipt_id: UUID) -> OpenedReceipt:
    """Tie a receipt to a payment that it is for.

    One receipt can prove several payments, one call each, and one payment can have several receipts.
    """
    row = sending.tie_receipt(call.session, receipt_id, due_ids=[body["receipt_due_id"]], by=call.by)
    return opened_receipt(call.session, row)


@resource.reads(
    "/receipts/<uuid:receipt_id>", act=Act.SEE_RECEIPTS, answer=None, file=ORIGINAL, recorded=True
)
def download_receipt(call: Call, receipt_id: UUID) -> Response:
    """Download a receipt.

    A PDF to the byte, a picture as it was drawn anew. It is recorded who fetched it; it is not scanned for
    known malware.
    """
    row = sending.open_receipt(call.session, receipt_id, by=call.by)
    content = sending.content_of(call.session, row)
    return attachment(content, file_name=sending.name_of(call.session, row))


@resource.writes(f"{_DUE}/accept", act=Act.DECIDE_RECEIPT, answer=ReceiptDueAnswer())
def accept_receipt(call: WriteCall, receipt_due_id: UUID) -> OpenedDue:
    """Accept a receipt, or the declaration that it is lost.

    Refused for whoever sent or declared it.
    """
    return _shown(call, deciding.accept_receipt(call.session, receipt_due_id, by=call.by))


@resource.writes(
    f"{_DUE}/turn-down", act=Act.DECIDE_RECEIPT, body=ReceiptReasonBody(), answer=ReceiptDueAnswer()
)
def turn_down_receipt(call: WriteCall, body: dict[str, Any], receipt_due_id: UUID) -> OpenedDue:
    """Turn a receipt down, and say what to do.

    There are new days before anything closes; the citizen and the support person are told.
    """
    return _shown(call, deciding.turn_down_receipt(call.session, receipt_due_id, **body, by=call.by))


@resource.writes(f"{_DUE}/waive", act=Act.WAIVE_RECEIPT, body=ReceiptReasonBody(), answer=ReceiptDueAnswer())
def waive_receipt(call: WriteCall, body: dict[str, Any], receipt_due_id: UUID) -> OpenedDue:
    """Let a payment go without a receipt.

    For a reason that is kept; what was closed because of it opens at once.
    """
    return _shown(call, deciding.waive_receipt(call.session, receipt_due_id, **body, by=call.by))


@resource.writes(
    f"{_DUE}/lost", act=Act.DECLARE_RECEIPT_LOST, body=ReceiptLostBody(), answer=ReceiptDueAnswer()
)
def declare_receipt_lost(call: WriteCall, body: dict[str, Any], receipt_due_id: UUID) -> OpenedDue:
    """Declare on one's honour that a receipt is lost.

    `digest` is that of the declaration as it was read. The programme limits how often.
    """
    return _shown(call, stating.declare_lost(call.session, receipt_due_id, **body, by=call.by))


@resource.writes(f"{_DUE}/activity", act=Act.CONFIRM_ACTIVITY, body=ActivityBody(), answer=ReceiptDueAnswer())
def confirm_activity(call: WriteCall, body: dict[str, Any], receipt_due_id: UUID) -> OpenedDue:
    """Tell whether what pocket money was for took place.

    Words are needed for everything but a plain yes.
    """
    return _shown(call, stating.confirm_activity(call.session, receipt_due_id, **body, by=call.by))


def _shown(call: WriteCall, row: ReceiptDue) -> OpenedDue:
    enrolment = get_enrolment(call.session, row.enrolment_id, by=call.by)
    return opened_due(call.session, row, rules_of(enrolment.programme, enrolment.rules_from))

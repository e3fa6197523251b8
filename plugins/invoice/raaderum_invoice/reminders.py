"""Telling reminders and their fees from invoices: by the document's own name, else by its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere
from raaderum_invoice.amounts import minor_units
from raaderum_invoice.rules.allowances import is_charge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum_invoice.document import Aggregate, Document

REMINDER: Final = "Reminder"
PENALTY: Final = "PenaltyFee"
"""The code of OIOUBL's list of charges on reminders."""
_FEE: Final = re.compile(
    r"rykkergebyr|rykker-gebyr|inkassogebyr|reminder fee|late payment fee", re.IGNORECASE
)
_WORDS: Final = re.compile(
    r"\b(?:rykker|rykkerskrivelse|betalingspåmindelse|payment reminder|inkassovarsel)\b", re.IGNORECASE
)
_NOTHING: Final = Oere(0)


def is_reminder(document: Document) -> bool:
    """Say whether a document asks for an invoice that was sent before.

    A Reminder always does. An Invoice does where it holds nothing but fees, or where it refers to an
    earlier invoice and calls itself a reminder or holds a fee.
    """
    top = document.top
    if top.name == REMINDER:
        return True
    if document.is_credit_note:
        return False
    lines = document.lines
    fees = sum(1 for line in lines if _is_fee_line(line))
    if fees and fees == len(lines):
        return True
    if "BillingReference" not in top.parts:
        return False
    return fees > 0 or any(_WORDS.search(note) for note in top.all_texts("Note"))


def fee_of(document: Document) -> Oere:
    """Return the fee for a reminder that stands on a document, in øre; 0 where there is none.

    Of an invoice that is nothing but fees it is all that is to be paid.
    """
    lines = document.lines
    if lines and not document.is_credit_note and all(_is_fee_line(line) for line in lines):
        return minor_units(document.top.first_text("LegalMonetaryTotal", "PayableAmount")) or _NOTHING
    on_lines = (line.texts.get("LineExtensionAmount") for line in document.lines if _is_fee_line(line))
    charges = document.top.parts.get("AllowanceCharge", ())
    on_top = (one.texts.get("Amount") for one in charges if is_charge(one) and _is_fee_charge(document, one))
    return Oere(_sum(on_lines) + _sum(on_top))


def reminded_numbers(document: Document) -> tuple[str, ...]:
    """Return the numbers of the invoices that a reminder is about, each once."""
    reminder_lines = document.top.parts.get("ReminderLine", ())
    places = (document.top, *reminder_lines)
    found = [
        reference.text("ID")
        for place in places
        for reference in place.all_parts("BillingReference", "InvoiceDocumentReference")
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _is_fee_line(line: Aggregate) -> bool:
    items = line.parts.get("Item", ())
    return any(_FEE.search(item.text("Name") + "\n" + item.text("Description")) for item in items)


def _is_fee_charge(document: Document, charge: Aggregate) -> bool:
    if document.top.name == REMINDER or charge.text("AllowanceChargeReasonCode") == PENALTY:
        return True
    return _FEE.search(charge.text("AllowanceChargeReason")) is not None


def _sum(amounts: Iterable[str | None]) -> int:
    return sum(minor_units(amount) or _NOTHING for amount in amounts)

"""OIOUBL 3.0 on how the invoice wants to be paid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes
from raaderum_invoice.rules.payment_tests import (
    BANK,
    BRANCH,
    PAYEE,
    PAYER,
    Test,
    channel_not,
    has,
    holds,
    holds_no,
    instruction_is_no_number,
    lacks,
    longer,
    not_of,
    unless_id,
    when_channel,
    when_id,
)

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

MANDATE: Final = "PaymentMandate"
_BRANCH_NUMBER: Final = re.compile(r"\d{4}", re.ASCII)
_GIRO_ACCOUNT: Final = re.compile(r"\d{7,8}", re.ASCII)


def _unless_other_channel(test: Test) -> Test:
    """Return `test` for IBAN, which is also what no channel is taken for."""
    return lambda means: means.texts.get("PaymentChannelCode", "IBAN") == "IBAN" and test(means)


def _mandate_is_incomplete(means: Aggregate) -> bool:
    return not (means.has(MANDATE, "ID") and means.has(MANDATE, PAYER, "ID"))


def _has_no_numeric_instruction(means: Aggregate) -> bool:
    return not means.text("InstructionID") or instruction_is_no_number(means)


def _has_no_account_and_branch(means: Aggregate) -> bool:
    return not (means.first_text(PAYEE, "ID") and means.first_text(PAYEE, BRANCH, "ID"))


BY_CODE: Final[dict[str, tuple[tuple[str, Test], ...]]] = {
    "1": (("OIOUBL-BIL-124", has("PaymentChannelCode")),),
    "10": (("OIOUBL-BIL-125", has("PaymentChannelCode")),),
    "31": (
        ("OIOUBL-BIL-028", has("InstructionNote")),
        ("OIOUBL-BIL-029", lacks(PAYEE, "ID")),
        ("OIOUBL-BIL-030", longer(20, PAYER, "PaymentNote")),
        ("OIOUBL-BIL-091", longer(20, PAYEE, "PaymentNote")),
        ("OIOUBL-BIL-031", longer(8, "CreditAccount", "AccountID")),
        ("OIOUBL-BIL-024", _unless_other_channel(longer(34, PAYEE, "ID"))),
        ("OIOUBL-BIL-025", when_channel(lacks(PAYEE, BRANCH, "ID"), "ZZZ")),
        ("OIOUBL-BIL-026", lacks(PAYEE, BRANCH, "Name")),
        ("OIOUBL-BIL-027", holds_no(PAYEE, BRANCH, "Address")),
        ("OIOUBL-BIL-095", _unless_other_channel(lambda means: not means.first_text(PAYEE, *BANK, "ID"))),
        ("OIOUBL-BIL-120", lacks("PaymentChannelCode")),
        ("OIOUBL-BIL-121", channel_not("IBAN", "ZZZ")),
    ),
    "42": (
        ("OIOUBL-BIL-113", when_channel(channel_not("DK:BANK"))),
        ("OIOUBL-BIL-033", holds("CreditAccount")),
        ("OIOUBL-BIL-034", has("InstructionNote")),
        ("OIOUBL-BIL-035", longer(20, PAYER, "PaymentNote")),
        ("OIOUBL-BIL-092", longer(20, PAYEE, "PaymentNote")),
        ("OIOUBL-BIL-037", holds_no(PAYEE)),
        ("OIOUBL-BIL-038", lacks(PAYEE, "ID")),
        ("OIOUBL-BIL-039", lambda means: not _BRANCH_NUMBER.fullmatch(means.first_text(PAYEE, BRANCH, "ID"))),
        ("OIOUBL-BIL-040", longer(10, PAYEE, "ID")),
    ),
    "48": (
        ("OIOUBL-BIL-032", has("PaymentChannelCode")),
        ("OIOUBL-BIL-041", has("InstructionID")),
        ("OIOUBL-BIL-042", has("InstructionNote")),
        ("OIOUBL-BIL-043", holds(PAYER)),
        ("OIOUBL-BIL-044", holds(PAYEE)),
        ("OIOUBL-BIL-045", holds("CreditAccount")),
        ("OIOUBL-BIL-046", holds_no("CardAccount")),
        ("OIOUBL-BIL-047", has("CardAccount", "CardTypeCode")),
        ("OIOUBL-BIL-048", has("CardAccount", "ValidityStartDate")),
        ("OIOUBL-BIL-049", has("CardAccount", "ExpiryDate")),
        ("OIOUBL-BIL-050", has("CardAccount", "IssuerID")),
        ("OIOUBL-BIL-051", has("CardAccount", "IssueNumberID")),
        ("OIOUBL-BIL-052", has("CardAccount", "CV2ID")),
        ("OIOUBL-BIL-053", has("CardAccount", "CardChipCode")),
        ("OIOUBL-BIL-054", has("CardAccount", "ChipApplicationID")),
    ),
    "49": (
        ("OIOUBL-BIL-122", lacks("PaymentChannelCode")),
        ("OIOUBL-BIL-123", channel_not("DK:BANK", "IBAN")),
        ("OIOUBL-BIL-055", has("InstructionNote")),
        ("OIOUBL-BIL-056", holds("CreditAccount")),
        ("OIOUBL-BIL-057", lacks("InstructionID")),
        ("OIOUBL-BIL-058", longer(20, PAYER, "PaymentNote")),
        ("OIOUBL-BIL-059", longer(60, "InstructionID")),
        ("OIOUBL-BIL-060", when_channel(_mandate_is_incomplete, "DK:BANK")),
        ("OIOUBL-BIL-061", when_channel(not_of((4,), MANDATE, PAYER, BRANCH, "ID"), "DK:BANK")),
        ("OIOUBL-BIL-062", when_channel(not_of(tuple(range(18, 35)), MANDATE, PAYER, "ID"), "IBAN")),
        ("OIOUBL-BIL-063", when_channel(has(MANDATE, PAYER, BRANCH, "ID"), "IBAN")),
        ("OIOUBL-BIL-064", when_channel(lacks(MANDATE, PAYER, *BANK, "ID"), "IBAN")),
    ),
    "50": (
        ("OIOUBL-BIL-114", when_channel(channel_not("DK:GIRO"))),
        ("OIOUBL-BIL-065", holds("CreditAccount")),
        ("OIOUBL-BIL-066", lacks("PaymentID")),
        ("OIOUBL-BIL-067", lacks(PAYEE, "ID")),
        ("OIOUBL-BIL-068", when_id(lacks("InstructionID"), "04", "15")),
        ("OIOUBL-BIL-069", unless_id(lambda _: True, "01", "04", "15")),
        ("OIOUBL-BIL-070", unless_id(has("InstructionNote"), "01")),
        ("OIOUBL-BIL-072", longer(16, "InstructionID")),
        ("OIOUBL-BIL-073", when_id(_has_no_numeric_instruction, "04", "15")),
        ("OIOUBL-BIL-074", lambda means: not _GIRO_ACCOUNT.fullmatch(means.first_text(PAYEE, "ID"))),
    ),
    "58": (
        ("OIOUBL-BIL-094", has("PaymentChannelCode")),
        ("OIOUBL-BIL-075", lacks(PAYEE, "ID")),
    ),
    "59": (("OIOUBL-BIL-126", has("PaymentChannelCode")),),
    "93": (
        ("OIOUBL-BIL-115", when_channel(channel_not("DK:FIK"))),
        ("OIOUBL-BIL-076", lacks("PaymentID")),
        ("OIOUBL-BIL-077", when_id(lacks("InstructionID"), "71", "75")),
        ("OIOUBL-BIL-078", unless_id(has("InstructionNote"), "73", "75")),
        ("OIOUBL-BIL-079", unless_id(lambda _: True, "71", "73", "75")),
        ("OIOUBL-BIL-080", when_id(not_of((15,), "InstructionID"), "71")),
        ("OIOUBL-BIL-081", when_id(not_of((16,), "InstructionID"), "75")),
        ("OIOUBL-BIL-082", when_id(_has_no_numeric_instruction, "71", "75")),
        ("OIOUBL-BIL-083", unless_id(has("InstructionID"), "71", "75")),
        ("OIOUBL-BIL-084", not_of((8,), "CreditAccount", "AccountID")),
    ),
    "97": (
        ("OIOUBL-BIL-116", when_channel(channel_not("DK:NEMKONTO"))),
        ("OIOUBL-BIL-085", has("InstructionID")),
        ("OIOUBL-BIL-086", has("InstructionNote")),
        ("OIOUBL-BIL-087", has("PaymentID")),
        ("OIOUBL-BIL-088", holds(PAYER)),
        ("OIOUBL-BIL-089", holds(PAYEE)),
        ("OIOUBL-BIL-090", holds("CreditAccount")),
    ),
}
ONLY_IN_INVOICES: Final[tuple[tuple[str, Test], ...]] = (
    ("OIOUBL-BIL-005", lambda means: means.text("PaymentMeansCode") not in codes.DANISH_PAYMENT_MEANS),
    (
        "OIOUBL-BIL-006",
        lambda means: means.text("PaymentMeansCode") in ("31", "42") and _has_no_account_and_branch(means),
    ),
    (
        "OIOUBL-BIL-007",
        lambda means: (
            means.text("PaymentMeansCode") == "49"
            and means.text("PaymentChannelCode") == "IBAN"
            and _mandate_is_incomplete(means)
        ),
    ),
)


def check_payment(document: Document, report: Report) -> None:
    """Check all payment means and payment terms."""
    always = () if document.is_credit_note else ONLY_IN_INVOICES
    for means in document.top.parts.get("PaymentMeans", ()):
        for rule, is_broken in (*always, *BY_CODE.get(means.text("PaymentMeansCode"), ())):
            if is_broken(means):
                report(rule, means)
    for terms in document.all("PaymentTerms"):
        if terms.text("ID") == "Factoring" and "Note" not in terms.texts:
            report("OIOUBL-BIL-096", terms)
        if terms.count("Note") > 1:
            report("OIOUBL-BIL-097", terms)

"""OIOUBL 2.1 on how the invoice wants to be paid: what each way of paying asks for and rules out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes_oioubl
from raaderum_invoice.amounts import ZERO, number
from raaderum_invoice.rules.payment_tests import (
    BANK,
    BRANCH,
    PAYEE,
    PAYER,
    Test,
    branch_is_no_number,
    channel_not,
    giro_account_is_wrong,
    has,
    holds,
    holds_no,
    instruction_is_empty,
    instruction_is_no_number,
    lacks,
    longer,
    not_of,
    payer_branch_has_no_id,
    unless_id,
    when_channel,
    when_id,
    wrong_list,
)

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

ALWAYS: Final[tuple[tuple[str, Test], ...]] = (
    ("F-LIB100", lambda means: means.text("PaymentMeansCode") not in codes_oioubl.PAYMENT_MEANS),
    ("F-LIB151", holds(PAYER, BRANCH, "Address")),
    ("F-LIB162", holds(PAYER, "Country")),
    ("F-LIB243", holds(PAYEE, *BANK, "Address")),
    ("F-LIB244", holds(PAYEE, "Country")),
)
BY_CODE: Final[dict[str, tuple[tuple[str, Test], ...]]] = {
    "31": (
        ("F-LIB103", has("InstructionNote")),
        ("F-LIB106", wrong_list),
        ("F-LIB107", lacks(PAYEE, "ID")),
        ("F-LIB109", channel_not("IBAN", "ZZZ")),
        ("F-LIB110", longer(20, PAYER, "PaymentNote")),
        ("F-LIB111", longer(20, PAYEE, "PaymentNote")),
        ("F-LIB112", longer(8, "CreditAccount", "AccountID")),
        ("F-LIB108", when_channel(has(PAYEE, BRANCH, "ID"), "IBAN")),
        ("F-LIB113", when_channel(lacks(PAYEE, *BANK, "ID"), "IBAN")),
        ("F-LIB114", when_channel(longer(34, PAYEE, "ID"), "IBAN")),
        ("F-LIB115", when_channel(not_of(tuple(range(1, 200)), PAYEE, "ID"), "IBAN")),
        ("F-LIB276", when_channel(lacks(PAYEE, BRANCH, "ID"), "ZZZ")),
        ("F-LIB116", when_channel(lacks(PAYEE, BRANCH, "Name"), "ZZZ")),
        ("F-LIB117", when_channel(holds_no(PAYEE, BRANCH, "Address"), "ZZZ")),
    ),
    "42": (
        ("F-LIB122", holds("CreditAccount")),
        ("F-LIB119", has("InstructionNote")),
        ("F-LIB123", wrong_list),
        ("F-LIB128", when_channel(channel_not("DK:BANK"))),
        ("F-LIB129", longer(20, PAYER, "PaymentNote")),
        ("F-LIB133", longer(20, PAYEE, "PaymentNote")),
        ("F-LIB124", payer_branch_has_no_id),
        ("F-LIB125", holds_no(PAYEE)),
        ("F-LIB126", lacks(PAYEE, "ID")),
        ("F-LIB127", lacks(PAYEE, BRANCH, "ID")),
        ("F-LIB130", longer(4, PAYER, BRANCH, "ID")),
        ("F-LIB131", longer(10, PAYEE, "ID")),
        ("F-LIB132", longer(4, PAYEE, BRANCH, "ID")),
        ("F-LIB311", branch_is_no_number),
    ),
    "48": (
        ("F-LIB365", has("PaymentChannelCode")),
        ("F-LIB366", has("InstructionID")),
        ("F-LIB367", has("InstructionNote")),
        ("F-LIB368", holds(PAYER)),
        ("F-LIB369", holds(PAYEE)),
        ("F-LIB370", holds("CreditAccount")),
        ("F-LIB342", holds_no("CardAccount")),
        ("F-LIB343", has("CardAccount", "CardTypeCode")),
        ("F-LIB344", has("CardAccount", "ValidityStartDate")),
        ("F-LIB345", has("CardAccount", "ExpiryDate")),
        ("F-LIB346", has("CardAccount", "IssuerID")),
        ("F-LIB347", has("CardAccount", "IssueNumberID")),
        ("F-LIB348", has("CardAccount", "CV2ID")),
        ("F-LIB349", has("CardAccount", "CardChipCode")),
        ("F-LIB350", has("CardAccount", "ChipApplicationID")),
    ),
    "49": (
        ("F-LIB135", has("InstructionNote")),
        ("F-LIB137", holds("CreditAccount")),
        ("F-LIB134", when_channel(has("InstructionID"))),
        ("F-LIB288", longer(20, PAYER, "PaymentNote")),
        ("F-LIB289", when_channel(channel_not("IBAN", "DK:BANK"))),
        ("F-LIB140", longer(60, "InstructionID")),
        ("F-LIB290", when_channel(not_of((10,), PAYER, "ID"), "DK:BANK")),
        ("F-LIB291", when_channel(not_of((4,), PAYER, BRANCH, "ID"), "DK:BANK")),
        ("F-LIB292", when_channel(longer(34, PAYER, "ID"), "IBAN")),
        ("F-LIB293", when_channel(lambda means: len(means.first_text(PAYER, "ID")) < 18, "IBAN")),  # noqa: PLR2004 -- the shortest IBAN that the rule takes
        ("F-LIB294", when_channel(has(PAYER, BRANCH, "ID"), "IBAN")),
        ("F-LIB295", when_channel(lacks(PAYER, *BANK, "ID"), "IBAN")),
    ),
    "50": (
        ("F-LIB142", holds("CreditAccount")),
        ("F-LIB144", lacks("PaymentID")),
        ("F-LIB319", holds_no(PAYEE)),
        ("F-LIB320", lacks(PAYEE, "ID")),
        ("F-LIB145", when_id(lacks("InstructionID"), "04", "15")),
        ("F-LIB146", when_channel(channel_not("DK:GIRO"))),
        ("F-LIB143", when_channel(wrong_list)),
        ("F-LIB147", unless_id(lambda _: True, "01", "04", "15")),
        ("F-LIB148", unless_id(has("InstructionNote"), "01")),
        ("F-LIB149", longer(16, "InstructionID")),
        ("F-LIB312", when_id(instruction_is_empty, "04", "15")),
        ("F-LIB390", when_id(instruction_is_no_number, "04", "15")),
        ("F-LIB321", giro_account_is_wrong),
    ),
    "58": (
        ("F-LIB377", lambda means: not means.first_text(PAYEE, "ID")),
        ("F-LIB379", when_channel(channel_not("IBAN"))),
    ),
    "59": (("F-LIB380", when_channel(channel_not("IBAN"))),),
    "93": (
        ("F-LIB152", lacks("PaymentID")),
        ("F-LIB153", when_id(lacks("InstructionID"), "71", "75")),
        ("F-LIB277", when_channel(channel_not("DK:FIK"))),
        ("F-LIB278", when_channel(wrong_list)),
        ("F-LIB154", unless_id(has("InstructionNote"), "73", "75")),
        ("F-LIB155", unless_id(lambda _: True, "71", "73", "75")),
        ("F-LIB156", when_id(not_of((15,), "InstructionID"), "71")),
        ("F-LIB157", when_id(not_of((16,), "InstructionID"), "75")),
        ("F-LIB336", when_id(lacks("InstructionID"), "71", "75")),
        ("F-LIB336", when_id(instruction_is_no_number, "71", "75")),
        ("F-LIB336", instruction_is_empty),
        ("F-LIB275", when_id(has("InstructionID"), "73")),
        ("F-LIB305", not_of((8,), "CreditAccount", "AccountID")),
    ),
    "97": (
        ("F-LIB158", when_channel(channel_not("DK:NEMKONTO"))),
        ("F-LIB159", has("InstructionID")),
        ("F-LIB160", has("InstructionNote")),
        ("F-LIB161", has("PaymentID")),
        ("F-LIB163", holds(PAYER)),
        ("F-LIB164", holds(PAYEE)),
        ("F-LIB165", holds("CreditAccount")),
    ),
}
_GIRO_BY_CHANNEL: Final = (("F-LIB321", when_channel(giro_account_is_wrong, "DK:GIRO")),)


def check_payment(document: Document, report: Report) -> None:
    """Check all payment means and payment terms. Numbers must be readable."""
    for means in document.top.parts.get("PaymentMeans", ()):
        code = means.text("PaymentMeansCode")
        for rule, is_broken in (*ALWAYS, *BY_CODE.get(code, ()), *_GIRO_BY_CHANNEL):
            if is_broken(means):
                report(rule, means)
    for terms in document.top.parts.get("PaymentTerms", ()):
        _check_terms(terms, report)


def _check_terms(terms: Aggregate, report: Report) -> None:
    if terms.text("ID") == "Factoring" and not terms.text("Note"):
        report("F-LIB246", terms)
    if terms.count("Note") > 1:
        report("F-LIB247", terms)
    amount = number(terms, "Amount")
    if amount is not None and amount < ZERO:
        report("F-LIB020", terms)

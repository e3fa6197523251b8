"""The Danish rules within Peppol BIS Billing: CVR numbers, and the ways of paying in Denmark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes
from raaderum_invoice.amounts import ZERO, number
from raaderum_invoice.rules.en16931_parties import buyer, seller
from raaderum_invoice.rules.party_countries import country_of

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

DENMARK: Final = "DK"
CVR_SCHEME: Final = "0184"
UNSPSC: Final = "TST"
UNSPSC_VERSIONS: Final = frozenset({"19.05.01", "19.0501", "26.08.01", "26.0801"})
BANK_TRANSFERS: Final = frozenset({"31", "42"})
DIRECT_DEBIT: Final = frozenset({"49"})
GIRO: Final = frozenset({"50"})
PAYMENT_SLIP: Final = frozenset({"93"})
AGREED_BETWEEN_THEM: Final = "ZZZ"
CREDITOR_NUMBER_LENGTH: Final = 8
_GIRO_ACCOUNT: Final = re.compile(r"\d{7,8}", re.ASCII)
_AGREED_CODE: Final = re.compile(r"\d{4}", re.ASCII)


def check_danish(document: Document, report: Report) -> None:
    """Check what a Danish seller must do, and more where the buyer is Danish too."""
    if country_of(seller(document)) != DENMARK:
        return
    buyer_is_danish = country_of(buyer(document)) == DENMARK
    _check_seller(document, report)
    if document.is_credit_note and buyer_is_danish:
        payable = number(document.top.part("LegalMonetaryTotal"), "PayableAmount")
        if payable is not None and payable < ZERO:
            report("DK-R-016")
    if buyer_is_danish:
        _check_between_danes(document, report)


def _check_seller(document: Document, report: Report) -> None:
    party = seller(document)
    entities = party.parts.get("PartyLegalEntity", ()) if party is not None else ()
    if not any(entity.text("CompanyID") for entity in entities):
        report("DK-R-002")
    for entity in entities:
        if "CompanyID" in entity.texts and entity.attribute("CompanyID", "schemeID") != CVR_SCHEME:
            report("DK-R-014", entity)


def _check_between_danes(document: Document, report: Report) -> None:
    customer = buyer(document)
    for party in (seller(document), customer):
        for identification in party.parts.get("PartyIdentification", ()) if party is not None else ():
            if "ID" in identification.texts and not identification.attribute("ID", "schemeID"):
                report("DK-R-013", identification)
    for entity in customer.parts.get("PartyLegalEntity", ()) if customer is not None else ():
        if "CompanyID" in entity.texts and entity.attribute("CompanyID", "schemeID") != CVR_SCHEME:
            report("DK-R-017", entity)
    for line in document.lines:
        _check_classification(line, report)
    for allowance in document.all("AllowanceCharge"):
        _check_agreed_reason(allowance, report)
    if not document.is_credit_note:
        for means in document.top.parts.get("PaymentMeans", ()):
            _check_payment(means, report)


def _check_payment(means: Aggregate, report: Report) -> None:
    code = means.text("PaymentMeansCode")
    if code not in codes.DANISH_PAYMENT_MEANS:
        report("DK-R-005", means)
    for rule, ways, is_broken in _PAYMENT_RULES:
        if code in ways and is_broken(means):
            report(rule, means)


def _lacks_account_or_branch(means: Aggregate) -> bool:
    branch = means.first_text("PayeeFinancialAccount", "FinancialInstitutionBranch", "ID")
    return not (means.first_text("PayeeFinancialAccount", "ID") and branch)


def _lacks_mandate(means: Aggregate) -> bool:
    payer = means.first_text("PaymentMandate", "PayerFinancialAccount", "ID")
    return not (means.first_text("PaymentMandate", "ID") and payer)


def _has_no_giro_account(means: Aggregate) -> bool:
    account = means.first_text("PayeeFinancialAccount", "ID")
    known_card = means.text("PaymentID").startswith(("01#", "04#", "15#"))
    return not (known_card and _GIRO_ACCOUNT.fullmatch(account))


def _has_no_giro_payment_id(means: Aggregate) -> bool:
    payment_id = means.text("PaymentID")
    return payment_id.startswith(("04#", "15#")) and len(payment_id) != len("04#1234567890123456")


def _has_no_creditor(means: Aggregate) -> bool:
    creditor = means.first_text("PayeeFinancialAccount", "ID")
    known_card = means.text("PaymentID").startswith(("71#", "73#", "75#"))
    return not known_card or len(creditor) != CREDITOR_NUMBER_LENGTH


def _has_no_slip_payment_id(means: Aggregate) -> bool:
    payment_id = means.text("PaymentID")
    return payment_id.startswith(("71#", "75#")) and len(payment_id) - len("71#") not in (15, 16)


_PAYMENT_RULES: Final = (
    ("DK-R-006", BANK_TRANSFERS, _lacks_account_or_branch),
    ("DK-R-007", DIRECT_DEBIT, _lacks_mandate),
    ("DK-R-008", GIRO, _has_no_giro_account),
    ("DK-R-009", GIRO, _has_no_giro_payment_id),
    ("DK-R-010", PAYMENT_SLIP, _has_no_creditor),
    ("DK-R-011", PAYMENT_SLIP, _has_no_slip_payment_id),
)


def _check_classification(line: Aggregate, report: Report) -> None:
    code, unspsc, accepted = "ItemClassificationCode", False, False
    for one in line.all_parts("Item", "CommodityClassification"):
        unspsc = unspsc or one.attribute(code, "listID") == UNSPSC
        accepted = accepted or one.attribute(code, "listVersionID") in UNSPSC_VERSIONS
    if unspsc and not accepted:
        report("DK-R-003", line)


def _check_agreed_reason(allowance: Aggregate, report: Report) -> None:
    if allowance.text("AllowanceChargeReasonCode") != AGREED_BETWEEN_THEM:
        return
    reason = allowance.text("AllowanceChargeReason")
    if not _AGREED_CODE.fullmatch(reason) and "#" not in reason[1:-1]:
        report("DK-R-004", allowance)

"""The Dutch and Norwegian rules within Peppol BIS Billing: they come up in invoices from there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import ZERO, number
from raaderum_invoice.check_digits import is_norwegian_number
from raaderum_invoice.rules.en16931_parties import buyer, seller
from raaderum_invoice.rules.party_countries import country_of, tax_country_of_seller

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

NETHERLANDS: Final = "NL"
NORWAY: Final = "NO"
DUTCH_REGISTERS: Final = frozenset({"0106", "0190"})
DUTCH_PAYMENT_MEANS: Final = frozenset({"30", "48", "49", "57", "58", "59"})
NORWEGIAN_REGISTER: Final = "Foretaksregisteret"
_ADDRESS: Final = frozenset({"StreetName", "CityName", "PostalZone"})
_NORWEGIAN_VAT_NUMBER: Final = re.compile(r"NO(\d{9})MVA", re.ASCII)


def check_dutch(document: Document, report: Report) -> None:
    """Check what a Dutch seller must do. Numbers must be readable."""
    top, supplier, customer = document.top, seller(document), buyer(document)
    if country_of(supplier).upper() != NETHERLANDS:
        return
    if "CreditNoteTypeCode" in top.texts and not top.has(
        "BillingReference", "InvoiceDocumentReference", "ID"
    ):
        report("NL-R-001")
    _check_address(supplier, "NL-R-002", report)
    _check_register(supplier, "NL-R-003", report)
    if country_of(customer).upper() == NETHERLANDS:
        _check_address(customer, "NL-R-004", report)
        _check_register(customer, "NL-R-005", report)
    representative = top.part("TaxRepresentativeParty")
    if country_of(representative).upper() == NETHERLANDS:
        _check_address(representative, "NL-R-006", report)
    payable = number(top.part("LegalMonetaryTotal"), "PayableAmount")
    means = document.all("PaymentMeans")
    if payable is not None and payable > ZERO and not means:
        report("NL-R-007")
    if any(one.text("PaymentMeansCode") not in DUTCH_PAYMENT_MEANS for one in means):
        report("NL-R-008")
    names_line = any("LineID" in one.texts for one in document.all("OrderLineReference"))
    if names_line and not top.has("OrderReference", "ID"):
        report("NL-R-009")


def _check_address(party: Aggregate | None, rule: str, report: Report) -> None:
    for address in party.parts.get("PostalAddress", ()) if party is not None else ():
        if not address.texts.keys() >= _ADDRESS:
            report(rule, address)


def _check_register(party: Aggregate | None, rule: str, report: Report) -> None:
    for entity in party.parts.get("PartyLegalEntity", ()) if party is not None else ():
        if "CompanyID" not in entity.texts:
            continue
        if not entity.text("CompanyID") or entity.attribute("CompanyID", "schemeID") not in DUTCH_REGISTERS:
            report(rule, entity)


def check_norwegian(document: Document, report: Report) -> None:
    """Check what a seller who pays VAT in Norway must do."""
    if tax_country_of_seller(document) != NORWAY:
        return
    party = seller(document)
    registrations = party.parts.get("PartyTaxScheme", ()) if party is not None else ()
    registered = False
    for one in registrations:
        scheme, company = one.first_text("TaxScheme", "ID"), one.text("CompanyID")
        if scheme == "VAT" and company.startswith(NORWAY):
            digits = _NORWEGIAN_VAT_NUMBER.fullmatch(company)
            if digits is None or not is_norwegian_number(digits[1]):
                report("NO-R-001", one)
        registered = registered or (scheme == "TAX" and company == NORWEGIAN_REGISTER)
    if party is not None and not registered:
        report("NO-R-002")

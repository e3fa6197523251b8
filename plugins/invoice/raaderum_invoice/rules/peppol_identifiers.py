"""Peppol on identifiers: what a number must look like, by the scheme it says it is from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum_invoice import check_digits
from raaderum_invoice.rules.en16931_parties import is_vat

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum_invoice.document import Document
    from raaderum_invoice.report import Report


def _like(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: compiled.fullmatch(value) is not None


DUTCH_VAT_NUMBER: Final = _like(r"NL\d{9}B\d{2}")
CVR_AS_WRITTEN: Final = _like(r"(?:DK)?\d{8}")
_HOLDERS: Final = frozenset({"EndpointID", "ID", "CompanyID"})
_BY_SCHEME: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "0007": ("PEPPOL-COMMON-R049", check_digits.is_swedish_number),
    "0088": ("PEPPOL-COMMON-R040", check_digits.is_gln),
    "0096": ("PEPPOL-COMMON-R052", _like(r"\d{10}")),
    "0106": ("PEPPOL-COMMON-R054", _like(r"\d{8}")),
    "0151": ("PEPPOL-COMMON-R050", check_digits.is_australian_number),
    "0184": ("PEPPOL-COMMON-R042", CVR_AS_WRITTEN),
    "0190": ("PEPPOL-COMMON-R055", _like(r"\d{20}")),
    "0192": ("PEPPOL-COMMON-R041", check_digits.is_norwegian_number),
    "0198": ("PEPPOL-COMMON-R053", _like(r"DK\d{8}")),
    "0201": ("PEPPOL-COMMON-R044", check_digits.is_italian_office),
    "0208": ("PEPPOL-COMMON-R043", check_digits.is_belgian_number),
    "0210": ("PEPPOL-COMMON-R045", check_digits.is_italian_tax_code),
    "0211": ("PEPPOL-COMMON-R047", check_digits.is_italian_vat_number),
    "0217": ("PEPPOL-COMMON-R057", _like(r"\d{12}")),
    "9907": ("PEPPOL-COMMON-R046", check_digits.is_italian_tax_code),
    "9944": ("PEPPOL-COMMON-R056-1", DUTCH_VAT_NUMBER),
}
_ONLY_ADDRESSES: Final = frozenset({"9907"})
_AS_WRITTEN: Final = frozenset({"0184"})


def check_identifiers(document: Document, report: Report) -> None:
    """Check electronic addresses, identifications of parties and numbers of companies."""
    padded = {(id(owner), name) for owner, name, _, _ in document.padded}
    for owner, name, text, attributes in document.identifiers:
        if not attributes or name not in _HOLDERS:
            continue
        if name == "ID" and owner.name != "PartyIdentification":
            continue
        scheme = dict(attributes).get("schemeID", "")
        rule = _BY_SCHEME.get(scheme)
        if rule is None or (scheme in _ONLY_ADDRESSES and name != "EndpointID"):
            continue
        if not rule[1](text) or (scheme in _AS_WRITTEN and (id(owner), name) in padded):
            report(rule[0], name)
    for registration in document.all("PartyTaxScheme"):
        number = registration.text("CompanyID")
        if number.startswith("NL") and is_vat(registration) and not DUTCH_VAT_NUMBER(number):
            report("PEPPOL-COMMON-R056-2", registration)

"""The rules of Peppol that OIOUBL 3.0 takes over under Peppol's own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.rules import peppol_amounts, peppol_document, peppol_identifiers

if TYPE_CHECKING:
    from raaderum_invoice.document import Document
    from raaderum_invoice.report import Report

_NUMBERS: Final = (
    *("R001", "R002", "R003", "R005", "R008", "R010", "R020", "R040", "R041", "R042", "R043", "R044"),
    *("R046", "R051", "R053", "R054", "R055", "R061", "R080", "R100", "R101", "R110", "R111", "R120"),
    *("R121", "R130", "CL001", "CL002", "CL003", "CL006", "CL007", "CL008", "F001"),
    *(f"P{number:04}" for number in range(104, 112)),
)
RULES: Final = frozenset({f"PEPPOL-EN16931-{number}" for number in _NUMBERS} | {"PEPPOL-COMMON-R040"})


def check_shared(document: Document, report: Report) -> None:
    """Check what Peppol and OIOUBL 3.0 have in common, except sums."""
    limited = report.limited_to(RULES)
    peppol_document.check_document(document, limited)
    peppol_document.check_dates(document, limited)
    peppol_document.check_codes(document, limited)
    peppol_document.check_currencies(document, limited)
    peppol_identifiers.check_identifiers(document, limited)


def check_shared_sums(document: Document, report: Report) -> None:
    """Check the sums that Peppol and OIOUBL 3.0 have in common. Numbers must be readable."""
    limited = report.limited_to(RULES)
    peppol_document.check_tax_totals(document, limited)
    peppol_amounts.check_amounts(document, limited)

"""Which rules apply to which format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import unreadable
from raaderum_invoice.formats import Format
from raaderum_invoice.rules import (
    danish,
    en16931_codes,
    en16931_document,
    en16931_lines,
    en16931_parties,
    en16931_payment,
    en16931_totals,
    en16931_vat,
    foreign,
    oioubl2_document,
    oioubl2_lines,
    oioubl2_parties,
    oioubl2_payment,
    oioubl2_taxes,
    oioubl2_totals,
    oioubl3_document,
    oioubl3_parties,
    oioubl3_payment,
    oioubl3_shared,
    own,
    peppol_amounts,
    peppol_document,
    peppol_identifiers,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum_invoice.document import Document
    from raaderum_invoice.report import Report

    Check = Callable[[Document, Report], None]

_EUROPEAN: Final[tuple[Check, ...]] = (
    en16931_document.check_document,
    en16931_parties.check_parties,
    en16931_payment.check_payment,
    en16931_codes.check_codes,
    peppol_document.check_document,
    peppol_document.check_dates,
    peppol_document.check_codes,
    peppol_document.check_currencies,
    peppol_identifiers.check_identifiers,
    foreign.check_norwegian,
)
_EUROPEAN_SUMS: Final[tuple[Check, ...]] = (
    en16931_totals.check_totals,
    en16931_totals.check_decimals,
    en16931_lines.check_lines,
    en16931_vat.check_vat,
    peppol_document.check_tax_totals,
    peppol_amounts.check_amounts,
    danish.check_danish,
    foreign.check_dutch,
)
_OIOUBL_2: Final[tuple[Check, ...]] = (oioubl2_document.check_document, oioubl2_parties.check_parties)
_OIOUBL_2_SUMS: Final[tuple[Check, ...]] = (
    oioubl2_payment.check_payment,
    oioubl2_totals.check_totals,
    oioubl2_taxes.check_taxes,
    oioubl2_lines.check_lines,
)
_OIOUBL_3: Final[tuple[Check, ...]] = (
    oioubl3_document.check_document,
    oioubl3_document.check_lines,
    oioubl3_parties.check_parties,
    oioubl3_parties.check_periods_and_attachments,
    oioubl3_payment.check_payment,
    oioubl3_shared.check_shared,
)
_OIOUBL_3_SUMS: Final[tuple[Check, ...]] = (
    oioubl3_document.check_sums,
    oioubl3_shared.check_shared_sums,
    own.check_sums,
)
_RULES: Final[dict[Format, tuple[tuple[Check, ...], tuple[Check, ...]]]] = {
    Format.PEPPOL: (_EUROPEAN, _EUROPEAN_SUMS),
    Format.EN_16931: (_EUROPEAN, _EUROPEAN_SUMS),
    Format.OIOUBL_2: (_OIOUBL_2, _OIOUBL_2_SUMS),
    Format.OIOUBL_3: (_OIOUBL_3, _OIOUBL_3_SUMS),
}
"""For each format the rules that need no numbers, and those that calculate."""


def check(document: Document, form: Format, report: Report) -> None:
    """Check all that applies; where a number cannot be read, nothing is calculated."""
    own.check_structure(document, report)
    checks, sums = _RULES[form]
    for one in checks:
        one(document, report)
    garbled = [*unreadable(document.amounts), *unreadable(document.numbers)]
    if garbled:
        for _, name, _, _ in garbled:
            report("RD-NUMBER", name)
        return
    for one in sums:
        one(document, report)

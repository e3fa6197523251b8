"""Which of the formats a document is written in, by what it says of itself."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from raaderum_invoice.document import Document

PEPPOL_BIS_3: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_OIOUBL_2_PROFILES: Final = ("urn:www.nesubl.eu:", "urn:www.cenbii.eu:", "Procurement-", "Reference-Utility")


class Format(StrEnum):
    """The formats that are read. Peppol and EN 16931 are checked by the same rules."""

    PEPPOL = "peppol-bis-3"
    EN_16931 = "en16931"
    OIOUBL_2 = "oioubl-2.1"
    OIOUBL_3 = "oioubl-3.0"


def format_of(document: Document) -> Format:
    """Return the format that the document claims; its own rules say whether it keeps to it.

    A document that says nothing is taken for EN 16931, the law's own format.
    """
    customization, profile = document.top.text("CustomizationID"), document.top.text("ProfileID")
    if customization.startswith("OIOUBL-2"):
        return Format.OIOUBL_2
    if "urn:fdc:oioubl.dk:" in customization:
        return Format.OIOUBL_3
    if customization.startswith("urn:cen.eu:en16931"):
        return Format.PEPPOL if customization.startswith(PEPPOL_BIS_3) else Format.EN_16931
    if "urn:fdc:oioubl.dk:" in profile:
        return Format.OIOUBL_3
    if profile.startswith(_OIOUBL_2_PROFILES) or document.top.attribute("ProfileID", "schemeAgencyID"):
        return Format.OIOUBL_2
    return Format.EN_16931

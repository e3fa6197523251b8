"""Code lists of OIOUBL 2.1: only the codes, as facts."""

from __future__ import annotations

import re
from typing import Final


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


PAYMENT_MEANS: Final = _codes("1 10 20 31 42 48 49 50 58 59 93 97")
"""Ways of paying."""

INVOICE_TYPES: Final = {
    "urn:oioubl:codelist:invoicetypecode-1.1": ("F-INV011", _codes("325 380 393")),
    "urn:oioubl:codelist:invoicetypecode-1.2": ("F-INV337", _codes("325 380 390 393")),
}
"""The rule and the types of invoices for each version of the list."""

_VAT_SCHEMES: Final = _codes(
    """
    AD:VAT AL:VAT AT:VAT BA:VAT BE:VAT BG:VAT CH:VAT CY:VAT CZ:VAT DE:VAT EE:VAT ES:VAT EU:VAT FI:VAT
    GB:VAT GR:VAT HR:VAT HU:VAT IE:VAT IT:VAT LI:VAT LT:VAT LU:VAT LV:VAT MC:VAT ME:VAT MK:VAT MT:VAT
    NL:VAT NO:VAT PL:VAT PT:VAT RO:VAT RS:VAT SE:VAT SI:VAT SK:VAT SM:VAT TR:VAT VA:VAT
    """,
)
_COMMON_SCHEMES: Final = _VAT_SCHEMES | _codes(
    """
    GLN DUNS DK:P DK:CVR DK:CPR DK:SE FR:SIRET SE:ORGNR FI:OVT FI:ORGNR IT:FTI IT:SIA IT:SECETI IT:CF
    IT:IPA NO:ORGNR EU:REID AT:GOV AT:CID AT:KUR IS:KT IBAN
    """,
)
ADDRESS_SCHEMES: Final = _COMMON_SCHEMES | {"DK:VANS"}
"""Schemes of electronic addresses."""

PARTY_SCHEMES: Final = _COMMON_SCHEMES | _codes("ZZZ DK:TELEFON IS:VSKNR NO:EFO NO:NOBB NO:NODI SEPA")
"""Schemes of parties' identifications."""

COMPANY_SCHEMES: Final = _codes("DK:CVR DK:CPR ZZZ")
TAX_COMPANY_SCHEMES: Final = _codes("DK:SE ZZZ")

TAX_TYPES: Final = _codes("StandardRated ZeroRated ReverseCharge")
TAX_SCHEME_LISTS: Final = frozenset(f"urn:oioubl:id:taxschemeid-1.{version}" for version in (1, 2, 4, 5))
TAX_TYPE_LISTS: Final = frozenset(f"urn:oioubl:codelist:taxtypecode-1.{version}" for version in (1, 2))
TAX_CATEGORY_LISTS: Final = frozenset(f"urn:oioubl:id:taxcategoryid-1.{version}" for version in range(1, 5))
VAT_CATEGORIES: Final = _codes("StandardRated ZeroRated ReverseCharge B M L K O G")
"""The tax categories that are about VAT."""

_EXCISE: Final = re.compile(r"Excise|3\d{3}(?:\d\d)?", re.ASCII)


def is_tax_category(value: str) -> bool:
    """Say whether `value` is VAT, or has the form of an excise code (the list of them is not carried)."""
    return value in VAT_CATEGORIES or _EXCISE.fullmatch(value) is not None


_PROFILES: Final = _codes(
    """
    NONE Procurement-BilSim-1.0 Procurement-BilSimR-1.0 Procurement-PayBas-1.0 Procurement-PayBasR-1.0
    Procurement-OrdSim-BilSim-1.0 Procurement-OrdSimR-BilSim-1.0 Procurement-OrdSim-BilSimR-1.0
    Procurement-OrdSimR-BilSimR-1.0 Procurement-OrdAdv-BilSim-1.0 Procurement-OrdAdv-BilSimR-1.0
    Procurement-OrdAdvR-BilSim-1.0 Procurement-OrdAdvR-BilSimR-1.0 Procurement-OrdSel-BilSim-1.0
    Procurement-OrdSel-BilSimR-1.0 Catalogue-CatBas-1.0 Catalogue-CatBasR-1.0 Catalogue-CatSim-1.0
    Catalogue-CatSimR-1.0 Catalogue-CatExt-1.0 Catalogue-CatExtR-1.0 Catalogue-CatAdv-1.0
    Catalogue-CatAdvR-1.0
    """,
) | {f"urn:www.nesubl.eu:profiles:profile{number}:ver1.0" for number in (1, 2, 5, 7, 8)}
_PROFILES_2: Final = _PROFILES | {
    f"urn:www.nesubl.eu:profiles:profile{number}:ver2.0" for number in (1, 2, 5, 7, 8)
}
_PROFILES_3: Final = _PROFILES_2 | {"Reference-Utility-1.0", "Reference-UtilityR-1.0"}
_PROFILES_4: Final = _PROFILES_3 | _codes(
    """
    Procurement-OrdSim-1.0 Procurement-OrdSimR-1.0 urn:www.nesubl.eu:profiles:profile3:ver2.0
    urn:www.cenbii.eu:profile:bii30:ver2.0 Procurement-TecRes-1.0 Catalogue-CatPriUpd-1.0
    Catalogue-CatPriUpdR-1.0
    """,
)
ORDER_RESPONSE_PROFILE: Final = "Procurement-OrdRes-1.0"
REMINDER_PROFILE: Final = "Procurement-BilSimReminderOnly-1.0"
_PROFILES_5: Final = _PROFILES_4 | {ORDER_RESPONSE_PROFILE}
PROFILES: Final = {
    "urn:oioubl:id:profileid-1.1": ("F-LIB004", _PROFILES),
    "urn:oioubl:id:profileid-1.2": ("F-LIB302", _PROFILES_2),
    "urn:oioubl:id:profileid-1.3": ("F-LIB308", _PROFILES_3),
    "urn:oioubl:id:profileid-1.4": ("F-LIB325", _PROFILES_4),
    "urn:oioubl:id:profileid-1.5": ("F-LIB327", _PROFILES_5),
    "urn:oioubl:id:profileid-1.6": ("F-LIB351", _PROFILES_5 | {REMINDER_PROFILE}),
}
"""The rule and the profiles for each version of the list."""

PROFILES_WITH_ORDER: Final = _codes(
    """
    Procurement-OrdSimR-BilSim-1.0 Procurement-OrdAdv-BilSim-1.0
    urn:www.nesubl.eu:profiles:profile7:ver1.0 urn:www.nesubl.eu:profiles:profile7:ver2.0
    """,
)
"""Profiles in which an invoice follows an order."""

"""The rules of EN 16931 about VAT categories: the same ten for each, so the words are put together."""

from __future__ import annotations

from typing import Final

from raaderum.plugin_api import Text
from raaderum_invoice.messages.entry import AS_WRITTEN, Entry, family

_CATEGORIES: Final = {
    "BR-S": Text("normal moms (S)", "standard rate (S)"),
    "BR-Z": Text("nulsats (Z)", "zero rate (Z)"),
    "BR-E": Text("momsfri (E)", "exempt (E)"),
    "BR-AE": Text("omvendt betalingspligt (AE)", "reverse charge (AE)"),
    "BR-IC": Text("salg til andet EU-land (K)", "intra-community supply (K)"),
    "BR-G": Text("eksport (G)", "export (G)"),
    "BR-O": Text("uden for momsloven (O)", "not subject to VAT (O)"),
    "BR-AF": Text("De Kanariske Øer (L)", "Canary Islands (L)"),
    "BR-AG": Text("Ceuta og Melilla (M)", "Ceuta and Melilla (M)"),
}
_SENTENCES: Final = {
    "01": Text(
        "Momskategorien {category} står ikke præcis én gang i momsopgørelsen, eller bruges ikke i den",
        "The VAT category {category} is not, or not exactly once, in the VAT breakdown",
    ),
    "02": Text(
        "Linjer med {category}: sælgers eller købers registrering passer ikke",
        "Lines with {category}: the registration of seller or buyer does not fit",
    ),
    "03": Text(
        "Rabatter med {category}: sælgers eller købers registrering passer ikke",
        "Allowances with {category}: the registration of seller or buyer does not fit",
    ),
    "04": Text(
        "Gebyrer med {category}: sælgers eller købers registrering passer ikke",
        "Charges with {category}: the registration of seller or buyer does not fit",
    ),
    "05": Text("Linjens momssats passer ikke til {category}", "The line's VAT rate does not fit {category}"),
    "06": Text(
        "Rabattens momssats passer ikke til {category}", "The allowance's VAT rate does not fit {category}"
    ),
    "07": Text(
        "Gebyrets momssats passer ikke til {category}", "The charge's VAT rate does not fit {category}"
    ),
    "08": Text(
        "Momsgrundlaget for {category} er ikke summen af linjer, rabatter og gebyrer",
        "The taxable amount of {category} is not the sum of lines, allowances and charges",
    ),
    "09": Text("Momsbeløbet for {category} er forkert", "The VAT amount of {category} is wrong"),
    "10": Text(
        "Begrundelsen for momsfritagelse mangler, eller passer ikke til {category}",
        "The reason for VAT exemption is missing, or does not fit {category}",
    ),
}


def _all_categories() -> dict[str, Entry]:
    return {
        f"{prefix}-{number}": Entry(
            fatal=True,
            text=Text(
                sentence.danish.format(category=category.danish) + ".",
                sentence.english.format(category=category.english) + ".",
            ),
        )
        for prefix, category in _CATEGORIES.items()
        for number, sentence in _SENTENCES.items()
    }


VAT: Final[dict[str, Entry]] = _all_categories() | family(
    AS_WRITTEN,
    {
        "BR-IC-11": "Salg til andet EU-land: leveringsdato eller periode mangler"
        "|Intra-community supply: delivery date or period is missing",
        "BR-IC-12": "Salg til andet EU-land: leveringslandet mangler"
        "|Intra-community supply: the country of delivery is missing",
        "BR-O-11": "Uden for momsloven (O): momsopgørelsen må ikke have andre kategorier"
        "|Not subject to VAT (O): the breakdown may have no other categories",
        "BR-O-12": "Uden for momsloven (O): linjer må ikke have andre kategorier"
        "|Not subject to VAT (O): lines may have no other categories",
        "BR-O-13": "Uden for momsloven (O): rabatter må ikke have andre kategorier"
        "|Not subject to VAT (O): allowances may have no other categories",
        "BR-O-14": "Uden for momsloven (O): gebyrer må ikke have andre kategorier"
        "|Not subject to VAT (O): charges may have no other categories",
        "BR-B-01": "Delt momsbetaling (B) findes kun i Italien|Split payment (B) exists only in Italy",
        "BR-B-02": "Delt momsbetaling (B) kan ikke stå sammen med normal moms (S)"
        "|Split payment (B) cannot stand with standard rate (S)",
    },
)

"""Which country a party is in: national rules depend on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.rules.en16931_parties import seller, vat_numbers

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document

NOWHERE: Final = "XX"


def country_of(party: Aggregate | None) -> str:
    """Return the country of a party's postal address, as written."""
    return party.first_text("PostalAddress", "Country", "IdentificationCode") if party is not None else ""


def tax_country_of_seller(document: Document) -> str:
    """Return where the seller pays VAT: its VAT number, its representative's, or else its address."""
    party = seller(document)
    numbers = [*vat_numbers(party), *vat_numbers(document.top.part("TaxRepresentativeParty"))]
    return (numbers[0][:2] if numbers else country_of(party) or NOWHERE).upper()

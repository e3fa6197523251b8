"""Who sent the invoice: a name, a CVR number, and a key for the duplicate check that holds no CPR."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum_invoice.document import Aggregate

CVR_SCHEMES: Final = frozenset({"0184", "DK:CVR"})
PERSON_SCHEMES: Final = frozenset({"DK:CPR", "0237"})
_CVR: Final = re.compile(r"(?:DK)?(\d{8})", re.ASCII | re.IGNORECASE)
_LIKE_A_PERSONAL_NUMBER: Final = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-?\d{4}", re.ASCII)


def supplier_name(party: Aggregate | None) -> str:
    """Return the trading name, else the registered name, else the person's, else nothing."""
    if party is None:
        return ""
    for path in (("PartyName", "Name"), ("PartyLegalEntity", "RegistrationName")):
        name = party.first_text(*path)
        if name:
            return name
    first, last = party.first_text("Person", "FirstName"), party.first_text("Person", "FamilyName")
    return f"{first} {last}".strip()


def supplier_cvr(party: Aggregate | None) -> str | None:
    """Return eight digits, or None where the supplier is a private person or foreign."""
    identifiers = list(_identifiers(party))
    registered = [
        value for holder, scheme, value in identifiers if holder == "CompanyID" and scheme in CVR_SCHEMES
    ]
    if not registered and any(scheme in PERSON_SCHEMES for _, scheme, _ in identifiers):
        return None
    for value in registered or [value for _, scheme, value in identifiers if scheme in CVR_SCHEMES]:
        digits = _CVR.fullmatch(value.replace(" ", ""))
        if digits is not None:
            return digits[1]
    return None


def supplier_key(party: Aggregate | None) -> str:
    """Return what tells this supplier from others: CVR number, other identifier, or else the name.

    A private person goes by name: a CPR number is not kept, and hiding it in a hash would not
    help, as all of them can be tried in minutes.
    """
    cvr = supplier_cvr(party)
    if cvr is not None:
        return f"cvr:{cvr}"
    for _, scheme, value in _identifiers(party):
        if scheme in PERSON_SCHEMES:
            break
        if scheme and value and not _LIKE_A_PERSONAL_NUMBER.fullmatch(value):
            return f"{scheme}:{value}"
    return f"name:{_normalised(supplier_name(party))}"


def _normalised(name: str) -> str:
    return " ".join(_LIKE_A_PERSONAL_NUMBER.sub("", name).casefold().split())


def _identifiers(party: Aggregate | None) -> Iterator[tuple[str, str, str]]:
    """Go through the identifiers of a party, the most official first: element, scheme, value."""
    if party is None:
        return
    for entity in party.parts.get("PartyLegalEntity", ()):
        yield "CompanyID", entity.attribute("CompanyID", "schemeID") or "", entity.text("CompanyID")
    yield "EndpointID", party.attribute("EndpointID", "schemeID") or "", party.text("EndpointID")
    for identification in party.parts.get("PartyIdentification", ()):
        yield "ID", identification.attribute("ID", "schemeID") or "", identification.text("ID")

"""EN 16931 on seller, buyer, payee and tax representative, and where it was delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.codes import COUNTRIES

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

VAT: Final = "VAT"
MOST_TAX_SCHEMES: Final = 2
_VAT_NUMBER_PREFIXES: Final = f" {' '.join(sorted(COUNTRIES | {'EL'}))} "

_SELLER_ONLY_ONCE: Final = {
    ("PartyLegalEntity", "RegistrationName"): "UBL-SR-09",
    ("PartyName", "Name"): "UBL-SR-10",
    ("PartyLegalEntity", "CompanyID"): "UBL-SR-11",
    ("PartyLegalEntity", "CompanyLegalForm"): "UBL-SR-14",
}
_BUYER_ONLY_ONCE: Final = {
    ("PartyLegalEntity", "RegistrationName"): "UBL-SR-15",
    ("PartyIdentification", "ID"): "UBL-SR-16",
    ("PartyLegalEntity", "CompanyID"): "UBL-SR-17",
    ("PartyName", "Name"): "UBL-SR-40",
}


def is_vat(holder: Aggregate) -> bool:
    """Say whether a tax category, or a party's registration, is about VAT."""
    return VAT in [scheme.text("ID").upper() for scheme in holder.parts.get("TaxScheme", ())]


def vat_numbers(party: Aggregate | None) -> list[str]:
    """Return the VAT numbers of a party."""
    if party is None:
        return []
    registrations = party.parts.get("PartyTaxScheme", ())
    return [text for one in registrations if is_vat(one) for text in one.all_texts("CompanyID")]


def seller(document: Document) -> Aggregate | None:
    """Return the seller's party."""
    holder = document.top.part("AccountingSupplierParty")
    return holder.part("Party") if holder is not None else None


def buyer(document: Document) -> Aggregate | None:
    """Return the buyer's party."""
    holder = document.top.part("AccountingCustomerParty")
    return holder.part("Party") if holder is not None else None


def check_parties(document: Document, report: Report) -> None:
    """Check everybody that the document names."""
    _check_seller(document, report)
    _check_buyer(document, report)
    top = document.top
    if document.all("PayeeParty"):
        _check_payees(document, report)
    for representative in top.parts.get("TaxRepresentativeParty", ()):
        _check_representative(representative, report)
    if "Delivery" in top.parts:
        _check_delivery(document, report)
    for registration in document.all("PartyTaxScheme"):
        _check_registration(registration, report)
    for name in ("PostalAddress", "Address"):
        for address in document.all(name):
            if len(address.parts.get("AddressLine", ())) > 1:
                report("UBL-SR-51", address)
    sepa = [one for one in document.all("PartyIdentification") if _is_sepa(one)]
    if len(sepa) > 1:
        report("UBL-SR-29")


def _is_sepa(identification: Aggregate) -> bool:
    return (identification.attribute("ID", "schemeID") or "").upper() == "SEPA"


def _check_seller(document: Document, report: Report) -> None:
    party = seller(document)
    if party is None or not party.first_text("PartyLegalEntity", "RegistrationName"):
        report("BR-06")
    if party is None or "PostalAddress" not in party.parts:
        report("BR-08")
    if "AccountingSupplierParty" in document.top.parts and not _can_be_identified(party):
        report("BR-CO-26")
    if party is None:
        return
    if "EndpointID" in party.texts and party.attribute("EndpointID", "schemeID") is None:
        report("BR-62")
    _check_country(party, "BR-09", report)
    _check_only_once(party, _SELLER_ONLY_ONCE, report)
    registrations = party.parts.get("PartyTaxScheme", ())
    if len(registrations) > 1:
        _check_seller_registrations(registrations, report)


def _check_seller_registrations(registrations: list[Aggregate], report: Report) -> None:
    if len(registrations) > MOST_TAX_SCHEMES:
        report("UBL-SR-42")
    if sum(one.count("CompanyID") for one in registrations if is_vat(one)) > 1:
        report("UBL-SR-12")
    if sum(one.count("CompanyID") for one in registrations if one.parts and not is_vat(one)) > 1:
        report("UBL-SR-13")


def _can_be_identified(party: Aggregate | None) -> bool:
    if party is None:
        return False
    if party.has("PartyLegalEntity", "CompanyID") or vat_numbers(party):
        return True
    identifications = party.parts.get("PartyIdentification", ())
    return any("ID" in one.texts and one.attribute("ID", "schemeID") != "SEPA" for one in identifications)


def _check_buyer(document: Document, report: Report) -> None:
    party = buyer(document)
    if party is None or not party.first_text("PartyLegalEntity", "RegistrationName"):
        report("BR-07")
    if party is None or "PostalAddress" not in party.parts:
        report("BR-10")
    if party is None:
        return
    if "EndpointID" in party.texts and party.attribute("EndpointID", "schemeID") is None:
        report("BR-63")
    _check_country(party, "BR-11", report)
    _check_only_once(party, _BUYER_ONLY_ONCE, report)
    if sum(one.count("CompanyID") for one in party.parts.get("PartyTaxScheme", ()) if is_vat(one)) > 1:
        report("UBL-SR-18")


def _check_country(party: Aggregate, rule: str, report: Report) -> None:
    for address in party.parts.get("PostalAddress", ()):
        if not address.first_text("Country", "IdentificationCode"):
            report(rule, address)


def _check_only_once(party: Aggregate, rules: dict[tuple[str, str], str], report: Report) -> None:
    for (holder, name), rule in rules.items():
        holders = party.parts.get(holder)
        if (
            holders
            and (len(holders) > 1 or holders[0].repeats)
            and sum(one.count(name) for one in holders) > 1
        ):
            report(rule, party)


def _check_payees(document: Document, report: Report) -> None:
    party = seller(document)
    names, ids = (set(_texts(party, path)) for path in (("PartyName", "Name"), ("PartyIdentification", "ID")))
    registered = set(_texts(party, ("PartyLegalEntity", "RegistrationName")))
    for payee in document.all("PayeeParty"):
        own_names = set(_texts(payee, ("PartyName", "Name")))
        own_ids = set(_texts(payee, ("PartyIdentification", "ID")))
        if not own_names or own_names & names or own_ids & ids:
            report("BR-17", payee)
        differs = bool(own_names) and bool(registered) and len(own_names | registered) > 1
        _check_how_often(payee, differs=differs, report=report)


def _check_how_often(payee: Aggregate, *, differs: bool, report: Report) -> None:
    others = [one for one in payee.parts.get("PartyIdentification", ()) if not _is_sepa(one)]
    names = len(_texts(payee, ("PartyName", "Name")))
    companies = len(_texts(payee, ("PartyLegalEntity", "CompanyID")))
    report.each(
        (
            ("UBL-SR-19", names > 1 or not differs),
            ("UBL-SR-20", sum(one.count("ID") for one in others) > 1 or not differs),
            ("UBL-SR-21", companies > 1 or not differs),
        ),
        payee,
    )


def _texts(party: Aggregate | None, path: tuple[str, str]) -> list[str]:
    if party is None:
        return []
    return [text for holder in party.parts.get(path[0], ()) for text in holder.all_texts(path[1])]


def _check_representative(party: Aggregate, report: Report) -> None:
    if not party.first_text("PartyName", "Name"):
        report("BR-18", party)
    if "PostalAddress" not in party.parts:
        report("BR-19", party)
    _check_country(party, "BR-20", report)
    if not vat_numbers(party):
        report("BR-56", party)
    if len(_texts(party, ("PartyName", "Name"))) > 1:
        report("UBL-SR-22", party)
    if len(_texts(party, ("PartyTaxScheme", "CompanyID"))) > 1:
        report("UBL-SR-23", party)


def _check_delivery(document: Document, report: Report) -> None:
    deliveries = document.top.parts["Delivery"]
    if len(deliveries) > 1:
        report("UBL-SR-24")
    for delivery in document.all("Delivery"):
        names = delivery.all_parts("DeliveryParty", "PartyName")
        if sum(name.count("Name") for name in names) > 1:
            report("UBL-SR-25", delivery)
        for address in delivery.all_parts("DeliveryLocation", "Address"):
            if not address.has("Country", "IdentificationCode"):
                report("BR-57", address)


def _check_registration(registration: Aggregate, report: Report) -> None:
    if "CompanyID" not in registration.texts or not registration.has("TaxScheme", "ID"):
        report("UBL-SR-53", registration)
    if registration.text("CompanyID")[:2] not in _VAT_NUMBER_PREFIXES and is_vat(registration):
        report("BR-CO-09", registration)

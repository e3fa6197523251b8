"""OIOUBL 2.1 on seller and buyer: identifiers, registrations, addresses, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes, codes_oioubl
from raaderum_invoice.rules.rule_ids import either

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

CVR, CPR, SE, GLN, EAN, P_NUMBER = "DK:CVR", "DK:CPR", "DK:SE", "GLN", "EAN", "DK:P"
COMPANY_NUMBER_LENGTH: Final = 10
PERSONAL_NUMBER_LENGTH: Final = 10
GLN_LENGTH: Final = 13
VAT_SCHEME: Final = "63"
VAT_NAME: Final = "Moms"
OUR_ADDRESS_LIST: Final = "urn:oioubl:codelist:addressformatcode-1.1"
UN_ADDRESS_LIST: Final = "UN/ECE 3477"
OUR_FORMATS: Final = frozenset(
    {"StructuredDK", "StructuredID", "StructuredLax", "StructuredRegion", "Unstructured"}
)
_PARTIES: Final = ("Party", "PayeeParty", "TaxRepresentativeParty", "DeliveryParty")
_STRUCTURED: Final = frozenset({"StreetName", "BuildingNumber", "CityName", "PostalZone"})
_EXCLUDED: Final = (
    ("MarkCareIndicator", "F-LIB166"),
    ("MarkAttentionIndicator", "F-LIB167"),
    ("AgentParty", "F-LIB168"),
)
_EXCLUDED_FROM_ADDRESSES: Final = (
    ("BlockName", "F-LIB210"),
    ("TimezoneOffset", "F-LIB211"),
    ("LocationCoordinate", "F-LIB212"),
)


def check_parties(document: Document, report: Report) -> None:
    """Check everybody that the document names."""
    top = document.top
    _check_seller(document, report)
    _check_buyer(document, report)
    for name in _PARTIES:
        for party in document.all(name):
            _check_party(party, report)
    for contact in document.all("Contact"):
        if not any(contact.texts.values()) and not contact.parts:
            report("F-LIB235", contact)
    for name in ("PostalAddress", "Address", "RegistrationAddress"):
        for address in document.all(name):
            _check_address(address, report)
    for scheme in document.all("TaxScheme"):
        _check_tax_scheme(scheme, report)
    if any("DataSendingCapability" in one.texts for one in top.parts.get("AccountingSupplierParty", ())):
        report(either(document, ("F-INV029", "F-CRN026")))


def _check_seller(document: Document, report: Report) -> None:
    for holder in document.top.parts.get("AccountingSupplierParty", ()):
        parties = holder.parts.get("Party", ())
        if len(parties) != 1:
            report(either(document, ("F-INV030", "F-CRN027")), holder)
        for party in parties:
            if not party.text("EndpointID"):
                report(either(document, ("F-INV031", "F-CRN028")), holder)
            if len(party.parts.get("PartyLegalEntity", ())) != 1:
                report(either(document, ("F-INV034", "F-CRN031")), holder)


def _check_buyer(document: Document, report: Report) -> None:
    for holder in document.top.parts.get("AccountingCustomerParty", ()):
        parties = holder.parts.get("Party", ())
        if len(parties) != 1:
            report(either(document, ("F-INV043", "F-CRN039")), holder)
        for party in parties:
            if not party.text("EndpointID"):
                report(either(document, ("F-INV044", "F-CRN040")), holder)
            contacts = party.parts.get("Contact", ())
            if len(contacts) != 1:
                report(either(document, ("F-INV046", "F-CRN042")), holder)
            elif not contacts[0].text("ID"):
                report(either(document, ("F-INV051", "F-CRN047")), holder)
            if len(party.parts.get("PartyLegalEntity", ())) > 1 and not document.is_credit_note:
                report("F-INV045", holder)


def _check_party(party: Aggregate, report: Report) -> None:
    if not party.first_text("PartyIdentification", "ID") and not party.first_text("PartyName", "Name"):
        report("F-LIB022", party)
    for name, rule in _EXCLUDED:
        if name in party.texts or name in party.parts:
            report(rule, party)
    if "EndpointID" in party.texts:
        _check_endpoint(party, report)
    for identification in party.parts.get("PartyIdentification", ()):
        _check_identification(identification, report)
    for registration in party.parts.get("PartyTaxScheme", ()):
        _check_registration(registration, report)
    for entity in party.parts.get("PartyLegalEntity", ()):
        _check_entity(entity, report)


def _check_endpoint(party: Aggregate, report: Report) -> None:
    value, scheme = party.text("EndpointID"), party.attribute("EndpointID", "schemeID") or ""
    if scheme not in codes_oioubl.ADDRESS_SCHEMES:
        report("F-LIB179", "EndpointID")
    _check_length(scheme, value, {CVR: "F-LIB180", GLN: "F-LIB181", EAN: "F-LIB216", CPR: "F-LIB215"}, report)


def _check_identification(identification: Aggregate, report: Report) -> None:
    value, scheme = identification.text("ID"), identification.attribute("ID", "schemeID") or ""
    if scheme not in codes_oioubl.PARTY_SCHEMES:
        report("F-LIB183", identification)
    rules = {CVR: "F-LIB184", CPR: "F-LIB217", GLN: "F-LIB185", EAN: "F-LIB218", P_NUMBER: "F-LIB287"}
    _check_length(scheme, value, rules, report)


def _check_registration(registration: Aggregate, report: Report) -> None:
    value, scheme = registration.text("CompanyID"), registration.attribute("CompanyID", "schemeID") or ""
    if "TaxLevelCode" in registration.texts:
        report("F-LIB192", registration)
    if not value:
        report("F-LIB193", registration)
    if scheme not in codes_oioubl.TAX_COMPANY_SCHEMES:
        report("F-LIB195", registration)
    _check_length(scheme, value, {SE: "F-LIB196"}, report)


def _check_entity(entity: Aggregate, report: Report) -> None:
    value, scheme = entity.text("CompanyID"), entity.attribute("CompanyID", "schemeID") or ""
    if "CorporateRegistrationScheme" in entity.parts:
        report("F-LIB186", entity)
    if not value:
        report("F-LIB187", entity)
    if scheme not in codes_oioubl.COMPANY_SCHEMES:
        report("F-LIB189", entity)
    _check_length(scheme, value, {CVR: "F-LIB190", CPR: "F-LIB191"}, report)


def _check_length(scheme: str, value: str, rules: dict[str, str], report: Report) -> None:
    rule = rules.get(scheme)
    if rule is not None and not _has_form_of(scheme, value):
        report(rule, scheme)


def _has_form_of(scheme: str, value: str) -> bool:
    if scheme in (CVR, SE):
        return len(value) == COMPANY_NUMBER_LENGTH and value.startswith("DK")
    return len(value) == (GLN_LENGTH if scheme in (GLN, EAN) else PERSONAL_NUMBER_LENGTH)


def _check_address(address: Aggregate, report: Report) -> None:
    form, listed = address.text("AddressFormatCode"), address.attribute("AddressFormatCode", "listID")
    agency = address.attribute("AddressFormatCode", "listAgencyID")
    scheme = address.attribute("ID", "schemeID")
    country = address.part("Country")
    code = country.text("IdentificationCode") if country is not None else None
    report.each(
        (
            ("F-LIB025", not form),
            ("F-LIB026", listed not in (OUR_ADDRESS_LIST, UN_ADDRESS_LIST)),
            ("F-LIB027", listed == OUR_ADDRESS_LIST and form not in OUR_FORMATS),
            ("F-LIB208", listed == UN_ADDRESS_LIST and agency != "6"),
            ("F-LIB209", listed == UN_ADDRESS_LIST and form not in tuple("123456789")),
            ("F-LIB213", code == ""),
            ("F-LIB301", bool(code) and code not in codes.COUNTRIES),
            ("F-LIB028", "ID" in address.texts and not scheme),
            ("F-LIB029", "ID" in address.texts and scheme is None),
        ),
        address,
    )
    for name, rule in _EXCLUDED_FROM_ADDRESSES:
        if name in address.texts or name in address.parts:
            report(rule, address)
    for rule in _broken_by_format(form, address):
        report(rule, address)


def _broken_by_format(form: str, address: Aggregate) -> Iterable[str]:
    structured = bool(address.texts.keys() & _STRUCTURED)
    lines, country = "AddressLine" in address.parts, "Country" in address.parts
    boxed = bool(address.text("Postbox"))
    tests = {
        "Unstructured": (("F-LIB031", structured or country),),
        "StructuredDK": (
            ("F-LIB032", lines),
            ("F-LIB033", not address.text("PostalZone")),
            ("F-LIB034", not address.text("StreetName") and not boxed),
            ("F-LIB035", not address.text("BuildingNumber") and not boxed),
        ),
        "StructuredLax": (("F-LIB036", lines),),
        "StructuredID": (("F-LIB037", not address.text("ID")), ("F-LIB038", structured or country)),
        "StructuredRegion": (
            ("F-LIB039", not _names_a_region(address)),
            ("F-LIB040", structured),
        ),
    }
    return [rule for rule, broken in tests.get(form, ()) if broken]


def _names_a_region(address: Aggregate) -> bool:
    return bool(
        address.first_text("Country", "IdentificationCode")
        or address.text("Region")
        or address.text("District")
    )


def _check_tax_scheme(scheme: Aggregate, report: Report) -> None:
    value, name = scheme.text("ID"), scheme.text("Name")
    kind, listed = scheme.texts.get("TaxTypeCode"), scheme.attribute("TaxTypeCode", "listID")
    report.each(
        (
            ("F-LIB065", not value),
            ("F-LIB066", not name),
            ("F-LIB067", value == VAT_SCHEME and kind is not None),
            ("F-LIB197", value not in (VAT_SCHEME, "VAT") and kind not in codes_oioubl.TAX_TYPES),
            ("F-LIB070", scheme.attribute("ID", "schemeID") not in codes_oioubl.TAX_SCHEME_LISTS),
            ("F-LIB071", kind is not None and listed not in codes_oioubl.TAX_TYPE_LISTS),
            ("F-LIB198", value == VAT_SCHEME and name not in ("", VAT_NAME)),
            ("F-LIB199", value not in ("", VAT_SCHEME) and name == VAT_NAME),
        ),
        scheme,
    )

"""OIOUBL 3.0 on parties, addresses, contacts, periods and attachments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes
from raaderum_invoice.rules.oioubl3_document import PRIVATE_PROFILE

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document, Leaf
    from raaderum_invoice.report import Report

PERSON_SCHEME: Final = "0237"
_ADDRESSES: Final = (
    "Address",
    "DespatchAddress",
    "JurisdictionRegionAddress",
    "OriginAddress",
    "PostalAddress",
    "RegistrationAddress",
    "ReturnAddress",
)
_FORMS: Final = {
    "0184": ("OIOUBL-COMMON-001", re.compile(r"\d{8}", re.ASCII)),
    "0096": ("OIOUBL-COMMON-003", re.compile(r"\d{10}", re.ASCII)),
    "0198": ("OIOUBL-COMMON-004", re.compile(r"DK\d{8}", re.ASCII)),
    PERSON_SCHEME: ("OIOUBL-COMMON-013", re.compile(r"\d{10}", re.ASCII)),
}
_HOLDERS: Final = frozenset(
    {
        ("PartyIdentification", "ID"),
        ("Party", "EndpointID"),
        ("PartyLegalEntity", "CompanyID"),
        ("PartyTaxScheme", "CompanyID"),
    }
)
_WITHOUT_SCHEME: Final = {
    ("Party", "EndpointID"): "OIOUBL-COMMON-111",
    ("PartyIdentification", "ID"): "OIOUBL-COMMON-112",
    ("PartyLegalEntity", "CompanyID"): "OIOUBL-COMMON-113",
    ("PartyTaxScheme", "CompanyID"): "OIOUBL-COMMON-114",
}
_ELECTRONIC_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]+")
_PERSONAL_NUMBER: Final = re.compile(r"\d{6}-?\d{4}", re.ASCII)
_TIME: Final = re.compile(r"\d{2}:\d{2}:\d{2}", re.ASCII)


def check_parties(document: Document, report: Report) -> None:
    """Check everybody that the document names, and how to reach them."""
    for party in document.all("Party"):
        _check_party(party, report)
    for leaf in document.identifiers:
        _check_identifier(leaf, report)
    _check_persons(document.top, report)
    for identification in document.top.all_parts("AccountingCustomerParty", "Party", "PartyIdentification"):
        if identification.count("ID") != 1:
            report("OIOUBL-COMMON-105", identification)
    _check_registrations(document, report)
    for name in _ADDRESSES:
        for address in document.all(name):
            _check_address(address, report)
    for contact in document.all("Contact"):
        _check_contact(contact, report)


def _check_persons(top: Aggregate, report: Report) -> None:
    """Check that a CPR number is a supplier's, and only where the profile is for private persons."""
    for entity in top.all_parts("AccountingCustomerParty", "Party", "PartyLegalEntity"):
        if entity.attribute("CompanyID", "schemeID") == PERSON_SCHEME:
            report("OIOUBL-BIL-100", entity)
    if top.text("ProfileID") == PRIVATE_PROFILE:
        return
    for entity in top.all_parts("AccountingSupplierParty", "Party", "PartyLegalEntity"):
        if entity.attribute("CompanyID", "schemeID") == PERSON_SCHEME:
            report("OIOUBL-COMMON-102", entity)


def _check_party(party: Aggregate, report: Report) -> None:
    entities = party.parts.get("PartyLegalEntity", ())
    numbers = sum(entity.count("CompanyID") for entity in entities)
    if not entities:
        report("OIOUBL-COMMON-100", party)
    if not numbers:
        report("OIOUBL-COMMON-101", party)
    if sum(name.count("Name") for name in party.parts.get("PartyName", ())) != 1:
        report("OIOUBL-COMMON-106", party)
    if len(entities) != 1:
        report("OIOUBL-COMMON-107", party)
    if numbers != 1:
        report("OIOUBL-COMMON-108", party)


def _check_identifier(leaf: Leaf, report: Report) -> None:
    owner, name, text, attributes = leaf
    if (owner.name, name) not in _HOLDERS:
        return
    scheme = dict(attributes).get("schemeID")
    if scheme is None:
        report(_WITHOUT_SCHEME[owner.name, name], owner)
    form = _FORMS.get(scheme or "")
    if form is not None and not (scheme == PERSON_SCHEME and name == "EndpointID"):
        if not form[1].fullmatch(text):
            report(form[0], owner)
    elif owner.name == "PartyTaxScheme" and scheme not in codes.IDENTIFIER_SCHEMES | {"ZZZ"}:
        report("OIOUBL-COMMON-115", owner)


def _check_registrations(document: Document, report: Report) -> None:
    categories = document.top.all_parts("TaxTotal", "TaxSubtotal", "TaxCategory")
    if all(category.texts.get("ID", "O") == "O" for category in categories):
        return
    for registration in document.all("PartyTaxScheme"):
        if "CompanyID" not in registration.texts:
            report("OIOUBL-COMMON-109", registration)
        if not registration.has("TaxScheme", "ID"):
            report("OIOUBL-COMMON-110", registration)


def _check_address(address: Aggregate, report: Report) -> None:
    street, house = address.count("StreetName") == 1, address.count("BuildingNumber") == 1
    if address.count("CityName") != 1 or address.count("PostalZone") != 1:
        report("OIOUBL-COMMON-008", address)
    if address.count("Postbox") != 1 and not (street and house):
        report("OIOUBL-COMMON-009", address)
    for name, rule in (("Floor", "OIOUBL-COMMON-010"), ("Room", "OIOUBL-COMMON-011")):
        if name in address.texts and not (street and house):
            report(rule, address)
    if street != house:
        report("OIOUBL-COMMON-012", address)


def _check_contact(contact: Aggregate, report: Report) -> None:
    if _PERSONAL_NUMBER.fullmatch(contact.text("ID")):
        report("OIOUBL-COMMON-125", contact)
    if not contact.text("Telephone").startswith(("+", "00")):
        report("OIOUBL-COMMON-126", contact)
    if not _ELECTRONIC_MAIL.fullmatch(contact.text("ElectronicMail")):
        report("OIOUBL-COMMON-127", contact)


def check_periods_and_attachments(document: Document, report: Report) -> None:
    """Check times that stand without a day, and how attachments are given."""
    for name, periods in document.everywhere.items():
        if name.endswith("Period"):
            for period in periods:
                _check_period(period, report)
    for attachment in document.all("Attachment"):
        _check_attachment(attachment, report)
    for reference in document.all("DocumentReference"):
        if "IssueTime" in reference.texts and "IssueDate" not in reference.texts:
            report("OIOUBL-COMMON-134", reference)


def _check_period(period: Aggregate, report: Report) -> None:
    texts = period.texts
    start, end = (
        (texts.get("StartDate", ""), texts.get("StartTime", "")),
        (texts.get("EndDate", ""), texts.get("EndTime", "")),
    )
    if all(start) and all(end) and start > end:
        report("OIOUBL-COMMON-121", period)
    if "StartTime" in texts and "StartDate" not in texts:
        report("OIOUBL-COMMON-122", period)
    if "EndTime" in texts and "EndDate" not in texts:
        report("OIOUBL-COMMON-123", period)
    for name in ("StartTime", "EndTime"):
        if name in texts and not _TIME.fullmatch(texts[name]):
            report("OIOUBL-COMMON-124", period)


def _check_attachment(attachment: Aggregate, report: Report) -> None:
    embedded = "EmbeddedDocumentBinaryObject"
    references = attachment.parts.get("ExternalReference", ())
    if embedded in attachment.texts:
        if references:
            report("OIOUBL-COMMON-128", attachment)
        if attachment.attribute(embedded, "filename") is None:
            report("OIOUBL-COMMON-129", attachment)
        if attachment.attribute(embedded, "mimeCode") not in codes.ATTACHMENT_TYPES:
            report("OIOUBL-COMMON-130", attachment)
    for reference in references:
        if not reference.text("URI"):
            report("OIOUBL-COMMON-131", attachment)
        if ("DocumentHash" in reference.texts) != ("HashAlgorithmMethod" in reference.texts):
            report("OIOUBL-COMMON-132", attachment)
        if "ExpiryTime" in reference.texts and "ExpiryDate" not in reference.texts:
            report("OIOUBL-COMMON-133", attachment)

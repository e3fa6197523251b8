"""Answers to suppliers: Peppol BIS Invoice Response 3, and the ApplicationResponse of OIOUBL 2.1 and 3.0.

The codes of Peppol are those of its published lists UNCL4343OpSubset and OPStatusReason; OIOUBL 3.0
takes them over. Those of OIOUBL 2.1 are of its list responsecode-1.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from raaderum.plugin_api import AnswerReason, AnswerStatus
from raaderum_invoice.extraction import NotUbl, extract
from raaderum_invoice.formats import Format, format_of
from raaderum_invoice.rules.en16931_parties import buyer, seller
from raaderum_invoice.safe_xml import Refusal, parse
from raaderum_invoice.vocabulary import AGGREGATE, BASIC, UBL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from raaderum.plugin_api import InvoiceAnswer
    from raaderum_invoice.document import Aggregate, Document

PEPPOL_RESPONSE: Final = "urn:fdc:peppol.eu:poacc:trns:invoice_response:3"
PEPPOL_PROFILE: Final = "urn:fdc:peppol.eu:poacc:bis:invoice_response:3"
OIOUBL_3_RESPONSE: Final = f"{PEPPOL_RESPONSE}@urn:fdc:oioubl.dk:trns:billing:invoice_response:3.0"
OIOUBL_3_PROFILE: Final = "urn:fdc:oioubl.dk:bis:billing_with_response:3"
PEPPOL_CODES: Final[Mapping[AnswerStatus, str]] = {
    AnswerStatus.ACCEPTED: "AP",
    AnswerStatus.REJECTED: "RE",
    AnswerStatus.UNDER_QUERY: "UQ",
    AnswerStatus.PAID: "PD",
}
PEPPOL_REASONS: Final[Mapping[AnswerReason, str]] = {
    AnswerReason.REFERENCES: "REF",
    AnswerReason.LEGAL: "LEG",
    AnswerReason.UNRECOGNISED: "UNR",
    AnswerReason.PRICES: "PRI",
    AnswerReason.OTHER: "OTH",
}
NEED_A_REASON: Final = frozenset({AnswerStatus.REJECTED, AnswerStatus.UNDER_QUERY})
OIOUBL_2_CODES: Final[Mapping[AnswerStatus, str]] = {
    AnswerStatus.ACCEPTED: "BusinessAccept",
    AnswerStatus.REJECTED: "BusinessReject",
}
_TYPE_CODES: Final = {"Invoice": "380", "CreditNote": "381"}
_NAMESPACES: Final = {None: f"{UBL}ApplicationResponse-2", "cac": AGGREGATE[1:-1], "cbc": BASIC[1:-1]}
_OIOUBL: Final = {"listAgencyID": "320"}


@dataclass(frozen=True, slots=True)
class _Answered:
    """What of the answered document goes into the answer."""

    document: Document
    customer: Aggregate
    supplier: Aggregate


def response_to(content: bytes, answer: InvoiceAnswer) -> bytes | None:
    """Return the answer to a document; None where it cannot be sent or its format has none.

    A document can be answered that breaks rules, as long as it says who sent it, to whom, and its number.
    """
    root = parse(content)
    if isinstance(root, Refusal):
        return None
    try:
        document = extract(root)
    except NotUbl:
        return None
    customer, supplier = buyer(document), seller(document)
    if document.top.name not in _TYPE_CODES or customer is None or supplier is None:
        return None
    if not all((document.top.text("ID"), customer.text("EndpointID"), supplier.text("EndpointID"))):
        return None
    return _written(_Answered(document, customer, supplier), answer)


def _written(answered: _Answered, answer: InvoiceAnswer) -> bytes | None:
    top = answered.document.top
    match format_of(answered.document):
        case Format.PEPPOL:
            return _peppol(answered, answer, PEPPOL_RESPONSE, PEPPOL_PROFILE)
        case Format.OIOUBL_3 if top.text("ProfileID") == OIOUBL_3_PROFILE:
            return _peppol(answered, answer, OIOUBL_3_RESPONSE, OIOUBL_3_PROFILE)
        case Format.OIOUBL_2 if answer.status in OIOUBL_2_CODES:
            return _oioubl(answered, answer)
        case _:
            return None


def _peppol(answered: _Answered, answer: InvoiceAnswer, customization: str, profile: str) -> bytes:
    root = _root()
    _text(root, "CustomizationID", customization)
    _text(root, "ProfileID", profile)
    _text(root, "ID", answer.id)
    _text(root, "IssueDate", answer.answered_at.date().isoformat())
    _text(root, "IssueTime", answer.answered_at.strftime("%H:%M:%S"))
    _party(_part(root, "SenderParty"), answered.customer, with_name=False)
    _party(_part(root, "ReceiverParty"), answered.supplier, with_name=False)
    told = _part(root, "DocumentResponse")
    response = _part(told, "Response")
    _text(response, "ResponseCode", PEPPOL_CODES[answer.status])
    _text(response, "EffectiveDate", answer.answered_at.date().isoformat())
    reason = answer.reason or (AnswerReason.OTHER if answer.status in NEED_A_REASON else None)
    if reason is not None:
        status = _part(response, "Status")
        _text(status, "StatusReasonCode", PEPPOL_REASONS[reason], listID="OPStatusReason")
        _text(status, "StatusReason", answer.explanation)
    reference = _part(told, "DocumentReference")
    top = answered.document.top
    _text(reference, "ID", top.text("ID"))
    _text(reference, "IssueDate", top.text("IssueDate"))
    written = top.text("InvoiceTypeCode") or top.text("CreditNoteTypeCode")
    _text(reference, "DocumentTypeCode", written or _TYPE_CODES[top.name])
    return _bytes(root)


def _oioubl(answered: _Answered, answer: InvoiceAnswer) -> bytes:
    root, top = _root(), answered.document.top
    _text(root, "UBLVersionID", "2.1")
    _text(root, "CustomizationID", "OIOUBL-2.1")
    _text(root, "ProfileID", top.text("ProfileID"), **dict(top.attributes.get("ProfileID", ())))
    _text(root, "ID", answer.id)
    _text(root, "IssueDate", answer.answered_at.date().isoformat())
    _party(_part(root, "SenderParty"), answered.customer, with_name=True)
    _party(_part(root, "ReceiverParty"), answered.supplier, with_name=True)
    told = _part(root, "DocumentResponse")
    response = _part(told, "Response")
    _text(response, "ReferenceID", "1")
    codes = {**_OIOUBL, "listID": "urn:oioubl:codelist:responsecode-1.1"}
    _text(response, "ResponseCode", OIOUBL_2_CODES[answer.status], **codes)
    _text(response, "Description", answer.explanation)
    reference = _part(told, "DocumentReference")
    _text(reference, "ID", top.text("ID"))
    _text(reference, "UUID", top.text("UUID"))
    _text(reference, "IssueDate", top.text("IssueDate"))
    types = {**_OIOUBL, "listID": "urn:oioubl:codelist:responsedocumenttypecode-1.2"}
    _text(reference, "DocumentTypeCode", top.name, **types)
    return _bytes(root)


def _party(into: _Element, party: Aggregate, *, with_name: bool) -> None:
    """Write who a party is, as it was called on the document."""
    _copied(into, party, "EndpointID")
    identification = party.part("PartyIdentification")
    if identification is not None:
        _copied(_part(into, "PartyIdentification"), identification, "ID")
    name = party.first_text("PartyName", "Name")
    registered = party.first_text("PartyLegalEntity", "RegistrationName") or name
    if with_name and (name or registered):
        _text(_part(into, "PartyName"), "Name", name or registered)
    if registered:
        entity = _part(into, "PartyLegalEntity")
        _text(entity, "RegistrationName", registered)
        legal = party.part("PartyLegalEntity")
        if with_name and legal is not None:
            _copied(entity, legal, "CompanyID")


def _copied(into: _Element, source: Aggregate, name: str) -> None:
    _text(into, name, source.text(name), **dict(source.attributes.get(name, ())))


def _root() -> _Element:
    return etree.Element(f"{{{UBL}ApplicationResponse-2}}ApplicationResponse", nsmap=_NAMESPACES)


def _part(into: _Element, name: str) -> _Element:
    return etree.SubElement(into, AGGREGATE + name)


def _text(into: _Element, name: str, text: str, **attributes: str) -> None:
    """Write an element where there is something to write: UBL allows no empty ones."""
    if text:
        element = etree.SubElement(into, BASIC + name, attributes)
        element.text = text


def _bytes(root: _Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

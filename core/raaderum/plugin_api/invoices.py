"""Readers of suppliers' electronic invoices and credit notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol, runtime_checkable

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

_NOTHING: Final = Oere(0)


class DocumentKind(StrEnum):
    """What a file turned out to be."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    REMINDER = "reminder"
    """Asks for an invoice that was sent before, with or without a fee; never paid as an invoice."""
    OTHER = "other"
    """A response or another business document that nobody pays from."""
    UNREADABLE = "unreadable"


class Verdict(StrEnum):
    """Whether the file itself can be paid from; matching to a purchase comes later."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that the file breaks. `rule` is the official id (`BR-CO-15`, `PEPPOL-EN16931-R010`,
    `DK-R-002`, `F-INV…`, `F-LIB…`) or, for our own rules, `RD-…`. A warning never rejects.
    """

    rule: str
    fatal: bool
    message: Text
    where: str = ""


@dataclass(frozen=True, slots=True)
class SupplierInvoice:
    """What a supplier's invoice or credit note says, the same for every format.

    Amounts are in the smallest unit (øre) of `currency` and not negated for credit notes.
    `supplier_cvr` is eight digits, or None where the supplier is a private person or foreign;
    `supplier_key` identifies the supplier for the duplicate check and holds no CPR number in
    clear. `references` are all texts that may hold our short code, the order reference first.
    `prepaid` is what the invoice says was paid before it, `is_deposit` whether it asks for a part before
    delivery. `reminded_numbers` are the invoices that a reminder is about, `fee` what it asks for itself.
    """

    supplier_name: str
    supplier_cvr: str | None
    supplier_key: str
    number: str
    issued_on: date | None
    due_on: date | None
    currency: str
    payable: Oere | None
    vat: Oere | None
    order_reference: str | None
    references: tuple[str, ...]
    credited_number: str | None = None
    prepaid: Oere = _NOTHING
    is_deposit: bool = False
    reminded_numbers: tuple[str, ...] = ()
    fee: Oere = _NOTHING


class AnswerStatus(StrEnum):
    """What a supplier is told has become of an invoice or credit note."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDER_QUERY = "under_query"
    PAID = "paid"


class AnswerReason(StrEnum):
    """Why something was rejected or asked about, for the supplier's system."""

    REFERENCES = "references"
    """Our code or another reference is missing or wrong."""
    LEGAL = "legal"
    """The document breaks rules that the law or its format sets."""
    UNRECOGNISED = "unrecognised"
    """Nobody here knows of the purchase."""
    PRICES = "prices"
    """The amount is not what was agreed."""
    OTHER = "other"
    """What `explanation` says."""


@dataclass(frozen=True, slots=True)
class InvoiceAnswer:
    """What a supplier is to be told about one document. `explanation` is in Danish and names no citizen.

    `id` is our own number of the answer; `answered_at` is aware and in any zone.
    """

    id: str
    answered_at: datetime
    status: AnswerStatus
    reason: AnswerReason | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceReading:
    """The whole result of reading one file; `invoice` is None where nothing could be read."""

    format: str
    kind: DocumentKind
    verdict: Verdict
    invoice: SupplierInvoice | None
    findings: tuple[Finding, ...] = ()

    @property
    def broken_rules(self) -> tuple[str, ...]:
        """The ids of the rules whose breach rejects the file, in order, each once."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings if finding.fatal))


@runtime_checkable
class InvoiceReader(Protocol):
    """Reads one family of electronic invoices. Keeps no state; safe in several threads."""

    @property
    def identifier(self) -> str:
        """The name that files and other programs call it by; never changes."""
        ...

    @property
    def name(self) -> Text:
        """What people call it."""
        ...

    def recognises(self, content: bytes) -> bool:
        """Say, cheaply and without raising, whether `content` is for this reader."""
        ...

    def read(self, content: bytes) -> InvoiceReading:
        """Read `content` and check it. Never raises on bad content: what is wrong is a finding."""
        ...


@runtime_checkable
class AnswersInvoices(Protocol):
    """A reader that can also answer the documents it reads; optional beside `InvoiceReader`."""

    def response(self, content: bytes, answer: InvoiceAnswer) -> bytes | None:
        """Return the electronic answer to the document `content`, ready to be sent to its supplier.

        None where its format has no such answer, or where the document does not say enough to be answered.
        """
        ...

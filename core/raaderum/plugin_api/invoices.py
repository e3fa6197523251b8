"""Readers of suppliers' electronic invoices and credit notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text


class DocumentKind(StrEnum):
    """What a file turned out to be."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    OTHER = "other"
    """A reminder, a response or another business document that nobody pays from."""
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

"""What becomes of a supplier's file; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.money import format_kroner
from raaderum.kernel.text import Text
from raaderum.plugin_api import DocumentKind, Finding, InvoiceReading, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


class InvoiceOutcome(StrEnum):
    """What became of a file. The first six are found by the machine, the others by a person."""

    MATCHED = "matched"
    SUGGESTED = "suggested"
    UNMATCHED = "unmatched"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    REMINDER = "reminder"
    """It asks for another invoice, and waits until somebody has seen to that."""
    APPROVED = "approved"
    DISMISSED = "dismissed"
    CREDITED = "credited"
    """Wholly taken back by credit notes before it was paid."""


OUTCOME_NAMES: Final[Mapping[InvoiceOutcome, Text]] = {
    InvoiceOutcome.MATCHED: Text("passer til et køb", "matched"),
    InvoiceOutcome.SUGGESTED: Text("forslag", "suggested"),
    InvoiceOutcome.UNMATCHED: Text("uden køb", "unmatched"),
    InvoiceOutcome.DUPLICATE: Text("dublet", "duplicate"),
    InvoiceOutcome.REJECTED: Text("afvist af regler", "rejected by rules"),
    InvoiceOutcome.REMINDER: Text("rykker", "reminder"),
    InvoiceOutcome.APPROVED: Text("godkendt", "approved"),
    InvoiceOutcome.DISMISSED: Text("afvist", "dismissed"),
    InvoiceOutcome.CREDITED: Text("krediteret før betaling", "credited before payment"),
}
OPEN_OUTCOMES: Final = (InvoiceOutcome.MATCHED, InvoiceOutcome.SUGGESTED, InvoiceOutcome.UNMATCHED)
DISMISSABLE: Final = (*OPEN_OUTCOMES, InvoiceOutcome.REMINDER)


class CannotAskSupplier(Conflict):
    """The supplier has been asked already, or the file's format has no way to answer."""

    code = "cannot_ask_supplier"
    text = Text(
        "Leverandøren er allerede spurgt, eller fakturaens format kan ikke svares på. Ring i stedet.",
        "The supplier has been asked already, or the invoice's format cannot be answered. Telephone instead.",
    )


@dataclass(frozen=True, slots=True)
class Match:
    """What a file was found to belong to, and why; `purchase_id` is None where nothing was found.

    `enrolment_id` is the purchase's, where it was seen on the way. `about_id` is the invoice, and
    `payout_id` the payment, that a credit note or a reminder is about.
    """

    outcome: InvoiceOutcome
    explanation: Text
    purchase_id: UUID | None = None
    enrolment_id: UUID | None = None
    about_id: UUID | None = None
    payout_id: UUID | None = None


class InvoiceMoveForbidden(Conflict):
    """The file is not where the act needs it to be."""

    code = "invoice_move_forbidden"
    text = Text(
        "Fakturaen er »{state}«, så det kan ikke gøres.",
        "The invoice is “{state_english}”, so it cannot be done.",
    )


class InvoiceAboveCommitted(RuleBroken):
    """The supplier asks for more than is left of what was approved for the purchase."""

    code = "invoice_above_committed"
    text = Text(
        "Fakturaen er på {payable}, men der er kun {left} tilbage af købet, som blev godkendt til "
        "{committed}. Bed om et nyt køb.",
        "The invoice is for {payable}, but only {left} is left of the purchase, which was approved for "
        "{committed}. Ask for a new purchase.",
    )


class NothingToPay(RuleBroken):
    """An invoice or credit note without an amount above 0, such as one that was paid beforehand."""

    code = "nothing_to_pay"
    text = Text(
        "Der er ikke noget beløb at betale på fakturaen. Læg den til side med en begrundelse.",
        "There is no amount to pay on the invoice. Put it aside with a reason.",
    )


class FileTooLarge(InvalidInput):
    """A file beyond what is taken in."""

    code = "file_too_large"
    text = Text(
        "Filen fylder {size} byte; der er plads til {most}. Bed leverandøren sende den uden bilag.",
        "The file has {size} bytes; there is room for {most}. Ask the supplier to leave attachments out.",
    )


_FIT: Final = frozenset({DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.REMINDER})
LARGEST_FILE: Final = 10_000_000
"""Bytes; a UBL invoice with an embedded PDF stays well below."""

NOT_AN_INVOICE: Final = Text(
    "Filen er ikke en faktura eller kreditnota i et format, vi kan læse.",
    "The file is not an invoice or credit note in a format that we can read.",
)
READER_FAILED: Final = Text(
    "Læseren »{reader}« fejlede på filen. Kontakt driften, og læg filen ind igen bagefter.",
    "The reader “{reader}” failed on the file. Contact operations, and take the file in again afterwards.",
)
ALREADY_RECEIVED: Final = Text(
    "Vi har allerede denne faktura fra leverandøren med samme nummer.",
    "We already have this invoice from the supplier under the same number.",
)
NO_REFERENCE: Final = Text(
    "Vi fandt ingen af vores koder på fakturaen og intet åbent køb hos leverandøren på beløbet.",
    "We found none of our codes on the invoice, and no open purchase from the supplier for the amount.",
)
SEVERAL_PURCHASES: Final = Text(
    "Flere åbne køb hos leverandøren har dette beløb. Vælg det rigtige.",
    "Several open purchases from the supplier have this amount. Choose the right one.",
)
BY_SUPPLIER_AND_AMOUNT: Final = Text(
    "Leverandør og beløb passer til et åbent køb, men vores kode mangler. Se efter, om det er rigtigt.",
    "Supplier and amount fit an open purchase, but our code is missing. Check that it is right.",
)
BY_CODE: Final = Text("Vores kode {code} står på fakturaen.", "Our code {code} stands on the invoice.")
PURCHASE_NOT_OPEN: Final = Text(
    "Koden {code} hører til et køb, der er »{state}«.",
    "The code {code} belongs to a purchase that is “{state_english}”.",
)
ANOTHER_SUPPLIER: Final = Text(
    "Koden {code} passer, men købet blev godkendt hos en anden leverandør.",
    "The code {code} fits, but the purchase was approved from another supplier.",
)
ENROLMENT_OVER: Final = Text(
    "Koden {code} passer, men borgerens forløb er afsluttet. Se efter, om varen er leveret i tide.",
    "The code {code} fits, but the citizen's enrolment has ended. Check that delivery was in time.",
)
ABOVE_COMMITTED: Final = Text(
    "Koden {code} passer, men fakturaen er på {payable}, og der er kun {left} tilbage af købet på "
    "{committed}.",
    "The code {code} fits, but the invoice is for {payable}, and only {left} is left of the purchase of "
    "{committed}.",
)
DEPOSIT: Final = Text(
    "Koden {code} passer. Leverandøren beder om en del på forhånd; resten kommer på en senere faktura.",
    "The code {code} fits. The supplier asks for a part beforehand; the rest comes on a later invoice.",
)
PREPAID: Final = Text(
    "Koden {code} passer. Alt er betalt på forhånd: købet lukkes uden betaling, når fakturaen godkendes.",
    "The code {code} fits. All was paid beforehand: approving it closes the purchase without a payment.",
)
PREPAID_DIFFERS: Final = Text(
    "Koden {code} passer, men leverandøren skriver, at {prepaid} er betalt på forhånd, og vi har betalt "
    "{paid}. Se efter, før den godkendes.",
    "The code {code} fits, but the supplier writes that {prepaid} was paid beforehand, and we have paid "
    "{paid}. Check before approving it.",
)


def check_size(content: bytes) -> None:
    """Raise `FileTooLarge` beyond what is taken in."""
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(where="file", size=len(content), most=LARGEST_FILE)


def rejected_by(reading: InvoiceReading) -> Match | None:
    """Return the rejection of a file that nobody can pay from; None where it is fit to be matched."""
    if reading.kind not in _FIT or reading.invoice is None:
        first = next((finding.message for finding in reading.findings), NOT_AN_INVOICE)
        return Match(InvoiceOutcome.REJECTED, first)
    if reading.verdict is Verdict.REJECTED:
        rules = ", ".join(reading.broken_rules)
        explanation = Text(
            f"Fakturaen bryder regler: {rules}. Bed leverandøren sende en ny.",
            f"The invoice breaks rules: {rules}. Ask the supplier for a new one.",
        )
        return Match(InvoiceOutcome.REJECTED, explanation)
    return None


def unreadable() -> InvoiceReading:
    """Return the reading of a file that no reader recognises."""
    finding = Finding(rule="RD-FORMAT", fatal=True, message=NOT_AN_INVOICE)
    return InvoiceReading("unknown", DocumentKind.UNREADABLE, Verdict.REJECTED, None, (finding,))


def reader_failed(reader: str) -> InvoiceReading:
    """Return the reading of a file on which the reader of that name failed."""
    finding = Finding(rule="RD-READER", fatal=True, message=READER_FAILED.filled(reader=reader))
    return InvoiceReading("unknown", DocumentKind.UNREADABLE, Verdict.REJECTED, None, (finding,))


def above_committed(code: str, *, payable: int, left: int, committed: int) -> Text:
    """Return the explanation of an invoice that asks for more than is left; amounts in øre."""
    return ABOVE_COMMITTED.filled(
        code=code,
        payable=format_kroner(payable),
        left=format_kroner(left),
        committed=format_kroner(committed),
    )


def is_last(*, payable: int, left: int, is_deposit: bool, told: bool | None) -> bool:
    """Say whether an invoice is the last one of its purchase: what the person `told`, else by the amount.

    One over exactly what is left is; a deposit never is, as its final invoice is still to come.
    """
    if told is not None:
        return told
    return payable == left and not is_deposit

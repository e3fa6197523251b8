"""Whom a purchase's money goes to: a supplier who sends an invoice, or somebody it is transferred to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput
from raaderum.kernel.text import Text
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.plugin_api import BankAccount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from raaderum.persistence.database import TenantOwned


LONGEST_PAYEE_NAME: Final = 140
"""What `pain.001` has room for."""


class PurchaseMethod(StrEnum):
    """How a purchase is paid."""

    INVOICE = "invoice"
    TRANSFER = "transfer"


class PayeeKind(StrEnum):
    """Whom a transfer goes to."""

    NEMKONTO = "nemkonto"
    """The citizen's own NemKonto, found by CPR number when it is sent; no account is kept."""
    ACCOUNT = "account"
    """An account that was written down, such as a landlord's; kept sealed."""


PAYEE_KIND_NAMES: Final[Mapping[PayeeKind, Text]] = {
    PayeeKind.NEMKONTO: Text("NemKonto", "NemKonto"),
    PayeeKind.ACCOUNT: Text("Konto", "Account"),
}


class PayeeNameMissing(InvalidInput):
    """An account without a word on whose it is."""

    code = "payee_name_missing"
    text = Text("Skriv, hvem kontoen tilhører.", "Write whom the account belongs to.")


class PayeeNameTooLong(InvalidInput):
    """A name that no payment file has room for."""

    code = "payee_name_too_long"
    text = Text(
        "Skriv højst {most} tegn om, hvem kontoen tilhører.",
        "Write at most {most} characters about whom the account belongs to.",
    )


class PaidByTransfer(Conflict):
    """An invoice was to be paid for a purchase whose money is transferred."""

    code = "paid_by_transfer"
    text = Text(
        "Købet betales ved overførsel, så en faktura kan ikke betales for det. Find det rigtige køb.",
        "The purchase is paid by transfer, so no invoice can be paid for it. Find the right purchase.",
    )


@dataclass(frozen=True, slots=True)
class TransferPayee:
    """Whom a transfer goes to; name and account only where it is not the citizen's NemKonto."""

    kind: PayeeKind
    name: str = field(default="", repr=False)
    account: BankAccount | None = field(default=None, repr=False)


CITIZENS_NEMKONTO: Final = TransferPayee(PayeeKind.NEMKONTO)


def account_of(name: str, account: BankAccount) -> TransferPayee:
    """Return the payee of a checked account; raise `PayeeNameMissing` or `PayeeNameTooLong`."""
    written = name.strip()
    if not written:
        raise PayeeNameMissing(where="payee_name")
    if len(written) > LONGEST_PAYEE_NAME:
        raise PayeeNameTooLong(where="payee_name", most=LONGEST_PAYEE_NAME)
    return TransferPayee(PayeeKind.ACCOUNT, written, account)


def keep_payee(session: Session, row: TenantOwned, payee: TransferPayee) -> None:
    """Keep whom `row` pays; it must have its id already."""
    row.payee_kind = payee.kind  # type: ignore[attr-defined] # both rows that pay somebody have it
    if payee.account is not None:
        content = {"name": payee.name, "account": asdict(payee.account)}
        seal_field(session, row, "payee", json.dumps(content))


def payee_kept(session: Session, row: TenantOwned, kind: str) -> TransferPayee:
    """Return whom `row` pays, as it was kept under `kind`."""
    written = open_field(session, row, "payee")
    if not written:
        return TransferPayee(PayeeKind(kind))
    content = json.loads(written)
    return TransferPayee(PayeeKind(kind), content["name"], BankAccount(**content["account"]))

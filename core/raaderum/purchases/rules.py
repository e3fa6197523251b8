"""Purchases: states and what a request must hold; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from stdnum.dk import cvr as cvr_numbers
from stdnum.exceptions import ValidationError

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class PurchaseState(StrEnum):
    """Where a purchase is. The money of an approved one is set aside."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    CLOSED = "closed"


PURCHASE_STATE_NAMES: Final[Mapping[PurchaseState, Text]] = {
    PurchaseState.REQUESTED: Text("venter på godkendelse", "awaiting approval"),
    PurchaseState.APPROVED: Text("godkendt, endnu ikke betalt", "approved, not yet paid"),
    PurchaseState.REFUSED: Text("afslået", "refused"),
    PurchaseState.CLOSED: Text("afsluttet", "closed"),
}


class PurchaseMoveForbidden(Conflict):
    """The purchase is not where the act needs it to be."""

    code = "purchase_move_forbidden"
    text = Text(
        "Købet er »{state}«, så det kan ikke gøres.",
        "The purchase is “{state_english}”, so it cannot be done.",
    )


class PeriodOver(RuleBroken):
    """The months of the drawing right have passed."""

    code = "period_over"
    text = Text(
        "Trækningsretten udløb {last}. Nye køb kræver en forlængelse.",
        "The drawing right expired on {last}. New purchases need an extension.",
    )


class NoApprovedPlan(RuleBroken):
    """The item does not belong to the plan that is in force."""

    code = "no_approved_plan"
    text = Text(
        "Posten står ikke i den godkendte plan. Få planen ændret først.",
        "The item is not in the approved plan. Have the plan changed first.",
    )


class PurchaseInvalid(InvalidInput):
    """A request that lacks what a request must have."""

    code = "purchase_invalid"
    text = Text("{reason}", "{reason_english}")


class CvrInvalid(InvalidInput):
    """A CVR number with a wrong check digit or length."""

    code = "cvr_invalid"
    text = Text(
        "CVR-nummeret er ikke gyldigt. Skriv otte cifre, som de står på tilbuddet.",
        "The CVR number is not valid. Write eight digits as on the quote.",
    )


def check_cvr(written: str) -> str:
    """Return the eight digits of a CVR number; raise `CvrInvalid`."""
    try:
        return str(cvr_numbers.validate(written))
    except ValidationError as error:
        raise CvrInvalid(where="supplier_cvr") from error


def check_request(*, description: str, supplier_name: str, amount: int) -> None:
    """Raise `PurchaseInvalid` naming the first field that is missing or wrong."""
    if amount <= 0:
        raise PurchaseInvalid(
            where="amount",
            reason="Beløbet skal være over 0 kr.",
            reason_english="The amount must be above 0 kr.",
        )
    if not description.strip():
        raise PurchaseInvalid(
            where="description",
            reason="Skriv, hvad der skal købes.",
            reason_english="Write what is to be bought.",
        )
    if not supplier_name.strip():
        raise PurchaseInvalid(
            where="supplier_name",
            reason="Skriv, hvor det skal købes.",
            reason_english="Write where it is to be bought.",
        )


def check_state(state: str, wanted: PurchaseState) -> None:
    """Raise `PurchaseMoveForbidden` unless the purchase is where it must be."""
    if state != wanted:
        name = PURCHASE_STATE_NAMES[PurchaseState(state)]
        raise PurchaseMoveForbidden(where="purchase", state=name.danish, state_english=name.english)

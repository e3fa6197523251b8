"""Allowances and charges share one element; an indicator tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate

ALLOWANCE: Final = "allowance"
CHARGE: Final = "charge"
_KINDS: Final = {"false": ALLOWANCE, "0": ALLOWANCE, "true": CHARGE, "1": CHARGE}


def kind_of(allowance: Aggregate) -> str | None:
    """Return `ALLOWANCE` or `CHARGE`, or None where the indicator says neither."""
    return _KINDS.get(allowance.texts.get("ChargeIndicator", ""))


def is_allowance(allowance: Aggregate) -> bool:
    """Say whether it makes the invoice smaller."""
    return kind_of(allowance) == ALLOWANCE


def is_charge(allowance: Aggregate) -> bool:
    """Say whether it makes the invoice bigger."""
    return kind_of(allowance) == CHARGE

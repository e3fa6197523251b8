"""Arithmetic as the official rules do it: exact decimals, halves rounded upwards."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum_invoice.document import Aggregate, Leaf

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)
HUNDRED: Final = Decimal(100)
OERE_DECIMALS: Final = 2
LARGEST: Final = 10**15
"""Hundredths. Ten thousand billion kroner."""
_UNITS: Final = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
_WIDE: Final = Context(prec=80)
"""Room for the product of any two numbers that can be read."""
_ONE_NUMBER: Final = r"[+-]?(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})"
_NUMBER: Final = re.compile(_ONE_NUMBER, re.ASCII)
_ALL_NUMBERS: Final = re.compile(rf"(?:{_ONE_NUMBER} )*", re.ASCII)
_MOST_TWO_DECIMALS: Final = re.compile(r"(?:[^ .]*(?:\.[^ .]{0,2})? )*")


def unreadable(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return those that are not plain decimal numbers of a sane length."""
    if _ALL_NUMBERS.fullmatch(_joined(leaves)):
        return []
    return [leaf for leaf in leaves if not _NUMBER.fullmatch(leaf[2])]


def with_more_than_two_decimals(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return those with three decimals or more."""
    if _MOST_TWO_DECIMALS.fullmatch(_joined(leaves)):
        return []
    return [leaf for leaf in leaves if decimals(leaf[2]) > OERE_DECIMALS]


def _joined(leaves: Iterable[Leaf]) -> str:
    return "".join([leaf[2] + " " for leaf in leaves])


def decimals(text: str) -> int:
    """Count the digits behind the point."""
    return len(text.partition(".")[2])


def number(aggregate: Aggregate | None, name: str) -> Decimal | None:
    """Return a number of `aggregate`, or None where it is absent. Must have been found readable."""
    text = aggregate.texts.get(name) if aggregate is not None else None
    return Decimal(text) if text is not None else None


def total(aggregates: Iterable[Aggregate], name: str) -> Decimal:
    """Add up a number of each of `aggregates`; absent ones count as 0."""
    return sum([Decimal(one.texts[name]) for one in aggregates if name in one.texts], ZERO)


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Round as XPath's `round` does: a half goes towards plus infinity."""
    rounding = ROUND_HALF_DOWN if value < ZERO else ROUND_HALF_UP
    return value.quantize(_UNITS[places], rounding, _WIDE)


def minor_units(text: str | None) -> Oere | None:
    """Return an amount in hundredths, or None where it is absent, not whole or beyond any bank."""
    if text is None or not _NUMBER.fullmatch(text):
        return None
    scaled = Decimal(text) * HUNDRED
    whole = int(scaled)
    return Oere(whole) if whole == scaled and abs(whole) <= LARGEST else None

"""A card in another currency over a budget in øre: exact, in whole numbers, and said how it is rounded.

Stripe documents cards in EUR, USD and GBP only. A unit here is the smallest one of the card's
currency (a cent or a penny); the rate is kroner per euro (dollar, pound), which is the same number
as øre per unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from raaderum.plugin_api import Oere

_DECIMAL: Final = re.compile(r"\d{1,4}(?:[.,]\d{1,8})?", re.ASCII)
_LEAST_RATE: Final = Fraction(3, 2)
"""Above 1: no two billed amounts then cost the same number of øre, and each is found again from its cost."""
_LARGEST_RATE: Final = Fraction(100)
_LARGEST_MARGIN: Final = Fraction(50)
_DANISH: Final = "dkk"


class CardCurrency(StrEnum):
    """What a card can be in. Each has a hundred units."""

    EUR = "eur"
    USD = "usd"
    GBP = "gbp"


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one unit of the card's currency costs in øre, and what is held on top in percent.

    The rate is the municipality's own statement, not the network's: what a payment really cost is
    known when it is captured, and the difference is booked as such.
    """

    oere_per_unit: Fraction
    margin_percent: Fraction

    def cost(self, units: int) -> Oere:
        """Return what `units` cost at the rate, rounded to the nearest øre, a half upwards."""
        return Oere(_nearest(units * self.oere_per_unit))

    def held(self, units: int) -> Oere:
        """Return what is held for `units`: their cost and the margin, rounded up."""
        exact = units * self.oere_per_unit * (100 + self.margin_percent) / 100
        return Oere(-(-exact.numerator // exact.denominator))

    def units_within(self, amount: int) -> int:
        """Return the most units that cost no more than `amount` øre: rounded down."""
        exact = amount / self.oere_per_unit
        return exact.numerator // exact.denominator

    def units_of_cost(self, cost: int) -> int:
        """Return the units whose `cost` this is."""
        return _nearest(cost / self.oere_per_unit)


@dataclass(frozen=True, slots=True)
class Billed:
    """An amount as the network tells it: billed in the card's currency, asked for in the shop's."""

    units: int
    shop_amount: int
    shop_currency: str

    def held(self, rate: ExchangeRate) -> Oere:
        """Return what a hold takes of the budget: the shop's own øre, else the cost with the margin."""
        return Oere(self.shop_amount) if self.is_danish else rate.held(self.units)

    def borne(self, rate: ExchangeRate) -> Oere:
        """Return what the budget bears of money that has moved: the shop's own øre, else the cost."""
        return Oere(self.shop_amount) if self.is_danish else rate.cost(self.units)

    @property
    def is_danish(self) -> bool:
        """Whether the shop's own amount is in øre."""
        return self.shop_currency == _DANISH


def partial_units(*, billed: int, asked: int, approved: int) -> int:
    """Return how many of the `billed` units `approved` of the `asked` øre are, rounded down."""
    return billed * approved // asked if asked else 0


def read_rate(rate: str, margin_percent: str) -> ExchangeRate:
    """Read both from text (`7.4604` or `7,4604`); raise `ValueError` with what is wrong."""
    return ExchangeRate(
        _read(rate, "kroner per euro, dollar or pound", _LEAST_RATE, _LARGEST_RATE),
        _read(margin_percent, "percent", Fraction(0), _LARGEST_MARGIN),
    )


def _read(given: str, what: str, least: Fraction, most: Fraction) -> Fraction:
    written = given.strip()
    if not _DECIMAL.fullmatch(written) or not least <= (read := Fraction(written.replace(",", "."))) <= most:
        raise ValueError(f"not a number of {what} from {float(least):g} to {float(most):g}")
    return read


def _nearest(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)

"""The rules of a programme's cards: when money is released to them, and what they cannot buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from raaderum.tenancy.setup_file import SetupTable

_MOST_KRONER: Final = 1_000_000_000
_MOST_DAYS: Final = 366
_CATEGORY_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class CardRules:
    """When money comes on a card, and what it cannot be used for.

    An item's money is released `release_days_before_need` days before the day it is needed.
    `per_payment_oere` None is no limit but what is on the card. `blocked_categories` are merchant
    category codes (ISO 18245): usually money transfer, cash and gambling. A hold without news is
    let go after `hold_days`.
    """

    release_days_before_need: int = 7
    per_payment_oere: Oere | None = None
    blocked_categories: tuple[str, ...] = ("4829", "6010", "6011", "6051", "7995")
    hold_days: int = 31


def read_card_rules(table: SetupTable) -> CardRules | None:
    """Read the table `card`; None where there is none. Raises a `SetupInvalid` naming the key."""
    if not table.has("card"):
        return None
    usual = CardRules()
    inner = table.get_table("card", example="card = {release_days_before_need = 7}")
    days = inner.find_whole_number(
        "release_days_before_need", at_least=0, at_most=_MOST_DAYS, example="release_days_before_need = 7"
    )
    kroner = inner.find_whole_number(
        "per_payment_kroner", at_least=1, at_most=_MOST_KRONER, example="per_payment_kroner = 1500"
    )
    hold_days = inner.find_whole_number("hold_days", at_least=1, at_most=_MOST_DAYS, example="hold_days = 31")
    blocked = _blocked_categories(inner)
    inner.refuse_other_keys()
    return CardRules(
        release_days_before_need=usual.release_days_before_need if days is None else days,
        per_payment_oere=None if kroner is None else Oere(kroner * 100),
        blocked_categories=usual.blocked_categories if blocked is None else blocked,
        hold_days=usual.hold_days if hold_days is None else hold_days,
    )


def _blocked_categories(table: SetupTable) -> tuple[str, ...] | None:
    if not table.has("blocked_categories"):
        return None
    example = 'blocked_categories = ["6011", "7995"]'
    written = table.get_texts("blocked_categories", example=example)
    if not all(len(code) == _CATEGORY_DIGITS and code.isascii() and code.isdigit() for code in written):
        raise table.wrong("blocked_categories", example=example)
    return tuple(written)

"""Money is a whole number of øre (1/100 DKK); never a float."""

from __future__ import annotations

import re
from typing import NewType

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text

Oere = NewType("Oere", int)

_DANISH_AMOUNT = re.compile(r"(?P<sign>-?)(?P<kroner>\d{1,3}(\.\d{3})+|\d+)(,(?P<oere>\d{1,2}))?", re.ASCII)
LARGEST = 10**15
"""Ten thousand billion kroner: beyond any municipality, well inside a bigint."""
_LONGEST_WRITTEN = 40
"""Characters. Python refuses to read a number of some thousand digits, and nobody owes one."""


class NotAnAmount(InvalidInput):
    """A text that cannot be read as an amount in Danish kroner."""

    code = "not_an_amount"
    text = Text(
        "»{given}« er ikke et beløb. Skriv for eksempel 1.250,50.",
        "“{given}” is not an amount. Write for example 1.250,50.",
    )


def parse_kroner(given: str) -> Oere:
    """Read an amount as Danes write it (`1.250,50`, `1250`, `-3,5`).

    Raises `NotAnAmount` for anything else, also for more than two decimals.
    """
    match = _DANISH_AMOUNT.fullmatch(given.strip().removesuffix("kr.").removesuffix("kr").strip())
    if match is None or len(match[0]) > _LONGEST_WRITTEN:
        raise NotAnAmount(given=given[:_LONGEST_WRITTEN])
    kroner = int(match["kroner"].replace(".", ""))
    oere = int((match["oere"] or "0").ljust(2, "0"))
    amount = kroner * 100 + oere
    if amount > LARGEST:
        raise NotAnAmount(given=given[:_LONGEST_WRITTEN])
    return Oere(-amount if match["sign"] else amount)


def format_kroner(amount: int) -> str:
    """Write øre as Danes do: `123456` becomes `1.234,56 kr.`."""
    kroner, oere = divmod(abs(amount), 100)
    sign = "-" if amount < 0 else ""
    return f"{sign}{kroner:,}".replace(",", ".") + f",{oere:02d} kr."

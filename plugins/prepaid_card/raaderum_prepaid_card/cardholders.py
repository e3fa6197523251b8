"""What Stripe is told of a person: a name as it is printed on a card, an address, nothing else."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from raaderum.plugin_api import PostalAddress

LONGEST_NAME: Final = 24
_COUNTRY: Final = "DK"
_LETTERS: Final = str.maketrans(
    {
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "Æ": "Ae",
        "Ø": "Oe",
        "Å": "Aa",
        "ß": "ss",
        "ð": "d",
        "þ": "th",
        "Ð": "D",
        "Þ": "Th",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
    }
)
_NOT_PRINTED: Final = re.compile(r"[^A-Za-z' -]+")


def name_on_card(name: str) -> str:
    """Return `name` in the 24 plain letters that a card has room for.

    A long name loses its middle names from the last one, before the last name is cut.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).translate(_LETTERS))
    words = _NOT_PRINTED.sub("", "".join(part for part in plain if not unicodedata.combining(part))).split()
    while len(" ".join(words)) > LONGEST_NAME and len(words) > len(("first", "last")):
        del words[-2]
    return " ".join(words)[:LONGEST_NAME].strip(" -'")


def address_of(address: PostalAddress) -> dict[str, str]:
    """Return a Danish address as Stripe wants it."""
    return {
        "line1": address.line,
        "postal_code": address.postal_code,
        "city": address.city,
        "country": _COUNTRY,
    }

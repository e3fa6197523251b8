"""The made-up support persons of 2015–2019, beside the staff whom the demo's living cases have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SUPPORT_PERSONS: Final[Mapping[str, tuple[str, ...]]] = {
    "aarhus": ("Lotte Mejer", "Kasper Holst", "Nadia Rahimi"),
    "halsnaes": ("Tove Mikkelsen", "Jesper Nygaard", "Bodil Hauge"),
    "kolding": ("Dorrit Lang", "Mads Kirkegaard", "Rikke Brink"),
    "lejre": ("Hanne Ploug", "Søren Bech", "Lea Toft"),
}
JOB_CONSULTANTS: Final = ("Marianne Sloth", "Ali Kaya", "Peter Grand", "Jytte Rohde")
"""Of the job programme in Aarhus; they are its citizens' support persons."""

_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "."})


def email_of(name: str, municipality: str) -> str:
    """Return the address that a made-up member of staff is registered with."""
    return f"{name.lower().translate(_LETTERS)}@{municipality}.example"

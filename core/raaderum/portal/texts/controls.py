"""Signals about purchases, and the look at small ones afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "controls.heading": Text("Se små køb efter", "Look at small purchases"),
    "controls.lead": Text(
        "Små køb uden noget usædvanligt bliver godkendt af ordningens regel. Nogle af dem er trukket ud her.",
        "Small purchases with nothing unusual are approved by the programme's rule. Some are drawn here.",
    ),
    "controls.none": Text("Der er ingen køb at se efter.", "There are no purchases to look at."),
    "controls.case": Text("Åbn sagen", "Open the case"),
    "controls.outcome": Text("Hvad viste det sig?", "What did it come to?"),
    "controls.note": Text("Note", "A note"),
    "controls.note_hint": Text(
        "Skal noget følges op, så skriv hvad.", "If something needs following up, write what."
    ),
    "controls.keep": Text("Gem", "Keep"),
    "signals.heading": Text("Læg mærke til", "Please note"),
    "done.control_purchase": Text("Det er noteret.", "It has been noted."),
}

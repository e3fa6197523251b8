"""The screen that a citizen shows to whoever asks for money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "shield.link": Text("Vis, at du ikke har penge", "Show that you have no money"),
    "shield.heading": Text("Jeg har ingen penge at give væk", "I have no money to give away"),
    "shield.who_decides": Text(
        "Alle mine køb går gennem {municipality}. En medarbejder ser på hvert køb og siger ja eller nej.",
        "All my purchases go through {municipality}. A member of staff looks at each and says yes or no.",
    ),
    "shield.no_cash": Text(
        "Kommunen betaler butikken. Jeg kan ikke hæve kontanter og ikke sende penge til andre.",
        "The municipality pays the shop. I can draw no cash and send no money to others.",
    ),
    "shield.nothing_to_sell": Text(
        "Kommunen følger med i, hvad der er købt, og i, at det bliver brugt af mig.",
        "The municipality keeps track of what was bought, and that I am the one who uses it.",
    ),
    "shield.call_me": Text("Bed min støtteperson ringe", "Ask my support person to call"),
    "shield.back": Text("Tilbage", "Back"),
    "done.ask_for_a_call": Text("Sendt.", "Sent."),
}

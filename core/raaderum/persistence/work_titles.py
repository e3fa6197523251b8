"""What people call the work that is done in the background, by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

WORK_TITLES: Final[Mapping[str, Text]] = {
    "payout.send": Text("Send udbetalinger", "Send payouts"),
    "run.send": Text("Send betalingskørsler", "Send payment runs"),
    "refund.book": Text("Bogfør tilbagebetalinger", "Book refunds"),
    "notice.send": Text("Send beskeder", "Send notices"),
    "statement.match": Text("Afstem kontoudtog", "Match bank statements"),
    "fee.book": Text("Bogfør rykkergebyrer", "Book reminder fees"),
    "response.place": Text("Læg svar til leverandører", "Place responses to suppliers"),
    "card.issue": Text("Udsted kort", "Issue cards"),
    "card.change": Text("Sæt kort på pause eller luk dem", "Pause, resume or close cards"),
    "card.controls": Text("Send kortenes grænser", "Send the cards' limits"),
    "card.take_in": Text("Tag imod kortudstederens meldinger", "Take in what the card issuer tells"),
    "card.tell_declined": Text("Fortæl, hvorfor et kort blev afvist", "Tell why a card was declined"),
    "card.spent_changed": Text("Se, om et kortkøb skal have kvittering", "See what card payments need"),
    "scheduled.run": Text("Gør det, klokken siger", "Do what is due by the clock"),
}


def title_of(kind: str) -> Text:
    """Return what people call work of a kind; the kind itself where nobody has named it."""
    return WORK_TITLES.get(kind, Text(kind, kind))

"""What citizens and support persons are told of receipts: dates, what will happen, how it opens; pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from raaderum.kernel.clock import COPENHAGEN
from raaderum.kernel.day_names import weekday_and_day
from raaderum.kernel.text import Text
from raaderum.notices.rules import Words
from raaderum.receipts.rules import PaidBy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

DECLARATION_VERSION: Final = "2026-11"
DECLARATION: Final = Text(
    "Jeg erklærer på tro og love, at pengene er brugt til det, jeg skriver her, og at jeg ikke har "
    "kvitteringen mere. Jeg ved, at kommunen kan spørge butikken.",
    "I declare on my honour that the money was used for what I write here, and that I no longer have "
    "the receipt. I know that the municipality can ask the shop.",
)
_CLOSES: Final[Mapping[PaidBy, Text]] = {
    PaidBy.CARD: Text("lukker kortet", "the card will close"),
    PaidBy.TRANSFER: Text("lukker de små overførsler", "small transfers will close"),
}
_IS_CLOSED: Final[Mapping[PaidBy, Text]] = {
    PaidBy.CARD: Text(
        "Kortet er lukket, fordi kvitteringen mangler. Det åbner igen med det samme, når den er her. "
        "Alt andet virker som før.",
        "The card is closed because the receipt is missing. It will open at once when the receipt is here. "
        "Everything else works as before.",
    ),
    PaidBy.TRANSFER: Text(
        "De små overførsler er lukket, fordi kvitteringen mangler. De åbner igen med det samme, når den er "
        "her. Alt andet virker som før.",
        "Small transfers are closed because the receipt is missing. They will open at once when it is here. "
        "Everything else works as before.",
    ),
}
_OPENS: Final[Mapping[PaidBy, Text]] = {
    PaidBy.CARD: Text("Det åbner igen med det samme", "It will open again at once"),
    PaidBy.TRANSFER: Text("De åbner igen med det samme", "They will open again at once"),
}
_REMINDER: Final = Text("Husk en kvittering", "Remember a receipt")
_LAST_CALL: Final = Text("En kvittering mangler", "A receipt is missing")
_CLOSED: Final = Text("Lukket, til kvitteringen er her", "Closed until the receipt is here")
_DRAWN_AGAIN: Final = Text("Butikken har trukket mere", "The shop has drawn more")
_TURNED_DOWN: Final = Text("En kvittering kunne ikke bruges", "A receipt could not be used")


def what_will_happen(paid_by: PaidBy, *, due_on: date, closing: datetime | None) -> Text:
    """Return when the receipt must be here, what will close when it is not, and how that opens again.

    `closing` is None where nothing closes.
    """
    due = weekday_and_day(due_on)
    needed = Text(
        f"Kvitteringen skal være her senest {due.danish} kl. 12.",
        f"The receipt must be here by {due.english} at 12:00.",
    )
    if closing is None:
        return needed
    local = closing.astimezone(COPENHAGEN)
    day, closes, opens = weekday_and_day(local.date()), _CLOSES[paid_by], _OPENS[paid_by]
    time = f"{local:%H}" if local.minute == 0 else f"{local:%H.%M}"
    return Text(
        f"{needed.danish} Kommer den ikke, {closes.danish} {day.danish} kl. {time}. "
        f"{opens.danish}, når kvitteringen er her.",
        f"{needed.english} If it does not come, {closes.english} on {day.english} at {local:%H:%M}. "
        f"{opens.english} when the receipt is here.",
    )


def what_has_closed(paid_by: PaidBy) -> Text:
    """Return what is closed, and how it opens."""
    return _IS_CLOSED[paid_by]


def reminder(what: Text) -> Words:
    """Return the friendly word some days before."""
    return Words(_REMINDER, what)


def warning(what: Text) -> Words:
    """Return the word on the due day."""
    return Words(_LAST_CALL, what)


def closed(paid_by: PaidBy) -> Words:
    """Return the word that the card or lane has closed."""
    return Words(_CLOSED, what_has_closed(paid_by))


def turned_down(what: Text) -> Words:
    """Return the word that another receipt is needed; the reason stands in the portal."""
    return Words(
        _TURNED_DOWN,
        Text(
            f"Se hvorfor på siden med kvitteringer, og send en ny. {what.danish}",
            f"See why on the page of receipts, and send another. {what.english}",
        ),
    )


def drawn_again(what: Text) -> Words:
    """Return the word that a shop has drawn more, so that a receipt is asked for anew."""
    return Words(
        _DRAWN_AGAIN,
        Text(
            f"Butikken har trukket mere, end der før var kvittering for. Send kvitteringen på det hele. "
            f"{what.danish}",
            f"The shop has drawn more than there was a receipt for before. Send the receipt for all of it. "
            f"{what.english}",
        ),
    )


def declaration_digest() -> str:
    """Return the hash (SHA-256, hex) of the declaration as it is worded now, in both languages."""
    written = f"{DECLARATION_VERSION}\n{DECLARATION.danish}\n{DECLARATION.english}"
    return hashlib.sha256(written.encode()).hexdigest()

"""What error pages say: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOK_AGAIN: Final = Text(
    "Gå tilbage, og se siden efter. Den kan have ændret sig, siden du åbnede den.",
    "Go back and look at the page again. It may have changed since you opened it.",
)

TEXTS: Final[Mapping[str, Text]] = {
    "error.400.heading": Text("Det forstod vi ikke", "We did not understand that"),
    "error.400.what_to_do": Text(
        "Gå tilbage, og prøv igen fra siden.", "Go back and try again from the page."
    ),
    "error.401.heading": Text("Du er ikke logget ind", "You are not signed in"),
    "error.401.what_to_do": Text(
        "Det, du sendte, er ikke gemt. Log ind, og gør det igen.",
        "What you sent has not been kept. Sign in and do it again.",
    ),
    "error.403.heading": Text("Det har du ikke adgang til", "You have no access to this"),
    "error.403.what_to_do": Text(
        "Har du brug for det i dit arbejde, så spørg kommunens administrator.",
        "If you need it for your work, ask the municipality's administrator.",
    ),
    "error.404.heading": Text("Siden findes ikke", "There is no such page"),
    "error.404.what_to_do": Text(
        "Se efter, om adressen er skrevet rigtigt, eller begynd forfra.",
        "Check that the address is right, or start over.",
    ),
    "error.409.heading": Text("Noget er ændret i mellemtiden", "Something has changed meanwhile"),
    "error.409.what_to_do": _LOOK_AGAIN,
    "error.413.heading": Text("Det fylder for meget", "That is too large"),
    "error.413.what_to_do": Text(
        "Skriv kortere, eller send færre eller mindre filer ad gangen. Intet er taget ind. "
        "Gå tilbage i browseren: der står det endnu, som du skrev det.",
        "Write less, or send fewer or smaller files at a time. Nothing was taken in. "
        "Go back in the browser: there it still stands as you wrote it.",
    ),
    "error.422.heading": Text("Det kunne ikke gøres", "It could not be done"),
    "error.422.what_to_do": _LOOK_AGAIN,
    "error.500.heading": Text("Noget gik galt hos os", "Something went wrong on our side"),
    "error.500.what_to_do": Text(
        "Intet er gjort halvt. Prøv igen om lidt, og sig det til administratoren, hvis det bliver ved.",
        "Nothing has been done by halves. Try again soon, and tell the administrator if it goes on.",
    ),
    "error.503.heading": Text("Systemet er ikke klar lige nu", "The system is not available right now"),
    "error.503.what_to_do": Text(
        "Intet er gjort. Vent et øjeblik, og prøv igen.", "Nothing was done. Wait a moment and try again."
    ),
    "error.to_start": Text("Til forsiden", "To the front page"),
    "error.to_sign_in": Text("Log ind", "Sign in"),
    "error.to_municipalities": Text("Vælg kommune", "Choose municipality"),
    "error.code": Text("Fejlkode:", "Error code:"),
    "error.request": Text("Sagsnummer til driften:", "Number to tell operations:"),
}

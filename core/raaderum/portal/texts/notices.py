"""What a person has been told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "notices.heading": Text("Nyt til dig", "News for you"),
    "notices.waiting": Text("Der er nyt til dig: {number}", "There is news for you: {number}"),
    "notices.new": Text("ny", "new"),
    "notices.mark": Text("Markér alt som læst", "Mark all as read"),
    "notices.to_case": Text("Gå til sagen", "Go to the case"),
    "notices.none": Text("Der er ikke noget nyt til dig.", "There is no news for you."),
    "contact.heading": Text("Besked på e-mail", "Notice by e-mail"),
    "contact.lead": Text(
        "Skriv en e-mailadresse, hvis du vil have at vide, når der er nyt. Mailen siger kun, at der er nyt – "
        "aldrig hvad det handler om. Lad feltet stå tomt for ikke at få mails.",
        "Write an e-mail address to be told when there is news. The mail only says that there is news – "
        "never what it is about. Leave it empty to get no mail.",
    ),
    "contact.email": Text("E-mailadresse", "E-mail address"),
    "contact.save": Text("Gem", "Save"),
    "done.change_contact": Text("E-mailadressen er gemt.", "The e-mail address is saved."),
    "done.read_notices": Text("Alt er markeret som læst.", "Everything is marked as read."),
}

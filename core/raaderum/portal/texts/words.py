"""The pages of the citizen's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "words.taken_down": Text(
        "Skriv drømmen ned, som borgeren siger den", "Take the dream down as it is said"
    ),
    "words.taken_down_lead": Text(
        "Skriv hvert ord, som borgeren siger det. Når drømmen er gemt, kan kun borgeren selv skrive den om.",
        "Write every word as the citizen says it. Once kept, only the citizen can rewrite the dream.",
    ),
    "words.only_the_citizen": Text(
        "Drømmen står med borgerens ord. Kun borgeren selv kan skrive den om.",
        "The dream stands in the citizen's words. Only the citizen can rewrite it.",
    ),
    "words.unconfirmed": Text(
        "Skrevet ned af en medarbejder. Borgeren har ikke bekræftet ordene endnu.",
        "Taken down by a member of staff. The citizen has not confirmed the words yet.",
    ),
    "words.unconfirmed_own": Text(
        "En medarbejder har skrevet ordene ned for dig. Passer de?",
        "A member of staff took the words down for you. Are they right?",
    ),
    "words.confirm": Text("Ja, det er mine ord", "Yes, these are my words"),
    "words.rewrite_sub_goal": Text("Skriv delmål {number} om", "Rewrite sub-goal {number}"),
    "words.sub_goal": Text("Delmål {number}", "Sub-goal {number}"),
    "words.dream": Text("Drømmen", "The dream"),
    "words.keep": Text("Gem", "Keep"),
    "words.heading": Text("Borgerens egne ord", "The citizen's own words"),
    "words.heading_own": Text("Dine egne ord", "Your own words"),
    "words.link": Text("Borgerens egne ord", "The citizen's own words"),
    "words.versions": Text("Alle udgaver", "All versions"),
    "words.version": Text("Udgave {number}", "Version {number}"),
    "words.releases": Text("Hvem må få ordene?", "Who may have the words?"),
    "words.releases_lead": Text(
        "Borgeren kan lade andre få drømmen, præcis som den er skrevet, så de samme ord står i alle planer.",
        "The citizen can let others have the dream exactly as written, so that all plans use the same words.",
    ),
    "words.releases_lead_own": Text(
        "Du kan lade andre få din drøm, præcis som du har skrevet den, så de samme ord står i alle planer.",
        "You can let others have your dream exactly as you wrote it, so that all plans use the same words.",
    ),
    "words.no_releases": Text("Ingen har fået lov endnu.", "Nobody has been allowed yet."),
    "words.recipient": Text("Hvem må få dine ord?", "Who may have your words?"),
    "words.recipient_hint": Text("For eksempel »Jobcentret«.", "For example “Jobcentret”."),
    "words.release": Text("Giv lov", "Allow"),
    "words.withdraw": Text("Træk tilbage", "Take back"),
    "words.withdrawn": Text("trukket tilbage {moment}", "taken back {moment}"),
    "words.released_since": Text("siden {moment}", "since {moment}"),
    "words.hand_out": Text("Hent ordene som fil", "Fetch the words as a file"),
    "wishes.link": Text("Ønsker og strategi", "Wishes and strategy"),
    "wishes.heading": Text("Ønsker og personlig strategi", "Wishes and personal strategy"),
    "wishes.list": Text("Ønskeliste", "Wish list"),
    "wishes.lead": Text(
        "Skriv alt ned fra første minut, og vælg bagefter.",
        "Write everything down from the first minute, and choose afterwards.",
    ),
    "wishes.none": Text("Der er ingen ønsker endnu.", "There are no wishes yet."),
    "wishes.words": Text("Hvad kunne du ønske dig?", "What could you wish for?"),
    "wishes.words_citizen": Text("Hvad kunne borgeren ønske sig?", "What could the citizen wish for?"),
    "wishes.add": Text("Tilføj ønsket", "Add the wish"),
    "wishes.choose": Text("Vælg", "Choose"),
    "wishes.set_aside": Text("Læg til side", "Set aside"),
    "wishes.open": Text("Åbn igen", "Open again"),
    "strategy.heading": Text("Personlig strategi", "Personal strategy"),
    "strategy.none": Text("Intet endnu.", "Nothing yet."),
    "strategy.kind": Text("Hvad er det?", "What is it?"),
    "strategy.words": Text("Skriv det med dine egne ord", "Write it in your own words"),
    "strategy.words_citizen": Text("Skriv det med borgerens egne ord", "Write it in the citizen's own words"),
    "strategy.add": Text("Tilføj", "Add"),
    "strategy.done": Text("Det lykkedes", "It succeeded"),
    "strategy.drop": Text("Læg væk", "Drop"),
    "strategy.live": Text("Tag op igen", "Take up again"),
    "done.take_down_goal": Text(
        "Drømmen er skrevet ned. Borgeren kan nu bekræfte ordene.",
        "The dream is taken down. The citizen can now confirm the words.",
    ),
    "done.confirm_words": Text("Tak. Nu står ordene som dine egne.", "Thank you. The words are yours now."),
    "done.rewrite_sub_goal": Text("Delmålet er skrevet om.", "The sub-goal is rewritten."),
    "done.add_wish": Text("Ønsket er skrevet ned.", "The wish is written down."),
    "done.choose_wish": Text("Listen er rettet.", "The list is updated."),
    "done.add_strategy_line": Text("Strategien er rettet.", "The strategy is updated."),
    "done.settle_strategy_line": Text("Strategien er rettet.", "The strategy is updated."),
    "done.release_words": Text("Tilladelsen er gemt.", "The release is kept."),
    "done.withdraw_release": Text("Tilladelsen er trukket tilbage.", "The release is taken back."),
}

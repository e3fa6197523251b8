"""From the referral to the offer: known citizens, duplicates, the conversation, waiting lists and draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.enrolments.place_rules import SOURCE_NAMES
from raaderum.enrolments.screening_rules import CONCLUSION_NAMES, FIT_NAMES, ConversationTopic
from raaderum.kernel.text import Text
from raaderum.programmes.selections import ARM_NAMES, SELECTION_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOPICS: Final[Mapping[ConversationTopic, Text]] = {
    ConversationTopic.RESOURCES_AND_CIRCUMSTANCES: Text(
        "Ressourcer og situation", "Resources, circumstances"
    ),
    ConversationTopic.LANGUAGE: Text("Sprog", "Language"),
    ConversationTopic.COGNITIVE_LEVEL: Text("Overblik", "Cognitive level"),
    ConversationTopic.BEARING_THE_PRESSURE: Text("Presset og angsten", "The pressure and the anxiety"),
    ConversationTopic.SUPPORTING_NETWORK: Text("Netværk", "Network"),
    ConversationTopic.NOT_TOO_COMPLEX: Text("Problemernes kompleksitet", "Complexity of the problems"),
}
_NAMES: Final[Mapping[str, Text]] = {
    **{f"topic.{topic}": name for topic, name in _TOPICS.items()},
    **{f"fit.{fit}": name for fit, name in FIT_NAMES.items()},
    **{f"conclusion.{conclusion}": name for conclusion, name in CONCLUSION_NAMES.items()},
    **{f"source.{source}": name for source, name in SOURCE_NAMES.items()},
    **{f"selection.{selection}": name for selection, name in SELECTION_NAMES.items()},
    **{f"arm.{arm}": name for arm, name in ARM_NAMES.items()},
}
_REFERRAL: Final[Mapping[str, Text]] = {
    "referral.source": Text("Hvem har indstillet?", "Who referred?"),
    "referral.authority": Text("Myndighedens navn", "The authority's name"),
    "referral.authority_hint": Text(
        "Kun når en anden myndighed har indstillet. Gemmes krypteret.",
        "Only where another authority referred. Stored encrypted.",
    ),
    "referral.note": Text("Hvad sagde den, der indstillede?", "What did the one who referred say?"),
    "referral.note_hint": Text("Kort. Gemmes krypteret.", "In short. Stored encrypted."),
    "known.link": Text("Find en borger, der er oprettet", "Find a citizen who is registered"),
    "known.heading": Text("Find en borger", "Find a citizen"),
    "known.back": Text("Tilbage til ny indstilling", "Back to the new referral"),
    "known.lead": Text(
        "Søg med hele CPR-nummeret. Det bliver skrevet ned, at du har søgt.",
        "Search by the whole CPR number. That you searched is written down.",
    ),
    "known.cpr_hint": Text(
        "Ti cifre. Gemmes ikke af søgningen.", "Ten digits. The search does not store it."
    ),
    "known.find": Text("Find", "Find"),
    "known.no_enrolment": Text("Ingen forløb her.", "No enrolments here."),
    "known.refer": Text("Indstil borgeren", "Refer the citizen"),
    "duplicates.heading": Text("Mulige dubletter", "Likely duplicates"),
    "duplicates.lead": Text(
        "Borgere, der ligner hinanden, selv om CPR-numrene er forskellige. Er det to, så skriv det her.",
        "Citizens who look alike although their CPR numbers differ. If they are two people, write so here.",
    ),
    "duplicates.pair": Text("Par {number}", "Pair {number}"),
    "duplicates.registered": Text("Oprettet {day}", "Registered {day}"),
    "duplicates.tell_apart": Text("Det er to personer", "They are two people"),
    "duplicates.note": Text("Hvordan ved du det?", "How do you know?"),
    "duplicates.confirm": Text("Vis dem ikke igen", "Do not show them again"),
    "duplicates.none": Text("Ingen borgere ligner hinanden.", "No citizens look alike."),
}
_STEPS: Final[Mapping[str, Text]] = {
    "steps.waiting": Text("På venteliste", "On the waiting list"),
    "steps.waiting_wait": Text(
        "Koordinatoren giver besked, når der er en plads.", "The coordinator will tell when there is a place."
    ),
    "way_in.position": Text("Nr. {position} på ventelisten", "Number {position} on the waiting list"),
    "way_in.screen_first": Text(
        "Svar på målgruppens spørgsmål, og tag samtalen med borgeren.",
        "Answer the target group's questions, and have the conversation with the citizen.",
    ),
    "way_in.talk_first": Text(
        "Screeningen er gemt. Tag nu samtalen, og skriv konklusionen ned.",
        "The screening is kept. Now have the conversation, and write down its conclusion.",
    ),
    "way_in.then_offer": Text(
        "Se screening og samtale nedenfor. Giv et tilbud, sæt på venteliste, eller luk indstillingen.",
        "See screening and conversation below. Make an offer, let the citizen wait, or close the referral.",
    ),
    "way_in.places": Text(
        "{taken} af {capacity} pladser i år er taget.", "{taken} of {capacity} places this year are taken."
    ),
    "way_in.talk": Text("Skriv samtalen ned", "Write down the conversation"),
    "way_in.talk_again": Text("Ny samtale", "New conversation"),
    "way_in.wait": Text("Sæt på venteliste", "Put on the waiting list"),
    "way_in.arm": Text("Forløbets form", "Kind of course"),
    "way_in.appoint": Text("Udpeg borgeren", "Appoint the citizen"),
    "way_in.because": Text("Hvorfor er det denne borgers tur?", "Why is it this citizen's turn?"),
    "way_in.because_hint": Text(
        "{earlier} på ventelisten er indstillet tidligere.", "{earlier} on the list were referred earlier."
    ),
    "way_in.heading": Text("Vejen ind", "The way in"),
    "way_in.source": Text("Indstillet af", "Referred by"),
    "way_in.selection": Text("Udvælgelse", "Selection"),
    "way_in.note": Text("Det sagde den, der indstillede", "What the one who referred said"),
    "way_in.out_of_turn": Text("Fik tilbud før andre, fordi", "Got an offer before others, because"),
    "way_in.versions": Text(
        "Vurderet {day} efter reglerne fra {rules} ({digest}), {plugin}.",
        "Assessed {day} by the rules from {rules} ({digest}), {plugin}.",
    ),
    "talk.heading": Text("Screeningssamtale", "Screening conversation"),
    "talk.lead": Text(
        "Det, I ikke nåede, lader du stå som »ikke talt om«. Kompleksiteten skal altid vurderes.",
        "What you did not get to stays “not talked about”. The complexity must always be judged.",
    ),
    "talk.topic": Text("Emne", "Topic"),
    "talk.fit": Text("Passer det?", "Does it fit?"),
    "talk.words": Text("Hvad blev sagt?", "What was said?"),
    "talk.words_of": Text("{topic}: hvad blev sagt?", "{topic}: what was said?"),
    "talk.conclusion": Text("Hvor endte I?", "Where did you end?"),
    "talk.reason": Text("Hvorfor?", "Why?"),
    "talk.reason_hint": Text("Kun sagsbehandlere kan læse det.", "Only caseworkers can read it."),
    "talk.save": Text("Gem samtalen", "Keep the conversation"),
}
_PLACES: Final[Mapping[str, Text]] = {
    "nav.waiting": Text("Venteliste", "Waiting list"),
    "waiting.heading": Text("Pladser og venteliste", "Places and waiting list"),
    "waiting.lead": Text(
        "Den, der blev indstillet først, står først. Et tilbud tager en af årets pladser; et nej frigør den.",
        "Who was referred first stands first. An offer takes one of the year's places; a no gives it back.",
    ),
    "waiting.places": Text(
        "{taken} af {capacity} pladser i {year} er taget.",
        "{taken} of {capacity} places in {year} are taken.",
    ),
    "waiting.no_limit": Text(
        "{taken} tilbud i {year}. Ordningen har ingen grænse.",
        "{taken} offers in {year}. The programme has no limit.",
    ),
    "waiting.caption": Text("Dem, der venter", "Those who wait"),
    "waiting.citizen": Text("Borger", "Citizen"),
    "waiting.position": Text("Nr.", "No."),
    "waiting.referred": Text("Indstillet", "Referred"),
    "waiting.nobody": Text("Ingen venter.", "Nobody is waiting."),
    "draws.heading": Text("Lodtrækning", "Draws"),
    "draws.back": Text("Tilbage til ventelisten", "Back to the waiting list"),
    "draws.lead": Text(
        "Først låses deltagerne og et hemmeligt frø, som kun dets kontroltal kan ses af. Så trækkes der, og "
        "frøet vises: sortér efter SHA-256 af »frø:forløbets nummer« for at efterprøve rækkefølgen.",
        "First the participants and a secret seed are fixed; only its hash is shown. Then the draw reveals "
        "the seed: sort by SHA-256 of “seed:number of the enrolment” to check the order.",
    ),
    "draws.places": Text("Hvor mange skal trækkes?", "How many to draw?"),
    "draws.places_hint": Text(
        "Blandt alle indstillede, der ikke er udvalgt endnu.", "Among all referred who are not selected yet."
    ),
    "draws.arm_hint": Text("Kun hvor ordningen har flere.", "Only where the programme has several."),
    "draws.no_arm": Text("ingen", "none"),
    "draws.announce": Text("Bekendtgør lodtrækningen", "Announce the draw"),
    "draws.not_here": Text("Ingen af ordningerne trækker lod.", "No programme draws."),
    "draws.of": Text("Lodtrækning bekendtgjort {at}", "Draw announced {at}"),
    "draws.announced": Text(
        "Bekendtgjort {at} af {name}: {places} af {number} trækkes.",
        "Announced {at} by {name}: {places} of {number} to be drawn.",
    ),
    "draws.hash": Text("Frøets kontroltal (SHA-256)", "Hash of the seed (SHA-256)"),
    "draws.seed": Text("Frø", "Seed"),
    "draws.drawn": Text("Trukket {at} af {name}.", "Drawn {at} by {name}."),
    "draws.verified": Text("Efterprøvet: resultatet passer til frøet.", "Checked: the result fits the seed."),
    "draws.broken": Text(
        "Resultatet passer ikke til frøet. Sig det til administratoren.",
        "The result does not fit the seed. Tell the administrator.",
    ),
    "draws.carry_out": Text("Træk lod nu", "Draw now"),
    "draws.participants": Text("Deltagere ({number})", "Participants ({number})"),
    "draws.outcome": Text("Udfald", "Outcome"),
    "draws.number": Text("Forløbets nummer", "Number of the enrolment"),
}
_DONE: Final[Mapping[str, Text]] = {
    "done.find_citizen": Text("Borgeren er oprettet her.", "The citizen is registered here."),
    "done.refer_known_citizen": Text(
        "Borgeren er indstillet. Nu kommer screeningen.",
        "The citizen is referred. Now comes the screening.",
    ),
    "done.tell_apart": Text("Markeret som to personer.", "Marked as two people."),
    "done.hold_screening_talk": Text("Samtalen er gemt.", "The conversation has been kept."),
    "done.put_on_waiting_list": Text("Borgeren står på ventelisten.", "The citizen is on the waiting list."),
    "done.appoint": Text("Borgeren er udpeget.", "The citizen is appointed."),
    "done.announce_draw": Text("Lodtrækningen er bekendtgjort.", "The draw is announced."),
    "done.carry_out_draw": Text("Der er trukket lod.", "The draw has been carried out."),
}

TEXTS: Final[Mapping[str, Text]] = {**_NAMES, **_REFERRAL, **_STEPS, **_PLACES, **_DONE}

"""The steps of a course: screening, offer, end, what happened and who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "case.back": Text("Tilbage til {name}", "Back to {name}"),
    "case.support_person": Text("Støtteperson: {name}", "Support person: {name}"),
    "case.period": Text("{start} – {end}", "{start} – {end}"),
    "steps.referred": Text("Indstillet – hvad nu?", "Referred – what now?"),
    "steps.screen": Text("Begynd screeningen", "Begin the screening"),
    "steps.screen_again": Text("Screen igen", "Screen again"),
    "steps.offer": Text("Giv tilbud", "Make an offer"),
    "steps.reject": Text("Ikke optaget", "Not admitted"),
    "steps.referred_wait": Text(
        "Koordinatoren taler med borgeren om, hvorvidt ordningen passer.",
        "The coordinator is talking with the citizen about whether the programme fits.",
    ),
    "steps.offered": Text("Der er givet et tilbud", "An offer has been made"),
    "steps.offered_text": Text(
        "En trækningsret på højst {ceiling} i {months} måneder, når planen er godkendt. Pengene er skattefri "
        "og erstatter ikke den støtte, loven giver ret til.",
        "A drawing right of at most {ceiling} for {months} months once the plan is approved. The money is "
        "free of tax and does not replace support owed by law.",
    ),
    "steps.read_conditions": Text("Læs vilkårene, og svar", "Read the conditions and answer"),
    "steps.declined": Text("Borgeren har sagt nej tak", "The citizen has declined"),
    "steps.rejected": Text("Ikke optaget", "Not admitted"),
    "steps.rejected_text": Text(
        "Indstillingen er lukket uden forløb.", "The referral was closed without a course."
    ),
    "steps.ended": Text("Forløbet er afsluttet", "The course has ended"),
    "screening.heading": Text("Screening", "Screening"),
    "screening.lead": Text(
        "Målgruppe: {target_group}. Det, ingen ved endnu, lader du stå åbent.",
        "Target group: {target_group}. Leave open what nobody knows yet.",
    ),
    "screening.yes": Text("ja", "yes"),
    "screening.no": Text("nej", "no"),
    "screening.unknown": Text("ved ikke endnu", "not known yet"),
    "screening.number_hint": Text(
        "Et helt tal. Tomt, hvis ingen ved det.", "A whole number. Empty if nobody knows."
    ),
    "screening.judgement": Text("Faglig vurdering", "Professional judgement"),
    "screening.judgement_hint": Text(
        "Begrund det, et ja eller nej ikke kan afgøre.", "Give reasons where a yes or no cannot decide."
    ),
    "screening.save": Text("Gem screeningen", "Keep the screening"),
    "screening.results": Text("Screeningens resultat", "Result of the screening"),
    "screening.criterion": Text("Kriterium", "Criterion"),
    "screening.outcome": Text("Udfald", "Outcome"),
    "screening.reason": Text("Begrundelse", "Reason"),
    "criterion.met": Text("opfyldt", "met"),
    "criterion.not_met": Text("ikke opfyldt", "not met"),
    "criterion.needs_judgement": Text("kræver et skøn", "needs judgement"),
    "course.heading": Text("Hvad der er sket", "What has happened"),
    "course.earlier": Text("Vis det, der skete før ({number})", "Show what happened before ({number})"),
    "course.who_looked": Text("Hvem har set sagen?", "Who has looked at the case?"),
    "course.trail": Text("Følg pengene", "Follow the money"),
    "look_ups.heading": Text("Hvem har set sagen?", "Who has looked at the case?"),
    "look_ups.lead": Text(
        "Hver gang nogen åbner sagen, bliver det skrevet ned her. Det kan ikke slettes.",
        "Every time somebody opens the case, it is written down here. It cannot be deleted.",
    ),
    "look_ups.who": Text("Hvem", "Who"),
    "look_ups.role": Text("Rolle", "Role"),
    "look_ups.times": Text("Gange", "Times"),
    "look_ups.latest": Text("Senest", "Latest"),
    "look_ups.the_citizen": Text("Borgeren selv", "The citizen"),
}

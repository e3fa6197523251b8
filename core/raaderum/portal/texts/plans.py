"""The pages around the plan: evidence of price, comparison of versions, and whether an item worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "evidence.heading": Text("Prisbilag", "Evidence of price"),
    "evidence.lead": Text(
        "Et tilbud, et skærmbillede eller et foto, der viser, hvad en ting koster. Filerne gemmes, så kun "
        "folk i sagen kan åbne dem, og det noteres, hvem der henter dem.",
        "A quote, a screenshot or a photograph that shows what a thing costs. Only people in the case can "
        "open the files, and it is noted who fetches them.",
    ),
    "evidence.none": Text("Ingen bilag endnu.", "No evidence yet."),
    "evidence.no_plan": Text(
        "Bilag hører til en post i planen. Skriv planen først.",
        "Evidence belongs to an item of the plan. Write the plan first.",
    ),
    "evidence.file": Text("Tilføj et bilag", "Attach a file"),
    "evidence.file_hint": Text(
        "PDF, JPEG, PNG eller ren tekst. Højst 10 MB, højst ti filer til en post.",
        "PDF, JPEG, PNG or plain text. At most 10 MB, at most ten files an item.",
    ),
    "evidence.send": Text("Send bilaget", "Send the file"),
    "evidence.size": Text("{size} kB", "{size} kB"),
    "plan_form.teach": Text("Hvem vil vise dig, hvordan det bruges?", "Who will show you how to use it?"),
    "plan_form.teach_hint": Text(
        "Ved udstyr og instrumenter: en, der viser hvordan, gør tit forskellen. Det kan også være et kursus.",
        "For equipment and instruments: somebody who shows how often makes the difference. "
        "It can be a course, too.",
    ),
    "plan_form.evidence": Text("Bilag, der følger med", "Evidence that comes along"),
    "plan_form.evidence_later": Text(
        "Nye prisbilag tilføjes, når planen er gemt som kladde, under »Prisbilag«.",
        "New evidence of price is attached once the plan is kept as a draft, under “Evidence of price”.",
    ),
    "plan_form.moved_on": Text("Se, hvad der er ændret", "See what has changed"),
    "plan.teach": Text("Vises af: {who}", "Taught by: {who}"),
    "plan.teach_missing": Text("Hvem vil vise, hvordan det bruges?", "Who will show how to use it?"),
    "compare.heading": Text("Sammenlign versioner", "Compare versions"),
    "compare.none": Text("Der er ingen plan at sammenligne endnu.", "There is no plan to compare yet."),
    "compare.from": Text("Fra", "From"),
    "compare.to": Text("Til", "To"),
    "compare.show": Text("Sammenlign", "Compare"),
    "compare.all": Text("Samlet", "All in all"),
    "compare.nothing": Text("De to versioner siger det samme.", "The two versions say the same."),
    "compare.size": Text("Ændringen er:", "The change is:"),
    "compare.share": Text(
        "{share} procent af pengene er flyttet til andet.",
        "{share} per cent of the money went to something else.",
    ),
    "compare.not_wrong": Text(
        "Der er ikke noget galt i at ændre planen. Det skal bare kunne ses.",
        "There is nothing wrong in changing the plan. It only has to be seen.",
    ),
    "compare.total": Text("I alt: {before} før, {after} efter.", "In all: {before} before, {after} after."),
    "compare.categories": Text("Beløb flyttet mellem slags", "Amounts moved between kinds"),
    "compare.category": Text("Slags", "Kind"),
    "compare.before": Text("Før", "Before"),
    "compare.after": Text("Efter", "After"),
    "compare.new": Text("ny", "new"),
    "compare.left": Text("ikke længere med", "no longer there"),
    "compare.not_bought": Text("intet købt endnu", "nothing bought yet"),
    "compare.only_one": Text(
        "Planen har kun én version. Når den ændres, kan du se forskellen her.",
        "The plan has one version only. Once it is changed, the difference can be seen here.",
    ),
    "compare.added": Text("Nyt i planen", "New in the plan"),
    "compare.removed": Text("Taget ud", "Taken out"),
    "compare.changed": Text("Ændret", "Changed"),
    "compare.instead": Text("i stedet for {what}", "instead of {what}"),
    "compare.empty": Text("(ingenting)", "(nothing)"),
    "compare.bought": Text("Købt i forhold til den første plan", "Bought, against the first plan"),
    "compare.bought_total": Text(
        "Planlagt {planned}, købt indtil nu {bought}", "Planned {planned}, bought so far {bought}"
    ),
    "compare.planned": Text("Planlagt", "Planned"),
    "compare.spent": Text("Købt", "Bought"),
    "compare.motivation": Text("Borgerens motivation", "The citizen's motivation"),
    "follow_up.heading": Text("Virkede det?", "Did it work?"),
    "follow_up.lead": Text(
        "Tre måneder efter et køb spørger vi, om det gjorde det, borgeren troede. Et nej er også et svar.",
        "Three months after a purchase we ask whether it did what the citizen thought. No is an answer, too.",
    ),
    "follow_up.bought": Text("Købt {day}", "Bought {day}"),
    "follow_up.thought": Text("Tanken var:", "The thought was:"),
    "follow_up.question": Text("Gjorde det, hvad du troede?", "Did it do what you thought?"),
    "follow_up.words": Text("Med egne ord", "In your own words"),
    "follow_up.save": Text("Gem svaret", "Keep the answer"),
    "follow_up.waits": Text("Venter på et svar.", "Awaits an answer."),
    "follow_up.later": Text("Vi spørger {day}.", "We will ask on {day}."),
    "follow_up.none": Text("Der er ikke købt noget endnu.", "Nothing has been bought yet."),
    "done.answer_item_follow_up": Text("Svaret er gemt.", "The answer has been kept."),
    "done.attach_evidence": Text("Bilaget er gemt.", "The file has been kept."),
}

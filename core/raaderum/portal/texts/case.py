"""The page of one case: dream, money, plan, purchases, and the forms they are written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_DREAM: Final[Mapping[str, Text]] = {
    "dream.heading": Text("Drømmen", "The dream"),
    "dream.none": Text(
        "Drømmen er ikke skrevet ned endnu. Det tager tid at drømme; skriv den med borgerens egne ord.",
        "The dream is not written down yet. It takes time to dream; write it in the citizen's own words.",
    ),
    "dream.none_own": Text(
        "Din drøm er ikke skrevet ned endnu. Det tager tid at drømme; skriv den med dine egne ord.",
        "Your dream is not written down yet. It takes time to dream; write it in your own words.",
    ),
    "dream.write": Text("Skriv drømmen ned", "Write the dream down"),
    "dream.rewrite": Text("Skriv drømmen om", "Write the dream anew"),
    "dream.categories": Text("Målet handler om", "The goal is about"),
    "dream.sub_goals": Text("Delmål på vejen", "Steps on the way"),
    "dream.no_sub_goals": Text(
        "Ingen delmål endnu. Et forløb har højst {most}.", "No sub-goals yet. A course has at most {most}."
    ),
    "dream.add_sub_goal": Text("Tilføj et delmål", "Add a sub-goal"),
    "dream.sub_goal_words": Text("Delmålet med borgerens ord", "The sub-goal in the citizen's words"),
    "dream.sub_goal_own_words": Text("Delmålet med dine egne ord", "The sub-goal in your own words"),
    "dream.add": Text("Tilføj", "Add"),
    "goal.heading": Text("Drømmen", "The dream"),
    "goal.lead": Text(
        "Skriv det, som du selv ville sige det. Der bliver ikke rettet i det.",
        "Write it as you would say it yourself. Nothing will be corrected.",
    ),
    "goal.words": Text("Borgerens egne ord", "The citizen's own words"),
    "goal.words_hint": Text("Hvad drømmer borgeren om?", "What does the citizen dream of?"),
    "goal.own_words": Text("Dine egne ord", "Your own words"),
    "goal.own_words_hint": Text("Hvad drømmer du om?", "What do you dream of?"),
    "goal.categories": Text("Hvad handler målet om?", "What is the goal about?"),
    "goal.categories_hint": Text("Vælg gerne flere.", "Choose as many as fit."),
    "goal.save": Text("Gem drømmen", "Keep the dream"),
}
_MONEY: Final[Mapping[str, Text]] = {
    "case.back_own": Text("Tilbage til mit forløb", "Back to my course"),
    "case.rooms": Text("Mere om forløbet", "More about the enrolment"),
    "case.rooms_dream": Text("Vilkår og drøm", "Conditions and dream"),
    "case.rooms_plan": Text("Plan og penge", "Plan and money"),
    "case.rooms_way": Text("Undervejs og til sidst", "On the way and at the end"),
    "case.rooms_people": Text("Mennesker", "People"),
    "case.rooms_history": Text("Det, der er sket", "What has happened"),
    "case.money": Text("Pengene", "The money"),
    "case.no_money": Text(
        "Der er ikke bevilget penge endnu. Rammen er {ceiling}; pengene kommer, når planen er godkendt.",
        "No money has been granted yet. The ceiling is {ceiling}; the money comes when the plan is approved.",
    ),
    "money.left_of": Text("tilbage af {granted}", "left of {granted}"),
    "money.caption": Text("Hvor pengene er", "Where the money is"),
    "money.granted": Text("Bevilget", "Granted"),
    "money.available": Text("Tilbage", "Left"),
    "money.committed": Text("Godkendt, endnu ikke betalt", "Approved, not yet paid"),
    "money.in_payment": Text("På vej til betaling", "Being paid"),
    "money.spent": Text("Betalt", "Paid"),
    "money.nothing_yet": Text("Intet bevilget endnu", "Nothing granted yet"),
}
_PLAN: Final[Mapping[str, Text]] = {
    "plan.heading": Text("Budgetplanen", "The budget plan"),
    "plan.write": Text("Skriv en plan", "Write a plan"),
    "plan.change": Text("Skriv en ny version", "Write a new version"),
    "plan.none": Text(
        "Ingen plan endnu. Skriv, hvad pengene skal gå til, og hvorfor det fører til forandring.",
        "No plan yet. Write what the money is for, and why it leads to change.",
    ),
    "plan.none_yet": Text(
        "Planen kommer, når drømmen og det første delmål er skrevet ned.",
        "The plan comes when the dream and the first sub-goal are written down.",
    ),
    "plan.version": Text("Version {version}", "Version {version}"),
    "plan.items_of": Text("Poster i version {version}", "Items of version {version}"),
    "plan.what": Text("Hvad", "What"),
    "plan.why": Text("Hvorfor", "Why"),
    "plan.sub_goal": Text("Delmål", "Sub-goal"),
    "plan.amount": Text("Beløb", "Amount"),
    "plan.total": Text("I alt", "Total"),
    "plan.propose": Text("Send til godkendelse", "Send to approval"),
    "plan.awaits": Text("Planen venter på en koordinator.", "The plan awaits a coordinator."),
    "plan.own_proposal": Text(
        "Du har selv skrevet eller indsendt planen, så en kollega skal godkende den.",
        "You wrote or sent this plan yourself, so a colleague has to approve it.",
    ),
    "plan.returned_because": Text("Sendt tilbage:", "Returned:"),
    "plan.colour": Text("Vurdering", "Assessment"),
    "plan.colour_hint": Text(
        "Fører planen til en reel forandring, er den realistisk, og passer midlerne til målet? "
        "Er du i tvivl om noget (gul eller rød), eller skal længden være en anden, så vælg »Vurdér planen«.",
        "Does the plan lead to a real change, is it realistic, and do the means fit the ends? "
        "If you are in doubt (yellow or red), or the length is to be another, choose “Assess the plan”.",
    ),
    "plan.green": Text(
        "Grøn – jeg er sikker på både borger og plan", "Green – I am sure of both citizen and plan"
    ),
    "plan.approve": Text("Godkend og bevilg {total}", "Approve and grant {total}"),
    "plan.return": Text("Send tilbage", "Return"),
    "plan.return_comment": Text("Hvad skal ændres?", "What is to be changed?"),
    "plan.return_send": Text("Send planen tilbage", "Return the plan"),
    "colour.green": Text("grøn", "green"),
    "colour.yellow": Text("gul", "yellow"),
    "colour.red": Text("rød", "red"),
    "plan_form.heading": Text("Budgetplan", "Budget plan"),
    "plan_form.lead": Text(
        "{ceiling} er det meste, planen kan være på. Den gemmes som en ny version; de gamle bliver liggende.",
        "{ceiling} is the most that the plan can sum to. It is kept as a new version; the old ones stay.",
    ),
    "plan_form.sub_goal_first": Text(
        "Skriv drømmen og mindst ét delmål ned først: hver post skal føre til et delmål.",
        "Write down the dream and at least one sub-goal first: every item must lead to a sub-goal.",
    ),
    "plan_form.motivation": Text("Borgerens motivation", "The citizen's motivation"),
    "plan_form.motivation_hint": Text("Hvorfor netop nu?", "Why now?"),
    "plan_form.item": Text("Post {number}", "Item {number}"),
    "plan_form.description": Text("Hvad skal købes?", "What is to be bought?"),
    "plan_form.amount": Text("Beløb", "Amount"),
    "plan_form.needed_on": Text("Hvornår?", "When?"),
    "plan_form.sub_goal": Text("Delmål", "Sub-goal"),
    "plan_form.category": Text("Slags", "Kind"),
    "plan_form.theory": Text("Hvorfor fører pengene til forandring?", "Why does this money lead to change?"),
    "plan_form.theory_hint": Text("Når jeg får …, kan jeg …", "When I get …, I can …"),
    "plan_form.blank_rows": Text(
        "Tomme poster tæller ikke med. Gem kladden, hvis du mangler plads; så kommer der flere.",
        "Blank items do not count. Keep the draft if you need room; more will come.",
    ),
    "plan_form.propose": Text("Gem og send til godkendelse", "Keep and send to approval"),
    "plan_form.save": Text("Gem som kladde", "Keep as draft"),
}
_PURCHASES: Final[Mapping[str, Text]] = {
    "purchases.heading": Text("Køb", "Purchases"),
    "purchases.request": Text("Bed om et køb", "Ask for a purchase"),
    "purchases.none": Text(
        "Ingen køb endnu. Støttepersonen beder om det første, når det skal bruges.",
        "No purchases yet. The support person asks for the first one when it is needed.",
    ),
    "purchases.none_yet": Text(
        "Køb kommer, når planen er godkendt.", "Purchases come when the plan is approved."
    ),
    "purchases.from": Text("Hos {supplier}", "From {supplier}"),
    "purchases.asked_by": Text("{name}, {at}", "{name}, {at}"),
    "purchases.write_code": Text(
        "Skriv {code} på bestillingen, så fakturaen finder hjem.",
        "Write {code} on the order, so that the invoice finds its way home.",
    ),
    "purchases.refused_because": Text("Afslået:", "Refused:"),
    "purchases.paid_at": Text("Betalt {at}", "Paid {at}"),
    "purchases.refunded": Text("Heraf kommet tilbage: {amount}", "Of which has come back: {amount}"),
    "purchases.approved_for": Text("godkendt til {amount}", "approved for {amount}"),
    "purchases.approve": Text("Godkend", "Approve"),
    "purchases.refuse": Text("Afslå", "Refuse"),
    "purchases.refuse_because": Text("Hvorfor? Borgeren kan læse det.", "Why? The citizen can read it."),
    "purchases.refuse_send": Text("Afslå købet", "Refuse the purchase"),
    "purchases.own_request": Text(
        "Du har selv bedt om købet, så en kollega skal godkende det.",
        "You asked for this purchase yourself, so a colleague has to approve it.",
    ),
    "purchases.release": Text("Bliver ikke til noget?", "Not going to happen?"),
    "purchases.release_hint": Text(
        "Pengene bliver fri til noget andet, og en faktura med koden bliver ikke betalt.",
        "The money becomes free for something else, and an invoice with the code will not be paid.",
    ),
    "purchases.release_confirm": Text("Opgiv købet", "Give the purchase up"),
    "purchases.all_delivered": Text("Er alt leveret?", "Has all been delivered?"),
    "purchases.all_delivered_hint": Text(
        "Købet lukkes. Resten af pengene bliver fri, og flere fakturaer med koden bliver ikke betalt.",
        "The purchase is closed. The rest becomes free, and no further invoice with the code will be paid.",
    ),
    "purchases.all_delivered_confirm": Text("Alt er leveret: luk købet", "All is delivered: close it"),
    "purchases.part": Text("Faktura {number}: {amount}", "Invoice {number}: {amount}"),
    "purchases.left": Text(
        "{amount} er sat til side til flere fakturaer.", "{amount} is set aside for further invoices."
    ),
    "purchase_form.heading": Text("Bed om et køb", "Ask for a purchase"),
    "purchase_form.lead": Text("Der er {left} tilbage.", "There is {left} left."),
    "purchase_form.plan_first": Text(
        "Køb hører til en post i en godkendt plan. Få planen godkendt først.",
        "A purchase belongs to an item of an approved plan. Have the plan approved first.",
    ),
    "purchase_form.item": Text("Post i planen", "Item of the plan"),
    "purchase_form.description": Text("Hvad skal købes?", "What is to be bought?"),
    "purchase_form.description_hint": Text(
        "Skriv ikke personlige oplysninger: leverandøren kan se teksten.",
        "Write nothing personal: the supplier can see this text.",
    ),
    "purchase_form.supplier": Text("Hvor?", "Where?"),
    "purchase_form.cvr": Text("Leverandørens CVR-nummer", "The supplier's CVR number"),
    "purchase_form.cvr_hint": Text("Otte cifre fra tilbuddet.", "Eight digits from the quote."),
    "purchase_form.amount": Text("Beløb", "Amount"),
    "purchase_form.amount_hint": Text(
        "Højst det, fakturaen kan lyde på.", "At most what the invoice can say."
    ),
    "purchase_form.send": Text("Send til godkendelse", "Send to approval"),
}

TEXTS: Final[Mapping[str, Text]] = {**_DREAM, **_MONEY, **_PLAN, **_PURCHASES}

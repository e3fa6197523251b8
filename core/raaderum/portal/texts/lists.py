"""The list of citizens, the programmes, and the new referral."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "caseload.heading": Text("Borgere", "Citizens"),
    "caseload.refer": Text("Ny indstilling", "New referral"),
    "caseload.filters": Text("Vis efter tilstand", "Show by state"),
    "caseload.all": Text("alle", "all"),
    "caseload.citizen": Text("Borger", "Citizen"),
    "caseload.state": Text("Tilstand", "State"),
    "caseload.support_person": Text("Støtteperson", "Support person"),
    "caseload.money_left": Text("Penge tilbage", "Money left"),
    "caseload.not_granted": Text("intet bevilget endnu", "nothing granted yet"),
    "caseload.waiting": Text("Skal godkendes", "To be approved"),
    "caseload.plan_waiting": Text("budgetplan", "budget plan"),
    "caseload.purchases_waiting": Text("køb: {number}", "purchases: {number}"),
    "caseload.nothing_waiting": Text("intet", "nothing"),
    "caseload.none": Text("Her er ingen borgere.", "There are no citizens here."),
    "caseload.none_what_to_do": Text(
        "Et forløb begynder med en indstilling: opret borgeren, og vælg ordning og støtteperson.",
        "A course begins with a referral: register the citizen, and choose programme and support person.",
    ),
    "caseload.none_support_person": Text(
        "Når koordinatoren vælger dig som støtteperson, står borgeren her.",
        "When the coordinator chooses you as support person, the citizen will stand here.",
    ),
    "programmes.heading": Text("Ordninger", "Programmes"),
    "programmes.lead": Text(
        "Kommunens ordninger med personlige budgetter og de regler, der gælder i dag.",
        "The municipality's programmes of personal budgets and the rules in force today.",
    ),
    "programmes.ceiling": Text("Ramme pr. borger", "Ceiling per citizen"),
    "programmes.months": Text("Måneder", "Months"),
    "programmes.sub_goals": Text("Højst delmål", "Sub-goals at most"),
    "programmes.receipt_days": Text("Dage til kvittering", "Days for a receipt"),
    "programmes.remainder": Text("Det, der bliver tilbage", "What is left over"),
    "programmes.valid_from": Text("Gælder fra", "Valid from"),
    "programmes.none": Text(
        "Kommunen har ingen ordning, der gælder i dag.", "The municipality has no programme in force today."
    ),
    "refund_policy.whole_amount": Text(
        "Hele beløbet er borgerens at bruge.", "The whole amount is the citizen's to use."
    ),
    "refund_policy.back_to_pool": Text(
        "Det, delmålene ikke kræver, går tilbage til puljen.",
        "What the sub-goals do not need goes back to the pool.",
    ),
    "referral.heading": Text("Ny indstilling", "New referral"),
    "referral.lead": Text(
        "Opret borgeren, og vælg ordning og støtteperson. Bagefter kommer screeningen.",
        "Register the citizen, and choose programme and support person. Afterwards comes the screening.",
    ),
    "referral.name": Text("Borgerens navn", "The citizen's name"),
    "referral.cpr": Text("CPR-nummer", "CPR number"),
    "referral.cpr_hint": Text("Ti cifre. Gemmes krypteret.", "Ten digits. Stored encrypted."),
    "referral.programme": Text("Ordning", "Programme"),
    "referral.at_most": Text("højst {ceiling}", "at most {ceiling}"),
    "referral.choose": Text("Vælg", "Choose"),
    "referral.support_person": Text("Støtteperson", "Support person"),
    "referral.support_person_hint": Text(
        "Følger borgeren hele vejen og beder om køb på borgerens vegne.",
        "Follows the citizen all the way and asks for purchases on the citizen's behalf.",
    ),
    "referral.ceiling": Text("Lavere ramme for denne borger", "Lower ceiling for this citizen"),
    "referral.ceiling_hint": Text(
        "Lad feltet være tomt for ordningens egen ramme.", "Leave empty for the programme's own ceiling."
    ),
    "referral.save": Text("Opret og indstil", "Register and refer"),
    "referral.no_programme": Text(
        "Kommunen har ingen ordning, der tager imod borgere i dag.",
        "The municipality has no programme that takes citizens today.",
    ),
    "referral.no_support_person": Text(
        "Kommunen har ingen støttepersoner endnu. Bed administratoren om at oprette en.",
        "The municipality has no support person yet. Ask the administrator to register one.",
    ),
}

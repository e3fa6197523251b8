"""Invoices that come in parts, reminders, answers to suppliers, and the approval of many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "part.heading": Text("Hvor meget af købet", "How much of the purchase"),
    "part.ordered": Text("Bestilt", "Ordered"),
    "part.invoiced": Text("Faktureret før", "Invoiced before"),
    "part.this": Text("Denne faktura", "This invoice"),
    "part.left": Text("Tilbage bagefter", "Left afterwards"),
    "part.more": Text("Kommer der flere fakturaer?", "Are more invoices to come?"),
    "part.is_last": Text("Nej, det er den sidste: luk købet", "No, it is the last one: close the purchase"),
    "part.is_not_last": Text("Ja: behold resten til dem", "Yes: keep the rest set aside for them"),
    "part.credited": Text(
        "{amount} er krediteret, før den blev betalt.", "{amount} was credited before it was paid."
    ),
    "part.prepaid": Text(
        "Leverandøren skriver, at {amount} er betalt på forhånd.",
        "The supplier writes that {amount} was paid beforehand.",
    ),
    "times.heading": Text("Hvor længe den har ligget", "How long it has lain"),
    "times.here": Text("Dage i alt", "Days in all"),
    "times.with": Text("Ligger", "It lies"),
    "times.to_approval": Text("Dage fra modtaget til godkendt", "Days from receipt to approval"),
    "times.to_payment": Text("Dage fra godkendt til betalt", "Days from approval to payment"),
    "times.of_reminded": Text(
        "Det gælder den faktura, der rykkes for.", "This is of the invoice that the reminder is about."
    ),
    "times.to_invoice": Text("Se fakturaen", "See the invoice"),
    "reminder.title": Text("Rykker", "Reminder"),
    "reminder.fee": Text("Gebyret på {amount}", "The fee of {amount}"),
    "reminder.fee_hint": Text(
        "Et gebyr betales aldrig af borgerens penge. Læg rykkeren til side for at afvise det, "
        "eller betal det fra ordningens egen konto.",
        "A fee is never paid from the citizen's money. Put the reminder aside to refuse it, or pay it from "
        "the programme's own account.",
    ),
    "reminder.pay_fee": Text("Betal {amount} for kommunens regning", "Pay {amount} at municipality's cost"),
    "answers.heading": Text("Svar til leverandøren", "Answers to the supplier"),
    "answers.waiting": Text("venter på at blive lagt til afsendelse", "waits to be placed for sending"),
    "answers.placed": Text("lagt til afsendelse {at}", "placed for sending {at}"),
    "answers.download": Text("Hent svaret", "Download the answer"),
    "answers.accepted": Text("godkendt", "accepted"),
    "answers.rejected": Text("afvist", "rejected"),
    "answers.under_query": Text("under afklaring", "under query"),
    "answers.paid": Text("betalt", "paid"),
    "answers.ask": Text("Spørg leverandøren", "Ask the supplier"),
    "answers.ask_text": Text(
        "Leverandøren får besked om, at fakturaen er under afklaring. Den bliver liggende åben.",
        "The supplier is told that the invoice is under query. It stays open.",
    ),
    "answers.ask_about": Text("Hvad vil I spørge om?", "What do you want to ask about?"),
    "answers.ask_confirm": Text("Send spørgsmålet", "Send the question"),
    "done.ask_supplier": Text("Leverandøren er spurgt.", "The supplier has been asked."),
    "answers.reason": Text("Det får leverandøren at vide", "What the supplier is told"),
    "answers.reason_hint": Text(
        "Begrundelsen ovenfor sendes ikke; den kan handle om borgeren.",
        "The reason above is not sent; it may be about the citizen.",
    ),
    "answers.references": Text("vores kode mangler eller er forkert", "our code is missing or wrong"),
    "answers.legal": Text("dokumentet bryder reglerne", "the document breaks the rules"),
    "answers.unrecognised": Text("vi kender ikke til købet", "we know of no such purchase"),
    "answers.prices": Text("beløbet er ikke det aftalte", "the amount is not what was agreed"),
    "answers.other": Text("andet: kontakt kommunen", "something else: contact the municipality"),
    "done.approve_in_bulk": Text("De valgte er set igennem.", "Those chosen have been gone through."),
    "bulk.heading": Text("Godkend flere fakturaer", "Approve several invoices"),
    "bulk.lead": Text(
        "Prøv først: så ser du, hvad det bliver til, og hvad der ikke kan godkendes. Intet sker, før du "
        "godkender.",
        "Try it out first: then you see what it comes to and what cannot be approved. Nothing happens before "
        "you approve.",
    ),
    "bulk.link": Text("Godkend flere på en gang", "Approve several at once"),
    "bulk.choose": Text("Fakturaer, der passer til et køb", "Invoices that fit a purchase"),
    "bulk.try": Text("Prøv, uden at godkende", "Try out without approving"),
    "bulk.approve": Text("Godkend de valgte", "Approve those chosen"),
    "bulk.none": Text("Ingen fakturaer venter på godkendelse.", "No invoices await approval."),
    "bulk.would": Text(
        "{number} kan godkendes: {amount} i alt. Intet er godkendt endnu.",
        "{number} can be approved: {amount} in all. Nothing is approved yet.",
    ),
    "bulk.done": Text("{number} er godkendt: {amount} i alt.", "{number} are approved: {amount} in all."),
    "bulk.failed": Text("Kunne ikke godkendes", "Could not be approved"),
    "bulk.by_account": Text("For hver konto", "For each account"),
    "bulk.by_supplier": Text("For hver leverandør", "For each supplier"),
    "bulk.before": Text("{number} var godkendt i forvejen.", "{number} had been approved before."),
    "bulk.no_account": Text("uden betaling", "without a payment"),
}

"""The invoice inbox, one invoice, and payments that need somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "inbox.heading": Text("Fakturaer", "Invoices"),
    "inbox.upload": Text("Tag fakturaer ind", "Take invoices in"),
    "inbox.files": Text("XML-filer fra leverandører", "XML files from suppliers"),
    "inbox.files_hint": Text(
        "Gerne flere på en gang. Alt gemmes, også det, der ikke kan betales.",
        "Several at a time if you like. Everything is kept, also what cannot be paid.",
    ),
    "inbox.send": Text("Tag ind", "Take in"),
    "inbox.filters": Text("Vis efter udfald", "Show by outcome"),
    "inbox.all": Text("alle", "all"),
    "inbox.supplier": Text("Leverandør", "Supplier"),
    "inbox.outcome": Text("Udfald", "Outcome"),
    "inbox.due_on": Text("Betales senest", "Due on"),
    "inbox.amount": Text("Beløb", "Amount"),
    "inbox.credit_note": Text("Kreditnota", "Credit note"),
    "inbox.received": Text("modtaget {at}", "received {at}"),
    "inbox.unnamed": Text("fil uden navn", "file without a name"),
    "inbox.none": Text("Indbakken er tom.", "The inbox is empty."),
    "inbox.none_with_outcome": Text("Ingen fakturaer med det udfald.", "No invoices with this outcome."),
    "inbox.none_what_to_do": Text(
        "En faktura med vores kode (RD-…) finder selv sit køb. Resten får et forslag eller venter her.",
        "An invoice with our code (RD-…) finds its purchase by itself. The rest wait here, some with a hint.",
    ),
    "invoice.back": Text("Tilbage til fakturaer", "Back to invoices"),
    "invoice.invoice": Text("Faktura", "Invoice"),
    "invoice.credit_note": Text("Kreditnota", "Credit note"),
    "invoice.approve": Text("Godkend og betal {amount}", "Approve and pay {amount}"),
    "invoice.approve_credit": Text("Godkend kreditnotaen", "Approve the credit note"),
    "invoice.confirm_match": Text("Ja, den hører til {code}", "Yes, it belongs to {code}"),
    "invoice.side_by_side": Text("Faktura og køb ved siden af hinanden", "Invoice and purchase side by side"),
    "invoice.what_it_says": Text("Det står der", "What it says"),
    "invoice.on_the_invoice": Text("På fakturaen", "On the invoice"),
    "invoice.on_the_purchase": Text("På købet", "On the purchase"),
    "invoice.supplier": Text("Leverandør", "Supplier"),
    "invoice.cvr": Text("CVR-nummer", "CVR number"),
    "invoice.amount": Text("Beløb", "Amount"),
    "invoice.reference": Text("Kode", "Code"),
    "invoice.dates": Text("Dato / betales senest", "Date / due on"),
    "invoice.what": Text("Køb", "Purchase"),
    "invoice.same": Text("ens", "same"),
    "invoice.differs": Text("forskelligt", "differs"),
    "invoice.to_case": Text("Se borgerens sag", "See the citizen's case"),
    "invoice.to_trail": Text("Følg pengene", "Follow the money"),
    "invoice.download": Text("Hent den oprindelige fil", "Download the original file"),
    "invoice.findings": Text("Regler, som filen bryder", "Rules that the file breaks"),
    "invoice.fatal": Text("afviser fakturaen", "rejects the invoice"),
    "invoice.warning": Text("advarsel", "warning"),
    "invoice.choose_purchase": Text("Vælg købet selv", "Choose the purchase yourself"),
    "invoice.choose_this": Text("Vælg dette køb", "Choose this purchase"),
    "invoice.code": Text("Købets kode", "The purchase's code"),
    "invoice.code_hint": Text("Står på bestillingen: RD-…", "Stands on the order: RD-…"),
    "invoice.match": Text("Knyt til købet", "Tie to the purchase"),
    "invoice.dismiss": Text("Læg fakturaen til side", "Put the invoice aside"),
    "invoice.dismiss_because": Text("Hvorfor skal den ikke betales?", "Why is it not to be paid?"),
    "invoice.dismiss_confirm": Text("Læg til side for altid", "Put aside for good"),
    "payouts.heading": Text("Betalinger, der kræver nogen", "Payments that need somebody"),
    "payouts.lead": Text(
        "De fleste betalinger passer sig selv. Her er dem, der er afvist, og dem, ingen kender udfaldet af.",
        "Most payments look after themselves. Here are those refused, and those nobody knows about yet.",
    ),
    "payouts.failed_text": Text(
        "Pengene er sat til side igen og ikke betalt. Ret årsagen, og prøv så igen.",
        "The money is set aside again and not paid. Mend the cause, then try again.",
    ),
    "payouts.unknown_text": Text(
        "Vi spørger igen af os selv, indtil vi får svar. Den sendes aldrig to gange på må og få.",
        "We keep asking until we get an answer. It is never sent twice blindly.",
    ),
    "payouts.attempt": Text("Forsøg {number}, {at}", "Attempt {number}, {at}"),
    "payouts.trail": Text("Følg pengene", "Follow the money"),
    "payouts.retry": Text("Prøv igen", "Try again"),
    "payouts.none": Text("Ingen betalinger venter på nogen.", "No payment needs anybody."),
    "payouts.none_text": Text(
        "Afviste og uklare betalinger dukker op her af sig selv.",
        "Refused and unclear payments turn up here by themselves.",
    ),
}

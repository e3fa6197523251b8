"""Receipts: what is missing, how to send it, and what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "receipts.heading": Text("Kvitteringer", "Receipts"),
    "receipts.lead": Text(
        "Her er alt, der er betalt med kort eller lille overførsel. Det, der mangler noget, står øverst. "
        "Fakturaer skal du ikke sende.",
        "Here is all that was paid by card or small transfer. What lacks something comes first. "
        "Invoices need not be sent.",
    ),
    "receipts.back": Text("Alle kvitteringer, der mangler", "All receipts that are missing"),
    "receipts.none": Text("Der er ikke betalt noget, der skal kvittering på.", "Nothing needs a receipt."),
    "receipts.paid": Text("{amount} betalt {day}, {way}", "{amount} paid {day}, {way}"),
    "receipts.why": Text("Begrundelse:", "Reason:"),
    "receipts.photo": Text("Tag et billede", "Take a picture"),
    "receipts.photo_hint": Text(
        "Hele bonen skal kunne læses. Stedet, billedet er taget, bliver ikke gemt.",
        "All of it must be readable. Where the picture was taken is not kept.",
    ),
    "receipts.file": Text("Eller vælg en fil", "Or choose a file"),
    "receipts.file_hint": Text(
        "Billede eller PDF, højst 10 MB. Filer bliver ikke scannet for virus.",
        "Picture or PDF, at most 10 MB. Files are not scanned for viruses.",
    ),
    "receipts.send": Text("Send kvitteringen", "Send the receipt"),
    "receipts.for": Text("til {what}", "for {what}"),
    "receipts.lost": Text("Kvitteringen er væk", "The receipt is lost"),
    "receipts.lost_left": Text(
        "Du kan erklære {left} flere kvitteringer væk i dette forløb.",
        "{left} more receipts can be declared lost in this course.",
    ),
    "receipts.lost_words": Text(
        "Hvad blev købt, og hvordan blev kvitteringen væk?", "What was bought, and how was the receipt lost?"
    ),
    "receipts.declare": Text("Jeg erklærer det", "I declare it"),
    "receipts.activity": Text("Fandt det sted?", "Did it take place?"),
    "receipts.activity_words": Text(
        "Blev det til noget andet, så skriv hvad", "If it became something else, write what"
    ),
    "receipts.tell": Text("Svar", "Answer"),
    "receipts.accept": Text("Kvittering godkendt", "Receipt accepted"),
    "receipts.turn_down": Text("Send tilbage", "Turn down"),
    "receipts.turn_down_words": Text(
        "Hvorfor kan den ikke bruges, og hvad kan borgeren gøre?",
        "Why can it not be used, and what can the citizen do?",
    ),
    "receipts.waive": Text("Eftergiv", "Waive"),
    "receipts.waive_words": Text("Hvorfor eftergives den?", "Why is it waived?"),
    "receipts.seen_before": Text("Læg mærke til: den samme {where}.", "Please note: the same {where}."),
    "receipts.stated_lost": Text("Erklæret væk på tro og love {at}:", "Declared lost on honour {at}:"),
    "receipts.stated_activity": Text("Om aktiviteten {at}:", "About the activity {at}:"),
    "receipts.loose": Text("Kvitteringer, der mangler en betaling", "Receipts without a payment"),
    "receipts.which": Text("Hvad er den for?", "What is it for?"),
    "receipts.tie": Text("Knyt den", "Tie it"),
    "receipts.no_candidates": Text("Der er ingen betaling, der mangler den.", "No payment lacks it."),
    "receipts.send_loose": Text(
        "Send en kvittering, før betalingen står her", "Send a receipt before its payment is listed"
    ),
    "receipts.amount": Text("Beløb", "Amount"),
    "receipts.bought_on": Text("Dag", "Day"),
    "receipts.missing_lead": Text(
        "Overskredne kvitteringer, og dem, der er kommet og skal ses efter.",
        "Receipts that are overdue, and those that came in and are to be looked at.",
    ),
    "receipts.nothing_missing": Text("Der mangler ingen.", "None is missing."),
    "receipts.citizen": Text("Borger", "Citizen"),
    "receipts.what": Text("Betaling", "Payment"),
    "receipts.due": Text("Frist", "Due"),
    "receipts.state": Text("Står som", "Stands as"),
    "receipts.closed": Text("lukket", "closed"),
    "nav.receipts": Text("Kvitteringer", "Receipts"),
    "done.send_receipt": Text(
        "Tak, kvitteringen er her. Var noget lukket for den, er det åbent igen.",
        "Thank you, the receipt is here. If something was closed for it, it is open again.",
    ),
    "done.send_loose_receipt": Text(
        "Tak, kvitteringen er her. Vælg, hvad den er for.",
        "Thank you, the receipt is here. Choose what it is for.",
    ),
    "done.tie_receipt": Text(
        "Kvitteringen er knyttet til betalingen.", "The receipt is tied to the payment."
    ),
    "done.declare_receipt_lost": Text(
        "Erklæringen er gemt. En medarbejder ser på den.",
        "The declaration is kept. A member of staff will look.",
    ),
    "done.confirm_activity": Text("Tak for svaret.", "Thank you for the answer."),
    "done.accept_receipt": Text("Kvitteringen er godkendt.", "The receipt is accepted."),
    "done.turn_down_receipt": Text(
        "Borgeren har fået besked og nye dage.", "The citizen has been told and has new days."
    ),
    "done.waive_receipt": Text("Kvitteringen er eftergivet.", "The receipt is waived."),
}

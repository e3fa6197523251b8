"""The bank's lines, and the proof of the books."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "nav.bank": Text("Bank", "The bank"),
    "nav.proof": Text("Bevis", "Proof"),
    "bank.heading": Text("Linjer fra banken", "Lines of the bank"),
    "bank.lead": Text(
        "En linje med vores kode finder selv sin betaling. Resten venter her på nogen.",
        "A line with our code finds its payment by itself. The rest wait here for somebody.",
    ),
    "bank.upload": Text("Tag et kontoudtog ind", "Take a statement in"),
    "bank.file": Text("Fil fra banken", "File from the bank"),
    "bank.file_hint": Text(
        "camt.053 eller camt.054 (XML). Alt gemmes, og den samme linje tæller kun én gang.",
        "camt.053 or camt.054 (XML). Everything is kept, and the same line counts only once.",
    ),
    "bank.send": Text("Tag ind", "Take in"),
    "bank.queue": Text("Venter på nogen", "Waits for somebody"),
    "bank.queue_empty": Text("Ingen linjer venter.", "No lines wait."),
    "bank.line": Text("Linje", "Line"),
    "bank.why": Text("Hvorfor", "Why"),
    "bank.booked_on": Text("Bogført i banken", "Booked by the bank"),
    "bank.amount": Text("Beløb", "Amount"),
    "bank.unnamed": Text("uden tekst", "without a text"),
    "bank.waits_for_second": Text("venter på en kollega", "waits for a colleague"),
    "bank.gaps": Text("Der mangler kontoudtog", "Statements are missing"),
    "bank.gap": Text(
        "Konto {account}, udtog til {until}: begynder med {opening}, men det forrige sluttede på {before}.",
        "Account {account}, statement until {until}: begins with {opening}, but the last ended at {before}.",
    ),
    "bank.files": Text("Filer", "Files"),
    "bank.no_files": Text("Ingen filer endnu.", "No files yet."),
    "bank.lines": Text("linjer: {count}, i alt {sum}", "lines: {count}, {sum} in all"),
    "bank.difference": Text("går ikke op: {amount} i forskel", "does not add up: {amount} apart"),
    "bank.fault": Text("Linje {number}:", "Line {number}:"),
    "bank.state.taken_in": Text("taget ind", "taken in"),
    "bank.state.refused": Text("afvist", "refused"),
    "bank.state.duplicate": Text("set før", "seen before"),
    "bank_line.heading": Text("Linje fra banken", "Line of the bank"),
    "bank_line.back": Text("Tilbage til linjerne", "Back to the lines"),
    "bank_line.counterparty": Text("Modpart", "Counterparty"),
    "bank_line.text": Text("Bankens tekst", "The bank's text"),
    "bank_line.reference": Text("Bankens reference", "The bank's reference"),
    "bank_line.return_reason": Text("Bankens årsag til returen", "The bank's reason for the return"),
    "bank_line.note": Text("Bemærkning", "Note"),
    "bank_line.payout": Text("Betaling", "Payment"),
    "bank_line.confirm": Text("En kollega har valgt betalingen", "A colleague chose the payment"),
    "bank_line.confirm_text": Text(
        "Når du bekræfter, flyttes pengene i regnskabet. Det skal være en anden end den, der valgte.",
        "When you confirm, money moves in the books. It must be another than whoever chose.",
    ),
    "bank_line.confirm_this": Text("Bekræft", "Confirm"),
    "bank_line.choose": Text("Hvilken betaling er det?", "Which payment is it?"),
    "bank_line.choose_returned": Text("Hvilken betaling kom retur?", "Which payment came back?"),
    "bank_line.choose_this": Text("Vælg denne", "Choose this one"),
    "bank_line.code": Text("Betalingens kode", "The payment's code"),
    "bank_line.code_hint": Text("Begynder med RD-", "Begins with RD-"),
    "bank_line.match": Text("Knyt til betalingen", "Tie to the payment"),
    "bank_line.dismiss": Text("Linjen vedrører ikke ordningen", "The line is not the programme's"),
    "bank_line.dismiss_because": Text("Hvad er den så?", "What is it then?"),
    "bank_line.dismiss_confirm": Text("Læg til side", "Put aside"),
    "proof.heading": Text("Stemmer pengene?", "Does the money add up?"),
    "proof.lead": Text(
        "Hver nat holdes regnskabet op mod betalingsvejene og banken, linje for linje.",
        "Every night the books are held against the ways of paying and the bank, line by line.",
    ),
    "proof.newest": Text("Nyeste bevis", "Newest proof"),
    "proof.none": Text("Der er ikke ført bevis endnu.", "No proof has been made yet."),
    "proof.back": Text("Alle beviser", "All proofs"),
    "proof.holds": Text("alt stemmer til øren", "all agrees to the øre"),
    "proof.holds_text": Text("Der er intet at gøre.", "There is nothing to do."),
    "proof.differs": Text("noget stemmer ikke", "something differs"),
    "proof.differs_text": Text(
        "Se nedenfor hvad, hvor og hvad der skal gøres.", "See below what, where and what to do."
    ),
    "proof.of_days": Text("{first} til {last}, ført {at}", "{first} to {last}, made {at}"),
    "proof.side_by_side": Text("Beløb ved siden af hinanden", "Amounts side by side"),
    "proof.against": Text("Holdt op mod", "Held against"),
    "proof.ours": Text("Vores", "Ours"),
    "proof.theirs": Text("Deres", "Theirs"),
    "proof.left": Text("Afviger", "Differ"),
    "proof.remainders": Text("Det, der ikke stemmer", "What does not agree"),
    "proof.both_amounts": Text("Hos os {ours}, hos dem {theirs}.", "Ours {ours}, theirs {theirs}."),
    "proof.look": Text("se efter", "take a look"),
    "proof.breaches": Text(
        "Regnskabets egne regler er brudt. Sig det til driften:",
        "The books' own rules are broken. Tell operations:",
    ),
    "proof.silent": Text("Kunne ikke spørges i nat:", "Could not be asked tonight:"),
    "proof.now": Text("Før bevis nu", "Prove now"),
    "proof.first_day": Text("Fra og med", "From"),
    "proof.last_day": Text("Til og med", "Until"),
    "proof.prove": Text("Før bevis", "Prove"),
    "proof.earlier": Text("Tidligere", "Earlier"),
    "done.take_in_bank_file": Text("Filen er taget ind.", "The file was taken in."),
    "done.match_bank_line": Text("Betalingen er valgt.", "The payment was chosen."),
    "done.confirm_bank_line": Text("Bekræftet.", "Confirmed."),
    "done.dismiss_bank_line": Text("Linjen er lagt til side.", "The line was put aside."),
    "done.prove_now": Text("Beviset er ført.", "The proof was made."),
}

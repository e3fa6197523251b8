"""Payments that need people: deciding, mending, giving up, and work that was put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "payouts.void_text": Text(
        "Betalingen er ændret, siden den blev godkendt. Den bliver ikke sendt, før den er godkendt igen.",
        "The payment has been changed since it was approved. It is not sent before it is approved again.",
    ),
    "payouts.approve_again": Text("Godkend igen", "Approve again"),
    "payouts.give_up": Text("Opgiv betalingen", "Give the payment up"),
    "payouts.give_up_text": Text(
        "Pengene bliver fri igen. Er købet stadig åbent, bliver de sat af til det.",
        "The money is free again. If the purchase is still open, it stays set aside for it.",
    ),
    "payouts.give_up_confirm": Text("Ja, opgiv betalingen", "Yes, give the payment up"),
    "payouts.attempts": Text("Alle forsøg", "All attempts"),
    "payouts.told_by": Text("fortalt af: {source}", "told by: {source}"),
    "payouts.told_source.worker": Text("udbyderens svar", "the provider's answer"),
    "payouts.told_source.callback": Text("udbyderens opkald", "the provider's call"),
    "payouts.told_source.status_file": Text("bankens svarfil", "the bank's status file"),
    "payouts.told_source.bank_statement": Text("kontoudtoget", "the bank statement"),
    "payouts.told_source.people": Text("afgørelse af to medarbejdere", "a decision of two members of staff"),
    "payouts.still_asking": Text(
        "Udbyderen bliver spurgt. Er der intet svar efter {hours} timer, afgør I det her.",
        "The provider is being asked. If there is no answer after {hours} hours, you decide here.",
    ),
    "payouts.decide": Text("Afgør, om den er betalt", "Decide whether it was paid"),
    "payouts.decide_text": Text(
        "Spørg banken eller udbyderen først. En anden medarbejder skal bekræfte. Vi spørger stadig.",
        "Ask the bank or the provider first. Another member of staff must confirm. We go on asking.",
    ),
    "payouts.was_paid": Text("Er den betalt?", "Was it paid?"),
    "payouts.was_paid_yes": Text("Ja, pengene er gået", "Yes, the money has left"),
    "payouts.was_paid_no": Text("Nej, den er ikke betalt", "No, it was not paid"),
    "payouts.reference": Text("Bankens eller udbyderens reference", "The bank's or the provider's reference"),
    "payouts.reference_hint": Text("Skal skrives, hvis den er betalt.", "Must be written if it was paid."),
    "payouts.because": Text("Hvad bygger det på?", "What does it rest on?"),
    "payouts.propose": Text("Send til bekræftelse", "Send to be confirmed"),
    "payouts.proposed_paid": Text(
        "Forslag: den er betalt (reference {reference}).", "Proposed: it was paid (reference {reference})."
    ),
    "payouts.proposed_not_paid": Text("Forslag: den er ikke betalt.", "Proposed: it was not paid."),
    "payouts.confirm": Text("Bekræft", "Confirm"),
    "payouts.reject": Text("Afvis forslaget", "Reject the proposal"),
    "payouts.retry_all": Text("Prøv alle fejlede igen", "Try all failed ones again"),
    "payouts.retry_all_text": Text(
        "Hver betaling får en ny nøgle. Kommer der flere til inden, sender vi intet.",
        "Each payment gets a new key. If more come in before that, nothing is sent.",
    ),
    "payouts.provider": Text("Betalingsmåde", "Way of paying"),
    "payouts.count": Text("Antal", "Number"),
    "payouts.total": Text("I alt", "In all"),
    "payouts.retry_these": Text("Prøv disse igen", "Try these again"),
    "payouts.contradictions": Text("Modstridende beskeder", "Contradicting words"),
    "payouts.contradictions_text": Text(
        "En betaling endte på én måde, og nu siges noget andet. Pengene er ikke flyttet. Find ud af, hvad "
        "der er rigtigt, og gør det, der skal til: bogfør en returbetaling, eller opgiv en fejlet betaling.",
        "A payment ended in one way, and now something else is told. No money has been moved. Find out what "
        "is right and do what it takes: book a return, or give a failed payment up.",
    ),
    "payouts.told.completed": Text(
        "Vi fik at vide, at den blev afvist. Nu siges, at den er betalt ({words}).",
        "We were told that it was refused. Now it is said to be paid ({words}).",
    ),
    "payouts.told.refused": Text(
        "Vi fik at vide, at den er betalt. Nu siges, at den blev afvist ({words}).",
        "We were told that it was paid. Now it is said to be refused ({words}).",
    ),
    "payouts.correct": Text("Den er betalt – bogfør den", "It was paid – book it"),
    "payouts.correct_text": Text(
        "Se bankens bilag først. En anden medarbejder skal bekræfte. Er betalingen også gået en anden gang, "
        "kræver I den ene tilbage; borgeren betaler kun én.",
        "See the bank's voucher first. Another member of staff must confirm. If the payment also went a "
        "second time, you claim one back; the citizen bears only one.",
    ),
    "payouts.correction_proposed": Text(
        "Forslag: betalingen er gået igennem.", "Proposed: the payment went through."
    ),
    "payouts.claims": Text("Skal kræves tilbage", "To be claimed back"),
    "payouts.claims_text": Text(
        "De er betalt, uden at nogen skyldte dem. Ordningen bærer dem, til de kommer tilbage. Bringer "
        "banken dem tilbage på kontoudtoget, lukkes kravet af sig selv.",
        "They were paid though nobody owed them. The programme bears them until they come back. Where the "
        "bank statement brings them back, the claim closes by itself.",
    ),
    "payouts.claim_reference": Text("Betalt med reference {reference}.", "Paid with reference {reference}."),
    "payouts.claim_close": Text("Luk kravet", "Close the claim"),
    "payouts.claim_came_back": Text("Er pengene kommet tilbage?", "Has the money come back?"),
    "payouts.claim_yes": Text("Ja, de er på kontoen", "Yes, it is on the account"),
    "payouts.claim_no": Text("Nej, og de kommer ikke: afskriv", "No, and it never will: write it off"),
    "payouts.claim_reference_hint": Text(
        "Skal skrives, hvis pengene er kommet.", "Must be written if the money has come."
    ),
    "payouts.refunds": Text("Kreditnotaer uden bilag", "Credit notes without a voucher"),
    "payouts.refunds_text": Text(
        "Borgeren har fået pengene til sit råderum, men økonomisystemet har ikke bekræftet bogføringen. Slå "
        "den op dér, og skriv bilagsnummeret, når den er bogført.",
        "The citizen can spend the money again, but the accounting system has not confirmed the booking. "
        "Look it up there and write the voucher's number once it is booked.",
    ),
    "payouts.refund_of": Text("Kreditnota {number}", "Credit note {number}"),
    "payouts.refund_note": Text("Den er bogført", "It is booked"),
    "payouts.voucher_number": Text("Bilagsnummer", "Voucher number"),
    "done.note_refund": Text("Bilaget er noteret.", "The voucher is noted."),
    "done.propose_correction": Text(
        "Forslaget er gemt. En anden skal bekræfte det.",
        "The proposal is kept. Another person must confirm it.",
    ),
    "done.confirm_correction": Text("Bekræftet og bogført.", "Confirmed and booked."),
    "done.reject_correction": Text("Forslaget er afvist.", "The proposal is rejected."),
    "done.close_claim": Text("Kravet er lukket.", "The claim is closed."),
    "payouts.settle": Text("Det er afklaret", "It has been settled"),
    "payouts.settled_because": Text(
        "Hvad viste det sig, og hvad blev gjort?", "What was it, and what was done?"
    ),
    "purchases.expected_on": Text("Forventet betalt den {day}.", "Expected to be paid on {day}."),
    "purchases.returned": Text(
        "Betalt, men {amount} er kommet retur fra banken.", "Paid, but {amount} came back from the bank."
    ),
    "trail.evidence": Text("Bevis", "Evidence"),
    "trail.evidence_hash": Text("Aftryk (SHA-256)", "Fingerprint (SHA-256)"),
    "trail.returned": Text("Retur fra banken", "Back from the bank"),
    "nav.parked": Text("Parkeret arbejde", "Parked work"),
    "parked.heading": Text("Parkeret arbejde", "Parked work"),
    "parked.lead": Text(
        "Noget, systemet skulle gøre, gik ikke. Ret årsagen, og sæt det i gang igen.",
        "Something that the system had to do did not work. Mend the cause and set it going again.",
    ),
    "parked.what": Text("Hvad", "What"),
    "parked.because": Text("Hvorfor", "Why"),
    "parked.since": Text("Siden", "Since"),
    "parked.act": Text("Handling", "Act"),
    "parked.tries": Text("{tries} forsøg", "{tries} tries"),
    "parked.resume": Text("Sæt i gang igen", "Set going again"),
    "parked.none": Text("Intet arbejde er parkeret.", "No work is parked."),
    "done.resume_work": Text("Arbejdet er sat i gang igen.", "The work has been set going again."),
    "done.retry_all_payouts": Text("Betalingerne forsøges igen.", "The payments are being tried again."),
    "done.give_up_payout": Text("Betalingen er opgivet.", "The payment has been given up."),
    "done.approve_payout_again": Text(
        "Godkendt igen. Betalingen er sat i gang.", "Approved again. The payment has been set going."
    ),
    "done.propose_decision": Text(
        "Forslaget er gemt. En anden skal bekræfte det.",
        "The proposal is kept. Another person must confirm it.",
    ),
    "done.confirm_decision": Text("Afgørelsen er bekræftet.", "The decision is confirmed."),
    "done.reject_decision": Text("Forslaget er afvist.", "The proposal is rejected."),
    "done.settle_contradiction": Text("Det er noteret.", "It has been noted."),
}

"""Small transfers, and the runs that pay them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "transfers.heading": Text("Små overførsler", "Small transfers"),
    "transfers.lead": Text(
        "Penge til et køb i planen, overført til NemKonto eller konto. De sendes i næste betalingskørsel.",
        "Money for a purchase in the plan, sent to the NemKonto or an account in the next payment run.",
    ),
    "transfers.locked": Text(
        "Lige nu kan ingen bede om en overførsel, fordi {reason}. Det åbner igen, så snart det er i orden.",
        "Just now nobody can ask for a transfer because {reason}. It opens again as soon as it is in order.",
    ),
    "transfers.lane": Text(
        "{lane}: højst {most} ad gangen og {month} på en måned. {left} er tilbage i denne måned.",
        "{lane}: at most {most} at a time and {month} in a month. {left} is left this month.",
    ),
    "transfers.none": Text(
        "Ordningen har ikke slået små overførsler til.",
        "The programme has not switched small transfers on.",
    ),
    "transfers.asked_for_you": Text(
        "Din støtteperson beder om pengene for dig. Sig til, når du har brug for dem.",
        "Your support person asks for the money for you. Say when you need it.",
    ),
    "transfers.own": Text("Bed om penge til din NemKonto", "Ask for money to your NemKonto"),
    "transfers.for_citizen": Text("Bed om en overførsel", "Ask for a transfer"),
    "transfers.what": Text("Hvad skal pengene bruges til?", "What is the money for?"),
    "transfers.activity": Text("Aktivitet", "Activity"),
    "transfers.activity_on": Text("Hvilken dag?", "On which day?"),
    "transfers.amount": Text("Beløb", "Amount"),
    "transfers.payee": Text("Hvem skal have pengene?", "Who gets the money?"),
    "transfers.payee_hint": Text(
        "NemKonto er borgerens egen; så gemmes intet kontonummer. Konto er for eksempel en udlejers.",
        "NemKonto is the citizen's own; no account number is kept. An account is a landlord's, for example.",
    ),
    "transfers.payee_name": Text("Hvem tilhører kontoen?", "Whose is the account?"),
    "transfers.registration_number": Text("Registreringsnummer", "Registration number"),
    "transfers.account_number": Text("Kontonummer", "Account number"),
    "transfers.send": Text("Bed om pengene", "Ask for the money"),
    "runs.heading": Text("Betalingskørsler", "Payment runs"),
    "runs.lead": Text(
        "Godkendte overførsler sendes samlet til banken i én fil. Se dem igennem, før du starter.",
        "Approved transfers go to the bank in one file. Look through what will be sent before you start.",
    ),
    "runs.would_send": Text(
        "Klar til at blive sendt: {count}, i alt {total}",
        "Ready to be sent: {count}, {total} in all.",
    ),
    "runs.pay_on": Text("Forventet betalingsdag:", "Expected day of payment:"),
    "runs.start": Text("Start betalingskørsel", "Start payment run"),
    "runs.held_back": Text("Sendes ikke med: {count}", "Do not go along: {count}"),
    "runs.no_programme": Text(
        "Ingen af kommunens ordninger betaler ved overførsel.",
        "None of the municipality's programmes pays by transfer.",
    ),
    "runs.status": Text("Bankens svar", "The bank's answer"),
    "runs.status_file": Text("Svarfil (pain.002)", "Status file (pain.002)"),
    "runs.status_hint": Text(
        "Hent filen i banken. Den samme fil to gange ændrer intet.",
        "Fetch the file from the bank. The same file twice changes nothing.",
    ),
    "runs.send_status": Text("Læs svarfilen", "Read the status file"),
    "runs.so_far": Text("Kørsler indtil nu", "Runs so far"),
    "runs.started_at": Text("Startet", "Started"),
    "runs.programme": Text("Ordning", "Programme"),
    "runs.count": Text("Antal", "Number"),
    "runs.total": Text("I alt", "In all"),
    "runs.state": Text("Status", "State"),
    "runs.older": Text("Ældre kørsler", "Older runs"),
    "runs.one": Text("Betalingskørsel", "Payment run"),
    "runs.sums": Text("Overførsler: {count}, i alt {total}", "Transfers: {count}, {total} in all."),
    "runs.file": Text("Fil:", "File:"),
    "runs.cancel": Text("Annuller kørslen", "Cancel the run"),
    "runs.payments": Text("Betalingerne nu", "The payments now"),
    "runs.in_need": Text("Kræver, at nogen gør noget", "Somebody must do something"),
    "runs.in_need_text": Text(
        "De, der ikke kunne betales, kommer med i næste kørsel, eller kan forsøges enkeltvis under",
        "Those that could not be paid go along in the next run, or can be tried one by one under",
    ),
    "done.request_transfer": Text("Overførslen er ønsket.", "The transfer has been asked for."),
    "done.request_own_transfer": Text(
        "Du har bedt om pengene. Se på din sag, om de er godkendt.",
        "You have asked for the money. See on your case whether it is approved.",
    ),
    "done.start_run": Text("Kørslen er startet.", "The run has been started."),
    "done.cancel_run": Text("Kørslen er annulleret.", "The run has been cancelled."),
    "done.upload_status_file": Text("Svarfilen er læst.", "The status file has been read."),
}

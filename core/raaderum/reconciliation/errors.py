"""What can be refused about statements, files and lines."""

from __future__ import annotations

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text


class StatementTooLarge(InvalidInput):
    """The file is larger than any bank sends."""

    code = "statement_too_large"
    text = Text(
        "Filen fylder over {most} MB. Hent kortere perioder i banken.",
        "The file takes more than {most} MB. Fetch shorter periods from the bank.",
    )


class LineMoveForbidden(Conflict):
    """The line is not where the act needs it to be."""

    code = "line_move_forbidden"
    text = Text(
        "Linjen er »{state}«, så det kan ikke gøres.", "The line is “{state_english}”, so it cannot be done."
    )


class NothingProposed(Conflict):
    """There is nothing to confirm."""

    code = "nothing_proposed"
    text = Text(
        "Ingen har foreslået noget for linjen endnu.", "Nobody has proposed anything for the line yet."
    )


class OwnLineProposal(RuleBroken):
    """Whoever proposed it cannot confirm it as well."""

    code = "own_line_proposal"
    text = Text(
        "Den, der har foreslået det, kan ikke også bekræfte det. Bed en kollega.",
        "Whoever proposed it cannot confirm it as well. Ask a colleague.",
    )


class PayoutDoesNotFit(RuleBroken):
    """The payout cannot be what the line pays or brings back."""

    code = "payout_does_not_fit"
    text = Text(
        "Linjen er på {line}, og betalingen på {payout} er »{state}«. De to passer ikke sammen.",
        "The line is for {line}, and the payment of {payout} is “{state_english}”. The two do not fit.",
    )


class PayoutOnTheBankAlready(Conflict):
    """Another line is matched with the payout."""

    code = "payout_on_the_bank_already"
    text = Text(
        "Betalingen er allerede afstemt med en anden linje.",
        "The payment is matched with another line already.",
    )


REFUSED_FORMAT = Text(
    "Filen er hverken et kontoudtog (camt.053) eller en advisering (camt.054). Den er gemt, men ikke læst.",
    "The file is neither a statement (camt.053) nor an advice (camt.054). It is kept, but not read.",
)
REFUSED_ACCOUNT = Text(
    "Filen vedrører konto {account}, som ikke er blandt kommunens (bank_accounts i tenant.toml). "
    "Den er gemt, men ikke læst ind.",
    "The file is about account {account}, which is not among the municipality's (bank_accounts in "
    "tenant.toml). It is kept, but not taken in.",
)
REFUSED_CURRENCY = Text(
    "Filen er i {currency}, men her afstemmes kroner (DKK). Den er gemt, men ikke læst ind.",
    "The file is in {currency}, but kroner (DKK) are reconciled here. It is kept, but not taken in.",
)
REFUSED_READER = Text(
    "Programmet til at læse filen fejlede ({reader}). Filen er gemt; sig det til driften.",
    "The program that reads the file failed ({reader}). The file is kept; tell operations.",
)
NOTHING_IN_IT = Text(
    "Filen kunne ikke læses: {reason} Den er gemt.",
    "The file could not be read: {reason_english} It is kept.",
)
SAME_FILE = Text("Præcis den samme fil er taget ind før.", "The very same file was taken in before.")
TAKEN_IN = Text("{lines} linjer læst, {faults} fejl.", "{lines} lines read, {faults} faults.")

"""Receipts: where each payment's proof stands, when it is due, and what follows; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.clock import COPENHAGEN
from raaderum.kernel.errors import Conflict, InvalidInput, RaaderumError, RuleBroken
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from raaderum.programmes.receipt_rules import ReceiptRules

_NOON: Final = time(12)
_WHOLE_HOUR: Final = timedelta(hours=1)
LONGEST_WORDS: Final = 2_000
MOST_RECEIPTS_A_DAY: Final = 50
"""Of one enrolment: nobody buys so often, and somebody could fill the storage."""


class PaidBy(StrEnum):
    """How the money went out, and so what closes where no receipt comes."""

    TRANSFER = "transfer"
    CARD = "card"


PAID_BY_NAMES: Final[Mapping[PaidBy, Text]] = {
    PaidBy.TRANSFER: Text("lille overførsel", "small transfer"),
    PaidBy.CARD: Text("kort", "card"),
}


class Proof(StrEnum):
    """Where the proof of one payment stands."""

    DUE = "due"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DECLARED_LOST = "declared_lost"
    LOST_APPROVED = "lost_approved"
    ACTIVITY_CONFIRMED = "activity_confirmed"
    ACTIVITY_NOT_HELD = "activity_not_held"
    NOT_NEEDED = "not_needed"
    WAIVED = "waived"


PROOF_NAMES: Final[Mapping[Proof, Text]] = {
    Proof.DUE: Text("mangler", "missing"),
    Proof.RECEIVED: Text("sendt, bliver set efter", "sent, being looked at"),
    Proof.ACCEPTED: Text("godkendt", "accepted"),
    Proof.REJECTED: Text("kunne ikke bruges, send en ny", "could not be used, send another"),
    Proof.DECLARED_LOST: Text("erklæret væk, bliver set efter", "declared lost, being looked at"),
    Proof.LOST_APPROVED: Text("væk, erklæringen er godkendt", "lost, the declaration is accepted"),
    Proof.ACTIVITY_CONFIRMED: Text("fandt sted", "took place"),
    Proof.ACTIVITY_NOT_HELD: Text("fandt ikke sted, bliver set efter", "did not take place, being looked at"),
    Proof.NOT_NEEDED: Text("behøves ikke", "not needed"),
    Proof.WAIVED: Text("eftergivet", "waived"),
}
OPEN: Final = (Proof.DUE, Proof.REJECTED)
"""The citizen's side still has to do something."""
WAITING: Final = (Proof.RECEIVED, Proof.DECLARED_LOST, Proof.ACTIVITY_NOT_HELD)
"""Somebody is to look at it."""
SETTLED_FOR_AN_AMOUNT: Final = (Proof.ACCEPTED, Proof.LOST_APPROVED, Proof.WAIVED)
"""Somebody has let it go at the amount that they saw."""
ACCEPTED_AS: Final[Mapping[Proof, Proof]] = {
    Proof.RECEIVED: Proof.ACCEPTED,
    Proof.DECLARED_LOST: Proof.LOST_APPROVED,
}
"""What becomes of what is accepted."""


class ActivityAnswer(StrEnum):
    """Whether what pocket money was for took place."""

    YES = "yes"
    CHANGED = "changed"
    NO = "no"


ACTIVITY_ANSWER_NAMES: Final[Mapping[ActivityAnswer, Text]] = {
    ActivityAnswer.YES: Text("ja", "yes"),
    ActivityAnswer.CHANGED: Text("ja, men det blev noget andet", "yes, but it became something else"),
    ActivityAnswer.NO: Text("nej", "no"),
}


class Step(StrEnum):
    """What is done about a receipt now."""

    NOTHING = "nothing"
    REMIND = "remind"
    """A friendly word some days before."""
    WARN = "warn"
    """On the due day: what will happen, and when."""
    LOCK = "lock"
    """The card or the lane closes; nothing else does."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one receipt has come, as the clock sees it."""

    proof: Proof
    due_on: date
    reminded_at: datetime | None = None
    warned_at: datetime | None = None
    locked_at: datetime | None = None


class ProofMoveForbidden(Conflict):
    """The receipt is not where the act needs it to be."""

    code = "receipt_move_forbidden"
    text = Text(
        "Kvitteringen står som »{state}«, så det kan ikke gøres.",
        "The receipt stands as “{state_english}”, so this cannot be done.",
    )


class OwnReceipt(RuleBroken):
    """Somebody was to accept what they sent or stated themselves."""

    code = "own_receipt"
    text = Text(
        "Du har selv sendt den. Bed en kollega om at se efter.",
        "You sent it yourself. Ask a colleague to look.",
    )


class TooManyDeclared(RuleBroken):
    """More lost receipts than the programme takes a declaration for."""

    code = "too_many_declared_lost"
    text = Text(
        "Der er allerede erklæret {most} kvitteringer væk i forløbet, og flere kan ikke erklæres. "
        "Bed butikken om en kopi, eller tal med din koordinator.",
        "{most} receipts of this course have been declared lost, and no more can be. "
        "Ask the shop for a copy, or talk to your coordinator.",
    )


class TooManyReceipts(RuleBroken):
    """More files in a day than anybody buys things."""

    code = "too_many_receipts"
    text = Text(
        "Der er sendt {most} filer i dag. Send resten i morgen, eller saml flere i én PDF.",
        "{most} files have been sent today. Send the rest tomorrow, or put several into one PDF.",
    )


class AlreadyTurnedDown(Conflict):
    """A file that could not be used for a payment was tied to the same payment again."""

    code = "receipt_turned_down_before"
    text = Text(
        "Filen er set, og den kunne ikke bruges til den betaling. Send et nyt billede eller en anden fil.",
        "The file has been looked at, and could not be used for that payment. "
        "Send a new picture or another file.",
    )


class DuesNotOpened(RaaderumError):
    """Some payments could not be read, so that nobody is asked for their receipts yet."""

    code = "receipt_dues_not_opened"
    text = Text(
        "{count} betalinger kunne ikke læses, så der er ikke bedt om kvittering for dem. "
        "Alle andre er klaret.",
        "{count} payments could not be read, so nobody is asked for their receipts. All others are done.",
    )


class WordsMissing(InvalidInput):
    """A reason that says nothing, or a whole story."""

    code = "receipt_words_missing"
    text = Text(
        "Skriv med højst {most} tegn, {what}.",
        "Write in at most {most} characters {what_english}.",
    )


class NoActivity(RuleBroken):
    """A confirmation for a payment that was no pocket money."""

    code = "receipt_no_activity"
    text = Text(
        "Betalingen var ikke lommepenge til en aktivitet. Send en kvittering i stedet.",
        "The payment was no pocket money for an activity. Send a receipt instead.",
    )


class DeclarationChanged(Conflict):
    """The words that were read are not those that would be kept."""

    code = "declaration_changed"
    text = Text(
        "Erklæringen er ændret, siden siden blev vist. Læs den igen.",
        "The declaration has changed since the page was shown. Read it again.",
    )


def is_needed(rules: ReceiptRules, amount: Oere, *, earlier_in_month: Oere) -> bool:
    """Say whether a payment needs a receipt, after others of the same calendar month."""
    if amount >= rules.needed_from_oere:
        return True
    per_month = rules.needed_from_oere_per_month
    return per_month is not None and earlier_in_month + amount >= per_month


def proof_after(
    rules: ReceiptRules, proof: Proof, *, before: Oere, now: Oere, earlier_in_month: Oere
) -> Proof:
    """Return where the proof of a card payment stands once its amount has become `now` øre.

    What is open or was not needed is judged anew. What was let go at an amount asks again only for a
    draw beyond it that needs a receipt by itself.
    """
    if now == 0:
        return proof if proof in SETTLED_FOR_AN_AMOUNT else Proof.NOT_NEEDED
    if proof in SETTLED_FOR_AN_AMOUNT:
        more = Oere(now - before)
        asks = more > 0 and is_needed(rules, more, earlier_in_month=Oere(earlier_in_month + before))
        return Proof.DUE if asks else proof
    needed = is_needed(rules, now, earlier_in_month=earlier_in_month)
    if proof in OPEN and not needed:
        return Proof.NOT_NEEDED
    return Proof.DUE if proof is Proof.NOT_NEEDED and needed else proof


def closes_at(due_on: date, *, warned_at: datetime | None, grace_hours: int, now: datetime) -> datetime:
    """Return when a card or lane will close: the grace after noon of the due day, never sooner than that
    after the warning, at a full hour. Nobody is locked without having been told when.
    """
    noon = datetime.combine(due_on, _NOON, COPENHAGEN).astimezone(UTC)
    moment = max(noon, warned_at or max(noon, now)) + timedelta(hours=grace_hours)
    into_hour = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (_WHOLE_HOUR - into_hour) if into_hour else moment


def step_for(rules: ReceiptRules, standing: Standing, *, now: datetime) -> Step:
    """Return what is to be done about a receipt at `now`."""
    if standing.proof not in OPEN or standing.locked_at is not None:
        return Step.NOTHING
    today = now.astimezone(COPENHAGEN).date()
    if standing.warned_at is not None:
        closing = closes_at(
            standing.due_on, warned_at=standing.warned_at, grace_hours=rules.grace_hours, now=now
        )
        return Step.LOCK if rules.overdue_locks and now >= closing else Step.NOTHING
    if today >= standing.due_on:
        return Step.WARN
    first_reminder = standing.due_on - timedelta(days=rules.remind_days_before)
    return Step.REMIND if standing.reminded_at is None and today >= first_reminder else Step.NOTHING


def check_proof(state: str, *wanted: Proof) -> None:
    """Raise `ProofMoveForbidden` unless the proof stands where it must."""
    if state not in wanted:
        name = PROOF_NAMES[Proof(state)]
        raise ProofMoveForbidden(where="receipt_due", state=name.danish, state_english=name.english)


def check_words(words: str, *, what: Text, where: str) -> str:
    """Return words without space around them; raise `WordsMissing` saying `what` to write."""
    written = words.strip()
    if not 0 < len(written) <= LONGEST_WORDS:
        raise WordsMissing(where=where, most=LONGEST_WORDS, what=what.danish, what_english=what.english)
    return written

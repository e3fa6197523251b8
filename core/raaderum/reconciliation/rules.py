"""Lines of the bank: what each can end as and why, and how a line is judged; pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.kernel.identifiers import find_short_codes
from raaderum.kernel.text import Text
from raaderum.payouts.rules import PayoutState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from raaderum.plugin_api import StatementLine


class LineOutcome(StrEnum):
    """What a line came to. `waiting` is before it has been looked at; the next two wait for a person."""

    WAITING = "waiting"
    SUGGESTED = "suggested"
    UNMATCHED = "unmatched"
    MATCHED = "matched"
    RETURNED = "returned"
    REVERSED = "reversed"
    DUPLICATE = "duplicate"
    NOT_BOOKED = "not_booked"
    NOT_OURS = "not_ours"


OPEN_LINES: Final = (LineOutcome.SUGGESTED, LineOutcome.UNMATCHED)
"""What stands in the work queue."""
LINE_OUTCOME_NAMES: Final[Mapping[LineOutcome, Text]] = {
    LineOutcome.WAITING: Text("læses", "being read"),
    LineOutcome.SUGGESTED: Text("forslag, se efter", "suggestion, take a look"),
    LineOutcome.UNMATCHED: Text("passer ikke til noget", "fits nothing"),
    LineOutcome.MATCHED: Text("afstemt", "matched"),
    LineOutcome.RETURNED: Text("kom retur", "returned"),
    LineOutcome.REVERSED: Text("tilbageført af banken", "reversed by the bank"),
    LineOutcome.DUPLICATE: Text("set før", "seen before"),
    LineOutcome.NOT_BOOKED: Text("endnu ikke bogført i banken", "not booked by the bank yet"),
    LineOutcome.NOT_OURS: Text("vedrører ikke ordningen", "not the programme's"),
}


class Because(StrEnum):
    """Why a line came to its outcome."""

    NOT_LOOKED_AT = "not_looked_at"
    BY_CODE = "by_code"
    BY_BATCH = "by_batch"
    BY_HAND = "by_hand"
    SEEN_BEFORE = "seen_before"
    TOLD_IN_DETAIL = "told_in_detail"
    RETURNED_BY_BANK = "returned_by_bank"
    REVERSED_BY_BANK = "reversed_by_bank"
    REVERSES_NOTHING_OF_OURS = "reverses_nothing_of_ours"
    ONLY_ANNOUNCED = "only_announced"
    AMOUNT_DIFFERS = "amount_differs"
    PAID_TWICE = "paid_twice"
    NEVER_SENT = "never_sent"
    NOT_PAID_YET = "not_paid_yet"
    MONEY_CAME_IN = "money_came_in"
    NOTHING_LEFT_TO_RETURN = "nothing_left_to_return"
    RUN_DIFFERS = "run_differs"
    BY_AMOUNT_AND_DATE = "by_amount_and_date"
    SEVERAL_FIT = "several_fit"
    NOTHING_FITS = "nothing_fits"
    COULD_NOT_BE_DONE = "could_not_be_done"
    DISMISSED = "dismissed"


BECAUSE_TEXTS: Final[Mapping[Because, Text]] = {
    Because.NOT_LOOKED_AT: Text("Linjen er ikke set efter endnu.", "The line has not been looked at yet."),
    Because.BY_CODE: Text("Vores kode og beløbet passer.", "Our code and the amount fit."),
    Because.BY_BATCH: Text(
        "En samlet bogføring af en hel betalingskørsel.", "One booking of a whole payment run."
    ),
    Because.BY_HAND: Text("Afstemt af en medarbejder.", "Matched by a member of staff."),
    Because.SEEN_BEFORE: Text(
        "Bankens reference, konto, beløb og dato er set før.",
        "The bank's reference, account, amount and date were seen before.",
    ),
    Because.TOLD_IN_DETAIL: Text(
        "Den samme bogføring er fortalt betaling for betaling i en anden fil.",
        "Another file tells the same booking payment by payment.",
    ),
    Because.RETURNED_BY_BANK: Text(
        "Banken sendte betalingen retur; pengene står på borgerens konto igen.",
        "The bank returned the payment; the money is the citizen's to spend again.",
    ),
    Because.REVERSED_BY_BANK: Text(
        "Banken tilbageførte linjen; betalingen er taget tilbage.",
        "The bank reversed the line; the payment is taken back.",
    ),
    Because.REVERSES_NOTHING_OF_OURS: Text(
        "Banken tilbageførte en linje, der ikke hørte til en betaling.",
        "The bank reversed a line that belonged to no payment.",
    ),
    Because.ONLY_ANNOUNCED: Text(
        "Banken har kun varslet den; den kommer igen, når den er bogført.",
        "The bank has only announced it; it comes again when it is booked.",
    ),
    Because.AMOUNT_DIFFERS: Text(
        "Koden passer, men beløbet er et andet end betalingens. Find ud af hvorfor.",
        "The code fits, but the amount is not the payment's. Find out why.",
    ),
    Because.PAID_TWICE: Text(
        "Betalingen er allerede afstemt med en anden linje. Er den betalt to gange?",
        "The payment is matched with another line already. Was it paid twice?",
    ),
    Because.NEVER_SENT: Text(
        "Banken har betalt noget, som vi ikke har sendt eller fik nej til. Spørg banken.",
        "The bank paid something that we never sent or were refused. Ask the bank.",
    ),
    Because.NOT_PAID_YET: Text(
        "Penge kom tilbage for en betaling, vi ikke har set betalt.",
        "Money came back for a payment that we have not seen paid.",
    ),
    Because.MONEY_CAME_IN: Text(
        "Penge kom ind med vores kode. Er det betalingen, der kom retur?",
        "Money came in with our code. Is it the payment coming back?",
    ),
    Because.NOTHING_LEFT_TO_RETURN: Text(
        "Der kommer mere tilbage, end der er betalt.", "More comes back than was paid."
    ),
    Because.RUN_DIFFERS: Text(
        "Betalingskørslen passer, men beløbet er et andet.", "The payment run fits, but the amount does not."
    ),
    Because.BY_AMOUNT_AND_DATE: Text(
        "Beløb og dato passer til én betaling; koden mangler.",
        "Amount and date fit one payment; the code is missing.",
    ),
    Because.SEVERAL_FIT: Text(
        "Flere betalinger passer til beløbet. Vælg den rette.",
        "Several payments fit the amount. Choose the right one.",
    ),
    Because.NOTHING_FITS: Text(
        "Ingen betaling passer. Vælg en, eller sig, at linjen ikke er vores.",
        "No payment fits. Choose one, or say that the line is not ours.",
    ),
    Because.COULD_NOT_BE_DONE: Text(
        "Linjen passer, men betalingen kunne ikke opdateres. Prøv fra køen.",
        "The line fits, but the payment could not be updated. Try from the queue.",
    ),
    Because.DISMISSED: Text("En medarbejder har lagt den til side.", "A member of staff put it aside."),
}

_RUN_ID: Final = re.compile(r"(?=([0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}))")
"""One of our ids (RFC 9562, version 7) without hyphens, wherever it begins."""
_DAYS_BEFORE: Final = 3
_DAYS_AFTER: Final = 14
_SENT: Final = (PayoutState.SENDING, PayoutState.UNKNOWN)
_DIGITS_OF_ACCOUNT: Final = 14
_DIGITS_OF_BRANCH: Final = 4
_DIGITS_OF_NUMBER: Final = 10


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known of a line: `amount` in øre, below 0 for money that went out."""

    amount: int
    booked_on: date
    codes: tuple[str, ...] = ()
    counterparty: str = ""
    is_reversal: bool = False
    return_reason: str | None = None

    @property
    def undoes(self) -> bool:
        """Say whether the bank itself calls it a reversal or a return."""
        return self.is_reversal or self.return_reason is not None


@dataclass(frozen=True, slots=True)
class PayoutFacts:
    """What is known of a payout that a line may belong to."""

    payout_id: UUID
    amount: int
    state: PayoutState
    payee_name: str
    due_on: date
    on_the_bank: bool
    """Whether another line is matched with it already."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A payment run that was sent as one file: how much was sent, and whether a line is matched with it."""

    run_id: UUID
    total: int
    on_the_bank: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a line comes to; `settles` where the payout is still open and the line proves that it was paid."""

    outcome: LineOutcome
    because: Because
    payout_id: UUID | None = None
    run_id: UUID | None = None
    settles: bool = False


def judge(
    line: LineFacts, *, by_code: Sequence[PayoutFacts], run: RunFacts | None, similar: Sequence[PayoutFacts]
) -> Judgement:
    """Say what a line comes to; `similar` are payouts of its amount, for one that tells no code and no run.

    A reversal or return is judged by `judge_undoing`.
    """
    if len(by_code) > 1:
        return Judgement(LineOutcome.SUGGESTED, Because.SEVERAL_FIT, by_code[0].payout_id)
    if by_code:
        return _judge_by_code(line, by_code[0])
    if run is not None:
        return _judge_by_run(line, run)
    return _suggest(line, similar)


def judge_undoing(line: LineFacts, payout: PayoutFacts | None, *, left: int) -> Judgement:
    """Say what a reversal or return comes to; `left` is what of the payout has not come back yet, in øre."""
    if payout is None:
        return Judgement(LineOutcome.UNMATCHED, Because.NOTHING_FITS)
    if payout.state is not PayoutState.PAID:
        return Judgement(LineOutcome.SUGGESTED, Because.NOT_PAID_YET, payout.payout_id)
    if line.amount <= 0 or line.amount != payout.amount:
        return Judgement(LineOutcome.SUGGESTED, Because.AMOUNT_DIFFERS, payout.payout_id)
    if line.amount > left:
        return Judgement(LineOutcome.SUGGESTED, Because.NOTHING_LEFT_TO_RETURN, payout.payout_id)
    if line.is_reversal:
        return Judgement(LineOutcome.REVERSED, Because.REVERSED_BY_BANK, payout.payout_id)
    return Judgement(LineOutcome.RETURNED, Because.RETURNED_BY_BANK, payout.payout_id)


def _judge_by_code(line: LineFacts, payout: PayoutFacts) -> Judgement:
    own = payout.payout_id
    if line.amount > 0:
        return Judgement(LineOutcome.SUGGESTED, Because.MONEY_CAME_IN, own)
    if payout.on_the_bank:
        return Judgement(LineOutcome.SUGGESTED, Because.PAID_TWICE, own)
    if -line.amount != payout.amount:
        return Judgement(LineOutcome.SUGGESTED, Because.AMOUNT_DIFFERS, own)
    if payout.state is PayoutState.PAID:
        return Judgement(LineOutcome.MATCHED, Because.BY_CODE, own)
    if payout.state in _SENT:
        return Judgement(LineOutcome.MATCHED, Because.BY_CODE, own, settles=True)
    return Judgement(LineOutcome.SUGGESTED, Because.NEVER_SENT, own)


def _judge_by_run(line: LineFacts, run: RunFacts) -> Judgement:
    if line.amount > 0:
        return Judgement(LineOutcome.UNMATCHED, Because.MONEY_CAME_IN, run_id=run.run_id)
    if run.on_the_bank:
        return Judgement(LineOutcome.UNMATCHED, Because.PAID_TWICE, run_id=run.run_id)
    if -line.amount != run.total:
        return Judgement(LineOutcome.UNMATCHED, Because.RUN_DIFFERS, run_id=run.run_id)
    return Judgement(LineOutcome.MATCHED, Because.BY_BATCH, run_id=run.run_id, settles=True)


def _suggest(line: LineFacts, similar: Sequence[PayoutFacts]) -> Judgement:
    """Suggest the only payout of the amount near the date; among several the one with the payee's name."""
    near = [
        payout
        for payout in similar
        if not payout.on_the_bank
        and payout.amount == -line.amount
        and -_DAYS_BEFORE <= (line.booked_on - payout.due_on).days <= _DAYS_AFTER
    ]
    if len(near) > 1:
        near = [payout for payout in near if is_same_name(payout.payee_name, line.counterparty)] or near
    if not near:
        return Judgement(LineOutcome.UNMATCHED, Because.NOTHING_FITS)
    if len(near) > 1:
        return Judgement(LineOutcome.UNMATCHED, Because.SEVERAL_FIT)
    return Judgement(LineOutcome.SUGGESTED, Because.BY_AMOUNT_AND_DATE, near[0].payout_id)


def is_same_name(one: str, other: str) -> bool:
    """Say whether two names are the same but for case, blanks and signs; two empty ones are not."""
    first, second = (re.sub(r"\W+", "", name).casefold() for name in (one, other))
    return bool(first) and first == second


def codes_in(*texts: str | None) -> tuple[str, ...]:
    """Return our codes in what travelled with a payment: in each text of its own, else over their ends."""
    lines = [line for text in texts if text for line in text.split("\n")]
    found = [code for line in lines for code in find_short_codes(line)]
    return tuple(dict.fromkeys(found or find_short_codes("".join(lines))))


def run_id_in(batch_id: str | None) -> UUID | None:
    """Return the id of our payment run that a batch reference holds, with or without its hyphens."""
    found = _RUN_ID.search((batch_id or "").replace("-", "").lower())
    return UUID(found[1]) if found else None


def entry_identity(account: str, line: StatementLine) -> bytes | None:
    """Return what makes a booking the same in two files; None where the bank gives it no reference."""
    reference = line.entry_reference or line.reference
    if reference is None:
        return None
    amount = line.amount if line.entry_amount is None else line.entry_amount
    return _digest("entry", account, reference, amount, line.booked_on)


def line_identity(account: str, line: StatementLine, *, ordinal: int) -> bytes:
    """Return what makes a line the same in two files: bank reference, account, amount and date.

    `ordinal` tells lines apart that share all that within one booking, or that have no reference at all.
    """
    whole = line.entry_amount if line.reference is None or line.reference == line.entry_reference else None
    told = (line.reference or f"none:{line.text}:{line.counterparty}", line.end_to_end_id or "", whole)
    return _digest("line", account, *told, line.amount, line.booked_on, line.is_booked, ordinal)


def is_own_account(account: str, own: Collection[str]) -> bool:
    """Say whether a statement's account is one of the municipality's, however either is written."""
    return not own or account_number(account) in {account_number(one) for one in own}


def account_number(written: str) -> str:
    """Return one writing for an account: registration and account number for a Danish one."""
    squeezed = re.sub(r"[^0-9A-Za-z]+", "", written).upper()
    if re.fullmatch(r"DK\d{16}", squeezed):
        return squeezed[4:]
    parts = re.split(r"[^0-9A-Za-z]+", written.strip())
    if len(parts) == 2 and parts[0].isdecimal() and len(parts[0]) == _DIGITS_OF_BRANCH:  # noqa: PLR2004 - branch and number
        return parts[0] + parts[1].zfill(_DIGITS_OF_NUMBER)
    if squeezed.isdecimal() and _DIGITS_OF_BRANCH < len(squeezed) < _DIGITS_OF_ACCOUNT:
        return squeezed[:_DIGITS_OF_BRANCH] + squeezed[_DIGITS_OF_BRANCH:].zfill(_DIGITS_OF_NUMBER)
    return squeezed


def _digest(*parts: object) -> bytes:
    return hashlib.sha256("|".join(map(str, parts)).encode()).digest()[:16]

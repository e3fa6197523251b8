"""What the bank's words mean for our payments: paid, refused, on its way, or not to be known yet."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

from raaderum.plugin_api import Accepted, Completed, Refused, StatusUnreadable, Told, Unknown
from raaderum_small_transfers.journal import PaymentState
from raaderum_small_transfers.reasons import DUPLICATES, reason_of
from raaderum_small_transfers.status_file import Level, StatusWord, status_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum.plugin_api import Outcome
    from raaderum_small_transfers.journal import Journal, Writing

_PAID: Final = frozenset({"ACSC", "ACCC"})
"""Settled on the debtor's account, or credited to the payee's: only these say that the money has moved."""
_PAGE: Final = 500
_REFUSED: Final = frozenset({"RJCT", "CANC"})


def told_in(journal: Journal, content: BinaryIO) -> Iterator[Told]:
    """Go through what a status file tells of payments in the journal; other files' are passed over.

    Raises `StatusUnreadable` where it breaks off, after what stood before the break has been told.
    """
    words = status_words(content)
    while True:
        page, broken = _next_page(words)
        yield from _told_on(journal, page)
        if broken is not None:
            raise broken
        if not page:
            return


def _next_page(words: Iterator[StatusWord]) -> tuple[list[StatusWord], StatusUnreadable | None]:
    page: list[StatusWord] = []
    try:
        for word in islice(words, _PAGE):
            page.append(word)  # noqa: PERF402 -- what came before a break must not be lost with it
    except StatusUnreadable as error:
        return page, error
    return page, None


def _told_on(journal: Journal, page: list[StatusWord]) -> Iterator[Told]:
    """Keep what a page of words says as one act, then tell it."""
    told: list[Told] = []
    whole: list[tuple[str, PaymentState, Outcome]] = []
    with journal.writing() as writing:
        for word in page:
            batch_key = writing.key_of_message(word.message_id)
            if batch_key is None:
                continue
            if word.level is Level.TRANSACTION:
                told.extend(_of_one(writing, batch_key, word))
            else:
                whole.extend(_of_all(writing, batch_key, word))
    yield from told
    for batch_key, state, outcome in whole:
        for payment in journal.payments_of(batch_key, state):
            yield Told(payment.key, outcome)


def _of_one(writing: Writing, batch_key: str, word: StatusWord) -> Iterator[Told]:
    payment = writing.payment_named(batch_key, instruction_id=word.instruction_id, code=word.code)
    if payment is None:
        return
    state, outcome = _meaning(word)
    if state is not PaymentState.ACCEPTED:
        writing.tell(payment.key, state, _kept_word(word))
    yield Told(payment.key, outcome)


def _of_all(
    writing: Writing, batch_key: str, word: StatusWord
) -> Iterator[tuple[str, PaymentState, Outcome]]:
    """A file that is on its way, or partly so, decides nothing for any one payment."""
    state, outcome = _meaning(word)
    if state is not PaymentState.ACCEPTED:
        writing.tell_all(batch_key, state, _kept_word(word))
        yield batch_key, state, outcome


def _meaning(word: StatusWord) -> tuple[PaymentState, Outcome]:
    if word.status in _PAID:
        return PaymentState.COMPLETED, Completed(word.message_id)
    if word.status not in _REFUSED:
        return PaymentState.ACCEPTED, Accepted(word.message_id)
    if word.reason in DUPLICATES:
        return PaymentState.UNCLEAR, Unknown(f"the bank has had it before ({word.reason})")
    code = _kept_word(word)
    return PaymentState.REFUSED, Refused(code, reason_of(code))


def _kept_word(word: StatusWord) -> str:
    return word.message_id if word.status in _PAID else word.reason or word.status

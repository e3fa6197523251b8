"""Policy × age × amount → what is done: the whole table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from raaderum.kernel.clock import COPENHAGEN
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.programmes.receipt_rules import ReceiptRules
from raaderum.receipts.matching import Candidate, suggested
from raaderum.receipts.rules import (
    OPEN,
    PaidBy,
    Proof,
    ProofMoveForbidden,
    Standing,
    Step,
    WordsMissing,
    check_proof,
    check_words,
    closes_at,
    is_needed,
    step_for,
)
from raaderum.receipts.wording import what_will_happen

TUESDAY = date(2026, 3, 3)


def wall(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of March 2026 as the clock on the wall shows it."""
    return datetime(2026, 3, day, hour, minute, tzinfo=COPENHAGEN).astimezone(UTC)


@pytest.mark.parametrize(
    ("amount", "earlier", "single", "per_month", "needed"),
    [
        (1, 0, 0, None, True),
        (9_999, 0, 10_000, None, False),
        (10_000, 0, 10_000, None, True),
        (9_999, 500_000, 10_000, None, False),
        (5_000, 94_999, 10_000, 100_000, False),
        (5_000, 95_000, 10_000, 100_000, True),
        (300_000, 0, 300_000, 100_000, True),
        (99_999, 0, 300_000, 100_000, False),
        (100_000, 0, 300_000, 100_000, True),
    ],
)
def test_a_receipt_is_needed_from_the_amount_on_or_once_the_month_has_come_to_it(
    *, amount: int, earlier: int, single: int, per_month: int | None, needed: bool
) -> None:
    rules = ReceiptRules(
        needed_from_oere=Oere(single),
        needed_from_oere_per_month=None if per_month is None else Oere(per_month),
    )
    assert is_needed(rules, Oere(amount), earlier_in_month=Oere(earlier)) is needed


@pytest.mark.parametrize(
    ("standing", "now", "step"),
    [
        (Standing(Proof.DUE, TUESDAY), wall(1, 23) - timedelta(days=2), Step.NOTHING),
        (Standing(Proof.DUE, TUESDAY), wall(1, 0) - timedelta(days=1), Step.REMIND),
        (Standing(Proof.DUE, TUESDAY, reminded_at=wall(1, 8)), wall(2, 8), Step.NOTHING),
        (Standing(Proof.DUE, TUESDAY, reminded_at=wall(1, 8)), wall(3, 0), Step.WARN),
        (Standing(Proof.DUE, TUESDAY), wall(20, 0), Step.WARN),
        (Standing(Proof.DUE, TUESDAY, warned_at=wall(3, 8)), wall(3, 13), Step.NOTHING),
        (Standing(Proof.DUE, TUESDAY, warned_at=wall(3, 8)), wall(4, 11, 59), Step.NOTHING),
        (Standing(Proof.DUE, TUESDAY, warned_at=wall(3, 8)), wall(4, 12), Step.LOCK),
        (Standing(Proof.REJECTED, TUESDAY, warned_at=wall(3, 8)), wall(4, 12), Step.LOCK),
        (Standing(Proof.DUE, TUESDAY, warned_at=wall(20, 8)), wall(21, 7), Step.NOTHING),
        (Standing(Proof.DUE, TUESDAY, warned_at=wall(20, 8)), wall(21, 8), Step.LOCK),
        (Standing(Proof.DUE, TUESDAY, warned_at=wall(3, 8), locked_at=wall(4, 12)), wall(9, 8), Step.NOTHING),
    ],
    ids=lambda one: one.name if isinstance(one, Step) else None,
)
def test_nobody_is_locked_before_the_grace_after_a_warning_has_run_out(
    standing: Standing, now: datetime, step: Step
) -> None:
    assert step_for(ReceiptRules(), standing, now=now) is step


@pytest.mark.parametrize("proof", [one for one in Proof if one not in OPEN], ids=str)
def test_nothing_is_done_about_what_has_come_in_or_is_settled(proof: Proof) -> None:
    standing = Standing(proof, TUESDAY, warned_at=wall(3, 8))
    assert step_for(ReceiptRules(), standing, now=wall(30, 8)) is Step.NOTHING


def test_a_programme_that_locks_nothing_reminds_and_warns_all_the_same() -> None:
    rules = ReceiptRules(overdue_locks=False)
    assert step_for(rules, Standing(Proof.DUE, TUESDAY), now=wall(3, 8)) is Step.WARN
    warned = Standing(Proof.DUE, TUESDAY, warned_at=wall(3, 8))
    assert step_for(rules, warned, now=wall(30, 8)) is Step.NOTHING


@pytest.mark.parametrize("hours", [1, 24, 48, 720])
def test_the_grace_is_counted_from_noon_of_the_due_day_in_danish_time(hours: int) -> None:
    moment = closes_at(TUESDAY, warned_at=wall(3, 8), grace_hours=hours, now=wall(3, 8))
    assert moment == wall(3, 12) + timedelta(hours=hours)


def test_a_late_warning_moves_the_closing_to_a_full_hour_after_its_own_grace() -> None:
    assert closes_at(TUESDAY, warned_at=wall(5, 15, 20), grace_hours=24, now=wall(5, 16)) == wall(6, 16)


def test_what_will_happen_names_the_days_and_says_will() -> None:
    closing = closes_at(TUESDAY, warned_at=None, grace_hours=24, now=wall(1, 8))
    assert what_will_happen(PaidBy.CARD, due_on=TUESDAY, closing=closing) == Text(
        "Kvitteringen skal være her senest tirsdag den 3. marts kl. 12. "
        "Kommer den ikke, lukker kortet onsdag den 4. marts kl. 12. "
        "Det åbner igen med det samme, når kvitteringen er her.",
        "The receipt must be here by Tuesday 3 March at 12:00. "
        "If it does not come, the card will close on Wednesday 4 March at 12:00. "
        "It will open again at once when the receipt is here.",
    )


def test_where_nothing_closes_nothing_is_threatened() -> None:
    told = what_will_happen(PaidBy.TRANSFER, due_on=TUESDAY, closing=None)
    assert told.danish == "Kvitteringen skal være her senest tirsdag den 3. marts kl. 12."
    assert "close" not in told.english


def test_the_same_amount_goes_before_a_nearer_day_and_the_order_never_changes() -> None:
    exact = Candidate(new_id(), Oere(25_000), date(2026, 3, 1))
    nearer = Candidate(new_id(), Oere(24_000), date(2026, 3, 9))
    near = Candidate(new_id(), Oere(20_000), date(2026, 3, 9))
    far = Candidate(new_id(), Oere(20_000), date(2026, 1, 9))
    on = date(2026, 3, 10)
    for order in ([exact, nearer, near, far], [far, near, nearer, exact]):
        assert suggested(order, amount=Oere(25_000), bought_on=on) == (exact, nearer, near)
        assert [one.paid_on for one in suggested(order, amount=None, bought_on=on)] == [
            nearer.paid_on, near.paid_on, exact.paid_on,
        ]  # fmt: skip


def test_a_proof_is_moved_from_where_it_may_be_only() -> None:
    check_proof("due", *OPEN)
    with pytest.raises(ProofMoveForbidden, match="accepted"):
        check_proof("accepted", *OPEN)


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 2_001])
def test_a_reason_says_something_and_no_whole_story(words: str) -> None:
    with pytest.raises(WordsMissing):
        check_words(words, what=Text("hvorfor", "why"), where="because")

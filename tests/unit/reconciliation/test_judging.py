"""What a line comes to, by what it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from raaderum.kernel.identifiers import new_id, new_short_code
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import PayoutState
from raaderum.plugin_api import StatementLine
from raaderum.reconciliation.rules import (
    BECAUSE_TEXTS,
    LINE_OUTCOME_NAMES,
    Because,
    LineFacts,
    LineOutcome,
    PayoutFacts,
    RunFacts,
    account_number,
    codes_in,
    entry_identity,
    is_own_account,
    is_same_name,
    judge,
    judge_undoing,
    line_identity,
    run_id_in,
)

DAY = date(2026, 3, 2)
PAYOUT = PayoutFacts(new_id(), 500_00, PayoutState.PAID, "Svendborg Køreskole ApS", DAY, on_the_bank=False)
OUT = LineFacts(-500_00, DAY)
IN = LineFacts(500_00, DAY, return_reason="AC04")
LINE = StatementLine(1, Oere(-500_00), DAY, reference="R1", entry_reference="R1", entry_amount=Oere(-500_00))


def test_every_outcome_and_reason_has_words() -> None:
    assert set(LINE_OUTCOME_NAMES) == set(LineOutcome)
    assert set(BECAUSE_TEXTS) == set(Because)


@pytest.mark.parametrize(
    ("state", "outcome", "settles"),
    [
        (PayoutState.PAID, LineOutcome.MATCHED, False),
        (PayoutState.SENDING, LineOutcome.MATCHED, True),
        (PayoutState.UNKNOWN, LineOutcome.MATCHED, True),
        (PayoutState.RESERVED, LineOutcome.SUGGESTED, False),
        (PayoutState.FAILED, LineOutcome.SUGGESTED, False),
        (PayoutState.CANCELLED, LineOutcome.SUGGESTED, False),
    ],
)
def test_our_code_and_amount_match_what_was_sent_and_nothing_else(
    state: PayoutState, outcome: LineOutcome, *, settles: bool
) -> None:
    judged = judge(OUT, by_code=[replace(PAYOUT, state=state)], run=None, similar=())
    assert (judged.outcome, judged.settles, judged.payout_id) == (outcome, settles, PAYOUT.payout_id)


@pytest.mark.parametrize("amount", [-500_01, -499_99, -1, 500_00])
def test_another_amount_or_direction_waits_for_a_person(amount: int) -> None:
    judged = judge(replace(OUT, amount=amount), by_code=[PAYOUT], run=None, similar=())
    assert judged.outcome is LineOutcome.SUGGESTED
    assert not judged.settles


def test_two_payments_named_in_one_line_wait_for_a_person() -> None:
    judged = judge(OUT, by_code=[PAYOUT, replace(PAYOUT, payout_id=new_id())], run=None, similar=())
    assert (judged.outcome, judged.because) == (LineOutcome.SUGGESTED, Because.SEVERAL_FIT)


@pytest.mark.parametrize(
    ("total", "seen", "outcome"),
    [
        (500_00, False, LineOutcome.MATCHED),
        (500_01, False, LineOutcome.UNMATCHED),
        (500_00, True, LineOutcome.UNMATCHED),
    ],
)
def test_one_booking_of_a_whole_run_matches_the_run_to_the_oere(
    total: int, outcome: LineOutcome, *, seen: bool
) -> None:
    run = RunFacts(new_id(), total, on_the_bank=seen)
    assert judge(OUT, by_code=[], run=run, similar=()).outcome is outcome


def test_without_a_code_the_amount_near_the_day_suggests_and_the_name_decides_among_several() -> None:
    other = replace(PAYOUT, payout_id=new_id(), payee_name="En anden")
    named = replace(OUT, counterparty="SVENDBORG  KØRESKOLE, APS")
    assert judge(OUT, by_code=[], run=None, similar=[PAYOUT]).payout_id == PAYOUT.payout_id
    assert judge(OUT, by_code=[], run=None, similar=[PAYOUT, other]).because is Because.SEVERAL_FIT
    assert judge(named, by_code=[], run=None, similar=[other, PAYOUT]).payout_id == PAYOUT.payout_id


@pytest.mark.parametrize(("days", "near"), [(-4, False), (-3, True), (0, True), (14, True), (15, False)])
def test_a_suggestion_lies_near_the_day_that_was_agreed(days: int, *, near: bool) -> None:
    line = replace(OUT, booked_on=DAY + timedelta(days=days))
    judged = judge(line, by_code=[], run=None, similar=[PAYOUT])
    assert (judged.outcome is LineOutcome.SUGGESTED) is near


@pytest.mark.parametrize(
    ("line", "payout", "left", "outcome"),
    [
        (IN, PAYOUT, 500_00, LineOutcome.RETURNED),
        (replace(IN, is_reversal=True), PAYOUT, 500_00, LineOutcome.REVERSED),
        (IN, replace(PAYOUT, state=PayoutState.SENDING), 500_00, LineOutcome.SUGGESTED),
        (replace(IN, amount=499_00), PAYOUT, 500_00, LineOutcome.SUGGESTED),
        (replace(IN, amount=-500_00), PAYOUT, 500_00, LineOutcome.SUGGESTED),
        (IN, PAYOUT, 499_99, LineOutcome.SUGGESTED),
        (IN, None, 0, LineOutcome.UNMATCHED),
    ],
)
def test_what_comes_back_whole_of_a_paid_payment_is_booked_and_anything_else_waits(
    line: LineFacts, payout: PayoutFacts | None, left: int, outcome: LineOutcome
) -> None:
    assert judge_undoing(line, payout, left=left).outcome is outcome


def test_codes_are_read_through_line_ends_only_where_no_line_holds_one() -> None:
    code, other = new_short_code(), new_short_code()
    assert codes_in(None, f"tak\n{code.lower()}", other) == (code, other)
    assert codes_in(f"betaling {code[:6]}\n{code[6:]}") == (code,)
    assert codes_in(f"{code}\n{code}", None) == (code,)
    assert codes_in("ingen kode", None) == ()


def test_a_runs_id_is_read_with_and_without_hyphens() -> None:
    run_id = new_id()
    assert run_id_in(str(run_id)) == run_id_in(f"RD{run_id.hex.upper()}") == run_id
    assert run_id_in(None) is run_id_in("B7") is None
    assert isinstance(run_id_in(run_id.hex), UUID)


def test_the_same_bank_reference_account_amount_and_date_are_one_line_and_any_other_is_another() -> None:
    same = line_identity("A", LINE, ordinal=1)
    assert line_identity("A", replace(LINE, text="andet", number=9, entry=7), ordinal=1) == same
    others = [
        line_identity("B", LINE, ordinal=1),
        line_identity("A", replace(LINE, amount=Oere(-1)), ordinal=1),
        line_identity("A", replace(LINE, booked_on=DAY + timedelta(days=1)), ordinal=1),
        line_identity("A", replace(LINE, reference="R2"), ordinal=1),
        line_identity("A", replace(LINE, is_booked=False), ordinal=1),
        line_identity("A", LINE, ordinal=2),
    ]
    assert len({same, *others}) == len(others) + 1


def test_a_booking_without_a_reference_has_no_identity_of_its_own() -> None:
    assert entry_identity("A", replace(LINE, reference=None, entry_reference=None)) is None
    assert entry_identity("A", LINE) == entry_identity("A", replace(LINE, amount=Oere(-1)))


@pytest.mark.parametrize(
    "written",
    ["DK5000400440116243", "DK50 0040 0440 1162 43", "0040 440116243", "0040-0440116243", "00400440116243"],
)
def test_an_account_is_the_same_however_it_is_written(written: str) -> None:
    assert account_number(written) == "00400440116243"
    assert is_own_account("DK5000400440116243", [written])
    assert not is_own_account("DK8330003616077842", [written])
    assert is_own_account("DK8330003616077842", [])


def test_names_are_the_same_but_for_case_and_signs() -> None:
    assert is_same_name("Svend & Sø", "SVEND SØ")
    assert not is_same_name("", " ")

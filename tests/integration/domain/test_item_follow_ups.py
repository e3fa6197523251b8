"""Whether what was bought did what was thought: asked on the day, answered once, and by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.casework.item_follow_ups import answer_item_follow_up, bought_items, due_item_follow_ups
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import RoleMayNot
from raaderum.plans.item_follow_ups import AnswerTooLong, FollowUpNotDue, ItemOutcome, asked_on
from raaderum.purchases.service import refuse_purchase, release_purchase
from raaderum.testing.cases import Case, approved_purchase, case_with_grant, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@pytest.fixture
def due_day(case: Case) -> date:
    approved_purchase(case)
    return asked_on(clock.today())


def test_an_item_falls_due_on_the_day_and_not_before(
    case: Case, due_day: date, read: Callable[..., Any]
) -> None:
    by = case.municipality.support_person
    assert read(due_item_follow_ups, on=due_day - timedelta(days=1), by=by) == []
    [due] = read(due_item_follow_ups, on=due_day, by=by)
    assert (due.enrolment_id, due.item_id, due.due_on) == (case.enrolment_id, case.plan_item_ids[0], due_day)


def test_what_was_not_bought_is_not_asked_about(
    case: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    coordinator = case.municipality.coordinator
    act(refuse_purchase, requested_purchase(case), because="Nej.", by=coordinator)
    requested_purchase(case)
    act(release_purchase, approved_purchase(case).id, by=coordinator)
    later = clock.today() + timedelta(days=400)
    assert read(due_item_follow_ups, on=later, by=coordinator) == []
    assert read(bought_items, case.enrolment_id, by=coordinator) == []


@pytest.mark.parametrize(
    ("because", "is_asked"),
    [(EndingReason.CITIZEN_LEAVES, True), (EndingReason.MOVED_AWAY, False), (EndingReason.DIED, False)],
    ids=str,
)
def test_after_the_end_nobody_is_reminded_of_a_citizen_who_is_gone(
    case: Case,
    due_day: date,
    act: Callable[..., Any],
    read: Callable[..., Any],
    *,
    because: EndingReason,
    is_asked: bool,
) -> None:
    by = case.municipality.coordinator
    act(end, case.enrolment_id, because=because, by=by)
    assert bool(read(due_item_follow_ups, on=due_day, by=by)) is is_asked


def test_not_yet_is_asked_again_three_months_later_and_yes_is_the_end(
    case: Case, due_day: date, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    item_id, citizen = case.plan_item_ids[0], case.citizen
    with clock.standing_still_at(clock.start_of(due_day) + timedelta(hours=9)):
        act(answer_item_follow_up, item_id, outcome=ItemOutcome.NOT_YET, words="Venter på tid", by=citizen)
    with clock.standing_still_at(clock.start_of(asked_on(due_day)) + timedelta(hours=9)):
        act(answer_item_follow_up, item_id, outcome=ItemOutcome.YES, words="Jeg bestod! 🚗", by=citizen)
    [bought] = read(bought_items, case.enrolment_id, by=case.municipality.coordinator)
    assert [(one.outcome, one.words) for one in bought.answers] == [
        (ItemOutcome.NOT_YET, "Venter på tid"),
        (ItemOutcome.YES, "Jeg bestod! 🚗"),
    ]
    assert bought.due_on is None
    assert bought.item.theory_of_change == "Med kørekort kan jeg tage job uden for byen."


def test_what_is_not_due_is_not_answered(
    case: Case, due_day: date, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    item_id, answer = case.plan_item_ids[0], {"outcome": ItemOutcome.NO, "words": "Nej"}
    with refused(FollowUpNotDue):
        act(answer_item_follow_up, item_id, **answer, by=case.citizen)
    with clock.standing_still_at(clock.start_of(due_day)):
        with refused(AnswerTooLong):
            act(answer_item_follow_up, item_id, **{**answer, "words": "x" * 5_001}, by=case.citizen)
        act(answer_item_follow_up, item_id, **answer, by=case.citizen)
        with refused(FollowUpNotDue):
            act(answer_item_follow_up, item_id, **answer, by=case.citizen)


def test_nobody_answers_or_reads_for_another_case(
    case: Case, due_day: date, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    stranger, item_id = case_with_grant(case.municipality).citizen, case.plan_item_ids[0]
    with refused(NotFound):
        act(answer_item_follow_up, item_id, outcome=ItemOutcome.YES, words="", by=stranger)
    with refused(NotFound):
        act(answer_item_follow_up, case.enrolment_id, outcome=ItemOutcome.YES, words="", by=case.citizen)
    with refused(NotFound):
        read(bought_items, case.enrolment_id, by=stranger)
    with refused(RoleMayNot):
        act(
            answer_item_follow_up,
            item_id,
            outcome=ItemOutcome.YES,
            words="",
            by=case.municipality.finance_officer,
        )
    with refused(RoleMayNot):
        read(due_item_follow_ups, on=due_day, by=stranger)


def test_the_answer_is_sealed_and_recorded_without_words(
    case: Case, due_day: date, act: Callable[..., Any], raw: Callable[[str], list[dict[str, Any]]]
) -> None:
    with clock.standing_still_at(clock.start_of(due_day)):
        act(
            answer_item_follow_up,
            case.plan_item_ids[0],
            outcome=ItemOutcome.PARTLY,
            words="Hemmeligt",
            by=case.municipality.support_person,
        )
    [row] = raw("item_follow_up")
    assert b"Hemmeligt" not in bytes(row["words_sealed"])
    entry = next(one for one in raw("audit_entry") if one["event"] == "item.followed_up")
    assert entry["detail"] == {"outcome": "partly"}

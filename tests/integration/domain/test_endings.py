from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.casework.ending import end_course, ending_of
from raaderum.casework.ending_rules import ChecklistItem
from raaderum.enrolments.ending_rules import EndingReason, EndOutsideCourse, ReasonDoesNotFit
from raaderum.enrolments.endings import leave_programme
from raaderum.enrolments.rules import EnrolmentMoveForbidden, EnrolmentNotOpen
from raaderum.enrolments.service import get_enrolment
from raaderum.goals.service import add_sub_goal
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import RoleMayNot
from raaderum.purchases.rules import PurchaseMoveForbidden
from raaderum.purchases.service import approve_purchase, purchases_of
from raaderum.testing.cases import GRANT, PRICE, Case, approved_purchase, case_in_run_in, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.casework.ending import Ending

SOME = Oere(100_00)


def open_items(ending: Ending) -> dict[ChecklistItem, int]:
    return {check.item: check.open for check in ending.checks if not check.is_done}


@pytest.mark.parametrize("because", [EndingReason.MOVED_AWAY, EndingReason.DIED])
def test_for_one_who_is_gone_open_purchases_are_given_up_and_held_money_is_released(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], because: EndingReason
) -> None:
    approved_purchase(case)
    requested_purchase(case, SOME)
    assert read(budget_statement, case.enrolment_id).committed == PRICE
    act(end_course, case.enrolment_id, because=because, by=case.municipality.coordinator)
    statement = read(budget_statement, case.enrolment_id)
    assert (statement.available, statement.committed) == (GRANT, 0)
    assert {purchase.state for purchase in read(purchases_of, case.enrolment_id)} == {"closed"}
    assert read(lambda session: prove_books(session).holds)


def test_under_any_other_reason_what_was_approved_stays_to_be_paid(
    case: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    approved_purchase(case)
    because = EndingReason.ORDINARY_EMPLOYMENT
    act(end_course, case.enrolment_id, because=because, by=case.municipality.coordinator)
    assert read(budget_statement, case.enrolment_id).committed == PRICE


def test_one_who_has_moved_sees_the_case_and_does_nothing_more_in_it(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    waiting = requested_purchase(case, SOME)
    by = case.municipality.coordinator
    act(end_course, case.enrolment_id, because=EndingReason.MOVED_AWAY, ended_on=clock.today(), by=by)
    assert read(get_enrolment, case.enrolment_id, by=case.citizen).ended_because == "moved_away"
    with refused(EnrolmentNotOpen):
        act(add_sub_goal, case.enrolment_id, words="Et til", by=case.citizen)
    with refused(EnrolmentMoveForbidden):
        act(leave_programme, case.enrolment_id, by=case.citizen)
    with refused(EnrolmentNotOpen):
        requested_purchase(case, SOME)
    with refused(PurchaseMoveForbidden):
        act(approve_purchase, waiting, by=by)


def test_the_checklist_is_there_before_and_after(
    case: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    requested_purchase(case, SOME)
    approved_purchase(case)
    before = read(ending_of, case.enrolment_id, by=case.citizen)
    assert open_items(before) == {
        ChecklistItem.CITIZENS_QUESTIONNAIRE: 1,
        ChecklistItem.SUPPORT_PERSONS_QUESTIONNAIRE: 1,
        ChecklistItem.PURCHASES_TO_DECIDE: 1,
        ChecklistItem.PURCHASES_WITHOUT_INVOICE: 1,
        ChecklistItem.REMAINDER: 1,
    }
    amounts = {check.item: check.amount for check in before.checks}
    assert amounts[ChecklistItem.REMAINDER] == GRANT - PRICE
    assert amounts[ChecklistItem.PURCHASES_WITHOUT_INVOICE] == PRICE
    assert EndingReason.PERIOD_OVER not in before.reasons
    by = case.municipality.coordinator
    note = "Mia er flyttet til Odense."
    act(end_course, case.enrolment_id, because=EndingReason.MOVED_AWAY, note=note, by=by)
    after = read(ending_of, case.enrolment_id, by=case.citizen)
    assert (after.note, after.reasons) == (note, ())
    assert note.encode() not in after.enrolment.ended_note_sealed
    assert set(open_items(after)) == {
        ChecklistItem.CITIZENS_QUESTIONNAIRE,
        ChecklistItem.SUPPORT_PERSONS_QUESTIONNAIRE,
        ChecklistItem.REMAINDER,
    }


def test_a_citizen_leaves_their_own_programme_and_nobody_elses(
    case: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    somebody_else = case_in_run_in(case.municipality)
    with refused(NotFound):
        act(leave_programme, case.enrolment_id, by=somebody_else.citizen)
    for staff in (case.municipality.coordinator, case.municipality.support_person):
        with refused(RoleMayNot):
            act(leave_programme, case.enrolment_id, by=staff)
    with refused(RoleMayNot):
        act(end_course, case.enrolment_id, because=EndingReason.SERIOUS_DISTRUST, by=case.citizen)
    left = act(leave_programme, case.enrolment_id, by=case.citizen)
    assert (left.state, left.ended_because, left.ended_on) == ("ended", "citizen_leaves", clock.today())


def test_the_last_day_and_the_reason_must_fit(
    case: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    by = case.municipality.coordinator
    for days in (-1, 1):
        with refused(EndOutsideCourse):
            day = clock.today() + timedelta(days=days)
            act(end_course, case.enrolment_id, because=EndingReason.MOVED_AWAY, ended_on=day, by=by)
    for because in (EndingReason.PERIOD_OVER, EndingReason.NO_APPROVABLE_PLAN, EndingReason.NO_EFFECT):
        with refused(ReasonDoesNotFit):
            act(end_course, case.enrolment_id, because=because, by=by)
    with clock.standing_still_at(clock.now() + timedelta(days=366)):
        ended = act(end_course, case.enrolment_id, because=EndingReason.PERIOD_OVER, by=by)
    assert ended.ended_because == "period_over"

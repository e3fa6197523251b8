from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from raaderum.enrolments.change_rules import (
    ChangeGround,
    ExtensionNeedsTeamLeader,
    ExtensionOutOfRange,
    NoPauseThen,
    OnPause,
    PauseOverlaps,
)
from raaderum.enrolments.changes import clocks_of, extend_course, pause_course, resume_course
from raaderum.enrolments.rules import EnrolmentNotOpen, end_of_months
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.purchases.rules import PeriodOver
from raaderum.purchases.service import approve_purchase
from raaderum.testing.cases import Case, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

SOME = Oere(100_00)


def end_of(case: Case, read: Callable[..., Any]) -> date:
    last: date = read(get_enrolment, case.enrolment_id, by=case.municipality.coordinator).ends_on
    return last


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def test_a_pause_moves_the_end_by_its_length_and_coming_back_early_moves_it_back(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    by, first_end = case.municipality.coordinator, end_of(case, read)
    pause = {"ground": ChangeGround.TREATMENT, "note": "Indlagt i tre uger.", "by": by}
    act(pause_course, case.enrolment_id, from_on=in_days(10), until_on=in_days(30), **pause)
    assert end_of(case, read) == first_end + timedelta(days=21)
    with refused(PauseOverlaps):
        act(pause_course, case.enrolment_id, from_on=in_days(30), until_on=in_days(31), **pause)
    act(pause_course, case.enrolment_id, from_on=in_days(31), until_on=in_days(31), **pause)
    assert end_of(case, read) == first_end + timedelta(days=22)
    with refused(NoPauseThen):
        act(resume_course, case.enrolment_id, back_on=in_days(10), by=by)
    act(resume_course, case.enrolment_id, back_on=in_days(20), by=by)
    assert end_of(case, read) == first_end + timedelta(days=11)
    clocks = read(clocks_of, case.enrolment_id, by=case.citizen)
    assert [(one.days, one.note) for one in clocks.changes] == [
        (10, "Indlagt i tre uger."),
        (1, "Indlagt i tre uger."),
    ]


def test_nothing_is_asked_for_or_approved_in_a_pause(
    case: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    by = case.municipality.coordinator
    before = requested_purchase(case, SOME)
    act(
        pause_course,
        case.enrolment_id,
        from_on=in_days(0),
        until_on=in_days(3),
        ground=ChangeGround.ILLNESS,
        by=by,
    )
    with refused(OnPause) as refusal:
        requested_purchase(case, SOME)
    assert "på pause til og med" in refusal.danish
    with refused(OnPause):
        act(approve_purchase, before, by=by)
    with clock.standing_still_at(clock.now() + timedelta(days=4)):
        act(approve_purchase, before, by=by)
        requested_purchase(case, SOME)


def test_without_a_rule_only_a_team_leader_extends(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    town, first_end = case.municipality, end_of(case, read)
    extension = {"days": 30, "ground": ChangeGround.DELAYED_DELIVERY}
    with refused(ExtensionNeedsTeamLeader):
        act(extend_course, case.enrolment_id, **extension, by=town.coordinator)
    act(extend_course, case.enrolment_id, **extension, by=town.team_leader)
    assert end_of(case, read) == first_end + timedelta(days=30)


def test_the_programmes_rule_bounds_all_extensions_together(
    case: Case,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
    amend_programme: Callable[..., str],
) -> None:
    amend_programme(max_extension_days=40)
    by, first_end = case.municipality.coordinator, end_of(case, read)
    act(extend_course, case.enrolment_id, days=30, ground=ChangeGround.FAMILY, by=by)
    with refused(ExtensionOutOfRange) as refusal:
        act(extend_course, case.enrolment_id, days=11, ground=ChangeGround.FAMILY, by=by)
    assert "mellem 1 og 10 dage; 30 dage er brugt" in refusal.danish
    act(extend_course, case.enrolment_id, days=10, ground=ChangeGround.FAMILY, by=by)
    assert end_of(case, read) == first_end + timedelta(days=40)


def test_after_the_last_day_an_extension_opens_for_purchases_again(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    days = (end_of(case, read) - clock.today()).days + 1
    with clock.standing_still_at(clock.now() + timedelta(days=days)):
        with refused(PeriodOver):
            requested_purchase(case, SOME)
        by = case.municipality.team_leader
        act(extend_course, case.enrolment_id, days=7, ground=ChangeGround.OTHER, note="Flytning.", by=by)
        requested_purchase(case, SOME)


def test_the_run_in_eats_none_of_the_months_and_takes_no_pause(
    run_in: Case, case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(EnrolmentNotOpen):
        act(
            pause_course,
            run_in.enrolment_id,
            from_on=in_days(0),
            until_on=in_days(1),
            ground=ChangeGround.ILLNESS,
            by=run_in.municipality.coordinator,
        )
    enrolment = read(get_enrolment, case.enrolment_id, by=case.citizen)
    assert enrolment.granted_months == 12
    assert enrolment.ends_on == end_of_months(enrolment.started_on, 12)

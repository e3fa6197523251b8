"""Interviews: held, declined, their summaries approved by the citizen alone; follow-up with consent only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.service import timeline
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.rules import EnrolmentNotOpen, EnrolmentState
from raaderum.enrolments.tables import Enrolment
from raaderum.interviews.overview import count_interviews, due_interviews, interviews_of
from raaderum.interviews.rules import (
    ConsentIsTheCitizens,
    FollowUpConsentMissing,
    HeldInFuture,
    InterviewHeldAlready,
    InterviewKind,
    InterviewNotHeld,
    InterviewState,
    SummaryMissing,
    SummaryMovedOn,
    SummaryState,
)
from raaderum.interviews.service import decline_interview, hold_interview, say_to_follow_up
from raaderum.interviews.summaries import (
    approve_summary,
    approved_summaries,
    ask_for_changes,
    write_summary,
)
from raaderum.kernel import clock
from raaderum.kernel.calendar import months_after
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Act, Role, RoleMayNot
from raaderum.questionnaires.dues import due_questionnaires
from raaderum.questionnaires.rules import Respondent
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.interviews.overview import SeenInterview
    from raaderum.testing.cases import Case

    Do = Callable[..., Any]
    Rows = Callable[[str], list[dict[str, Any]]]

BEFORE, MIDWAY, END = InterviewKind.BEFORE, InterviewKind.MIDWAY, InterviewKind.END
HALF_YEAR, ONE_YEAR = InterviewKind.HALF_YEAR, InterviewKind.ONE_YEAR
WORDS = "Mia er holdt op med at drikke. Hun vil fortsætte med hunden."


def hold(act: Do, case: Case, kind: InterviewKind = MIDWAY) -> UUID:
    by = case.municipality.coordinator
    interview_id: UUID = act(hold_interview, case.enrolment_id, kind=kind, held_on=clock.today(), by=by).id
    return interview_id


def write(act: Do, case: Case, interview_id: UUID, words: str = WORDS) -> int:
    by = case.municipality.coordinator
    version: int = act(write_summary, case.enrolment_id, interview_id, words=words, by=by).version
    return version


def seen(read: Do, case: Case, by: Actor, kind: InterviewKind = MIDWAY) -> SeenInterview:
    found: SeenInterview = next(
        one for one in read(interviews_of, case.enrolment_id, by=by).all if one.kind is kind
    )
    return found


def close(case: Case, act: Do, ended_on: date, because: EndingReason = EndingReason.PERIOD_OVER) -> None:
    """Let the course have ended on a day, whatever else ending takes."""

    def set_dates(session: Session) -> None:
        enrolment = session.get_one(Enrolment, (current_tenant_id(), case.enrolment_id))
        enrolment.state, enrolment.ended_on = EnrolmentState.ENDED, ended_on
        enrolment.ended_because = because

    act(set_dates)


def test_a_summary_counts_only_once_the_citizen_has_approved_it(case: Case, act: Do, read: Do) -> None:
    interview_id = hold(act, case)
    version = write(act, case, interview_id)
    assert read(approved_summaries) == []
    act(approve_summary, case.enrolment_id, interview_id, version=version, by=case.citizen)
    (counting,) = read(approved_summaries, programme=case.programme, kind=MIDWAY)
    assert (counting.enrolment_id, counting.words, counting.held_on) == (
        case.enrolment_id,
        WORDS,
        clock.today(),
    )
    assert read(approved_summaries, kind=END) == read(approved_summaries, programme="another") == []


def test_new_words_after_the_approval_must_be_approved_again(case: Case, act: Do, read: Do) -> None:
    interview_id = hold(act, case)
    act(
        approve_summary,
        case.enrolment_id,
        interview_id,
        version=write(act, case, interview_id),
        by=case.citizen,
    )
    second = write(act, case, interview_id, "Mia drikker mindre.")
    assert read(approved_summaries) == []
    assert [one.approved for one in read(count_interviews) if one.kind is MIDWAY] == [0]
    act(approve_summary, case.enrolment_id, interview_id, version=second, by=case.citizen)
    assert [one.words for one in read(approved_summaries)] == ["Mia drikker mindre."]
    kept = seen(read, case, case.citizen).summaries
    assert [(one.version, one.words) for one in kept] == [(2, "Mia drikker mindre."), (1, WORDS)]


def test_the_citizen_can_ask_for_changes_and_the_summary_does_not_count(
    case: Case, act: Do, read: Do, refused: Do
) -> None:
    interview_id = hold(act, case)
    version = write(act, case, interview_id)
    asked = {"version": version, "comment": "Det var ikke en hund.", "by": case.citizen}
    act(ask_for_changes, case.enrolment_id, interview_id, **asked)
    (summary,) = seen(read, case, case.municipality.coordinator).summaries
    assert (summary.state, summary.comment) == (SummaryState.CHANGES_WANTED, "Det var ikke en hund.")
    assert read(approved_summaries) == []
    with refused(SummaryMovedOn):
        act(approve_summary, case.enrolment_id, interview_id, version=version, by=case.citizen)
    with refused(SummaryMissing) as refusal:
        act(ask_for_changes, case.enrolment_id, interview_id, **asked | {"comment": " "})
    assert refusal.where == "comment"


def test_words_that_were_rewritten_while_the_citizen_read_are_not_approved(
    case: Case, act: Do, read: Do, refused: Do
) -> None:
    interview_id = hold(act, case)
    read_version = write(act, case, interview_id)
    write(act, case, interview_id, "Noget andet")
    with refused(SummaryMovedOn) as refusal:
        act(approve_summary, case.enrolment_id, interview_id, version=read_version, by=case.citizen)
    assert "Læs det igen" in refusal.danish
    assert read(approved_summaries) == []
    with refused(NotFound):
        act(approve_summary, case.enrolment_id, interview_id, version=9, by=case.citizen)


def test_nobody_approves_for_the_citizen(case: Case, act: Do, refused: Do) -> None:
    interview_id = hold(act, case)
    version = write(act, case, interview_id)
    municipality = case.municipality
    for by in (municipality.coordinator, municipality.team_leader, municipality.support_person):
        with refused(RoleMayNot):
            act(approve_summary, case.enrolment_id, interview_id, version=version, by=by)
    stranger = replace(case.citizen, person_id=case.enrolment_id)
    with refused(NotFound):
        act(approve_summary, case.enrolment_id, interview_id, version=version, by=stranger)


def test_the_support_person_reads_approved_words_only(case: Case, act: Do, read: Do) -> None:
    signe = case.municipality.support_person
    interview_id = hold(act, case)
    version = write(act, case, interview_id)
    assert seen(read, case, signe).summaries == ()
    assert seen(read, case, case.citizen).summaries[0].words == WORDS
    act(approve_summary, case.enrolment_id, interview_id, version=version, by=case.citizen)
    assert [one.words for one in seen(read, case, signe).summaries] == [WORDS]
    write(act, case, interview_id, "Endnu ikke læst")
    assert seen(read, case, signe).summaries == ()


def test_the_words_stand_sealed_and_the_course_tells_none_of_them(
    case: Case, act: Do, read: Do, raw: Rows
) -> None:
    interview_id = hold(act, case)
    version = write(act, case, interview_id)
    asked = {"version": version, "comment": "Skriv om hunden", "by": case.citizen}
    act(ask_for_changes, case.enrolment_id, interview_id, **asked)
    (row,) = raw("interview_summary")
    assert WORDS.encode() not in row["words_sealed"]
    assert b"hunden" not in row["comment_sealed"]

    def details(session: Session) -> str:
        return " ".join(json.dumps(entry.detail) for entry in timeline(session, case.enrolment_id))

    assert "hund" not in read(details)


def test_a_declined_interview_is_counted_and_can_be_held_after_all(
    case: Case, act: Do, read: Do, refused: Do
) -> None:
    act(decline_interview, case.enrolment_id, kind=MIDWAY, by=case.citizen)

    def counted() -> tuple[int, int]:
        (count,) = [one for one in read(count_interviews, programme=case.programme) if one.kind is MIDWAY]
        return count.held, count.declined

    assert counted() == (0, 1)
    interview_id = seen(read, case, case.citizen).id
    with refused(InterviewNotHeld):
        write(act, case, interview_id)  # type: ignore[arg-type] # it was declined, so it is there
    hold(act, case)
    assert counted() == (1, 0)
    assert seen(read, case, case.citizen).state is InterviewState.HELD
    with refused(InterviewHeldAlready):
        act(decline_interview, case.enrolment_id, kind=MIDWAY, by=case.citizen)


def test_the_day_can_be_corrected_and_lies_never_after_today(
    case: Case, act: Do, read: Do, refused: Do
) -> None:
    hold(act, case)
    karen, yesterday = case.municipality.coordinator, clock.today() - timedelta(days=1)
    act(hold_interview, case.enrolment_id, kind=MIDWAY, held_on=yesterday, by=karen)
    assert seen(read, case, karen).held_on == yesterday
    tomorrow = clock.today() + timedelta(days=1)
    with refused(HeldInFuture):
        act(hold_interview, case.enrolment_id, kind=MIDWAY, held_on=tomorrow, by=karen)


def test_an_interview_is_held_in_its_time(run_in: Case, act: Do, refused: Do) -> None:
    hold(act, run_in, BEFORE)
    for kind in (MIDWAY, END, HALF_YEAR):
        with refused(EnrolmentNotOpen):
            hold(act, run_in, kind)


def test_follow_up_needs_the_citizens_latest_word_to_be_yes(
    case: Case, act: Do, read: Do, refused: Do
) -> None:
    close(case, act, clock.today())
    with refused(FollowUpConsentMissing) as refusal:
        hold(act, case, HALF_YEAR)
    assert "Spørg borgeren først" in refusal.danish
    act(say_to_follow_up, case.enrolment_id, is_given=True, by=case.citizen)
    assert read(interviews_of, case.enrolment_id, by=case.citizen).has_consented is True
    hold(act, case, HALF_YEAR)
    act(say_to_follow_up, case.enrolment_id, is_given=False, by=case.citizen)
    with refused(FollowUpConsentMissing):
        hold(act, case, ONE_YEAR)


def test_a_coordinator_writes_down_a_yes_and_overrules_no_no(
    case: Case, act: Do, read: Do, refused: Do, raw: Rows
) -> None:
    karen = case.municipality.coordinator
    assert read(interviews_of, case.enrolment_id, by=karen).has_consented is None
    act(say_to_follow_up, case.enrolment_id, is_given=True, by=karen)
    act(say_to_follow_up, case.enrolment_id, is_given=False, by=case.citizen)
    with refused(ConsentIsTheCitizens):
        act(say_to_follow_up, case.enrolment_id, is_given=True, by=karen)
    act(say_to_follow_up, case.enrolment_id, is_given=True, by=case.citizen)
    assert [row["is_given"] for row in sorted(raw("follow_up_consent"), key=lambda row: row["id"])] == [
        True,
        False,
        True,
    ]
    with refused(RoleMayNot):
        act(say_to_follow_up, case.enrolment_id, is_given=True, by=case.municipality.support_person)


def due(read: Do, case: Case, on: date) -> dict[str, date]:
    found = read(due_interviews, on=on, by=case.municipality.coordinator)
    return {one.kind.value: one.due_on for one in found if one.enrolment_id == case.enrolment_id}


def test_interviews_fall_due_by_the_dates_of_the_course(case: Case, act: Do, read: Do) -> None:
    today = clock.today()
    assert due(read, case, today) == {"before": today}
    later = due(read, case, today + timedelta(days=370))
    assert list(later) == ["before", "midway", "end"]
    assert later["end"] == months_after(today, 12) - timedelta(days=1)
    hold(act, case, BEFORE)
    act(decline_interview, case.enrolment_id, kind=MIDWAY, by=case.citizen)
    assert list(due(read, case, today + timedelta(days=370))) == ["end"]


@pytest.mark.parametrize(
    ("ended_on", "half_year", "one_year"),
    [
        (date(2027, 8, 31), date(2028, 2, 29), date(2028, 8, 31)),
        (date(2028, 2, 29), date(2028, 8, 29), date(2029, 2, 28)),
    ],
)
def test_follow_up_is_due_half_a_year_and_a_year_later_with_consent_only(
    case: Case, act: Do, read: Do, ended_on: date, half_year: date, one_year: date
) -> None:
    close(case, act, ended_on)
    assert due(read, case, one_year) == {"end": ended_on}
    act(say_to_follow_up, case.enrolment_id, is_given=True, by=case.citizen)
    assert due(read, case, one_year) == {"end": ended_on, "half_year": half_year, "one_year": one_year}
    assert "half_year" not in due(read, case, half_year - timedelta(days=1))
    assert due(read, case, months_after(ended_on, 19)) == {}
    stranger = replace(case.municipality.support_person, person_id=case.enrolment_id)
    assert read(due_interviews, on=one_year, by=stranger) == []


def test_nothing_is_asked_of_a_citizen_who_has_died(case: Case, act: Do, read: Do) -> None:
    act(say_to_follow_up, case.enrolment_id, is_given=True, by=case.citizen)
    close(case, act, clock.today(), EndingReason.DIED)
    in_a_month, in_a_year = clock.today() + timedelta(days=30), clock.today() + timedelta(days=400)
    assert due(read, case, in_a_year) == {}
    assert seen(read, case, case.municipality.coordinator, ONE_YEAR).due_on is None
    asked = read(due_questionnaires, on=in_a_month, by=case.municipality.coordinator)
    assert [one.respondent for one in asked] == [Respondent.SUPPORT_PERSON]


@pytest.mark.parametrize("act_of", [Act.HOLD_INTERVIEW, Act.CONSENT_TO_FOLLOW_UP], ids=str)
def test_who_sees_no_case_does_nothing_here(case: Case, act: Do, refused: Do, act_of: Act) -> None:
    by = replace(case.municipality.coordinator, role=Role.CITIZEN_REPRESENTATIVE)
    with refused(RoleMayNot):
        if act_of is Act.HOLD_INTERVIEW:
            act(hold_interview, case.enrolment_id, kind=MIDWAY, held_on=clock.today(), by=by)
        else:
            act(say_to_follow_up, case.enrolment_id, is_given=True, by=by)

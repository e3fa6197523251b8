"""Answering the questionnaires: blind to each other, corrected, declined, on paper, imported, summed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.audit.service import timeline
from raaderum.enrolments.rules import EnrolmentNotOpen
from raaderum.enrolments.service import get_enrolment
from raaderum.exchange.exports import FileFormat, chosen_columns, hand_out
from raaderum.exchange.rules import Kind
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Role, RoleMayNot
from raaderum.questionnaires.blind import both_are_in, questionnaires_of
from raaderum.questionnaires.dues import due_questionnaires
from raaderum.questionnaires.rules import (
    AnsweredInFuture,
    AnswersClosed,
    AnswerState,
    CommentTooLong,
    Degree,
    Distance,
    Gap,
    Moment,
    Movement,
    NotTheirQuestionnaire,
    RatingOutsideScale,
    Respondent,
    Way,
)
from raaderum.questionnaires.service import answer, decline, ratings_of
from raaderum.questionnaires.tables import Questionnaire
from raaderum.questionnaires.taking_in import store_ratings, take_over_rating

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.questionnaires.blind import SeenQuestionnaire
    from raaderum.questionnaires.service import Ratings
    from raaderum.testing.cases import Case

    Do = Callable[..., Any]

START, END = Moment.START, Moment.END
CITIZEN, SUPPORT_PERSON = Respondent.CITIZEN, Respondent.SUPPORT_PERSON
SECRET = "Jeg er bange for at drikke igen"


def citizen_says(act: Do, case: Case, rating: str, moment: Moment = START, comment: str = "") -> None:
    asked = {"moment": moment, "respondent": CITIZEN, "rating": rating, "comment": comment}
    act(answer, case.enrolment_id, **asked, by=case.citizen)


def support_person_says(act: Do, case: Case, rating: str, moment: Moment = START) -> None:
    asked = {"moment": moment, "respondent": SUPPORT_PERSON, "rating": rating}
    act(answer, case.enrolment_id, **asked, by=case.municipality.support_person)


def seen(
    read: Do, case: Case, by: Actor, respondent: Respondent, moment: Moment = START
) -> SeenQuestionnaire:
    one: SeenQuestionnaire = read(questionnaires_of, case.enrolment_id, by=by).of(moment, respondent)
    return one


def ratings(read: Do, case: Case) -> Ratings:
    found: list[Ratings] = [one for one in read(ratings_of) if one.enrolment_id == case.enrolment_id]
    assert len(found) == 1
    return found[0]


def test_neither_sees_the_others_answer_until_both_are_in(case: Case, act: Do, read: Do) -> None:
    them = (case.citizen, case.municipality.support_person)
    citizen_says(act, case, "far", comment=SECRET)
    mine, theirs = (seen(read, case, by, CITIZEN) for by in them)
    assert (mine.rating, mine.comment, mine.is_hidden) == (Distance.FAR, SECRET, False)
    assert (theirs.rating, theirs.comment, theirs.is_hidden) == (None, "", True)
    assert theirs.state is AnswerState.ANSWERED
    support_person_says(act, case, "high")
    for by in them:
        assert seen(read, case, by, CITIZEN).rating is Distance.FAR
        assert seen(read, case, by, CITIZEN).comment == SECRET
        assert seen(read, case, by, SUPPORT_PERSON).rating is Degree.HIGH


def test_the_citizen_does_not_see_the_support_persons_belief_before_their_own_answer(
    case: Case, act: Do, read: Do
) -> None:
    support_person_says(act, case, "low")
    assert seen(read, case, case.citizen, SUPPORT_PERSON).is_hidden
    assert seen(read, case, case.citizen, SUPPORT_PERSON).rating is None


def test_a_decline_counts_as_in_and_opens_the_others_answer(case: Case, act: Do, read: Do) -> None:
    support_person_says(act, case, "low")
    act(decline, case.enrolment_id, moment=START, respondent=CITIZEN, by=case.citizen)
    assert seen(read, case, case.citizen, SUPPORT_PERSON).rating is Degree.LOW
    assert seen(read, case, case.citizen, CITIZEN).state is AnswerState.DECLINED


def test_the_start_and_the_end_are_hidden_each_by_itself(case: Case, act: Do, read: Do) -> None:
    citizen_says(act, case, "far")
    support_person_says(act, case, "high")
    citizen_says(act, case, "close", moment=END)
    to_support_person = read(questionnaires_of, case.enrolment_id, by=case.municipality.support_person)
    assert to_support_person.of(START, CITIZEN).rating is Distance.FAR
    assert to_support_person.of(END, CITIZEN).is_hidden
    assert (to_support_person.movement, to_support_person.gap) == (None, None)
    to_citizen = read(questionnaires_of, case.enrolment_id, by=case.citizen)
    assert to_citizen.movement is Movement.CLOSER
    support_person_says(act, case, "low", moment=END)
    both_in = read(questionnaires_of, case.enrolment_id, by=case.municipality.support_person)
    assert both_in.movement is Movement.CLOSER
    assert both_in.gap == (Gap.CITIZEN_BRIGHTER, 3)


def test_the_course_and_the_log_tell_that_there_was_an_answer_and_never_which(
    case: Case, act: Do, read: Do
) -> None:
    citizen_says(act, case, "very_far", comment=SECRET)
    support_person_says(act, case, "very_high")

    def details(session: Session) -> list[str]:
        return [json.dumps(entry.detail) for entry in timeline(session, case.enrolment_id)]

    written = " ".join(read(details))
    assert '"respondent": "citizen"' in written
    for rating in (*Distance, *Degree, SECRET):
        assert f'"{rating}"' not in written


def test_a_coordinator_sees_both_once_both_are_in_and_before_that_what_they_registered(
    case: Case, act: Do, read: Do
) -> None:
    karen, torben = case.municipality.coordinator, case.municipality.team_leader
    asked = {"moment": START, "respondent": CITIZEN, "rating": "some_way", "comment": SECRET}
    act(answer, case.enrolment_id, **asked, by=karen)
    assert seen(read, case, karen, CITIZEN).rating is Distance.SOME_WAY
    assert seen(read, case, karen, CITIZEN).how is Way.PAPER
    assert seen(read, case, torben, CITIZEN).is_hidden
    assert seen(read, case, case.citizen, CITIZEN).rating is Distance.SOME_WAY
    support_person_says(act, case, "partly")
    for by in (karen, torben):
        assert seen(read, case, by, CITIZEN).comment == SECRET
        assert seen(read, case, by, SUPPORT_PERSON).rating is Degree.PARTLY


def test_what_a_coordinator_did_not_register_is_hidden_from_them_too(case: Case, act: Do, read: Do) -> None:
    citizen_says(act, case, "far")
    assert seen(read, case, case.municipality.coordinator, CITIZEN).is_hidden


def test_an_answer_can_be_corrected_until_both_are_in_and_every_version_is_kept(
    case: Case, act: Do, read: Do, raw: Callable[[str], list[dict[str, Any]]], refused: Do
) -> None:
    for rating in ("far", "some_way", "close"):
        citizen_says(act, case, rating, comment=SECRET)
    assert (seen(read, case, case.citizen, CITIZEN).rating, ratings(read, case).distance_at_start) == (
        Distance.CLOSE,
        Distance.CLOSE,
    )
    support_person_says(act, case, "high")
    with refused(AnswersClosed) as refusal:
        citizen_says(act, case, "far")
    assert "Begge har svaret" in refusal.danish
    versions = [row for row in raw("questionnaire_version") if row["given_as"] == Role.CITIZEN]
    assert sorted((row["version"], row["rating"]) for row in versions) == [
        (1, "far"),
        (2, "some_way"),
        (3, "close"),
    ]
    assert all(SECRET.encode() not in row["comment_sealed"] for row in versions)


def test_a_no_is_counted_and_can_become_an_answer_that_says_it_was_not_blind(
    case: Case, act: Do, read: Do, refused: Do
) -> None:
    declining = {"moment": START, "respondent": SUPPORT_PERSON, "by": case.municipality.support_person}
    act(decline, case.enrolment_id, **declining)
    assert ratings(read, case).declined == 1
    citizen_says(act, case, "far")
    assert not seen(read, case, case.citizen, CITIZEN).is_after_sight
    support_person_says(act, case, "high")
    assert seen(read, case, case.citizen, SUPPORT_PERSON).is_after_sight
    assert (ratings(read, case).declined, ratings(read, case).belief_at_start) == (0, Degree.HIGH)
    with refused(AnswersClosed):
        act(decline, case.enrolment_id, **declining)


def test_achieved_at_the_start_is_refused_with_the_answers_that_can_be_given(
    case: Case, act: Do, refused: Do, read: Do
) -> None:
    with refused(RatingOutsideScale) as refusal:
        citizen_says(act, case, "achieved")
    assert "»achieved« er ikke et af svarene. Vælg: meget langt fra (very_far)" in refusal.danish
    assert seen(read, case, case.citizen, CITIZEN).state is None
    citizen_says(act, case, "achieved", moment=END)
    assert ratings(read, case).distance_at_end is Distance.ACHIEVED


def test_each_answers_their_own_and_nobody_else_any(case: Case, act: Do, refused: Do) -> None:
    municipality = case.municipality
    asked = {"moment": START, "rating": "far"}
    with refused(NotTheirQuestionnaire):
        act(answer, case.enrolment_id, **asked, respondent=CITIZEN, by=municipality.support_person)
    with refused(NotTheirQuestionnaire):
        act(answer, case.enrolment_id, **asked, respondent=SUPPORT_PERSON, by=case.citizen)
    for by in (municipality.finance_officer, municipality.administrator):
        with refused(RoleMayNot):
            act(answer, case.enrolment_id, **asked, respondent=CITIZEN, by=by)


def test_whoever_is_the_support_person_does_not_register_the_citizens_paper(
    case: Case, act: Do, refused: Do
) -> None:
    both = replace(case.municipality.support_person, role=Role.COORDINATOR)
    asked = {"moment": START, "rating": "far", "respondent": CITIZEN}
    with refused(NotTheirQuestionnaire) as refusal:
        act(answer, case.enrolment_id, **asked, by=both)
    assert "ikke selv er støtteperson" in refusal.danish
    act(answer, case.enrolment_id, moment=START, rating="high", respondent=SUPPORT_PERSON, by=both)


def test_another_citizens_questionnaires_do_not_exist(case: Case, read: Do, act: Do, refused: Do) -> None:
    stranger = replace(case.citizen, person_id=case.enrolment_id)
    with refused(NotFound):
        read(questionnaires_of, case.enrolment_id, by=stranger)
    with refused(NotFound):
        act(answer, case.enrolment_id, moment=START, respondent=CITIZEN, rating="far", by=stranger)


def test_the_end_is_not_asked_for_while_the_citizen_dreams(run_in: Case, act: Do, refused: Do) -> None:
    citizen_says(act, run_in, "very_far")
    with refused(EnrolmentNotOpen):
        citizen_says(act, run_in, "close", moment=END)


def test_what_was_answered_tomorrow_or_at_length_is_refused(case: Case, act: Do, refused: Do) -> None:
    asked = {"moment": START, "respondent": CITIZEN, "rating": "far", "by": case.municipality.coordinator}
    with refused(AnsweredInFuture):
        act(answer, case.enrolment_id, **asked, answered_on=clock.today() + timedelta(days=1))
    with refused(CommentTooLong):
        act(answer, case.enrolment_id, **asked, comment="x" * 5_001)


def test_ratings_are_taken_over_from_another_register_of_any_time(
    case: Case, act: Do, read: Do, raw: Callable[[str], list[dict[str, Any]]], refused: Do
) -> None:
    then = clock.today() - timedelta(days=400)
    by = case.municipality.coordinator
    both = [
        (START, CITIZEN, "far"),
        (START, SUPPORT_PERSON, "high"),
        (END, CITIZEN, "achieved"),
        (END, SUPPORT_PERSON, None),
    ]

    def take_over(session: Session, ratings: list[tuple[Moment, Respondent, str | None]]) -> None:
        enrolment = get_enrolment(session, case.enrolment_id, by=by)
        taken = [
            take_over_rating(
                session,
                enrolment,
                moment=moment,
                respondent=respondent,
                rating=rating,
                answered_on=then,
                by=by,
            )
            for moment, respondent, rating in ratings
        ]
        store_ratings(session, taken, by=by)

    act(take_over, both)
    assert len(raw("questionnaire_version")) == 4
    assert {row["how"] for row in raw("questionnaire_version")} == {Way.IMPORTED}
    found = ratings(read, case)
    assert (found.distance_at_start, found.distance_at_end) == (Distance.FAR, Distance.ACHIEVED)
    assert (found.belief_at_start, found.judgement_at_end, found.declined) == (Degree.HIGH, None, 1)
    assert (found.movement, found.programme) == (Movement.ACHIEVED, case.programme)
    with refused(RatingOutsideScale):
        act(take_over, [(START, CITIZEN, "achieved")])


def test_ratings_are_read_for_one_programme_or_all(case: Case, act: Do, read: Do) -> None:
    citizen_says(act, case, "far")
    assert [one.enrolment_id for one in read(ratings_of, programme=case.programme)] == [case.enrolment_id]
    assert read(ratings_of, programme="another") == []


def test_a_list_that_leaves_the_house_can_leave_out_what_is_still_hidden(
    case: Case, act: Do, read: Do
) -> None:
    def shown(session: Session) -> set[str]:
        return set(session.scalars(select(Questionnaire.rating).where(both_are_in())))

    citizen_says(act, case, "far")
    citizen_says(act, case, "close", moment=END)
    assert read(shown) == set()
    support_person_says(act, case, "high", moment=END)
    assert read(shown) == {"close", "high"}


def due(read: Do, case: Case, on: date, by: Actor | None = None) -> set[tuple[str, str, date]]:
    found = read(due_questionnaires, on=on, by=by or case.municipality.coordinator)
    return {(one.moment.value, one.respondent.value, one.due_on) for one in found}


def test_the_start_is_due_from_the_yes_and_the_end_from_two_months_before_the_last_day(
    case: Case, act: Do, read: Do
) -> None:
    today = clock.today()
    both = {("start", who, today) for who in ("citizen", "support_person")}
    assert due(read, case, today) == both
    assert due(read, case, today - timedelta(days=1)) == set()
    citizen_says(act, case, "far")
    asked = {"moment": START, "respondent": SUPPORT_PERSON, "by": case.municipality.support_person}
    act(decline, case.enrolment_id, **asked)
    assert due(read, case, today + timedelta(days=270)) == set()
    last_days = due(read, case, today + timedelta(days=330))
    assert {(moment, who) for moment, who, _ in last_days} == {("end", "citizen"), ("end", "support_person")}
    assert due(read, case, today + timedelta(days=330), by=case.citizen) == last_days
    stranger = replace(case.municipality.support_person, person_id=case.enrolment_id)
    assert due(read, case, today + timedelta(days=330), by=stranger) == set()


@pytest.mark.parametrize("respondent", list(Respondent))
def test_only_one_row_stands_for_a_respondent_and_a_moment(
    case: Case, act: Do, raw: Callable[[str], list[dict[str, Any]]], respondent: Respondent
) -> None:
    says = {CITIZEN: citizen_says, SUPPORT_PERSON: support_person_says}[respondent]
    rating = {CITIZEN: "far", SUPPORT_PERSON: "high"}[respondent]
    for _ in range(2):
        says(act, case, rating)
    assert len(raw("questionnaire")) == 1


def test_a_file_that_is_handed_out_is_as_blind_as_the_screens(case: Case, act: Do) -> None:
    table = {Kind.RATINGS: chosen_columns(Kind.RATINGS, [])}
    leader = case.municipality.team_leader
    citizen_says(act, case, Distance.VERY_FAR)
    alone = act(hand_out, table, FileFormat.CSV, by=leader).content.decode()
    support_person_says(act, case, Degree.PARTLY)
    together = act(hand_out, table, FileFormat.CSV, by=leader).content.decode()
    assert len(alone.splitlines()) == 1
    assert len(together.splitlines()) == 3

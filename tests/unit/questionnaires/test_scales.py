"""The scales word for word, and what two answers say together."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from raaderum.questionnaires.outcome_rules import (
    OUTCOME_NAMES,
    PARAMETER_NAMES,
    Outcome,
    OutcomeParameter,
    OutcomesMissing,
    check_outcomes,
)
from raaderum.questionnaires.rules import (
    GAP_NAMES,
    MOVEMENT_NAMES,
    QUESTIONS,
    RATING_NAMES,
    SCALES,
    AnsweredInFuture,
    AnswersClosed,
    AnswerState,
    Degree,
    Distance,
    Gap,
    Moment,
    Movement,
    RatingOutsideScale,
    Respondent,
    check_answered_on,
    check_change,
    check_rating,
    gap_at_end,
    is_after_sight,
    movement,
    other_than,
)

START, END = Moment.START, Moment.END
CITIZEN, SUPPORT_PERSON = Respondent.CITIZEN, Respondent.SUPPORT_PERSON
ANSWERED, DECLINED = AnswerState.ANSWERED, AnswerState.DECLINED


def danish(moment: Moment, respondent: Respondent) -> list[str]:
    return [RATING_NAMES[rating].danish for rating in SCALES[moment, respondent]]


def test_the_scales_stand_word_for_word() -> None:
    distances = ["meget langt fra", "langt fra", "et stykke fra", "tæt på"]
    degrees = ["i meget høj grad", "i høj grad", "delvist", "i mindre grad", "i lav grad"]
    assert danish(START, CITIZEN) == distances
    assert danish(END, CITIZEN) == [*distances, "opnået"]
    assert danish(START, SUPPORT_PERSON) == danish(END, SUPPORT_PERSON) == degrees
    assert set(RATING_NAMES) == {*Distance, *Degree}
    assert len({name.english for name in RATING_NAMES.values()}) == 10


def test_everything_that_is_asked_and_compared_has_words() -> None:
    assert set(QUESTIONS) == set(SCALES) == set(product(Moment, Respondent))
    assert set(MOVEMENT_NAMES) == set(Movement)
    assert set(GAP_NAMES) == set(Gap)
    assert set(PARAMETER_NAMES) == set(OutcomeParameter)
    assert set(OUTCOME_NAMES) == set(Outcome)


@pytest.mark.parametrize(
    ("moment", "respondent", "rating"),
    [
        pytest.param(*asked, rating, id=f"{asked[0]}-{asked[1]}-{rating}")
        for asked in SCALES
        for rating in SCALES[asked]
    ],
)
def test_every_rating_of_a_scale_is_taken(moment: Moment, respondent: Respondent, rating: str) -> None:
    assert check_rating(str(rating), moment=moment, respondent=respondent) is rating


@pytest.mark.parametrize(
    ("moment", "respondent", "given"),
    [
        (START, CITIZEN, "achieved"),
        (END, CITIZEN, "very_high"),
        (START, SUPPORT_PERSON, "close"),
        (END, SUPPORT_PERSON, "achieved"),
        (END, CITIZEN, "opnået"),
        (END, CITIZEN, "ACHIEVED"),
        (END, CITIZEN, ""),
        (END, CITIZEN, "x" * 500),
    ],
)
def test_a_rating_outside_the_scale_is_refused_with_those_that_can_be_given(
    moment: Moment, respondent: Respondent, given: str
) -> None:
    with pytest.raises(RatingOutsideScale) as refused:
        check_rating(given, moment=moment, respondent=respondent)
    assert refused.value.where == "rating"
    for rating in SCALES[moment, respondent]:
        assert f"{RATING_NAMES[rating].danish} ({rating})" in refused.value.message.danish
        assert f"{RATING_NAMES[rating].english} ({rating})" in refused.value.message.english
    assert len(refused.value.message.danish) < 300


def test_achieved_is_not_offered_at_the_start() -> None:
    with pytest.raises(RatingOutsideScale) as refused:
        check_rating("achieved", moment=START, respondent=CITIZEN)
    assert "opnået" not in refused.value.message.danish


MOVEMENTS = {
    "very_far": ["the_same", "closer", "closer", "closer", "achieved"],
    "far": ["further_away", "the_same", "closer", "closer", "achieved"],
    "some_way": ["further_away", "further_away", "the_same", "closer", "achieved"],
    "close": ["further_away", "further_away", "further_away", "the_same", "achieved"],
}
"""From each start to very far, far, some way, close and achieved."""


def test_every_pair_of_answers_tells_where_the_citizen_went() -> None:
    told = {start: [movement(Distance(start), end).value for end in Distance] for start in MOVEMENTS}
    assert told == MOVEMENTS


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (Distance.FAR, None), (None, Distance.CLOSE), (None, Distance.ACHIEVED)]
)
def test_one_answer_alone_is_not_compared(start: Distance | None, end: Distance | None) -> None:
    assert movement(start, end) is Movement.NOT_COMPARABLE


def test_the_gap_counts_the_steps_between_the_two_five_step_scales() -> None:
    assert gap_at_end(Distance.ACHIEVED, Degree.VERY_HIGH) == (Gap.ALIKE, 0)
    assert gap_at_end(Distance.SOME_WAY, Degree.PARTLY) == (Gap.ALIKE, 0)
    assert gap_at_end(Distance.ACHIEVED, Degree.LOW) == (Gap.CITIZEN_BRIGHTER, 4)
    assert gap_at_end(Distance.VERY_FAR, Degree.LESSER) == (Gap.SUPPORT_PERSON_BRIGHTER, 1)
    steps = [gap_at_end(*pair)[1] for pair in product(Distance, Degree)]
    assert (min(steps), max(steps), steps.count(0)) == (0, 4, 5)


@pytest.mark.parametrize(
    ("before", "other", "wanted", "is_open"),
    [
        (None, None, ANSWERED, True),
        (None, ANSWERED, ANSWERED, True),
        (None, DECLINED, DECLINED, True),
        (ANSWERED, None, ANSWERED, True),
        (ANSWERED, None, DECLINED, True),
        (DECLINED, None, ANSWERED, True),
        (ANSWERED, ANSWERED, ANSWERED, False),
        (ANSWERED, DECLINED, ANSWERED, False),
        (ANSWERED, ANSWERED, DECLINED, False),
        (DECLINED, ANSWERED, ANSWERED, True),
        (DECLINED, DECLINED, ANSWERED, True),
        (DECLINED, ANSWERED, DECLINED, False),
    ],
)
def test_an_answer_can_be_changed_until_both_are_in_and_a_no_can_always_become_an_answer(
    before: AnswerState | None, other: AnswerState | None, wanted: AnswerState, *, is_open: bool
) -> None:
    if is_open:
        check_change(before, other, wanted)
    else:
        with pytest.raises(AnswersClosed) as refused:
            check_change(before, other, wanted)
        assert refused.value.code == "answers_closed"


def test_only_an_answer_after_ones_own_no_can_be_given_after_sight_of_the_others() -> None:
    states = (None, ANSWERED, DECLINED)
    after_sight = {pair for pair in product(states, states) if is_after_sight(*pair)}
    assert after_sight == {(ANSWERED, ANSWERED), (DECLINED, ANSWERED)}


def test_the_other_is_the_other() -> None:
    assert {who: other_than(who) for who in Respondent} == {CITIZEN: SUPPORT_PERSON, SUPPORT_PERSON: CITIZEN}


def test_nothing_is_answered_tomorrow() -> None:
    check_answered_on(date(2026, 11, 22), today=date(2026, 11, 22))
    with pytest.raises(AnsweredInFuture):
        check_answered_on(date(2026, 11, 23), today=date(2026, 11, 22))


def test_recording_no_outcome_is_refused() -> None:
    check_outcomes({OutcomeParameter.NETWORK: Outcome.SAME})
    with pytest.raises(OutcomesMissing):
        check_outcomes({})

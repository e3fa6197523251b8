"""What a caseworker reads, and what never happens whatever is answered."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.plugin_api import AnswerType, CriterionOutcome, ScreeningFacts, TargetGroup
from raaderum_target_groups.aarhus import LONG_TERM_UNEMPLOYED, YOUNG_HOMELESS
from raaderum_target_groups.plugin import raaderum_plugin_api_version, raaderum_target_groups

ALL_GROUPS = raaderum_target_groups()
ALL_NAMES = sorted({question.name for group in ALL_GROUPS for question in group.questions})
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.lists(st.integers()),
    st.sampled_from(["kontanthjaelp", "uddannelseshjaelp", "no_benefit"]),
)
each_group = pytest.mark.parametrize("group", ALL_GROUPS, ids=lambda group: group.identifier)


@each_group
@given(age=ANYTHING, answers=st.dictionaries(st.sampled_from(ALL_NAMES) | st.text(), ANYTHING))
def test_any_answers_give_the_same_criteria_in_the_same_order(
    group: TargetGroup, age: int, answers: dict[str, object]
) -> None:
    without_answers = group.assess(ScreeningFacts(date(2018, 1, 1), 25, {}))
    results = group.assess(ScreeningFacts(date(2018, 1, 1), age, answers))  # type: ignore[arg-type] # wrong types are the point
    assert [result.criterion for result in results] == [result.criterion for result in without_answers]
    assert all(isinstance(result.outcome, CriterionOutcome) for result in results)
    assert all(result.reason.danish and result.reason.english for result in results)


@each_group
@given(wrong=st.one_of(st.floats(), st.binary(), st.lists(st.booleans()), st.text(min_size=1)))
def test_answers_of_the_wrong_type_need_judgement_and_are_never_repeated(
    group: TargetGroup, wrong: object
) -> None:
    answers = {question.name: wrong for question in group.questions}
    results = group.assess(ScreeningFacts(date(2018, 1, 1), 25, answers))  # type: ignore[arg-type] # wrong types are the point
    of_answers = [result for result in results if result.criterion != "age"]
    assert {result.outcome for result in of_answers} == {CriterionOutcome.NEEDS_JUDGEMENT}


def test_an_unusable_answer_does_not_turn_up_in_the_reason() -> None:
    answers = dict.fromkeys(ALL_NAMES, "0101701234")
    for group in ALL_GROUPS:
        for result in group.assess(ScreeningFacts(date(2018, 1, 1), 25, answers)):
            assert "0101701234" not in result.reason.danish + result.reason.english


@each_group
def test_with_nothing_known_every_criterion_but_the_age_says_what_to_ask_or_judge(group: TargetGroup) -> None:
    for result in group.assess(ScreeningFacts(date(2018, 1, 1), 25, {})):
        if result.criterion == "age":
            continue
        assert result.outcome is CriterionOutcome.NEEDS_JUDGEMENT
        assert re.match(r"Vides ikke endnu: spørg ind til |Kræver et fagligt skøn: ", result.reason.danish)
        assert re.match(r"Not known yet: ask about |Needs professional judgement: ", result.reason.english)


def test_an_open_alternative_lists_all_that_is_not_known_yet() -> None:
    facts = ScreeningFacts(date(2018, 1, 1), 25, {"substance_use": False, "criminal_behaviour": "perhaps"})
    reason = YOUNG_HOMELESS.assess(facts)[2].reason
    assert reason.english == (
        "The answer about criminal behaviour cannot be used: answer with yes or no. "
        "Not known yet: ask about mental and social difficulties and the ties to work and education."
    )
    assert reason.danish == (
        "Svaret om kriminel adfærd kan ikke bruges: svar med ja eller nej. "
        "Vides ikke endnu: spørg ind til psykiske og sociale vanskeligheder "
        "og tilknytningen til arbejde og uddannelse."
    )


def test_a_met_alternative_gives_the_one_that_met_it_as_the_reason() -> None:
    facts = ScreeningFacts(date(2018, 1, 1), 25, {"substance_use": True, "criminal_behaviour": False})
    assert YOUNG_HOMELESS.assess(facts)[2].reason.danish == "Borgeren har et misbrug."


def test_months_and_benefits_are_set_against_the_requirement() -> None:
    facts = ScreeningFacts(date(2018, 1, 1), 45, {"months_unemployed": 12, "income_support": "no_benefit"})
    results = {result.criterion: result.reason for result in LONG_TERM_UNEMPLOYED.assess(facts)}
    assert results["unemployed_over_a_year"].danish.endswith(
        "er 12 måneder, en påbegyndt talt med; kravet er over 12."
    )
    assert results["kontanthjaelp"].danish == "Borgeren får ingen offentlig ydelse; kravet er kontanthjælp."


@each_group
def test_every_question_is_asked_once_and_in_both_languages(group: TargetGroup) -> None:
    names = [question.name for question in group.questions]
    assert len(names) == len(set(names))
    for question in group.questions:
        assert question.text.danish.endswith((".", "?"))
        assert question.text.english.endswith((".", "?"))
        assert bool(question.choices) is (question.answer is AnswerType.CHOICE)


def test_a_question_of_the_same_name_is_the_same_question_in_every_group() -> None:
    seen = {question.name: question for group in ALL_GROUPS for question in group.questions}
    for group in ALL_GROUPS:
        for question in group.questions:
            assert question == seen[question.name]


def test_the_plugin_offers_five_target_groups_under_names_of_their_own() -> None:
    assert raaderum_plugin_api_version() == "1.1"
    assert len(ALL_GROUPS) == 5
    assert len({group.identifier for group in ALL_GROUPS}) == 5
    assert all(isinstance(group, TargetGroup) for group in ALL_GROUPS)

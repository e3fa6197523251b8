"""Each programme's criteria, one by one: met, not met, and what nobody knows yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import CriterionOutcome, ScreeningFacts
from raaderum_target_groups.aarhus import LONG_TERM_UNEMPLOYED, YOUNG_HOMELESS
from raaderum_target_groups.halsnaes import DOUBLE_TROUBLE
from raaderum_target_groups.kolding import YOUNG_EXPOSED
from raaderum_target_groups.lejre import EXPOSED
from raaderum_target_groups.plugin import raaderum_target_groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.plugin_api import Answer, CriterionResult, TargetGroup

MET = CriterionOutcome.MET
NOT_MET = CriterionOutcome.NOT_MET
OPEN = CriterionOutcome.NEEDS_JUDGEMENT
ALL_GROUPS = raaderum_target_groups()
SCREENED_ON = date(2018, 3, 1)


def result_of(
    group: TargetGroup, criterion: str, answers: Mapping[str, Answer] | None = None, *, age: int = 25
) -> CriterionResult:
    results = group.assess(ScreeningFacts(SCREENED_ON, age, answers or {}))
    return next(result for result in results if result.criterion == criterion)


def outcome_of(
    group: TargetGroup, criterion: str, answers: Mapping[str, Answer] | None = None, *, age: int = 25
) -> CriterionOutcome:
    return result_of(group, criterion, answers, age=age).outcome


@pytest.mark.parametrize(
    ("group", "age", "expected"),
    [
        (YOUNG_HOMELESS, 17, NOT_MET),
        (YOUNG_HOMELESS, 18, MET),
        (YOUNG_HOMELESS, 30, MET),
        (YOUNG_HOMELESS, 31, NOT_MET),
        (LONG_TERM_UNEMPLOYED, 29, NOT_MET),
        (LONG_TERM_UNEMPLOYED, 30, MET),
        (LONG_TERM_UNEMPLOYED, 66, MET),
        (DOUBLE_TROUBLE, 17, NOT_MET),
        (DOUBLE_TROUBLE, 18, MET),
        (DOUBLE_TROUBLE, 81, MET),
        (YOUNG_EXPOSED, 17, NOT_MET),
        (YOUNG_EXPOSED, 18, MET),
        (YOUNG_EXPOSED, 30, MET),
        (YOUNG_EXPOSED, 31, NOT_MET),
        (EXPOSED, 17, NOT_MET),
        (EXPOSED, 18, MET),
        (EXPOSED, 81, MET),
    ],
)
def test_both_ends_of_the_age_range_count(group: TargetGroup, age: int, expected: CriterionOutcome) -> None:
    assert outcome_of(group, "age", age=age) is expected


def test_an_age_that_no_human_has_needs_judgement() -> None:
    for age in (-1, 126):
        result = result_of(EXPOSED, "age", age=age)
        assert result.outcome is OPEN
        assert result.reason.english == "Not known yet: ask about the citizen's date of birth."


@pytest.mark.parametrize(
    ("group", "criterion", "question", "answer_that_meets"),
    [
        (YOUNG_HOMELESS, "homeless", "homeless", True),
        (LONG_TERM_UNEMPLOYED, "job_ready", "job_ready", True),
        (LONG_TERM_UNEMPLOYED, "available_for_work", "available_for_work", True),
        (LONG_TERM_UNEMPLOYED, "no_work_expected_soon", "work_expected_soon", False),
        (YOUNG_EXPOSED, "no_qualifying_education", "qualifying_education", False),
    ],
)
def test_a_yes_or_no_criterion_has_three_outcomes(
    group: TargetGroup,
    criterion: str,
    question: str,
    answer_that_meets: bool,  # noqa: FBT001 -- pytest passes the parameters by name
) -> None:
    assert outcome_of(group, criterion, {question: answer_that_meets}) is MET
    assert outcome_of(group, criterion, {question: not answer_that_meets}) is NOT_MET
    assert outcome_of(group, criterion, {question: None}) is OPEN
    assert outcome_of(group, criterion) is OPEN


@pytest.mark.parametrize(
    ("group", "criterion", "questions"),
    [
        (
            YOUNG_HOMELESS,
            "further_difficulties",
            (
                "mental_or_social_difficulties",
                "substance_use",
                "weak_ties_to_work_or_education",
                "criminal_behaviour",
            ),
        ),
        (DOUBLE_TROUBLE, "double_trouble", ("substance_use", "mental_disorder_or_frailty")),
        (
            DOUBLE_TROUBLE,
            "particularly_exposed",
            ("threatened_housing", "crumbling_network", "self_destructive_behaviour"),
        ),
        (YOUNG_EXPOSED, "problems", ("mental_problems", "physical_problems", "social_problems")),
        (YOUNG_EXPOSED, "housing", ("homeless", "exposed_housing")),
        (EXPOSED, "exposed", ("homeless", "housing_support", "exposed_with_family_problems")),
    ],
)
def test_at_least_one_of_is_met_by_one_yes_and_not_met_only_by_every_no(
    group: TargetGroup, criterion: str, questions: tuple[str, ...]
) -> None:
    for question in questions:
        every_other_no = dict.fromkeys(questions, False) | {question: True}
        all_no_but_one_unknown = dict.fromkeys(questions, False) | {question: None}
        assert outcome_of(group, criterion, {question: True}) is MET
        assert outcome_of(group, criterion, every_other_no) is MET
        assert outcome_of(group, criterion, {question: False}) is OPEN
        assert outcome_of(group, criterion, all_no_but_one_unknown) is OPEN
    assert outcome_of(group, criterion, dict.fromkeys(questions, False)) is NOT_MET
    assert outcome_of(group, criterion) is OPEN


@pytest.mark.parametrize(("months", "expected"), [(0, NOT_MET), (12, NOT_MET), (13, MET), (240, MET)])
def test_long_term_unemployment_is_over_twelve_months(months: int, expected: CriterionOutcome) -> None:
    assert (
        outcome_of(LONG_TERM_UNEMPLOYED, "unemployed_over_a_year", {"months_unemployed": months}) is expected
    )


@pytest.mark.parametrize("months", [None, True, "13", -1, 1501, pytest.param(10**5000, id="huge")])
def test_months_that_are_no_believable_number_need_judgement(months: Answer) -> None:
    assert outcome_of(LONG_TERM_UNEMPLOYED, "unemployed_over_a_year", {"months_unemployed": months}) is OPEN


@pytest.mark.parametrize(
    ("group", "criterion", "accepted"),
    [
        (LONG_TERM_UNEMPLOYED, "kontanthjaelp", {"kontanthjaelp"}),
        (YOUNG_EXPOSED, "income_support", {"uddannelseshjaelp", "ressourceforloebsydelse"}),
    ],
)
def test_income_support_is_met_by_the_named_benefits_alone(
    group: TargetGroup, criterion: str, accepted: set[str]
) -> None:
    question = next(question for question in group.questions if question.name == "income_support")
    met = {
        choice
        for choice in question.choices
        if outcome_of(group, criterion, {"income_support": choice}) is MET
    }
    not_met = {
        choice
        for choice in question.choices
        if outcome_of(group, criterion, {"income_support": choice}) is NOT_MET
    }
    assert met == accepted
    assert not_met == set(question.choices) - accepted
    assert outcome_of(group, criterion) is OPEN
    assert outcome_of(group, criterion, {"income_support": "lottery"}) is OPEN


def test_support_that_is_only_typical_shuts_nobody_out() -> None:
    assert outcome_of(DOUBLE_TROUBLE, "support_or_treatment", {"support_or_treatment": True}) is MET
    without = result_of(DOUBLE_TROUBLE, "support_or_treatment", {"support_or_treatment": False})
    assert without.outcome is OPEN
    assert "not required" in without.reason.english
    assert "intet krav" in without.reason.danish


@pytest.mark.parametrize("group", ALL_GROUPS, ids=lambda group: group.identifier)
def test_the_common_bar_stays_open_until_the_screener_has_judged(group: TargetGroup) -> None:
    assert group.assess(ScreeningFacts(SCREENED_ON, 25, {}))[-1].criterion == "problems_not_too_complex"
    assert outcome_of(group, "problems_not_too_complex") is OPEN
    assert outcome_of(group, "problems_not_too_complex", {"can_benefit": True}) is MET
    assert outcome_of(group, "problems_not_too_complex", {"can_benefit": False}) is NOT_MET


@pytest.mark.parametrize(
    ("group", "age", "answers"),
    [
        (YOUNG_HOMELESS, 23, {"homeless": True, "criminal_behaviour": True}),
        (
            LONG_TERM_UNEMPLOYED,
            45,
            {
                "months_unemployed": 30,
                "job_ready": True,
                "income_support": "kontanthjaelp",
                "available_for_work": True,
                "work_expected_soon": False,
            },
        ),
        (
            DOUBLE_TROUBLE,
            41,
            {"substance_use": True, "crumbling_network": True, "support_or_treatment": True},
        ),
        (
            YOUNG_EXPOSED,
            24,
            {
                "qualifying_education": False,
                "social_problems": True,
                "income_support": "uddannelseshjaelp",
                "exposed_housing": True,
            },
        ),
        (EXPOSED, 32, {"exposed_with_family_problems": True}),
    ],
)
def test_a_citizen_of_the_target_group_meets_every_criterion(
    group: TargetGroup, age: int, answers: dict[str, Answer]
) -> None:
    results = group.assess(ScreeningFacts(SCREENED_ON, age, {**answers, "can_benefit": True}))
    assert {result.outcome for result in results} == {MET}

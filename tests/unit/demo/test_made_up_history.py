from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from raaderum.demo.cohort.catalogue import ARTICLES, DEBT
from raaderum.demo.cohort.dreams import DREAMS
from raaderum.demo.cohort.made_history import MadeUpEnrolment, make_history
from raaderum.demo.cohort.quotas import LTT, MOVEMENTS, TRIAL
from raaderum.demo.cohort.register_extract import WEEKS_IN_2017, make_register_extract
from raaderum.goals.rules import GoalCategory
from raaderum.people.cpr import Cpr, age_on
from raaderum.plans.rules import SpendingCategory
from raaderum.programmes.selections import Arm, Selection
from raaderum.questionnaires.rules import Distance

YOUNG = {"aarhus", "kolding"}


@pytest.fixture(scope="module")
def everybody() -> tuple[MadeUpEnrolment, ...]:
    return make_history().everybody


def test_a_seed_gives_the_same_history_every_time_and_another_seed_another() -> None:
    assert make_history(7) == make_history(7)
    assert make_history(7) != make_history(8)
    assert make_register_extract(7) == make_register_extract(7)
    assert make_register_extract(7) != make_register_extract(8)


def test_no_number_can_be_a_real_persons_and_each_tells_the_sex(
    everybody: tuple[MadeUpEnrolment, ...],
) -> None:
    numbers = [Cpr.parse(one.person.cpr) for one in everybody]
    assert all(number.is_replacement for number in numbers)
    assert [number.is_female for number in numbers] == [one.person.is_female for one in everybody]
    assert [number.born_on for number in numbers] == [one.person.born_on for one in everybody]
    assert len({number.digits for number in numbers}) == len({one.person.name for one in everybody}) == 198


def test_a_number_does_not_show_where_somebody_is_printed(everybody: tuple[MadeUpEnrolment, ...]) -> None:
    assert everybody[0].person.cpr not in repr(everybody[0])


def test_everybody_fits_the_target_groups_age_on_the_day_of_screening(
    everybody: tuple[MadeUpEnrolment, ...],
) -> None:
    for one in everybody:
        age = age_on(one.times.offered_on, born_on=one.person.born_on)
        if one.quota is LTT:
            assert age >= 30
        else:
            assert 18 <= age <= (30 if one.quota.slug in YOUNG else 70)


def test_the_days_of_a_course_follow_each_other(everybody: tuple[MadeUpEnrolment, ...]) -> None:
    for one in everybody:
        times = one.times
        days = [times.referred_on, times.offered_on, times.accepted_on, times.began_on, times.ended_on]
        assert days == sorted(days)
        assert date(2015, 7, 1) <= days[0]
        assert days[-1] <= date(2019, 12, 31)
        if one.quota is LTT:
            assert (times.accepted_on - times.offered_on).days >= 7
            assert (times.began_on - times.accepted_on).days <= 28


def test_halsnaes_ran_from_march_2018_to_december_2019_and_nobody_left(
    everybody: tuple[MadeUpEnrolment, ...],
) -> None:
    halsnaes = [one for one in everybody if one.quota.slug == "halsnaes"]
    assert min(one.times.began_on for one in halsnaes) >= date(2018, 3, 1)
    assert max(one.times.ended_on for one in halsnaes) <= date(2019, 12, 31)
    assert not any(one.times.left_early for one in halsnaes)


def test_plans_hold_three_to_ten_items_within_the_ceiling_towards_sub_goals_that_exist(
    everybody: tuple[MadeUpEnrolment, ...],
) -> None:
    for one in everybody:
        assert 1 <= len(one.goal.sub_goals) <= 5
        for plan in one.plans:
            assert 3 <= len(plan) <= 10
            assert sum(item.kroner for item in plan) <= 50_000
            assert all(item.kroner > 0 for item in plan)
            assert all(1 <= item.sub_goal <= len(one.goal.sub_goals) for item in plan)
            assert len({item.article for item in plan}) == len(plan)


def test_purchases_fit_an_item_its_price_and_the_months(everybody: tuple[MadeUpEnrolment, ...]) -> None:
    for one in everybody:
        for purchase in one.purchases:
            item = one.plans[purchase.version - 1][purchase.position - 1]
            assert item == purchase.item
            assert 0 < purchase.amount <= item.kroner * 100
            assert one.times.began_on < purchase.requested_on < purchase.paid_on <= one.times.ended_on
        assert len({purchase.item for purchase in one.purchases}) == len(one.purchases)


def test_who_changed_their_plan_bought_under_both_versions_now_and_then(
    everybody: tuple[MadeUpEnrolment, ...],
) -> None:
    versions = Counter(
        purchase.version for one in everybody if len(one.plans) > 1 for purchase in one.purchases
    )
    assert versions[1] > 50
    assert versions[2] > versions[1]


def test_those_in_debt_had_not_planned_to_pay_it(everybody: tuple[MadeUpEnrolment, ...]) -> None:
    in_debt = [one for one in everybody if any(item.article is DEBT for item in one.plans[-1])]
    assert len(in_debt) == 3
    assert not any(item.article is DEBT for one in in_debt for item in one.plans[0])


def test_the_job_programme_has_four_groups_of_like_size(everybody: tuple[MadeUpEnrolment, ...]) -> None:
    groups = Counter((one.selection, one.arm) for one in everybody if one.quota is LTT)
    assert set(groups) == {(selection, arm) for selection in Selection for arm in Arm}
    assert set(groups.values()) == {24, 25}


def test_dreams_are_many_and_of_all_eight_kinds(everybody: tuple[MadeUpEnrolment, ...]) -> None:
    trial = [one.goal for one in everybody if one.quota in TRIAL]
    assert {category for goal in trial for category in goal.categories} == set(GoalCategory)
    assert len({goal.words for goal in trial}) >= 95
    assert set(DREAMS) == set(GoalCategory)
    sentences = [sentence for of_category in DREAMS.values() for sentence in of_category]
    assert len(set(sentences)) == len(sentences) > 90


def test_everything_that_money_has_been_seen_spent_on_can_be_bought() -> None:
    assert {article.category for article in ARTICLES} | {DEBT.category} == set(SpendingCategory)


def test_a_goal_that_is_achieved_already_is_nobodys_start() -> None:
    assert Distance.ACHIEVED not in {start for start, _ in MOVEMENTS}
    assert sum(MOVEMENTS.values()) == 98


def test_the_register_extract_leads_to_nobody_and_its_weeks_make_a_year(
    everybody: tuple[MadeUpEnrolment, ...],
) -> None:
    extract = make_register_extract()
    rows = [line.split(";") for line in extract.splitlines()[1:]]
    assert len(rows) == 101
    assert {sum(map(int, row[5:])) for row in rows} == {WEEKS_IN_2017}
    assert not re.search(r"\d{6}", extract)
    assert not any(one.person.name in extract or one.case_number in extract for one in everybody)

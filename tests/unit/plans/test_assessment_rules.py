from __future__ import annotations

from datetime import date
from itertools import product
from uuid import UUID

import pytest

from raaderum.kernel.money import Oere
from raaderum.people.roles import Role
from raaderum.plans.assessment_errors import (
    ColourMoveForbidden,
    ColourTooSure,
    ColourUnlikeDoubts,
    CommentsFirst,
    GuardUnexplained,
    NotOfTheTeam,
    TeamNotGathered,
    VotedTwice,
)
from raaderum.plans.assessment_rules import (
    Criterion,
    Doubt,
    Guard,
    Judgement,
    Step,
    Vote,
    check_colour,
    check_colour_move,
    check_guards,
    check_meeting,
    due_on,
    escalated_to,
    needs_team_leader,
    step_of,
    suggested_colour,
)
from raaderum.plans.rules import Colour
from raaderum.programmes.rules import ApprovalRules

YES, UNSURE, NO = Judgement.YES, Judgement.UNSURE, Judgement.NO
TEAM = [UUID(int=number) for number in range(1, 6)]


def judged(change: Judgement, realistic: Judgement, means: Judgement) -> dict[Criterion, Judgement]:
    return {
        Criterion.REAL_CHANGE: change,
        Criterion.REALISTIC: realistic,
        Criterion.MEANS_FIT_ENDS: means,
    }


def test_the_colour_follows_from_being_sure_of_the_plan_and_of_the_citizen() -> None:
    for change, realistic, means in product(Judgement, repeat=3):
        is_sure_of_plan, is_sure_of_citizen = change is means is YES, realistic is YES
        expected = {2: Colour.GREEN, 1: Colour.YELLOW, 0: Colour.RED}[is_sure_of_plan + is_sure_of_citizen]
        assert suggested_colour(judged(change, realistic, means)) is expected


def test_an_assessor_may_be_more_careful_than_the_answers_but_never_surer() -> None:
    allowed = {
        colour: [wanted for wanted in Colour if _is_allowed(wanted, criteria)]
        for colour, criteria in {
            Colour.GREEN: judged(YES, YES, YES),
            Colour.YELLOW: judged(YES, UNSURE, YES),
            Colour.RED: judged(NO, UNSURE, YES),
        }.items()
    }
    assert allowed == {
        Colour.GREEN: [Colour.GREEN, Colour.YELLOW, Colour.RED],
        Colour.YELLOW: [Colour.YELLOW, Colour.RED],
        Colour.RED: [Colour.RED],
    }


def _is_allowed(wanted: Colour, criteria: dict[Criterion, Judgement]) -> bool:
    try:
        check_colour(wanted, criteria, Doubt.CITIZEN if wanted is Colour.YELLOW else None)
    except ColourTooSure:
        return False
    return True


def test_a_yellow_says_which_of_the_two_it_doubts() -> None:
    assert check_colour(Colour.YELLOW, judged(UNSURE, YES, YES), None) is Doubt.PLAN
    assert check_colour(Colour.YELLOW, judged(YES, NO, YES), None) is Doubt.CITIZEN
    assert check_colour(Colour.YELLOW, judged(YES, YES, YES), Doubt.PLAN) is Doubt.PLAN
    assert check_colour(Colour.GREEN, judged(YES, YES, YES), Doubt.PLAN) is None
    for criteria, doubt in (
        (judged(YES, YES, YES), None),
        (judged(UNSURE, YES, YES), Doubt.CITIZEN),
    ):
        with pytest.raises(ColourUnlikeDoubts):
            check_colour(Colour.YELLOW, criteria, doubt)


@pytest.mark.parametrize("answer", [YES, UNSURE])
def test_later_debt_or_lost_benefits_are_explained(answer: Judgement) -> None:
    with pytest.raises(GuardUnexplained):
        check_guards({Guard.LATER_DEBT: NO, Guard.FUTURE_BENEFITS: answer}, "  ")
    check_guards({Guard.LATER_DEBT: answer}, "Driften er lagt i budgettet.")
    check_guards({Guard.LATER_DEBT: NO}, "")


@pytest.mark.parametrize("wanted", list(Colour))
def test_yellow_waits_for_a_colleague_and_ends_green_or_red(wanted: Colour) -> None:
    with pytest.raises(CommentsFirst):
        check_colour_move(Colour.YELLOW, wanted, colleagues_commented=0)
    if wanted is Colour.YELLOW:
        with pytest.raises(ColourMoveForbidden):
            check_colour_move(Colour.YELLOW, wanted, colleagues_commented=1)
    else:
        check_colour_move(Colour.YELLOW, wanted, colleagues_commented=1)


@pytest.mark.parametrize("wanted", list(Colour))
def test_red_is_left_to_the_team_alone(wanted: Colour) -> None:
    with pytest.raises(ColourMoveForbidden):
        check_colour_move(Colour.RED, wanted, colleagues_commented=9)
    check_colour_move(None, wanted, colleagues_commented=0)
    check_colour_move(Colour.GREEN, wanted, colleagues_commented=0)


@pytest.mark.parametrize(
    ("votes_for", "votes_against", "approves"),
    [(3, 0, True), (2, 1, True), (2, 2, False), (1, 2, False), (5, 0, True)],
)
def test_the_team_approves_with_more_than_half_of_those_present(
    votes_for: int, votes_against: int, *, approves: bool
) -> None:
    said = [Vote.FOR] * votes_for + [Vote.AGAINST] * votes_against
    assert check_meeting(list(zip(TEAM, said, strict=False)), TEAM) is approves


def test_a_meeting_needs_more_than_half_of_the_team() -> None:
    votes = [(member, Vote.FOR) for member in TEAM]
    with pytest.raises(TeamNotGathered) as refused:
        check_meeting(votes[:2], TEAM)
    assert "2 af teamets 5 var til stede; der skal være mindst 3." in refused.value.message.danish
    with pytest.raises(TeamNotGathered):
        check_meeting(votes[:2], TEAM[:4])
    with pytest.raises(TeamNotGathered):
        check_meeting([], [])
    with pytest.raises(NotOfTheTeam):
        check_meeting(votes, TEAM[:4])
    with pytest.raises(VotedTwice):
        check_meeting([*votes[:3], votes[0]], TEAM)


def test_the_amount_decides_from_the_very_oere_on_whether_a_team_leader_approves() -> None:
    rules = ApprovalRules(team_leader_from_oere=Oere(30_000_00))
    assert needs_team_leader(30_000_00, rules)
    assert not needs_team_leader(29_999_99, rules)
    assert not needs_team_leader(50_000_00, ApprovalRules())


def test_each_step_has_its_days_and_escalates_the_day_after() -> None:
    rules = ApprovalRules(assess_days=14, comment_days=7, team_days=10)
    proposed = date(2028, 2, 20)
    due = {step: due_on(step, proposed, rules) for step in Step}
    assert due == {
        Step.ASSESS: date(2028, 3, 5),
        Step.DISCUSS: date(2028, 2, 27),
        Step.DECIDE_TOGETHER: date(2028, 3, 1),
        Step.APPROVE: date(2028, 3, 5),
    }
    assert escalated_to(due[Step.DISCUSS], date(2028, 2, 27)) is None
    assert escalated_to(due[Step.DISCUSS], date(2028, 2, 28)) is Role.TEAM_LEADER


def test_a_plan_waits_for_what_its_colour_asks() -> None:
    assert [step_of(colour) for colour in (None, *Colour)] == [
        Step.ASSESS,
        Step.APPROVE,
        Step.DISCUSS,
        Step.DECIDE_TOGETHER,
    ]

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.enrolments.rules import EnrolmentNotOpen
from raaderum.goals.rules import GoalCategory, GoalMissing, TooManySubGoals, WordsMissing
from raaderum.goals.service import add_sub_goal, opened_goals, write_goal
from raaderum.goals.tables import SubGoal
from raaderum.kernel.identifiers import new_id
from raaderum.persistence.sealed_fields import seal_field
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.cases import Case

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.testing.municipality import Municipality

DREAMS = [
    "Mit eget sted at bo – og et job som gartner 🌱👩🏽‍🌾🏳️‍🌈",
    "أريد بيتًا صغيرًا وحديقة 🏡",
    "אני רוצה בית \u202eהפוך\u202c משלי",
    "  Først to mellemrum,\r\n\tså en ny linje\u00a0og 'anførsel' \"\" ; drop table long_term_goal; --",
    "e\u0301 er ikke \u00e9, og ﬁ er ikke fi",
    "Ǆ ß İ ı 𝔊𝔬𝔱𝔱𝔢𝔫 \U0001f9d1\u200d\U0001f680",
]


@pytest.mark.parametrize("words", DREAMS)
def test_the_citizens_words_come_back_to_the_letter(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any], words: str
) -> None:
    by = run_in.citizen
    act(write_goal, run_in.enrolment_id, words=words, categories=[GoalCategory.HOUSING], by=by)
    act(add_sub_goal, run_in.enrolment_id, words=words, by=by)
    opened = read(opened_goals, run_in.enrolment_id)
    assert opened.words == words
    assert opened.sub_goals[-1].words == words


def test_a_dream_can_be_written_anew(run_in: Case, act: Callable[..., Any], read: Callable[..., Any]) -> None:
    by = run_in.citizen
    categories = [GoalCategory.INDEPENDENCE, GoalCategory.HEALTH, GoalCategory.HEALTH]
    act(write_goal, run_in.enrolment_id, words="Noget helt andet", categories=categories, by=by)
    opened = read(opened_goals, run_in.enrolment_id)
    assert opened.words == "Noget helt andet"
    assert opened.categories == (GoalCategory.HEALTH, GoalCategory.INDEPENDENCE)


def test_there_are_at_most_five_sub_goals(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    by = run_in.municipality.support_person
    for number in range(2, 6):
        assert act(add_sub_goal, run_in.enrolment_id, words=f"Delmål {number}", by=by).position == number
    with refused(TooManySubGoals) as refusal:
        act(add_sub_goal, run_in.enrolment_id, words="Delmål 6", by=by)
    assert (refusal.code, refusal.where) == ("too_many_sub_goals", "sub_goals")
    assert "højst have 5 delmål. Skriv et af de nuværende om" in refusal.danish
    assert len(read(opened_goals, run_in.enrolment_id).sub_goals) == 5


@pytest.mark.parametrize("position", [0, 6])
def test_the_database_itself_refuses_a_sixth_sub_goal(
    run_in: Case, act: Callable[..., Any], position: int
) -> None:
    def write_past_the_rules(session: Session) -> None:
        row = SubGoal(
            id=new_id(), tenant_id=current_tenant_id(), enrolment_id=run_in.enrolment_id, position=position
        )
        seal_field(session, row, "words", "Delmål 6")
        session.add(row)

    with pytest.raises(IntegrityError, match="at_most_five"):
        act(write_past_the_rules)


def test_a_goal_needs_words(run_in: Case, act: Callable[..., Any], refused: Callable[..., Any]) -> None:
    by = run_in.citizen
    with refused(WordsMissing) as refusal:
        act(write_goal, run_in.enrolment_id, words=" ", categories=[], by=by)
    assert refusal.danish == "Skriv målet med borgerens egne ord."
    with refused(WordsMissing):
        act(add_sub_goal, run_in.enrolment_id, words="", by=by)


def test_the_dream_comes_before_the_steps(
    municipality: Municipality, newcomer: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(GoalMissing) as refusal:
        act(add_sub_goal, newcomer, words="Delmål", by=municipality.support_person)
    assert refusal.danish == "Skriv drømmen og et delmål ned først."


def test_nothing_is_dreamt_into_an_ended_enrolment(
    run_in: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    act(end, run_in.enrolment_id, because=EndingReason.CITIZEN_LEAVES, by=run_in.municipality.coordinator)
    with refused(EnrolmentNotOpen) as refusal:
        act(
            add_sub_goal,
            run_in.enrolment_id,
            words="Et til",
            by=run_in.municipality.support_person,
        )
    assert refusal.code == "enrolment_not_open"
    assert "Forløbet er »afsluttet«. Det kan kun gøres, mens forløbet er i gang." in refusal.danish

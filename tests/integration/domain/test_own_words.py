"""The dream is the citizen's: taken down once, rewritten by nobody else, every version kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import Actor
from raaderum.enrolments.service import get_enrolment
from raaderum.goals.releases import (
    hand_out_words,
    release_words,
    releases_of,
    withdraw_release,
    words_of_release,
)
from raaderum.goals.rules import (
    MOST_WISHES,
    GoalCategory,
    ListFull,
    RecipientMissing,
    StrategyKind,
    StrategyState,
    WishChoice,
    WordsAreTheCitizens,
    WordsNotReleased,
)
from raaderum.goals.service import (
    add_sub_goal,
    confirm_words,
    opened_goals,
    rewrite_sub_goal,
    take_down_goal,
    write_goal,
)
from raaderum.goals.strategy import add_strategy_line, settle_strategy_line, strategy_of
from raaderum.goals.wishes import add_wish, choose_wish, wishes_of
from raaderum.goals.wordings import wordings_of
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Role, RoleMayNot
from raaderum.testing.cases import case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

HOUSING = [GoalCategory.HOUSING]
DREAM = "  Æ ska' ha' mit eget sted \U0001f3e0\n– \u202eom\u202c og så en hund "


@pytest.mark.parametrize("role", ["support_person", "coordinator", "team_leader", "administrator"])
def test_nobody_but_the_citizen_rewrites_the_dream_or_a_step(
    role: str, run_in: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    before = read(opened_goals, run_in.enrolment_id)
    by = getattr(run_in.municipality, role)
    with refused(RoleMayNot):
        act(write_goal, run_in.enrolment_id, words="Noget pænere", categories=HOUSING, by=by)
    with refused(RoleMayNot):
        act(rewrite_sub_goal, run_in.enrolment_id, run_in.sub_goal_id, words="Noget pænere", by=by)
    assert read(opened_goals, run_in.enrolment_id) == before


def test_the_dream_is_taken_down_once_and_stands_unconfirmed(
    newcomer: UUID,
    municipality: Municipality,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    by = municipality.coordinator
    act(take_down_goal, newcomer, words=DREAM, categories=HOUSING, by=by)
    act(add_sub_goal, newcomer, words="Et depositum", by=by)
    taken_down = read(opened_goals, newcomer)
    assert (taken_down.words, taken_down.is_confirmed, taken_down.are_all_confirmed) == (DREAM, False, False)
    with refused(WordsAreTheCitizens) as refusal:
        act(take_down_goal, newcomer, words="Rettet", categories=HOUSING, by=by)
    assert "Kun borgeren selv kan skrive den om" in refusal.danish
    citizen = Actor(read(_citizen_of, newcomer, by=by), Role.CITIZEN)
    act(confirm_words, newcomer, by=citizen)
    assert read(opened_goals, newcomer).are_all_confirmed


def test_every_version_of_the_words_is_kept_with_the_role_that_wrote_it(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    first = read(opened_goals, run_in.enrolment_id).words
    act(write_goal, run_in.enrolment_id, words=DREAM, categories=HOUSING, by=run_in.citizen)
    act(rewrite_sub_goal, run_in.enrolment_id, run_in.sub_goal_id, words="Køre bil", by=run_in.citizen)
    versions = read(wordings_of, run_in.enrolment_id, by=run_in.municipality.coordinator)
    dream = [one for one in versions if one.subject_id != run_in.sub_goal_id]
    step = [one for one in versions if one.subject_id == run_in.sub_goal_id]
    assert [(one.version, one.words) for one in dream] == [(2, DREAM), (1, first)]
    assert [(one.version, one.words, one.written_as) for one in step] == [
        (2, "Køre bil", Role.CITIZEN),
        (1, "Tage kørekort", Role.SUPPORT_PERSON),
    ]


def test_a_citizen_cannot_rewrite_the_steps_of_another(
    run_in: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    other = case_in_run_in(run_in.municipality)
    with refused(NotFound):
        act(rewrite_sub_goal, run_in.enrolment_id, run_in.sub_goal_id, words="Mit", by=other.citizen)
    with refused(NotFound):
        act(rewrite_sub_goal, other.enrolment_id, run_in.sub_goal_id, words="Mit", by=other.citizen)


def test_wishes_are_written_down_first_and_chosen_afterwards(
    newcomer: UUID, municipality: Municipality, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    by = municipality.support_person
    made = [act(add_wish, newcomer, words=words, by=by) for words in ("Guitar 🎸", "Hund", "Rejse")]
    act(choose_wish, newcomer, made[0].id, choice=WishChoice.CHOSEN, by=by)
    act(choose_wish, newcomer, made[2].id, choice=WishChoice.SET_ASIDE, by=by)
    assert [(wish.words, wish.choice) for wish in read(wishes_of, newcomer)] == [
        ("Guitar 🎸", WishChoice.CHOSEN),
        ("Hund", WishChoice.OPEN),
        ("Rejse", WishChoice.SET_ASIDE),
    ]


def test_a_full_list_of_wishes_is_told_and_loses_nothing(
    newcomer: UUID,
    municipality: Municipality,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    by = municipality.support_person

    def fill(session: Session) -> None:
        for number in range(MOST_WISHES):
            add_wish(session, newcomer, words=f"Ønske {number}", by=by)

    act(fill)
    with refused(ListFull) as refusal:
        act(add_wish, newcomer, words="Et til", by=by)
    assert str(MOST_WISHES) in refusal.danish
    assert len(read(wishes_of, newcomer)) == MOST_WISHES


def test_the_personal_strategy_lives(run_in: Case, act: Callable[..., Any], read: Callable[..., Any]) -> None:
    start = act(
        add_strategy_line,
        run_in.enrolment_id,
        kind=StrategyKind.START,
        words="Stå op kl. 8",
        by=run_in.citizen,
    )
    stop = act(
        add_strategy_line,
        run_in.enrolment_id,
        kind=StrategyKind.STOP,
        words="Ryge",
        by=run_in.municipality.support_person,
    )
    act(settle_strategy_line, run_in.enrolment_id, start.id, state=StrategyState.DONE, by=run_in.citizen)
    lines = read(strategy_of, run_in.enrolment_id)
    assert [(line.id, line.kind, line.state) for line in lines] == [
        (start.id, StrategyKind.START, StrategyState.DONE),
        (stop.id, StrategyKind.STOP, StrategyState.LIVING),
    ]


def test_what_is_handed_out_is_byte_for_byte_what_the_citizen_wrote(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    act(write_goal, run_in.enrolment_id, words=DREAM, categories=HOUSING, by=run_in.citizen)
    release = act(release_words, run_in.enrolment_id, recipient="Jobcentret", by=run_in.citizen)
    act(hand_out_words, run_in.enrolment_id, release.id, by=run_in.municipality.coordinator)
    assert read(words_of_release, run_in.enrolment_id, release.id) == DREAM.encode()


def test_only_the_citizen_releases_the_words_and_takes_the_release_back(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    coordinator = run_in.municipality.coordinator
    with refused(RoleMayNot):
        act(release_words, run_in.enrolment_id, recipient="Jobcentret", by=coordinator)
    with refused(RecipientMissing):
        act(release_words, run_in.enrolment_id, recipient=" ", by=run_in.citizen)
    release = act(release_words, run_in.enrolment_id, recipient="Jobcentret", by=run_in.citizen)
    act(withdraw_release, run_in.enrolment_id, release.id, by=run_in.citizen)
    with refused(WordsNotReleased) as refusal:
        act(hand_out_words, run_in.enrolment_id, release.id, by=coordinator)
    assert "trukket sin tilladelse tilbage" in refusal.danish
    assert read(releases_of, run_in.enrolment_id)[0].withdrawn_at is not None


def _citizen_of(session: Session, enrolment_id: UUID, *, by: Actor) -> UUID:
    return get_enrolment(session, enrolment_id, by=by).citizen_id

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.service import entries_before
from raaderum.enrolments.rules import EnrolmentNotOpen, EnrolmentState
from raaderum.enrolments.selection_rules import (
    AlreadyDrawn,
    AlreadySelected,
    ArmMissing,
    ArmNotAsked,
    DrawOutcome,
    NobodyToDraw,
    SelectionMissing,
    SelectsOtherwise,
    hash_of_seed,
    order_of_draw,
)
from raaderum.enrolments.selections import announce_draw, appoint, carry_out_draw, draws
from raaderum.enrolments.service import get_enrolment, offer, put_on_waiting_list, refer, reject
from raaderum.people.roles import RoleMayNot
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.programmes.selections import Arm, Selection
from raaderum.testing.cases import made_up_cpr, prepare_offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.testing.municipality import Municipality

LTT = "langtidsledige-tager-teten"
OTHER = "personligt-borgerstyret-budget"


@pytest.fixture
def aarhus(new_municipality: Callable[..., Municipality]) -> Municipality:
    return new_municipality(like="aarhus")


@pytest.fixture
def do(aarhus: Municipality) -> Callable[..., Any]:
    """Do one act as Aarhus' coordinator, unless somebody else is named."""

    def act(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any act
        with aarhus.at_work(), unit_of_work() as session:
            return function(session, *arguments, **{"by": aarhus.coordinator, **named})

    return act


@pytest.fixture
def referred(aarhus: Municipality, do: Callable[..., Any]) -> Callable[..., list[UUID]]:
    """Return a function that refers so many citizens."""

    def refer_several(number: int, programme: str = LTT) -> list[UUID]:
        support_person_id = aarhus.support_person.person_id
        citizens = [
            do(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(age=40)) for _ in range(number)
        ]
        terms = {"programme": programme, "support_person_id": support_person_id}
        return [do(refer, citizen_id=citizen.id, **terms).id for citizen in citizens]

    return refer_several


@pytest.fixture
def selection_of(aarhus: Municipality) -> Callable[[UUID], tuple[str | None, str | None]]:
    def read(enrolment_id: UUID) -> tuple[str | None, str | None]:
        with aarhus.at_work(), reading() as session:
            enrolment = get_enrolment(session, enrolment_id, by=aarhus.coordinator)
            return enrolment.selection, enrolment.arm

    return read


def test_a_draw_is_announced_by_the_hash_of_a_seed_that_is_shown_afterwards(
    referred: Callable[..., list[UUID]], do: Callable[..., Any], aarhus: Municipality
) -> None:
    citizens = referred(4)
    announced = do(announce_draw, LTT, places=2, arm=Arm.GROUP, by=aarhus.team_leader)
    assert (announced.draw.revealed_seed, announced.is_verified) == (None, None)
    assert {one.enrolment_id for one in announced.participants} == set(citizens)
    result = do(carry_out_draw, announced.draw.id)
    seed = result.draw.revealed_seed
    assert hash_of_seed(seed) == announced.draw.seed_hash
    assert [one.enrolment_id for one in result.participants] == order_of_draw(seed, citizens)
    assert [one.outcome for one in result.participants] == ["drawn", "drawn", "not_drawn", "not_drawn"]
    assert result.is_verified


def test_whoever_is_drawn_is_selected_for_the_draws_kind_of_course(
    referred: Callable[..., list[UUID]],
    do: Callable[..., Any],
    selection_of: Callable[[UUID], tuple[str | None, str | None]],
) -> None:
    citizens = referred(3)
    draw_id = do(announce_draw, LTT, places=1, arm=Arm.INDIVIDUAL).draw.id
    result = do(carry_out_draw, draw_id)
    winner, *others = [one.enrolment_id for one in result.participants]
    assert winner in citizens
    assert selection_of(winner) == (Selection.DRAWN, Arm.INDIVIDUAL)
    assert [selection_of(one) for one in others] == [(None, None)] * 2


def test_a_changed_result_no_longer_fits_the_seed(
    referred: Callable[..., list[UUID]], do: Callable[..., Any]
) -> None:
    referred(3)
    opened = do(carry_out_draw, do(announce_draw, LTT, places=1, arm=Arm.GROUP).draw.id)
    first, second, _ = opened.participants
    first.outcome, second.outcome = second.outcome, first.outcome
    assert opened.is_verified is False


def test_nobody_is_drawn_twice_and_no_draw_is_repeated(
    referred: Callable[..., list[UUID]], do: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    citizens = referred(3)
    draw_ids = [do(announce_draw, LTT, places=2, arm=Arm.GROUP).draw.id for _ in range(2)]
    first, second = (do(carry_out_draw, draw_id) for draw_id in draw_ids)
    drawn = [
        one.enrolment_id for one in (*first.participants, *second.participants) if one.outcome == "drawn"
    ]
    assert sorted(drawn) == sorted(citizens)
    assert sorted(one.outcome for one in second.participants) == ["drawn", "passed_over", "passed_over"]
    assert second.is_verified
    with refused(AlreadyDrawn):
        do(carry_out_draw, draw_ids[0])
    with refused(NobodyToDraw):
        do(announce_draw, LTT, places=1, arm=Arm.GROUP)


def test_who_has_left_in_the_meantime_is_passed_over_and_the_draw_still_fits(
    referred: Callable[..., list[UUID]], do: Callable[..., Any]
) -> None:
    citizens = referred(3)
    draw_id = do(announce_draw, LTT, places=3, arm=Arm.GROUP).draw.id
    do(reject, citizens[0])
    do(put_on_waiting_list, citizens[1])
    result = do(carry_out_draw, draw_id)
    outcomes = {one.enrolment_id: one.outcome for one in result.participants}
    assert outcomes == {
        citizens[0]: DrawOutcome.PASSED_OVER,
        citizens[1]: DrawOutcome.DRAWN,
        citizens[2]: DrawOutcome.DRAWN,
    }
    assert result.is_verified


def test_an_offer_waits_for_the_selection_where_the_programme_selects(
    aarhus: Municipality,
    referred: Callable[..., list[UUID]],
    do: Callable[..., Any],
    refused: Callable[..., Any],
    selection_of: Callable[[UUID], tuple[str | None, str | None]],
) -> None:
    [enrolment_id] = referred(1)
    do(prepare_offer, enrolment_id, programme=LTT, age=40)
    assert selection_of(enrolment_id) == (Selection.APPOINTED, Arm.INDIVIDUAL)
    assert do(offer, enrolment_id).state == EnrolmentState.OFFERED
    with refused(EnrolmentNotOpen):
        do(appoint, enrolment_id, arm=Arm.GROUP)
    with refused(RoleMayNot):
        do(appoint, enrolment_id, arm=Arm.GROUP, by=aarhus.support_person)


def test_somebody_neither_appointed_nor_drawn_gets_no_offer(
    municipality: Municipality,
    amend_programme: Callable[..., str],
    newcomer_referral: UUID,
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    coordinator = municipality.coordinator
    programme = amend_programme(selections=None)
    act(prepare_offer, newcomer_referral, programme=programme, age=27, by=coordinator)
    amend_programme(selections=(Selection.APPOINTED,))
    with refused(SelectionMissing) as refusal:
        act(offer, newcomer_referral, by=coordinator)
    assert "Udpeg borgeren, eller træk lod" in refusal.danish
    with refused(SelectsOtherwise):
        act(announce_draw, programme, places=1, by=coordinator)
    with refused(ArmNotAsked):
        act(appoint, newcomer_referral, arm=Arm.GROUP, by=coordinator)
    act(appoint, newcomer_referral, by=coordinator)
    with refused(AlreadySelected):
        act(appoint, newcomer_referral, by=coordinator)
    assert act(offer, newcomer_referral, by=coordinator).state == EnrolmentState.OFFERED


@pytest.fixture
def newcomer_referral(municipality: Municipality, act: Callable[..., Any], amend_programme: Any) -> UUID:  # noqa: ANN401 - a fixture
    """A referral in the municipality of the rules of Halsnæs."""
    coordinator, support_person = municipality.coordinator, municipality.support_person
    citizen = act(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=coordinator)
    terms = {"programme": amend_programme(), "support_person_id": support_person.person_id}
    enrolment_id: UUID = act(refer, citizen_id=citizen.id, **terms, by=coordinator).id
    return enrolment_id


def test_a_programme_of_several_kinds_of_course_asks_for_one(
    referred: Callable[..., list[UUID]], do: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    [enrolment_id] = referred(1)
    with refused(ArmMissing) as refusal:
        do(appoint, enrolment_id)
    assert refusal.danish == "Vælg forløbets form: individuelt forløb, kollektivt forløb."
    with refused(ArmMissing):
        do(announce_draw, LTT, places=1)
    with refused(SelectsOtherwise):
        do(announce_draw, OTHER, places=1)


def test_all_draws_are_kept_the_newest_first_and_stand_in_the_log(
    aarhus: Municipality, referred: Callable[..., list[UUID]], do: Callable[..., Any]
) -> None:
    referred(2)
    older, newer = (do(announce_draw, LTT, places=1, arm=arm).draw for arm in Arm)
    do(carry_out_draw, older.id)
    with aarhus.at_work(), reading() as session:
        assert [one.draw.id for one in draws(session, by=aarhus.coordinator)] == [newer.id, older.id]
        logged = [
            entry.detail for entry in entries_before(session, None, most=99) if entry.subject_id == older.id
        ]
    revealed, announced = logged
    assert (announced["seed"], announced["seed_hash"]) == (None, older.seed_hash)
    assert hash_of_seed(revealed["seed"]) == older.seed_hash

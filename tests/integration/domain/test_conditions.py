from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from raaderum.audit.actor import Actor
from raaderum.audit.service import timeline
from raaderum.conditions.letters import letter_file, record_letter
from raaderum.conditions.rules import AcceptanceWay, ConditionsChanged, NotAccepted, SignedOutsideOffer
from raaderum.conditions.service import accept_offer, accept_on_paper, conditions_of
from raaderum.conditions.tables import ConditionAcceptance, ConditionText
from raaderum.enrolments.answers import decline_offer
from raaderum.enrolments.deadlines import running_deadlines
from raaderum.enrolments.rules import EnrolmentMoveForbidden, EnrolmentNotOpen, EnrolmentState
from raaderum.enrolments.service import get_enrolment, offer, refer
from raaderum.enrolments.tables import Enrolment
from raaderum.goals.service import add_sub_goal
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role, RoleMayNot
from raaderum.people.service import register_citizen
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.service import draft_plan
from raaderum.programmes.installed import programmes
from raaderum.purchases.service import request_purchase
from raaderum.testing.cases import (
    Case,
    accept_as_shown,
    case_in_run_in,
    licence_item,
    made_up_cpr,
    prepare_offer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.testing.municipality import Municipality


@pytest.fixture
def offered(municipality: Municipality, act: Callable[..., Any]) -> Case:
    """A citizen with an open offer."""
    coordinator = municipality.coordinator
    programme = programmes().of_tenant(municipality.tenant.slug)[-1].slug
    citizen = act(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=coordinator)
    terms = {"citizen_id": citizen.id, "programme": programme}
    support_person_id = municipality.support_person.person_id
    enrolment = act(refer, **terms, support_person_id=support_person_id, by=coordinator)
    act(prepare_offer, enrolment.id, programme=programme, age=27, by=coordinator)
    act(offer, enrolment.id, by=coordinator)
    return Case(municipality, citizen.id, enrolment.id, programme, enrolment.id)


def test_the_yes_is_kept_with_the_text_it_was_given_to(
    offered: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    shown = read(conditions_of, offered.enrolment_id, by=offered.citizen)
    assert shown.accepted is None
    english = shown.terms.in_language("en")
    enrolment = act(accept_offer, offered.enrolment_id, digest=english.digest, by=offered.citizen)
    assert (enrolment.state, enrolment.accepted_on) == (EnrolmentState.RUN_IN, clock.today())
    accepted = read(conditions_of, offered.enrolment_id, by=offered.citizen).accepted
    assert (accepted.words, accepted.digest, accepted.language) == (english.text, english.digest, "en")
    assert (accepted.way, accepted.recorded_by) == (AcceptanceWay.OWN_SIGN_IN, offered.citizen_id)
    assert accepted.version == shown.terms.version
    recorded = [
        entry for entry in read(timeline, offered.enrolment_id) if entry.event == "conditions.accepted"
    ]
    assert [entry.detail["digest"] for entry in recorded] == [english.digest]


def test_conditions_that_changed_meanwhile_are_not_accepted(
    offered: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    shown = read(conditions_of, offered.enrolment_id, by=offered.citizen).terms.in_language("da")

    def lower_the_ceiling(session: Session) -> None:
        get_enrolment(session, offered.enrolment_id, by=offered.citizen).ceiling = 30_000_00

    act(lower_the_ceiling)
    with refused(ConditionsChanged) as refusal:
        act(accept_offer, offered.enrolment_id, digest=shown.digest, by=offered.citizen)
    assert "Læs dem igen, som de er nu" in refusal.danish
    assert act(accept_as_shown, offered.enrolment_id, by=offered.citizen).state == EnrolmentState.RUN_IN


def test_the_yes_is_the_citizens_own_or_a_paper_that_a_caseworker_registers(
    offered: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    town = offered.municipality
    for somebody in (town.support_person, town.coordinator, town.team_leader):
        with refused(RoleMayNot):
            act(accept_offer, offered.enrolment_id, digest="0" * 64, by=somebody)
    for somebody in (town.support_person, offered.citizen):
        with refused(RoleMayNot):
            act(accept_on_paper, offered.enrolment_id, signed_on=clock.today(), by=somebody)
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)):
        with refused(SignedOutsideOffer) as refusal:
            act(accept_on_paper, offered.enrolment_id, signed_on=day, by=town.coordinator)
        assert refusal.where == "signed_on"
    with clock.standing_still_at(clock.now() + timedelta(days=9)):
        signed_on = clock.today() - timedelta(days=2)
        enrolment = act(accept_on_paper, offered.enrolment_id, signed_on=signed_on, by=town.coordinator)
    assert enrolment.accepted_on == signed_on
    accepted = read(conditions_of, offered.enrolment_id, by=offered.citizen).accepted
    assert (accepted.way, accepted.recorded_by) == (AcceptanceWay.ON_PAPER, town.coordinator.person_id)


def test_a_yes_is_given_once_and_cannot_be_changed_or_deleted(
    offered: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    act(accept_as_shown, offered.enrolment_id, by=offered.citizen)
    with refused(EnrolmentMoveForbidden):
        act(accept_as_shown, offered.enrolment_id, by=offered.citizen)
    for statement in (
        "update condition_acceptance set way = 'on_paper'",
        "delete from condition_acceptance",
        "update condition_text set words = 'andet'",
        "delete from condition_text",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            act(lambda session, words=statement: session.execute(text(words)))


@pytest.mark.usefixtures("run_in")
def test_the_database_holds_the_hash_against_the_text(act: Callable[..., Any]) -> None:
    def forge(session: Session) -> None:
        kept = session.scalars(select(ConditionText)).first()
        assert kept is not None
        columns = {"version": kept.version, "language": "da", "programme": kept.programme}
        session.add(ConditionText(digest="0" * 64, words=kept.words + " Og mere.", **columns))

    with pytest.raises(IntegrityError, match="digest_is_of_the_words"):
        act(forge)


@pytest.mark.usefixtures("run_in")
def test_two_who_accept_the_same_words_share_one_stored_text(
    municipality: Municipality, read: Callable[..., Any]
) -> None:
    case_in_run_in(municipality)
    texts = read(lambda session: session.scalars(select(ConditionText)).all())
    yeses = read(lambda session: session.scalars(select(ConditionAcceptance)).all())
    assert (len(texts), len(yeses)) == (1, 2)


def test_before_the_yes_nothing_is_dreamt_planned_or_bought(
    offered: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    by = offered.municipality.support_person
    wish = {"description": "Cykel", "supplier_name": "Loppemarked", "supplier_cvr": None, "amount": 1}
    with refused(EnrolmentNotOpen):
        act(add_sub_goal, offered.enrolment_id, words="Et hjem", by=by)
    with refused(EnrolmentNotOpen):
        items = [licence_item(offered, Oere(1))]
        act(draft_plan, offered.enrolment_id, motivation="Nu.", items=items, by=by)
    with refused(EnrolmentNotOpen):
        act(request_purchase, offered.enrolment_id, plan_item_id=offered.sub_goal_id, **wish, by=by)


@pytest.mark.parametrize("state", ["run_in", "active", "ended"])
def test_the_database_itself_knows_no_course_without_a_yes(
    offered: Case, act: Callable[..., Any], state: str
) -> None:
    def push(session: Session) -> None:
        enrolment = session.scalars(select(Enrolment).where(Enrolment.id == offered.enrolment_id)).one()
        enrolment.state = state

    with pytest.raises(IntegrityError, match="accepted_before_run_in"):
        act(push)


def test_a_no_needs_no_reason_and_a_reason_is_sealed(
    offered: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    because = "Jeg tør ikke lige nu."
    assert act(decline_offer, offered.enrolment_id, because=because, by=offered.citizen).state == "declined"
    enrolment = read(get_enrolment, offered.enrolment_id, by=offered.citizen)
    assert because.encode() not in enrolment.declined_because_sealed
    assert read(lambda session: open_field(session, enrolment, "declined_because")) == because
    with refused(EnrolmentMoveForbidden):
        act(accept_as_shown, offered.enrolment_id, by=offered.citizen)
    town = offered.municipality
    again = act(
        refer,
        citizen_id=offered.citizen_id,
        programme=offered.programme,
        support_person_id=town.support_person.person_id,
        by=town.coordinator,
    )
    assert act(decline_offer, again.id, by=town.coordinator).declined_because_sealed is None


def test_an_offer_never_lapses_and_stands_on_the_list_once_the_time_to_think_is_over(
    municipality: Municipality,
    amend_programme: Callable[..., str],
    offered: Case,
    act: Callable[..., Any],
    read: Callable[..., Any],
) -> None:
    amend_programme(reflection_days=7, planning_limit_days=28)
    today = clock.today()
    shown = read(conditions_of, offered.enrolment_id, by=offered.citizen)
    assert shown.last_day_to_think == today + timedelta(days=7)
    with clock.standing_still_at(clock.now() + timedelta(days=30)):
        [late] = read(running_deadlines, until=clock.today(), by=municipality.coordinator)
        assert late.enrolment.id == offered.enrolment_id
        assert late.deadline.is_past(on=clock.today())
        act(accept_as_shown, offered.enrolment_id, by=offered.citizen)
        assert read(running_deadlines, until=clock.today(), by=municipality.coordinator) == []
        [plan] = read(
            running_deadlines, until=clock.today() + timedelta(days=28), by=municipality.coordinator
        )
        assert plan.deadline.last_day == clock.today() + timedelta(days=28)


def test_the_letter_is_for_those_of_the_case_from_the_yes_on_and_its_fetching_is_recorded(
    offered: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    town = offered.municipality
    for function in (record_letter, letter_file):
        with refused(NotAccepted):
            more = {"language": "da"} if function is letter_file else {}
            act(function, offered.enrolment_id, **more, by=offered.citizen)
    act(accept_as_shown, offered.enrolment_id, by=offered.citizen)
    for somebody in (offered.citizen, town.support_person, town.coordinator):
        act(record_letter, offered.enrolment_id, by=somebody)
        assert read(letter_file, offered.enrolment_id, language="en", by=somebody).startswith(b"%PDF-")
    fetched = [entry for entry in read(timeline, offered.enrolment_id) if entry.event == "letter.fetched"]
    assert len(fetched) == 3
    with refused(RoleMayNot):
        act(
            record_letter,
            offered.enrolment_id,
            by=Actor(town.finance_officer.person_id, Role.FINANCE_OFFICER),
        )

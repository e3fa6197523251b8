"""Always one support person; changed without a reason; rights move at once, history stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.casework.load import load_of_staff
from raaderum.enrolments.relations import RelationKind
from raaderum.enrolments.service import caseload, get_enrolment
from raaderum.enrolments.support import (
    appoint_substitute,
    change_support_person,
    end_substitution,
    hand_over_cases,
    opened_support,
    wish_other_support_person,
    withdraw_wish,
)
from raaderum.enrolments.support_rules import (
    AlreadyWished,
    HandoverRefused,
    NoWish,
    SameSupportPerson,
    SubstitutionInvalid,
)
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role, RoleMayNot
from raaderum.people.service import StaffRoleMissing
from raaderum.purchases.service import approve_purchase, purchases_of
from raaderum.testing.cases import Case, case_in_run_in, requested_purchase
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.support import OpenedSupport
    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]

LITTLE = Oere(1_000_00)


def support_seen_by(read: Act, case: Case, by: Actor) -> OpenedSupport:
    def see(session: Any) -> OpenedSupport:  # noqa: ANN401 - the session of whoever reads
        return opened_support(session, get_enrolment(session, case.enrolment_id, by=by), by=by)

    found: OpenedSupport = read(see)
    return found


def test_the_citizen_asks_once_without_a_reason_and_can_take_it_back(
    case: Case, act: Act, refused: Callable[..., Any]
) -> None:
    act(wish_other_support_person, case.enrolment_id, by=case.citizen)
    with refused(AlreadyWished):
        act(wish_other_support_person, case.enrolment_id, by=case.citizen)
    act(withdraw_wish, case.enrolment_id, by=case.citizen)
    with refused(NoWish):
        act(withdraw_wish, case.enrolment_id, by=case.citizen)
    for nobody_else in (case.municipality.coordinator, case.municipality.support_person):
        with refused(RoleMayNot):
            act(wish_other_support_person, case.enrolment_id, by=nobody_else)


def test_rights_move_in_the_same_instant_and_history_stays(
    case: Case, sanne: Actor, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    signe, karen = case.municipality.support_person, case.municipality.coordinator
    purchase_id = requested_purchase(case)
    act(wish_other_support_person, case.enrolment_id, by=case.citizen)
    act(
        change_support_person,
        case.enrolment_id,
        staff_id=sanne.person_id,
        handover="Ring om formiddagen.",
        by=karen,
    )
    with refused(NotFound):
        read(get_enrolment, case.enrolment_id, by=signe)
    assert read(caseload, by=signe) == []
    assert [row.id for row in read(caseload, by=sanne)] == [case.enrolment_id]
    assert act(approve_purchase, purchase_id, by=karen).requested_by == signe.person_id
    assert [row.requested_by for row in read(purchases_of, case.enrolment_id)] == [signe.person_id]
    support = support_seen_by(read, case, sanne)
    assert [relation.name for relation in support.relations] == ["Sanne Støtte", "Signe Støtte"]
    assert [relation.in_force for relation in support.relations] == [True, False]
    assert support.relations[1].handover == "Ring om formiddagen."
    assert support.wish is None
    assert {relation.handover for relation in support_seen_by(read, case, case.citizen).relations} == {""}


def test_the_handover_lies_sealed(
    case: Case, sanne: Actor, act: Act, raw: Callable[[str], list[dict[str, Any]]]
) -> None:
    words = {"handover": "Hans søster hedder Bodil.", "by": case.municipality.coordinator}
    act(change_support_person, case.enrolment_id, staff_id=sanne.person_id, **words)
    assert b"Bodil" not in raw("support_relation")[0]["handover_sealed"]


def test_a_support_person_must_be_one_and_another(case: Case, act: Act, refused: Callable[..., Any]) -> None:
    signe, karen = case.municipality.support_person, case.municipality.coordinator
    with refused(SameSupportPerson):
        act(change_support_person, case.enrolment_id, staff_id=signe.person_id, handover="", by=karen)
    with refused(StaffRoleMissing):
        act(change_support_person, case.enrolment_id, staff_id=karen.person_id, handover="", by=karen)
    with refused(RoleMayNot):
        act(change_support_person, case.enrolment_id, staff_id=karen.person_id, handover="", by=signe)


def test_a_substitute_has_the_rights_from_the_first_day_to_the_last(
    case: Case, sanne: Actor, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    signe, karen, today = case.municipality.support_person, case.municipality.coordinator, clock.today()
    period = {"begins_on": today + timedelta(days=2), "ends_on": today + timedelta(days=4)}
    act(
        appoint_substitute,
        case.enrolment_id,
        staff_id=sanne.person_id,
        **period,
        handover="Nøglen ligger i skabet.",
        by=karen,
    )
    for days, reaches in ((0, False), (1, False), (2, True), (3, True), (4, True), (5, False)):
        with clock.standing_still_at(clock.now() + timedelta(days=days)):
            assert [row.id for row in read(caseload, by=sanne)] == [case.enrolment_id] * reaches
            assert read(get_enrolment, case.enrolment_id, by=signe).id == case.enrolment_id
            if reaches:
                assert read(get_enrolment, case.enrolment_id, by=sanne).id == case.enrolment_id
                assert support_seen_by(read, case, sanne).relations[1].kind is RelationKind.SUBSTITUTE
            else:
                with refused(NotFound):
                    read(get_enrolment, case.enrolment_id, by=sanne)


def test_a_substitutes_time_can_end_before_its_last_day(
    case: Case, sanne: Actor, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    karen, today = case.municipality.coordinator, clock.today()
    terms = {"staff_id": sanne.person_id, "begins_on": today, "ends_on": today, "handover": "", "by": karen}
    relation = act(appoint_substitute, case.enrolment_id, **terms)
    assert read(get_enrolment, case.enrolment_id, by=sanne).id == case.enrolment_id
    act(end_substitution, relation.id, by=karen)
    with refused(NotFound):
        read(get_enrolment, case.enrolment_id, by=sanne)
    with refused(NotFound):
        act(end_substitution, relation.id, by=karen)
    with refused(NotFound):
        act(end_substitution, uuid4(), by=karen)


def test_a_change_ends_what_the_former_ones_substitute_could_see(
    case: Case, sanne: Actor, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    karen, today = case.municipality.coordinator, clock.today()
    with case.municipality.at_work():
        third = hire("Tore Støtte", Role.SUPPORT_PERSON)
    terms = {"begins_on": today, "ends_on": today + timedelta(days=9), "handover": "", "by": karen}
    act(appoint_substitute, case.enrolment_id, staff_id=sanne.person_id, **terms)
    act(change_support_person, case.enrolment_id, staff_id=third.person_id, handover="", by=karen)
    with refused(NotFound):
        read(get_enrolment, case.enrolment_id, by=sanne)


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (2, 1)], ids=["in the past", "backwards"])
def test_a_substitutes_time_lies_ahead_and_in_order(
    case: Case, sanne: Actor, act: Act, refused: Callable[..., Any], first: int, last: int
) -> None:
    period = {
        "begins_on": clock.today() + timedelta(days=first),
        "ends_on": clock.today() + timedelta(days=last),
    }
    with refused(SubstitutionInvalid):
        act(
            appoint_substitute,
            case.enrolment_id,
            staff_id=sanne.person_id,
            **period,
            handover="",
            by=case.municipality.coordinator,
        )


def test_several_cases_are_handed_over_at_once(
    municipality: Municipality, sanne: Actor, act: Act, read: Act
) -> None:
    cases = [case_in_run_in(municipality).enrolment_id for _ in range(3)]
    by = municipality.coordinator
    act(hand_over_cases, [*cases, cases[0]], staff_id=sanne.person_id, handover="Alle tre.", by=by)
    assert {row.id for row in read(caseload, by=sanne)} == set(cases)
    assert read(caseload, by=municipality.support_person) == []


def test_where_one_case_cannot_be_handed_over_none_is(
    municipality: Municipality, sanne: Actor, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    good, has_her_already = case_in_run_in(municipality), case_in_run_in(municipality)
    nobodys, by = uuid4(), municipality.coordinator
    act(change_support_person, has_her_already.enrolment_id, staff_id=sanne.person_id, handover="", by=by)
    wanted = [good.enrolment_id, has_her_already.enrolment_id, nobodys]
    with refused(HandoverRefused) as refusal:
        act(hand_over_cases, wanted, staff_id=sanne.person_id, handover="", by=by)
    assert isinstance(refusal.error, HandoverRefused)
    said = {fault.enrolment_id: fault.error.code for fault in refusal.error.faults}
    assert said == {has_her_already.enrolment_id: "same_support_person", nobodys: "not_found"}
    assert [row.id for row in read(caseload, by=sanne)] == [has_her_already.enrolment_id]


def test_the_load_tells_cases_and_the_median_days_to_an_answer(
    case: Case, sanne: Actor, act: Act, read: Act
) -> None:
    town, start = case.municipality, clock.now()
    for days in (1, 3, 8):
        purchase_id = requested_purchase(case, amount=LITTLE)
        with clock.standing_still_at(start + timedelta(days=days)):
            act(approve_purchase, purchase_id, by=town.coordinator)
    requested_purchase(case, amount=LITTLE)
    loads = {load.staff_id: load for load in read(load_of_staff, by=town.team_leader)}
    signe, karen = loads[town.support_person.person_id], loads[town.coordinator.person_id]
    assert (signe.open_cases, signe.purchases_waiting, signe.median_days) == (1, 1, 3.0)
    assert (karen.open_cases, karen.purchases_waiting, karen.median_days) == (0, 0, 3.0)
    idle = loads[sanne.person_id]
    assert (idle.open_cases, idle.purchases_waiting, idle.median_days) == (0, 0, None)

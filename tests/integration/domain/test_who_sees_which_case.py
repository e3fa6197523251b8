from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import Actor
from raaderum.enrolments.service import caseload, get_enrolment
from raaderum.goals.wishes import add_wish
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role, RoleMayNot
from raaderum.plans.service import draft_plan, propose_plan
from raaderum.purchases.service import request_purchase
from raaderum.testing.cases import Case, case_in_run_in, licence_item
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality


@pytest.fixture
def stranger(municipality: Municipality) -> Actor:
    """A support person of the same municipality who supports somebody else."""
    with municipality.at_work():
        return hire("Sanne Støtte", Role.SUPPORT_PERSON)


@pytest.fixture
def representative(municipality: Municipality) -> Actor:
    with municipality.at_work():
        return hire("Bo Borgerrepræsentant", Role.CITIZEN_REPRESENTATIVE)


def acts_on(case: Case, act: Callable[..., Any], by: Actor) -> list[Callable[[], Any]]:
    """Everything that somebody at the citizen's side can do to a case."""
    enrolment_id = case.enrolment_id
    item = licence_item(case, Oere(1_000_00))
    return [
        partial(act, get_enrolment, enrolment_id, by=by),
        partial(act, add_wish, enrolment_id, words="Et hjem", by=by),
        partial(act, draft_plan, enrolment_id, motivation="Nu.", items=[item], by=by),
        partial(
            act,
            request_purchase,
            enrolment_id,
            plan_item_id=case.plan_item_ids[0],
            description="Kørekort",
            supplier_name="Køreskolen",
            supplier_cvr=None,
            amount=Oere(1_000_00),
            by=by,
        ),
    ]


def test_a_support_person_cannot_tell_anothers_case_from_none(
    case: Case, stranger: Actor, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    for attempt in acts_on(case, act, stranger):
        with refused(NotFound) as refusal:
            attempt()
        assert (refusal.code, refusal.where) == ("not_found", "enrolment")
        assert refusal.danish == "Det findes ikke, eller du har ikke adgang til det."


def test_the_citizens_own_support_person_can_do_all_of_it(case: Case, act: Callable[..., Any]) -> None:
    for attempt in acts_on(case, act, case.municipality.support_person):
        attempt()


def test_anothers_plan_cannot_be_proposed(
    run_in: Case, stranger: Actor, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    plan = act(
        draft_plan,
        run_in.enrolment_id,
        motivation="Nu.",
        items=[licence_item(run_in, Oere(1_000_00))],
        by=run_in.municipality.support_person,
    )
    with refused(NotFound):
        act(propose_plan, plan.id, by=stranger)


def test_a_support_person_has_their_own_cases_in_their_list(
    municipality: Municipality, case: Case, stranger: Actor, read: Callable[..., Any]
) -> None:
    second = case_in_run_in(municipality)
    mine = read(caseload, by=municipality.support_person)
    assert [enrolment.id for enrolment in mine] == [second.enrolment_id, case.enrolment_id]
    assert read(caseload, by=stranger) == []
    assert len(read(caseload, by=municipality.coordinator)) == 2


def test_a_citizen_reaches_their_own_case_and_no_other(
    municipality: Municipality, case: Case, read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    citizen = Actor(case.citizen_id, Role.CITIZEN)
    other = case_in_run_in(municipality)
    assert read(get_enrolment, case.enrolment_id, by=citizen).id == case.enrolment_id
    with refused(NotFound):
        read(get_enrolment, other.enrolment_id, by=citizen)
    with refused(RoleMayNot):
        read(caseload, by=citizen)


def test_a_citizen_representative_reaches_no_case_at_all(
    case: Case, representative: Actor, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    see, *write = acts_on(case, act, representative)
    with refused(NotFound):
        see()
    write.append(partial(act, caseload, by=representative))
    for attempt in write:
        with refused(RoleMayNot) as refusal:
            attempt()
        assert "Som borgerrepræsentant kan du ikke" in refusal.danish


def test_another_municipalitys_case_does_not_exist(
    new_municipality: Callable[..., Municipality],
    act: Callable[..., Any],
    municipality: Municipality,
    refused: Callable[..., Any],
) -> None:
    elsewhere = case_in_run_in(new_municipality())
    for by in (municipality.coordinator, municipality.team_leader):
        with refused(NotFound):
            act(get_enrolment, elsewhere.enrolment_id, by=by)

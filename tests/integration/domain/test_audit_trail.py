"""Every act leaves exactly one entry of its own, written by whoever did it; the chain holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import entries_before, timeline
from raaderum.audit.tables import AuditEntry
from raaderum.conditions.service import accept_on_paper
from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.enrolments.service import offer, put_on_waiting_list, refer, reject, screen
from raaderum.goals.rules import TooManySubGoals
from raaderum.goals.service import add_sub_goal, take_down_goal
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role
from raaderum.people.service import register_citizen, register_staff
from raaderum.plans.rules import Colour
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, propose_plan, return_plan
from raaderum.purchases.service import (
    approve_purchase,
    refuse_purchase,
    release_purchase,
    request_purchase,
)
from raaderum.testing.cases import (
    Case,
    fitting_answers,
    fitting_conversation,
    licence_item,
    made_up_cpr,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

PROGRAMME = "mit-liv-min-styring"


class Trail:
    """Does acts one by one and looks at what each left in the log."""

    def __init__(self, act: Callable[..., Any], read: Callable[..., Any]) -> None:
        self._act, self._read = act, read
        self._seen = len(self.all())

    def all(self) -> list[AuditEntry]:
        return list(reversed(self._read(entries_before, None, most=1000)))

    def left_by(self, function: Callable[..., Any], *arguments: Any, by: Actor, **named: Any) -> list[str]:  # noqa: ANN401 - any act
        """Do the act; return the events it left, all of them by the person who did it."""
        self.result = self._act(function, *arguments, by=by, **named)
        new = self.all()[self._seen :]
        self._seen += len(new)
        assert {(entry.actor_id, entry.actor_role) for entry in new} <= {(by.person_id, by.role)}
        return [entry.event for entry in new]


@pytest.fixture
def trail(municipality: Municipality, act: Callable[..., Any], read: Callable[..., Any]) -> Trail:
    assert municipality.id
    return Trail(act, read)


def test_every_act_of_the_course_leaves_its_own_entry(municipality: Municipality, trail: Trail) -> None:
    coordinator, support_person = municipality.coordinator, municipality.support_person
    left = trail.left_by
    with municipality.at_work():
        answers = fitting_answers(PROGRAMME, age=27)
    assert left(register_citizen, name="Mia", cpr=made_up_cpr(), by=coordinator) == ["citizen.registered"]
    terms = {"citizen_id": trail.result.id, "programme": PROGRAMME}
    support_person_id = support_person.person_id
    assert left(refer, **terms, support_person_id=support_person_id, by=coordinator) == ["enrolment.referred"]
    enrolment_id = trail.result.id
    judged = {"answers": answers, "judgement": "Ja."}
    assert left(screen, enrolment_id, **judged, by=coordinator) == ["enrolment.screened"]
    talk = fitting_conversation()
    assert left(hold_conversation, enrolment_id, **talk, by=coordinator) == ["conversation.held"]
    assert left(put_on_waiting_list, enrolment_id, by=coordinator) == ["enrolment.waiting"]
    assert left(offer, enrolment_id, by=coordinator) == ["enrolment.offered"]
    assert left(accept_on_paper, enrolment_id, signed_on=clock.today(), by=coordinator) == [
        "enrolment.accepted",
        "conditions.accepted",
    ]
    dream = {"words": "Mit eget sted", "categories": []}
    assert left(take_down_goal, enrolment_id, **dream, by=support_person) == ["goal.written"]
    assert left(add_sub_goal, enrolment_id, words="Depositum", by=support_person) == ["sub_goal.added"]
    case = Case(municipality, terms["citizen_id"], enrolment_id, PROGRAMME, trail.result.id)
    plan = {"motivation": "Nu.", "items": [licence_item(case, Oere(10_000_00))]}
    assert left(draft_plan, enrolment_id, **plan, by=support_person) == ["plan.drafted"]
    plan_id = trail.result.id
    assert left(propose_plan, plan_id, by=support_person) == ["plan.proposed"]
    money = {"amount": Oere(10_000_00), "key": "year"}
    assert left(fund_pool, PROGRAMME, **money, by=municipality.finance_officer) == ["pool.funded"]
    assert left(approve_plan, plan_id, colour=Colour.GREEN, by=coordinator) == [
        "plan.assessed",
        "plan.approved",
        "grant.posted",
        "enrolment.started",
    ]
    assert left(end, enrolment_id, because=EndingReason.ORDINARY_EMPLOYMENT, by=coordinator) == [
        "enrolment.ended"
    ]


def test_every_act_on_a_purchase_leaves_its_own_entry(
    case: Case, trail: Trail, read: Callable[..., Any]
) -> None:
    municipality, left = case.municipality, trail.left_by
    coordinator = municipality.coordinator

    def ask() -> UUID:
        terms = {"description": "Kørekort", "supplier_name": "Køreskolen", "supplier_cvr": None}
        wanted = {"plan_item_id": case.plan_item_ids[0], "amount": Oere(1_000_00), **terms}
        by = municipality.support_person
        assert left(request_purchase, case.enrolment_id, **wanted, by=by) == ["purchase.requested"]
        purchase_id: UUID = trail.result.id
        return purchase_id

    assert left(refuse_purchase, ask(), because="Nej.", by=coordinator) == ["purchase.refused"]
    purchase_id = ask()
    assert left(approve_purchase, purchase_id, by=coordinator) == ["purchase.approved"]
    assert left(release_purchase, purchase_id, by=coordinator) == ["purchase.closed"]
    known = {event.stored_name for event in AuditEvent}
    assert {entry.event for entry in read(timeline, case.enrolment_id)} <= known


def test_what_is_turned_down_leaves_its_own_entry_too(
    run_in: Case,
    newcomer: UUID,
    municipality: Municipality,
    act: Callable[..., Any],
    read: Callable[..., Any],
) -> None:
    coordinator, support_person = municipality.coordinator, municipality.support_person
    terms = {"citizen_id": run_in.citizen_id, "programme": PROGRAMME}
    act(end, run_in.enrolment_id, because=EndingReason.CITIZEN_LEAVES, by=coordinator)
    again = act(refer, **terms, support_person_id=support_person.person_id, by=coordinator)
    act(take_down_goal, newcomer, words="Mit eget sted", categories=[], by=support_person)
    sub_goal = act(add_sub_goal, newcomer, words="Depositum", by=support_person)
    item = replace(licence_item(run_in, Oere(1_000_00)), sub_goal_id=sub_goal.id)
    plan = act(draft_plan, newcomer, motivation="Nu.", items=[item], by=support_person)
    act(propose_plan, plan.id, by=support_person)

    trail = Trail(act, read)
    assert trail.left_by(return_plan, plan.id, comment="Nej.", by=coordinator) == ["plan.returned"]
    assert trail.left_by(reject, again.id, by=coordinator) == ["enrolment.rejected"]
    new = {"name": "Nye Nielsen", "email": "nye@kommune.example", "roles": [Role.COORDINATOR]}
    assert trail.left_by(register_staff, **new, by=municipality.administrator) == ["staff.registered"]


def test_a_refused_act_leaves_nothing(
    run_in: Case, trail: Trail, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    by = run_in.municipality.support_person
    for number in range(2, 6):
        act(add_sub_goal, run_in.enrolment_id, words=f"Delmål {number}", by=by)
    before = len(trail.all())
    with refused(TooManySubGoals):
        act(add_sub_goal, run_in.enrolment_id, words="Delmål 6", by=by)
    assert len(trail.all()) == before

"""What waits for each member of staff, and by when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from raaderum.casework.messages import read_messages, write_message
from raaderum.casework.task_rules import DueDayMissing, TaskDone, TaskKind, TaskOutOfReach, TitleMissing
from raaderum.casework.tasks import finish_task, tasks_of, write_task
from raaderum.enrolments.endings import leave_programme
from raaderum.enrolments.service import get_enrolment
from raaderum.enrolments.support import change_support_person, wish_other_support_person
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.people.roles import RoleMayNot
from raaderum.plans.service import draft_plan, propose_plan
from raaderum.purchases.service import approve_purchase
from raaderum.testing.cases import Case, licence_item, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from raaderum.audit.actor import Actor

    Act = Callable[..., Any]


def kinds(read: Act, by: Actor, *, on: date | None = None) -> list[TaskKind]:
    return [one.task.kind for one in read(tasks_of, by=by, on=on or clock.today())]


def test_a_purchase_waits_for_an_answer_until_it_has_one(case: Case, act: Act, read: Act) -> None:
    town = case.municipality
    purchase_id = requested_purchase(case)
    for by in (town.coordinator, town.team_leader):
        (one,) = [each for each in read(tasks_of, by=by, on=clock.today()) if is_purchase(each)]
        assert one.task.due_on == clock.today() + timedelta(days=3)
        assert (one.task.subject_id, one.citizen_name, one.is_overdue) == (
            purchase_id,
            "Mia Mortensen",
            False,
        )
        late = read(tasks_of, by=by, on=clock.today() + timedelta(days=4))
        assert [each.is_overdue for each in late if is_purchase(each)] == [True]
    assert TaskKind.DECIDE_PURCHASE not in kinds(read, town.support_person)
    assert TaskKind.DECIDE_PURCHASE not in kinds(read, town.finance_officer)
    act(approve_purchase, purchase_id, by=town.coordinator)
    assert TaskKind.DECIDE_PURCHASE not in kinds(read, town.coordinator)


def is_purchase(one: Any) -> bool:  # noqa: ANN401 - an open task
    return bool(one.task.kind is TaskKind.DECIDE_PURCHASE)


def test_a_plan_is_assessed_by_others_than_who_wrote_it(case: Case, act: Act, read: Act) -> None:
    town = case.municipality
    items = [licence_item(case, Oere(20_000_00))]
    plan = act(draft_plan, case.enrolment_id, motivation="Nu.", items=items, by=town.coordinator)
    act(propose_plan, plan.id, by=town.coordinator)
    assert TaskKind.ASSESS_PLAN in kinds(read, town.team_leader)
    assert TaskKind.ASSESS_PLAN not in kinds(read, town.coordinator)


def test_the_wish_for_another_support_person_is_the_coordinators_task(
    case: Case, sanne: Actor, act: Act, read: Act
) -> None:
    town = case.municipality
    act(wish_other_support_person, case.enrolment_id, by=case.citizen)
    assert TaskKind.FIND_SUPPORT_PERSON in kinds(read, town.coordinator)
    assert TaskKind.FIND_SUPPORT_PERSON not in kinds(read, town.support_person)
    act(
        change_support_person,
        case.enrolment_id,
        staff_id=sanne.person_id,
        handover="",
        by=town.coordinator,
    )
    assert TaskKind.FIND_SUPPORT_PERSON not in kinds(read, town.coordinator)


def test_a_wish_of_a_citizen_who_has_left_is_nobodys_task(case: Case, act: Act, read: Act) -> None:
    act(wish_other_support_person, case.enrolment_id, by=case.citizen)
    act(leave_programme, case.enrolment_id, by=case.citizen)
    assert TaskKind.FIND_SUPPORT_PERSON not in kinds(read, case.municipality.coordinator)


def test_the_end_of_the_drawing_right_is_told_thirty_days_before(case: Case, read: Act) -> None:
    town = case.municipality
    ends_on = read(_ends_on, case)
    for days, told in ((31, False), (30, True), (0, True), (-1, True)):
        on = ends_on - timedelta(days=days)
        assert (TaskKind.ROUND_OFF in kinds(read, town.support_person, on=on)) is told


def _ends_on(session: Any, case: Case) -> Any:  # noqa: ANN401 - a session, and a date
    return get_enrolment(session, case.enrolment_id, by=case.municipality.coordinator).ends_on


def test_a_citizens_message_waits_until_it_is_read(case: Case, act: Act, read: Act) -> None:
    signe = case.municipality.support_person
    act(write_message, case.enrolment_id, text="Hej", by=case.citizen)
    assert TaskKind.READ_MESSAGES in kinds(read, signe)
    act(read_messages, case.enrolment_id, by=signe)
    assert TaskKind.READ_MESSAGES not in kinds(read, signe)


def test_a_written_task_is_sealed_done_once_and_follows_the_case(
    case: Case,
    sanne: Actor,
    act: Act,
    read: Act,
    refused: Callable[..., Any],
    raw: Callable[[str], list[dict[str, Any]]],
) -> None:
    town, today = case.municipality, clock.today()
    signe, karen = town.support_person, town.coordinator
    terms = {"due_on": today, "assigned_to": signe.person_id, "enrolment_id": case.enrolment_id}
    task = act(write_task, title="  Ring til   Bodil ", **terms, by=karen)
    (one,) = [each for each in read(tasks_of, by=signe, on=today) if each.task.kind is TaskKind.WRITTEN]
    assert (one.task.title, one.citizen_name) == ("Ring til Bodil", "Mia Mortensen")
    assert b"Bodil" not in raw("staff_task")[0]["title_sealed"]
    act(change_support_person, case.enrolment_id, staff_id=sanne.person_id, handover="", by=karen)
    assert TaskKind.WRITTEN not in kinds(read, signe)
    with refused(NotFound):
        act(finish_task, task.id, by=signe)
    act(finish_task, task.id, by=karen)
    with refused(TaskDone):
        act(finish_task, task.id, by=karen)
    with refused(NotFound):
        act(finish_task, uuid4(), by=karen)


def test_a_task_about_a_case_goes_to_somebody_who_reaches_it(
    case: Case, sanne: Actor, act: Act, refused: Callable[..., Any]
) -> None:
    town, terms = case.municipality, {"title": "Se på det", "due_on": clock.today()}
    for nobody_there in (sanne, town.finance_officer, town.administrator):
        with refused(TaskOutOfReach):
            act(
                write_task,
                **terms,
                assigned_to=nobody_there.person_id,
                enrolment_id=case.enrolment_id,
                by=town.coordinator,
            )
    own = {"assigned_to": sanne.person_id, "enrolment_id": None}
    act(write_task, **terms, **own, by=town.coordinator)
    with refused(TitleMissing):
        act(write_task, **{**terms, "title": " "}, **own, by=town.coordinator)
    with refused(DueDayMissing):
        act(write_task, **{**terms, "due_on": clock.today() - timedelta(days=1)}, **own, by=town.coordinator)
    with refused(NotFound):
        act(write_task, **terms, assigned_to=sanne.person_id, enrolment_id=case.enrolment_id, by=sanne)
    with refused(RoleMayNot):
        act(write_task, **terms, **own, by=case.citizen)


def test_tasks_come_in_the_order_they_are_due(case: Case, act: Act, read: Act) -> None:
    town, today = case.municipality, clock.today()
    for days in (9, 1, 5):
        act(
            write_task,
            title=f"Om {days} dage",
            due_on=today + timedelta(days=days),
            assigned_to=town.coordinator.person_id,
            enrolment_id=None,
            by=town.coordinator,
        )
    requested_purchase(case)
    due = [one.task.due_on for one in read(tasks_of, by=town.coordinator, on=today)]
    assert due == sorted(due)
    assert len(due) >= 4

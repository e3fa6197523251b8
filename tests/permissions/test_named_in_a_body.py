"""What a body or a path names must be within reach: another's thing is answered as one that is not there."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pytest

from raaderum.invoices.service import take_in
from raaderum.kernel import clock
from raaderum.people.access import Purpose
from raaderum.people.roles import PERMISSIONS, Role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.testing.asking import token_of
from raaderum.testing.cases import PRICE, SUPPLIER, SUPPLIER_CVR
from raaderum.testing.least_body import uuid_fields
from raaderum.testing.municipality import hire
from raaderum.testing.sample_invoices import peppol_invoice
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.test import TestResponse

    from raaderum.audit.actor import Actor
    from raaderum.testing.api_calls import Api, Operation
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase


@dataclass(frozen=True)
class Named:
    """A field of a body that names something, what a role is told about another's, and which are another's.

    `thing` is what the ids of a case call it; `of_town`: the municipality's other cases may be named too.
    """

    role: Role
    thing: str
    code: str
    of_town: bool = True


NAMED: Final = {
    ("citizens/not-duplicates", "first_id"): Named(Role.COORDINATOR, "citizen_id", "not_found"),
    ("citizens/not-duplicates", "second_id"): Named(Role.COORDINATOR, "citizen_id", "not_found"),
    ("attendance", "enrolment_id"): Named(Role.COORDINATOR, "enrolment_id", "not_found", of_town=False),
    ("participants", "enrolment_id"): Named(Role.COORDINATOR, "enrolment_id", "not_found"),
    ("{tenant}/enrolments", "citizen_id"): Named(Role.COORDINATOR, "citizen_id", "not_found"),
    ("{tenant}/enrolments", "support_person_id"): Named(Role.COORDINATOR, "staff_id", "staff_role_missing"),
    ("plans", "sub_goal_id"): Named(Role.SUPPORT_PERSON, "sub_goal_id", "not_found", of_town=False),
    ("plans", "evidence_ids"): Named(Role.SUPPORT_PERSON, "evidence_id", "not_found", of_town=False),
    ("purchases", "plan_item_id"): Named(
        Role.SUPPORT_PERSON, "plan_item_id", "no_approved_plan", of_town=False
    ),
    ("{enrolment_id}/transfers", "plan_item_id"): Named(
        Role.SUPPORT_PERSON, "plan_item_id", "no_approved_plan", of_town=False
    ),
    ("own-transfers", "plan_item_id"): Named(Role.CITIZEN, "plan_item_id", "lane_closed", of_town=False),
    ("{receipt_id}/dues", "receipt_due_id"): Named(
        Role.SUPPORT_PERSON, "receipt_due_id", "not_found", of_town=False
    ),
    ("card-items", "plan_item_id"): Named(
        Role.COORDINATOR, "plan_item_id", "no_approved_plan", of_town=False
    ),
    ("substitutes", "staff_id"): Named(Role.COORDINATOR, "staff_id", "staff_role_missing"),
    ("handovers", "staff_id"): Named(Role.COORDINATOR, "staff_id", "staff_role_missing"),
    ("handovers", "enrolment_ids"): Named(Role.COORDINATOR, "enrolment_id", "handover_refused"),
    ("match", "purchase_id"): Named(Role.FINANCE_OFFICER, "purchase_id", "not_found"),
    ("{bank_line_id}/payout", "payout_id"): Named(Role.FINANCE_OFFICER, "payout_id", "not_found"),
    ("match", "payout_id"): Named(Role.FINANCE_OFFICER, "payout_id", "not_found"),
    ("invoice-approvals", "invoice_ids"): Named(Role.FINANCE_OFFICER, "invoice_id", "not_found"),
    ("invoice-approvals/dry-run", "invoice_ids"): Named(Role.FINANCE_OFFICER, "invoice_id", "not_found"),
    ("team-decisions", "staff_id"): Named(Role.TEAM_LEADER, "staff_id", "not_of_the_team"),
    ("precedents", "enrolment_id"): Named(Role.COORDINATOR, "enrolment_id", "not_found"),
    ("tasks", "assigned_to"): Named(
        Role.SUPPORT_PERSON, "support_person_id", "task_out_of_reach", of_town=False
    ),
    ("tasks", "enrolment_id"): Named(Role.SUPPORT_PERSON, "enrolment_id", "not_found", of_town=False),
    ("support-person", "staff_id"): Named(Role.COORDINATOR, "staff_id", "staff_role_missing"),
}
"""By the end of the path and the field. A new one must be thought of here."""


@dataclass(frozen=True)
class Town:
    """Three cases: one's own, a colleague's, and one of another municipality."""

    api: Api
    municipality: Municipality
    own: WholeCase
    others: WholeCase
    elsewhere: WholeCase

    def ask(
        self, operation: Operation, actor: Actor, ids: dict[str, str], body: object = None
    ) -> TestResponse:
        """Call an operation as somebody of the own municipality."""
        token = token_of(self.municipality, actor, Purpose.API)
        return self.api.send(operation, ids, slug=self.municipality.tenant.slug, token=token, body=body)

    def person(self, role: Role) -> Actor:
        """Return who has a role in the own municipality; the citizen of the own case."""
        if role is Role.CITIZEN:
            return citizen_of(self)
        found: Actor = getattr(self.municipality, role.value)
        return found


@pytest.fixture
def town(api: Api, municipality: Municipality, new_municipality: Callable[..., Municipality]) -> Town:
    with municipality.at_work():
        colleague = hire("Sofie Støtte", Role.SUPPORT_PERSON)
    others = whole_case(replace(municipality, support_person=colleague))
    return Town(api, municipality, whole_case(municipality), others, whole_case(new_municipality("aarhus")))


def test_every_field_that_names_something_is_thought_of(api: Api) -> None:
    fields = {
        (one.path, field[-1])
        for one in api.operations
        for field in uuid_fields(api.document, one.body_schema or {})
    }
    assert {
        (path, name)
        for path, name in fields
        if not any(path.endswith(end) and name == field for end, field in NAMED)
    } == set()
    assert len(fields) == len(NAMED)


def test_a_body_that_names_anothers_thing_is_refused_as_if_it_were_not_there(town: Town) -> None:
    wrong = [found for (end, field), named in NAMED.items() for found in taken_amiss(town, end, field, named)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.SUPPORT_PERSON, Role.COORDINATOR])
def test_an_answer_about_anothers_thing_does_not_tell_that_there_is_one(role: Role, town: Town) -> None:
    """Whoever guesses an id learns nothing from the refusal, whoever's the id is."""
    actor = citizen_of(town) if role is Role.CITIZEN else town.person(role)
    told_apart, asked = [], 0
    for operation in town.api.operations:
        if role not in PERMISSIONS[operation.act] or operation.names.isdisjoint(town.own.identified):
            continue
        theirs = [town.elsewhere] if role is Role.COORDINATOR else [town.elsewhere, town.others]
        names = operation.names & town.own.identified
        if names.isdisjoint(town.own.of_the_citizen):
            theirs = [town.elsewhere]
        nothing = told(town.ask(operation, actor, town.own.ids | dict.fromkeys(names, str(uuid4()))))
        for case in theirs:
            asked += 1
            answer = told(town.ask(operation, actor, town.own.ids | {name: case.ids[name] for name in names}))
            if answer != nothing:
                told_apart.append(f"{operation.method} {operation.path}: {answer} {nothing}")
    assert not told_apart, "\n".join(told_apart)
    assert asked > 50


def taken_amiss(town: Town, end: str, field: str, named: Named) -> Iterator[str]:
    """Yield what is wrong with how an operation answers when `field` names another's thing."""
    operation = next(
        one
        for one in town.api.operations
        if one.path.endswith(end) and one.method != "get" and (end != "plans" or "enrolment_id" in one.path)
    )
    actor, least = town.person(named.role), body_of(town, operation)
    ids = in_the_state_that(operation, town)
    theirs = [town.elsewhere.ids[named.thing]]
    if not named.of_town:
        theirs.append(town.others.ids[named.thing])
    if named.code == "staff_role_missing":
        theirs.append(str(town.own.citizen_id))
    of_nothing = str(uuid4())
    nothing = told(town.ask(operation, actor, ids, naming(least, field, of_nothing)), of_nothing)
    if nothing.get("code") != named.code:
        yield f"{end} {field}: {nothing}"
    for id_ in theirs:
        answer = told(town.ask(operation, actor, ids, naming(least, field, id_)), id_)
        if answer != nothing:
            yield f"{end} {field} {id_}: {answer}"


def body_of(town: Town, operation: Operation) -> Any:  # noqa: ANN401 - any JSON
    """Return a whole body that names one's own things only."""
    body = town.api.least(operation, town.own.ids, fully=True)
    own: dict[str, object] = {
        "assigned_to": town.own.ids["support_person_id"],
        "first_id": town.own.ids["citizen_id"],
        "second_id": town.others.ids["citizen_id"],
        "enrolment_ids": [town.own.ids["enrolment_id"]],
        "staff_id": town.others.ids["support_person_id"],
        "evidence_ids": [],
        "payee_name": None,
        "registration_number": None,
        "account_number": None,
        "iban": None,
        "activity": None,
        "activity_on": None,
        "based_on_version": None,
        "due_on": (clock.today() + timedelta(days=3)).isoformat(),
        "begins_on": clock.today().isoformat(),
        "ends_on": clock.today().isoformat(),
        "held_on": clock.today().isoformat(),
        "quarter": "2026-Q4",
        "guideline": "",
    }
    for name, value in own.items():
        body = naming(body, name, value)
    return body


def in_the_state_that(operation: Operation, town: Town) -> dict[str, str]:
    """Bring the own case to where an operation looks at what its body names; return the ids."""
    if operation.path.endswith("/match"):
        content = peppol_invoice(
            number=str(uuid4()),
            order_reference="?",
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
            amount_with_vat=PRICE,
        )
        finance = town.municipality.finance_officer
        with town.municipality.at_work(), unit_of_work() as session:
            return town.own.ids | {
                "invoice_id": str(take_in(session, content, file_name="to.xml", by=finance).id)
            }
    if operation.path.endswith("/team-decisions"):
        for end, role, changes in (
            ("/propose", Role.SUPPORT_PERSON, {}),
            ("/assessments", Role.COORDINATOR, {"colour": "red", "doubt": None}),
        ):
            step = next(one for one in town.api.operations if one.path.endswith(end))
            body = town.api.least(step, town.own.ids) | changes if changes else None
            answer = town.ask(step, town.person(role), town.own.ids, body)
            assert answer.status_code < 300, answer.text
    return town.own.ids


def naming(body: Any, field: str, value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return a body in which `field` names something else, wherever it stands."""
    if isinstance(body, list):
        return [naming(one, field, value) for one in body]
    if not isinstance(body, dict):
        return body
    return {
        name: _like(inner, value) if name == field else naming(inner, field, value)
        for name, inner in body.items()
    }


def _like(old: object, value: object) -> object:
    return [value] if isinstance(old, list) and not isinstance(value, list) else value


def told(response: TestResponse, named: str = "?") -> dict[str, Any]:
    """Return what a refusal says, without what is new each time and the id that was named."""
    said: dict[str, Any] = json.loads(response.text.replace(named, "?"))
    fresh = {"instance", "request_id"}
    return {name: value for name, value in said.items() if name not in fresh} | {
        "is": response.status_code // 100
    }


def citizen_of(town: Town) -> Actor:
    """Return the citizen of the own case."""
    return replace(town.municipality.coordinator, person_id=town.own.citizen_id, role=Role.CITIZEN)

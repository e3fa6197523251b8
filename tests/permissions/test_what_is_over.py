"""What is over: a role that was taken, an employment that ended, a case that is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

import pytest

from raaderum.audit.actor import Actor
from raaderum.casework.ending import end_course
from raaderum.enrolments.answers import decline_offer
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.leaving import end_employment, take_role
from raaderum.enrolments.service import refer, reject
from raaderum.people.access import Purpose
from raaderum.people.roles import PERMISSIONS, Role
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.portal.serving import Page
from raaderum.testing.asking import token_of
from raaderum.testing.cases import made_up_cpr
from raaderum.testing.municipality import hire
from raaderum.testing.portal_calls import Window
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from raaderum.testing.api_calls import Api
    from raaderum.testing.municipality import Municipality

STAFF: Final = [role for role in Role if role is not Role.CITIZEN]
STILL: Final = {
    "/follow-up-consent": "a yes or no to being contacted holds after the end",
    "/call": "whoever is pressed for money must not have to look at the state of the case first",
    "/messages": "there is still somebody to write to",
    "/messages/read": "what was written can still be read",
    "/support/wish/withdraw": "it takes a wish back",
    "/releases": "the words are the citizen's to give, whatever became of the case",
    "/releases/{release_id}/withdraw": "what was released can be taken back at any time",
    "/interviews/{interview_id}/approve": "a summary is often written around the end",
    "/interviews/{interview_id}/changes": "the same",
}
"""What a citizen can still do in a closed case, and why."""


@pytest.fixture
def ids(municipality: Municipality) -> dict[str, str]:
    return whole_case(municipality).ids


@pytest.mark.parametrize("leaves", [False, True], ids=["role-taken", "employment-ended"])
def test_an_open_token_ends_with_the_role_and_with_the_employment(
    leaves: bool,  # noqa: FBT001 - a parameter of the test
    app: Flask,
    api: Api,
    municipality: Municipality,
    ids: dict[str, str],
) -> None:
    slug, by, let_in = municipality.tenant.slug, municipality.administrator, []
    for role in STAFF:
        with municipality.at_work():
            person = hire("Ole Ophørt", role)
        token = token_of(municipality, person, Purpose.API)
        window = Window(app, token_of(municipality, person, Purpose.BROWSER), slug)
        assert person.person_id is not None
        with municipality.at_work(), unit_of_work() as session:
            if leaves:
                end_employment(session, person.person_id, by=by)
            else:
                take_role(session, person.person_id, role, by=by)
        for operation in api.operations:
            answer = api.send(operation, ids, slug=slug, token=token)
            if (answer.status_code, answer.get_json()["code"]) != (401, "not_signed_in"):
                let_in.append((role.value, operation.path, answer.status_code))
        for what in (*PAGES, *DEEDS):
            seen = window.send(what, ids)
            to_sign_in = seen.status_code == 303 and "/log-ind" in seen.headers["Location"]
            if not (to_sign_in if isinstance(what, Page) else seen.status_code == 401):
                let_in.append((role.value, what.name, seen.status_code))
    assert let_in == []


def test_the_token_of_a_role_that_was_kept_stays(
    api: Api, municipality: Municipality, ids: dict[str, str]
) -> None:
    with municipality.at_work():
        person = hire("Tove To", Role.COORDINATOR, Role.SUPPORT_PERSON)
    assert person.person_id is not None
    token = token_of(municipality, person, Purpose.API)
    with municipality.at_work(), unit_of_work() as session:
        take_role(session, person.person_id, Role.SUPPORT_PERSON, by=municipality.administrator)
    mine = next(one for one in api.operations if one.path.endswith("/me"))
    assert api.send(mine, ids, slug=municipality.tenant.slug, token=token).status_code == 200


@pytest.mark.parametrize("how", ["moved", "left", "declined", "rejected"])
def test_in_a_closed_case_the_citizen_reads_and_does_nothing_more(
    how: str, api: Api, municipality: Municipality, closed: Callable[[str], dict[str, str]]
) -> None:
    ids = closed(how)
    token = token_of(municipality, Actor(UUID(ids["citizen_id"]), Role.CITIZEN), Purpose.API)
    slug, done, unread = municipality.tenant.slug, set(), {}
    for operation in api.operations:
        if Role.CITIZEN not in PERMISSIONS[operation.act] or "enrolment_id" not in operation.names:
            continue
        answer = api.send(operation, ids, slug=slug, token=token)
        end = operation.path.partition("{enrolment_id}")[2]
        if operation.method != "get":
            assert answer.status_code < 500
            if answer.status_code < 300:
                done.add(end)
        elif answer.status_code >= 300:
            unread[end] = answer.get_json()["code"]
    assert done - set(STILL) == set()
    assert "" not in unread
    if how in {"moved", "left"}:
        assert unread == {}
    else:  # there is no plan, letter or release to read where nothing ever began
        assert set(unread.values()) == {"not_found", "conditions_not_accepted"}


@pytest.fixture
def closed(municipality: Municipality, ids: dict[str, str]) -> Callable[[str], dict[str, str]]:
    """Return a function that closes a case in one of the ways, and gives the ids of what is in it."""

    def close(how: str) -> dict[str, str]:
        by, enrolment_id = municipality.coordinator, UUID(ids["enrolment_id"])
        with municipality.at_work(), unit_of_work() as session:
            if how in {"moved", "left"}:
                because = EndingReason.MOVED_AWAY if how == "moved" else EndingReason.CITIZEN_LEAVES
                end_course(session, enrolment_id, because=because, by=by)
                return ids
            citizen = register_citizen(session, name="Nina Nej", cpr=made_up_cpr(), by=by)
            enrolment = refer(
                session,
                citizen_id=citizen.id,
                programme=ids["programme"],
                support_person_id=UUID(ids["support_person_id"]),
                by=by,
            )
            act = decline_offer if how == "declined" else reject
            act(session, enrolment.id, by=by)
            return ids | {"citizen_id": str(citizen.id), "enrolment_id": str(enrolment.id)}

    return close

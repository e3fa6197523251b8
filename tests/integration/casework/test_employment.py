"""Roles that one person cannot have, roles taken, and the end of an employment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.audit.actor import SYSTEM, Actor
from raaderum.enrolments.leaving import StillSupports, end_employment, take_role
from raaderum.enrolments.support import appoint_substitute, change_support_person
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.people.access import NotSignedIn, Purpose, check_token, issue_token
from raaderum.people.employment import OwnRoles, RoleHeld, RoleNotHeld, StaffLeft, give_role, roles_held
from raaderum.people.roles import (
    INCOMPATIBLE_ROLES,
    CitizenIsNoStaff,
    Incompatible,
    Role,
    RoleMayNot,
    RolesIncompatible,
)
from raaderum.people.service import StaffRoleMissing, register_staff, require_staff_role
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]

PAIRS = [
    pytest.param(pair, id="+".join(role.value for role in Role if role in pair.roles))
    for pair in INCOMPATIBLE_ROLES
]


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_is_refused_at_registration_and_when_the_second_is_given(
    pair: Incompatible, municipality: Municipality, act: Act, refused: Callable[..., Any]
) -> None:
    first, second = (role for role in Role if role in pair.roles)
    with refused(RolesIncompatible) as refusal:
        act(register_staff, name="Begge", email=f"{uuid4()}@k.example", roles=[first, second], by=SYSTEM)
    assert pair.because.danish in refusal.danish
    with municipality.at_work():
        somebody = hire("En Ad Gangen", first)
    with refused(RolesIncompatible):
        act(give_role, somebody.person_id, second, by=municipality.administrator)


def test_roles_that_go_together_are_given_and_taken_again(
    municipality: Municipality, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    karen, by = municipality.coordinator.person_id, municipality.administrator
    act(give_role, karen, Role.SUPPORT_PERSON, by=by)
    assert read(roles_held, karen) == [Role.SUPPORT_PERSON, Role.COORDINATOR]
    with refused(RoleHeld):
        act(give_role, karen, Role.SUPPORT_PERSON, by=by)
    act(take_role, karen, Role.SUPPORT_PERSON, by=by)
    with refused(RoleNotHeld):
        act(take_role, karen, Role.SUPPORT_PERSON, by=by)


def test_nobody_is_both_staff_and_citizen_by_role(
    municipality: Municipality, act: Act, refused: Callable[..., Any]
) -> None:
    with refused(CitizenIsNoStaff):
        act(give_role, municipality.coordinator.person_id, Role.CITIZEN, by=municipality.administrator)


def test_an_administrator_changes_others_only_and_others_change_nobody(
    municipality: Municipality, act: Act, refused: Callable[..., Any]
) -> None:
    anders, karen = municipality.administrator, municipality.coordinator
    with refused(OwnRoles):
        act(give_role, anders.person_id, Role.TEAM_LEADER, by=anders)
    with refused(OwnRoles):
        act(end_employment, anders.person_id, by=anders)
    with refused(RoleMayNot):
        act(give_role, anders.person_id, Role.COORDINATOR, by=karen)
    with refused(NotFound):
        act(give_role, uuid4(), Role.COORDINATOR, by=anders)


def test_who_supports_a_citizen_cannot_leave_before_a_handover(
    case: Case, act: Act, refused: Callable[..., Any]
) -> None:
    town = case.municipality
    signe, anders = town.support_person.person_id, town.administrator
    with refused(StillSupports) as refusal:
        act(end_employment, signe, by=anders)
    assert "åbne forløb: 1. En koordinator" in refusal.danish
    with refused(StillSupports):
        act(take_role, signe, Role.SUPPORT_PERSON, by=anders)
    with town.at_work():
        act(require_staff_role, signe, Role.SUPPORT_PERSON)
        sanne = hire("Sanne Støtte", Role.SUPPORT_PERSON)
    act(
        change_support_person,
        case.enrolment_id,
        staff_id=sanne.person_id,
        handover="",
        by=town.coordinator,
    )
    act(end_employment, signe, by=anders)
    with refused(StaffRoleMissing):
        act(require_staff_role, signe, Role.SUPPORT_PERSON)
    with refused(StaffLeft):
        act(give_role, signe, Role.COORDINATOR, by=anders)


def test_leaving_ends_every_token_and_every_substitution_at_once(
    case: Case,
    act: Act,
    read: Act,
    raw: Callable[[str], list[dict[str, Any]]],
    refused: Callable[..., Any],
) -> None:
    town, today = case.municipality, clock.today()
    with town.at_work():
        sanne = hire("Sanne Støtte", Role.SUPPORT_PERSON, Role.COORDINATOR)
    act(
        appoint_substitute,
        case.enrolment_id,
        staff_id=sanne.person_id,
        begins_on=today,
        ends_on=today,
        handover="",
        by=town.coordinator,
    )
    tokens = [
        act(issue_token, person_id=sanne.person_id, role=Role.SUPPORT_PERSON, purpose=purpose)
        for purpose in Purpose
    ]
    act(end_employment, sanne.person_id, by=town.administrator)
    for token, purpose in zip(tokens, Purpose, strict=True):
        with refused(NotSignedIn):
            read(check_token, token, purpose=purpose)
    [ended] = [entry for entry in raw("audit_entry") if entry["event"] == "support.substitute_ended"]
    assert (ended["enrolment_id"], ended["detail"]["substitute"]) == (
        case.enrolment_id,
        str(sanne.person_id),
    )


def test_taking_a_role_ends_the_tokens_of_that_role_alone(
    municipality: Municipality, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    with municipality.at_work():
        both = hire("Bodil Begge", Role.COORDINATOR, Role.SUPPORT_PERSON)
    tokens = {
        role: act(issue_token, person_id=both.person_id, role=role, purpose=Purpose.API)
        for role in (Role.COORDINATOR, Role.SUPPORT_PERSON)
    }
    act(take_role, both.person_id, Role.COORDINATOR, by=municipality.administrator)
    with refused(NotSignedIn):
        read(check_token, tokens[Role.COORDINATOR], purpose=Purpose.API)
    still = read(check_token, tokens[Role.SUPPORT_PERSON], purpose=Purpose.API)
    assert still.actor == Actor(both.person_id, Role.SUPPORT_PERSON)

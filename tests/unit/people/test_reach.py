"""Whose cases a role reaches, and which roles one person cannot have."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

import pytest

from raaderum.audit.actor import SYSTEM, Actor
from raaderum.people.roles import (
    INCOMPATIBLE_ROLES,
    PERMISSIONS,
    REACH,
    Act,
    CitizenIsNoStaff,
    Reach,
    Role,
    RolesIncompatible,
    check_roles,
    reach_of,
)

SOMEBODY = UUID(int=7)
PAIRS = {pair.roles for pair in INCOMPATIBLE_ROLES}
TWO_ROLES = [
    pytest.param(pair, id="+".join(pair))
    for pair in combinations([role for role in Role if role is not Role.CITIZEN], 2)
]


def test_every_role_has_a_reach_and_who_sees_cases_reaches_some() -> None:
    assert set(REACH) == set(Role)
    assert all(REACH[role] is not Reach.NONE for role in PERMISSIONS[Act.SEE_CASE])
    assert REACH[Role.CITIZEN_REPRESENTATIVE] is Reach.NONE


@pytest.mark.parametrize("role", Role)
def test_the_table_is_what_the_checks_read(role: Role) -> None:
    assert reach_of(Actor(SOMEBODY, role)) is REACH[role]


def test_the_system_reaches_all() -> None:
    assert reach_of(SYSTEM) is Reach.ALL


@pytest.mark.parametrize("pair", TWO_ROLES)
def test_two_roles_go_together_unless_the_table_says_otherwise(pair: tuple[Role, Role]) -> None:
    if frozenset(pair) not in PAIRS:
        check_roles(pair)
        return
    with pytest.raises(RolesIncompatible) as refused:
        check_roles(pair)
    assert refused.value.where == "roles"


def test_nobody_pays_out_what_they_asked_for_or_decided_on() -> None:
    decides = PERMISSIONS[Act.REQUEST_PURCHASE] | PERMISSIONS[Act.APPROVE_PURCHASE]
    for role in decides | PERMISSIONS[Act.APPROVE_PLAN]:
        assert frozenset({role, Role.FINANCE_OFFICER}) in PAIRS


def test_a_citizen_representative_has_no_role_that_reaches_a_case() -> None:
    reaching = {role for role in REACH if REACH[role] in {Reach.SUPPORTED, Reach.ALL}}
    assert {frozenset({Role.CITIZEN_REPRESENTATIVE, role}) for role in reaching} <= PAIRS


def test_a_citizen_is_no_member_of_staff() -> None:
    with pytest.raises(CitizenIsNoStaff):
        check_roles([Role.CITIZEN])

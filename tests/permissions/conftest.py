"""Three cases for each role: their own, another citizen's, and one of another municipality."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from raaderum.audit.actor import Actor
from raaderum.people.roles import Role
from raaderum.testing.asking import Asking, Whose
from raaderum.testing.municipality import hire
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase


@pytest.fixture(params=list(Role))
def asking(
    request: pytest.FixtureRequest,
    new_municipality: Callable[..., Municipality],
) -> Asking:
    """Return somebody in each role in turn."""
    role: Role = request.param
    municipality = new_municipality("aarhus")
    own = whole_case(municipality)
    elsewhere = new_municipality("aarhus")
    with municipality.at_work():
        colleague = hire("Sofie Støtte", Role.SUPPORT_PERSON)
    cases = {
        Whose.OWN: own,
        Whose.OTHERS: whole_case(replace(municipality, support_person=colleague)),
        Whose.OTHER_TENANTS: whole_case(elsewhere),
    }
    return Asking(role, _person(role, municipality, own), municipality, elsewhere, cases)


def _person(role: Role, municipality: Municipality, own: WholeCase) -> Actor:
    if role is Role.CITIZEN:
        return Actor(own.citizen_id, role)
    if role is Role.CITIZEN_REPRESENTATIVE:
        with municipality.at_work():
            return hire("Rie Repræsentant", role)
    found: Actor = getattr(municipality, role.value)
    return found

"""Three cases for each role: their own, another citizen's, and one of another municipality."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from raaderum.audit.actor import Actor
from raaderum.people.roles import Role
from raaderum.testing.api_calls import Api, api_of
from raaderum.testing.asking import Asking, Whose
from raaderum.testing.municipality import hire
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase


@pytest.fixture
def api(app: Flask) -> Api:
    """Return the API, as its document describes it."""
    return api_of(app)


@pytest.fixture
def municipality(new_municipality: Callable[..., Municipality]) -> Municipality:
    """Return a municipality that has all that a path can name: one whose programmes also draw."""
    return new_municipality("aarhus")


@pytest.fixture(params=list(Role))
def asking(
    request: pytest.FixtureRequest,
    municipality: Municipality,
    new_municipality: Callable[..., Municipality],
) -> Asking:
    """Return somebody in each role in turn."""
    role: Role = request.param
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

"""What the domain's tests have in common: cases in the run-in, and programmes of other rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import Actor
from raaderum.enrolments.service import offer, refer
from raaderum.people.roles import Role
from raaderum.people.service import register_citizen
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.testing.cases import accept_as_shown, case_in_run_in, made_up_cpr, prepare_offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def run_in(municipality: Municipality) -> Case:
    """A citizen in the run-in, with a dream and one sub-goal."""
    return case_in_run_in(municipality)


@pytest.fixture
def newcomer(municipality: Municipality, act: Callable[..., Any]) -> UUID:
    """An enrolment in the run-in for which nothing has been written down yet."""
    coordinator, programme = (
        municipality.coordinator,
        programmes().of_tenant(municipality.tenant.slug)[0].slug,
    )
    citizen = act(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=coordinator)
    support_person_id = municipality.support_person.person_id
    terms = {"citizen_id": citizen.id, "programme": programme, "support_person_id": support_person_id}
    enrolment_id: UUID = act(refer, **terms, by=coordinator).id
    act(prepare_offer, enrolment_id, programme=programme, age=27, by=coordinator)
    act(offer, enrolment_id, by=coordinator)
    act(accept_as_shown, enrolment_id, by=Actor(citizen.id, Role.CITIZEN))
    return enrolment_id


@pytest.fixture
def amend_programme(app: Flask, municipality: Municipality) -> Callable[..., str]:
    """Change the rules of the municipality's only programme; return its slug."""

    def amend(**changes: Any) -> str:  # noqa: ANN401 - any field of the rules
        own = programmes().of_tenant(municipality.tenant.slug)
        others = [one for one in programmes() if one not in own]
        install_programmes(app, ProgrammeDirectory([*others, *(replace(one, **changes) for one in own)]))
        return own[-1].slug

    return amend

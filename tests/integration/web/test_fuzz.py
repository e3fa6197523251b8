"""Requests made up by a program that others wrote: nothing breaks, and every answer is as documented."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from raaderum.audit.actor import Actor
from raaderum.people.roles import PERMISSIONS, Act, Role
from raaderum.testing.cases import made_up_cpr
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask
    from schemathesis import APIOperation, Case
    from tests.integration.web.conftest import Caller, Ids

    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
STAFF_FIRST = sorted(Role, key=lambda role: role is Role.CITIZEN)
NOTHING = "019f0000-0000-7000-8000-000000000000"
"""The id of nothing, for what is not among the real values."""
CLOSING = ("/end", "/leave", "/support-person", "/handovers", "/substitutes/{substitute_id}/end")
"""What closes a case or moves it to somebody else is called after everything else."""
REACHED = {GenerationMode.POSITIVE: 80, GenerationMode.NEGATIVE: 65}
"""How many operations at least were done, and not only refused."""
EXAMPLES = {GenerationMode.POSITIVE: 6, GenerationMode.NEGATIVE: 5}


@pytest.mark.parametrize("mode", list(EXAMPLES))
def test_whatever_is_sent_is_answered_as_documented(
    mode: GenerationMode,
    app: Flask,
    municipality: Municipality,
    ids: Ids,
    caller: Callable[..., Caller],
) -> None:
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    callers = {role: caller(municipality, person_in(municipality, role), role=role) for role in Role}
    whole = whole_case(municipality)
    callers[Role.CITIZEN] = caller(municipality, Actor(whole.citizen_id, Role.CITIZEN))
    real = real_values(ids, municipality, whole)
    operations = [result.ok() for result in document.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) > 140
    answered = {
        f"{one.method} {one.path}": fuzzed(one, mode, callers, real)
        for one in sorted(operations, key=lambda one: (one.method != "get", one.path.endswith(CLOSING)))
    }
    done = [name for name, statuses in answered.items() if any(status < 300 for status in statuses)]
    assert {status // 100 for statuses in answered.values() for status in statuses} == {2, 4}
    assert len(done) >= REACHED[mode], sorted(set(answered) - set(done))


def person_in(municipality: Municipality, role: Role) -> Actor:
    """Return who has a role; an administrator stands in where nobody of the municipality has it."""
    found: Actor = getattr(municipality, role.value, municipality.administrator)
    return found


def fuzzed(
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    callers: Mapping[Role, Caller],
    real: Mapping[str, str],
) -> set[int]:
    """Call an operation many times, each second time with ids that exist; return how it answered."""
    act = Act(operation.definition.raw["x-raaderum-act"])
    calling = callers[next(role for role in STAFF_FIRST if role in PERMISSIONS[act])]
    turns, statuses = itertools.cycle((True, False)), set()

    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Case[Any]) -> None:
        case.path_parameters |= {name: real.get(name, NOTHING) for name in case.path_parameters}
        if next(turns):
            case.body = with_real_values(case.body, real)
        response = case.call(headers={"Authorization": f"Bearer {calling.token}"})
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    call()
    return statuses


def real_values(ids: Ids, municipality: Municipality, whole: WholeCase) -> dict[str, str]:
    values = {
        **whole.ids,
        "tenant": municipality.tenant.slug,
        "invoice_id": ids.invoice,  # in the format that this application reads
        "first_id": whole.ids["citizen_id"],
        "second_id": ids.case.citizen_id,
        "assigned_to": municipality.support_person.person_id,
        "cpr": made_up_cpr(age=60).digits,
    }
    return {name: str(value) for name, value in values.items()}


def with_real_values(body: Any, real: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever was made up
    """Put what exists into the fields of a made-up body that ask for it."""
    if isinstance(body, dict):
        return {
            key: real[key] if key in real and isinstance(value, str) else with_real_values(value, real)
            for key, value in body.items()
        }
    return [with_real_values(one, real) for one in body] if isinstance(body, list) else body

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

from raaderum.people.roles import PERMISSIONS, Act, Role
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask
    from schemathesis import APIOperation, Case
    from tests.integration.web.conftest import Caller, Ids

    from raaderum.testing.municipality import Municipality

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
    callers = {role: caller(municipality, municipality.administrator, role=role) for role in Role}
    callers[Role.CITIZEN] = caller(municipality, ids.case.citizen)
    real, answered = real_values(ids, municipality), set()
    operations = [result.ok() for result in document.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) > 30
    for operation in sorted(operations, key=lambda one: one.path.endswith("/end")):
        answered |= fuzzed(operation, mode, callers, real)
    assert {status // 100 for status in answered} == {2, 4}


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


def real_values(ids: Ids, municipality: Municipality) -> dict[str, str]:
    values = {
        "tenant": municipality.tenant.slug,
        "enrolment_id": ids.case.enrolment_id,
        "citizen_id": ids.case.citizen_id,
        "support_person_id": municipality.support_person.person_id,
        "plan_id": ids.plan,
        "sub_goal_id": ids.case.sub_goal_id,
        "plan_item_id": ids.case.plan_item_ids[0],
        "evidence_id": ids.plan,  # of no file: an approved plan takes none
        "purchase_id": ids.purchase,
        "invoice_id": ids.invoice,
        "payout_id": ids.payout,
        "subject_id": ids.payout,
        "programme": ids.case.programme,
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

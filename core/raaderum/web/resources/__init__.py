"""The resources of the API, in the order of the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.web.resources import (
    admissions,
    assessments,
    audit,
    casework,
    citizens,
    clocks,
    conditions,
    courses,
    draws,
    enrolments,
    evidence,
    exchange,
    goals,
    interviews,
    invoices,
    ledger,
    me,
    payouts,
    plan_changes,
    plans,
    precedents,
    programmes,
    purchases,
    questionnaires,
    staff,
    support,
    tasks,
)

if TYPE_CHECKING:
    from raaderum.web.operations import Resource

RESOURCES: Final[tuple[Resource, ...]] = (
    me.resource,
    programmes.resource,
    staff.resource,
    citizens.resource,
    support.resource,
    tasks.resource,
    casework.resource,
    courses.resource,
    enrolments.resource,
    conditions.resource,
    clocks.resource,
    admissions.resource,
    draws.resource,
    goals.resource,
    questionnaires.resource,
    interviews.resource,
    plans.resource,
    assessments.resource,
    precedents.resource,
    evidence.resource,
    plan_changes.resource,
    purchases.resource,
    invoices.resource,
    payouts.resource,
    ledger.resource,
    audit.resource,
    exchange.resource,
)

"""The resources of the API, in the order of the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.web.resources import (
    audit,
    citizens,
    enrolments,
    goals,
    invoices,
    ledger,
    me,
    payouts,
    plans,
    programmes,
    purchases,
    staff,
)

if TYPE_CHECKING:
    from raaderum.web.operations import Resource

RESOURCES: Final[tuple[Resource, ...]] = (
    me.resource,
    programmes.resource,
    staff.resource,
    citizens.resource,
    enrolments.resource,
    goals.resource,
    plans.resource,
    purchases.resource,
    invoices.resource,
    payouts.resource,
    ledger.resource,
    audit.resource,
)

"""Two versions of a plan side by side, with what differs in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework.use_of_money import change_of_use
from raaderum.kernel.errors import NotFound
from raaderum.plans.changes import compare_versions
from raaderum.plans.rules import PLAN_STATE_NAMES, SPENDING_NAMES
from raaderum.plans.service import plans_of
from raaderum.plans.size_of_change import SIZE_NAMES
from raaderum.portal.addresses import asked_number
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.plans.tables import BudgetPlan
    from raaderum.portal.visits import Visit


def show_plan_comparison(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show what differs between the versions chosen: before any choice, the newest and the one before."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    versions = plans_of(session, enrolment_id)
    before, after = _chosen(versions)
    return render(
        "plan_comparison.html",
        visit,
        heading=heading,
        versions=versions,
        before=before,
        after=after,
        found=compare_versions(session, enrolment_id, before=before, after=after, by=visit.actor)
        if versions
        else None,
        use=change_of_use(session, enrolment_id, by=visit.actor),
        spending=SPENDING_NAMES,
        plan_states=PLAN_STATE_NAMES,
        sizes=SIZE_NAMES,
    )


def _chosen(versions: Sequence[BudgetPlan]) -> tuple[int, int]:
    numbers = [plan.version for plan in versions]
    newest = numbers[0] if numbers else 0
    after = asked_number("til")
    after = newest if after is None else after
    before = asked_number("fra")
    before = next((one for one in numbers if one < after), after) if before is None else before
    if numbers and {before, after} - set(numbers):
        raise NotFound(where="version")
    return before, after

"""Writing a budget plan, sending it to approval, and deciding on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import request

from raaderum.casework import approving
from raaderum.goals.service import opened_goals
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans import service as plans
from raaderum.plans.evidence import evidence_of_items
from raaderum.plans.rules import SPENDING_NAMES, Colour, PlanMovedOn
from raaderum.portal.case_file import read_heading, read_plans
from raaderum.portal.plan_rows import MOST_ROWS, count_rows, read_item, without_blank_rows
from raaderum.portal.rendering import render
from raaderum.portal.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.plans.evidence import OpenedEvidence
    from raaderum.portal.visits import Visit

_SPARE_ROWS: Final = 3


def show_plan_form(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show rows to write a plan in, filled from the newest version where there is one."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    newest = next(iter(read_plans(session, enrolment_id)), None)
    form = visit.form_at(visit.to("draft_plan", enrolment_id=enrolment_id))
    form = replace(form, typed=without_blank_rows(form.typed))
    items = newest.items if newest else ()
    written = count_rows(form.typed) if form.is_wrong else len(items)
    files = evidence_of_items(session, [item.id for item in items])
    latest = plans.latest_version(session, enrolment_id)
    moved_on = visit.problem is not None and isinstance(visit.problem.error, PlanMovedOn)
    return render(
        "plan_form.html",
        visit,
        heading=heading,
        form=form,
        goals=opened_goals(session, enrolment_id),
        motivation=newest.motivation if newest else "",
        touched=newest.touched if newest else (),
        items=items,
        files=files,
        all_files=_each_once(files),
        based_on=latest if moved_on else form.value("based_on", latest),
        moved_on=moved_on,
        rows=min(written + _SPARE_ROWS, MOST_ROWS),
        spending=SPENDING_NAMES,
    )


def draft_plan(visit: Visit, _typed: Typed, enrolment_id: UUID) -> Response:
    """Keep a new version of the plan, and send it to approval where that button was pressed."""
    form = without_blank_rows(request.form)
    typed = Typed(form)
    items = [read_item(typed, number) for number in range(count_rows(form))]
    with unit_of_work() as session:
        plan = plans.draft_plan(
            session,
            enrolment_id,
            motivation=typed.text("motivation"),
            items=items,
            by=visit.actor,
            based_on=typed.number("based_on") if typed.has("based_on") else None,
        )
        if typed.has("propose"):
            session.flush()
            plans.propose_plan(session, plan.id, by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def propose_plan(visit: Visit, _typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Send a draft to approval."""
    with unit_of_work() as session:
        plans.propose_plan(session, plan_id, by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def approve_plan(visit: Visit, typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Approve a proposed plan under a colour; the money is granted."""
    with unit_of_work() as session:
        approving.approve_plan(session, plan_id, colour=typed.choice("colour", Colour), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def return_plan(visit: Visit, typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Send a proposed plan back with a comment."""
    with unit_of_work() as session:
        plans.return_plan(session, plan_id, comment=typed.text("comment"), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def _each_once(files: Mapping[UUID, Sequence[OpenedEvidence]]) -> list[OpenedEvidence]:
    """Return the files of all items, one that shows several prices once."""
    return list({file.id: file for of_item in files.values() for file in of_item}.values())

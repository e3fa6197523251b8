"""The files that show what the items of a plan cost: seen, sent in and fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response as FileResponse
from flask import request

from raaderum.people.roles import Act
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans import evidence
from raaderum.plans.evidence_rules import EVIDENCE_NAMES
from raaderum.plans.rules import PLAN_STATE_NAMES, PlanState
from raaderum.portal.case_file import read_heading, read_plans
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.audit.actor import Actor
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

LARGEST_UPLOAD: Final = 40_000_000
"""Bytes of one form: well above what one file may have, so that a file too large is told so in words."""
_SHOWN: Final = (PlanState.DRAFT, PlanState.PROPOSED, PlanState.APPROVED)
_OPEN: Final = (PlanState.DRAFT, PlanState.PROPOSED)


def show_evidence(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the items of the plan with their files, and where more can be sent in."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    versions = [one for one in read_plans(session, enrolment_id) if one.plan.state in _SHOWN]
    item_ids = [item.id for version in versions for item in version.items]
    return render(
        "evidence.html",
        visit,
        heading=heading,
        versions=versions,
        files=evidence.evidence_of_items(session, item_ids),
        kinds=EVIDENCE_NAMES,
        plan_states=PLAN_STATE_NAMES,
        open_states=_OPEN if visit.may(Act.WRITE_PLAN) else (),
    )


def attach_evidence(visit: Visit, _typed: Typed, enrolment_id: UUID, plan_item_id: UUID) -> Response:
    """Keep a file with the item it shows the price of."""
    file = request.files.get("file")
    with unit_of_work() as session:
        evidence.attach_evidence(
            session,
            plan_item_id,
            content=file.read() if file else b"",
            file_name=((file.filename if file else "") or "").replace("\x00", ""),
            by=visit.actor,
        )
    return visit.go_to("show_evidence", enrolment_id=enrolment_id)


def record_fetching(session: Session, *, enrolment_id: UUID, evidence_id: UUID, by: Actor) -> None:
    """Record that somebody fetches a file."""
    del enrolment_id
    evidence.record_evidence_seen(session, evidence_id, by=by)


def download_evidence(visit: Visit, session: Session, enrolment_id: UUID, evidence_id: UUID) -> Response:
    """Send a file as it was sent in, to be saved and never opened as a page."""
    del enrolment_id
    row = evidence.get_evidence(session, evidence_id, by=visit.actor)
    response = FileResponse(evidence.content_of(session, row), mimetype="application/octet-stream")
    name = evidence.name_of(session, row)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response

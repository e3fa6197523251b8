"""The guidelines, and the library of doubt cases: reading, writing, confirming and sharing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Response as FileResponse
from flask import request

from raaderum.guidelines import service as precedents
from raaderum.guidelines.exchange import import_precedents, shared_library
from raaderum.guidelines.rules import DECISION_NAMES, OUTCOME_NAMES, Decision, DoubtCase, Outcome
from raaderum.kernel import clock
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.calibration import quarter_of
from raaderum.plans.rules import SPENDING_NAMES, SpendingCategory
from raaderum.portal.addresses import asked_id, asked_member
from raaderum.portal.inbox_page import FilesMissing
from raaderum.portal.rendering import render
from raaderum.tenancy.guideline_file import VERDICT_NAMES
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

LARGEST_UPLOAD: Final = 2_000_000
"""Bytes of a file of precedents, with the form around it."""
_LONGEST_SEARCH: Final = 200


def show_guidelines(visit: Visit, _session: Session) -> str:
    """Show what lies inside, what needs judgement, and what lies outside."""
    return render(
        "guidelines.html",
        visit,
        guidelines=current_tenant().guidelines,
        verdicts=VERDICT_NAMES,
        spending=SPENDING_NAMES,
    )


def show_precedents(visit: Visit, session: Session) -> str:
    """Show the library, filtered, and the drafts that wait for a second person."""
    category = asked_member("kategori", SpendingCategory)
    decision = asked_member("afgoerelse", Decision)
    guideline = request.args.get("retningslinje", "")[:_LONGEST_SEARCH].replace("\x00", "")
    words = request.args.get("ord", "")[:_LONGEST_SEARCH].replace("\x00", "")
    library = precedents.read_library(
        session, by=visit.actor, category=category, guideline=guideline, decision=decision, words=words
    )
    return render(
        "precedents.html",
        visit,
        library=library,
        drafts=precedents.drafts_to_confirm(session, by=visit.actor),
        asked={"kategori": category, "afgoerelse": decision, "retningslinje": guideline, "ord": words},
        **_names(),
    )


def show_precedent_form(visit: Visit, _session: Session) -> str:
    """Show the form for a doubt case, tied while it is written to the case it came from."""
    return render(
        "precedent_form.html",
        visit,
        enrolment_id=asked_id("forloeb"),
        guideline=request.args.get("retningslinje", ""),
        quarter=quarter_of(clock.today()),
        **_names(),
    )


def download_precedents(visit: Visit, session: Session) -> Response:
    """Send the library as a file for other municipalities."""
    content = json.dumps(shared_library(session, by=visit.actor), ensure_ascii=False, indent=2)
    response = FileResponse(content, mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename="tvivlssager.json")
    return response


def write_precedent(visit: Visit, typed: Typed) -> Response:
    """Write a doubt case down."""
    case = DoubtCase(
        question=typed.text("question"),
        circumstances=typed.text("circumstances"),
        guideline=typed.text("guideline"),
        category=typed.choice("category", SpendingCategory),
        decision=typed.choice("decision", Decision),
        reason=typed.text("reason"),
        quarter=typed.text("quarter").strip(),
    )
    enrolment_id = typed.id("enrolment_id") if typed.has("enrolment_id") else None
    with unit_of_work() as session:
        precedents.write_precedent(session, case, enrolment_id=enrolment_id, by=visit.actor)
    return visit.go_to("show_precedents")


def publish_precedent(visit: Visit, _typed: Typed, precedent_id: UUID) -> Response:
    """Confirm that nobody can be recognised, and publish."""
    with unit_of_work() as session:
        precedents.publish_precedent(session, precedent_id, by=visit.actor)
    return visit.go_to("show_precedents")


def withdraw_precedent(visit: Visit, _typed: Typed, precedent_id: UUID) -> Response:
    """Set a draft aside."""
    with unit_of_work() as session:
        precedents.withdraw_precedent(session, precedent_id, by=visit.actor)
    return visit.go_to("show_precedents")


def follow_up_precedent(visit: Visit, typed: Typed, precedent_id: UUID) -> Response:
    """Write what became of a case."""
    with unit_of_work() as session:
        precedents.get_precedent(session, precedent_id, by=visit.actor)
        precedents.follow_up_precedent(
            session,
            precedent_id,
            outcome=typed.choice("outcome", Outcome),
            became=typed.text("became"),
            by=visit.actor,
        )
    return visit.go_to("show_precedents")


def take_in_precedents(visit: Visit, _typed: Typed) -> Response:
    """Take another municipality's file in."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FilesMissing(where="file")
    with unit_of_work() as session:
        import_precedents(session, file.read(), by=visit.actor)
    return visit.go_to("show_precedents")


def _names() -> dict[str, object]:
    return {
        "spending": SPENDING_NAMES,
        "decisions": DECISION_NAMES,
        "outcomes": OUTCOME_NAMES,
        "guidelines": {one.identifier: one.title for one in current_tenant().guidelines},
    }

"""Approving many matched invoices: chosen, tried out, approved, each on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response

from raaderum.invoices.bulk import BulkResult, approvable, approve_one_by_one, try_out
from raaderum.invoices.paying import asked_for
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.portal.rendering import render
from raaderum.portal.visits import visit_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_bulk_approval(visit: Visit, session: Session) -> str:
    """Show the matched invoices to choose from; all are chosen at first."""
    return _shown(visit, session, chosen=None, result=None, is_tried=False)


def approve_in_bulk(visit: Visit, typed: Typed) -> Response:
    """Approve those chosen, or only try it out, and show what came of it."""
    chosen, is_tried = typed.ids("invoice_ids"), typed.has("dry_run")
    if is_tried:
        with unit_of_work() as session:
            result = try_out(session, chosen, by=visit.actor)
    else:
        result = approve_one_by_one(chosen, by=visit.actor)
    with reading() as session:
        own = visit_of(session, visit.signed_in, visit.tenant, address=visit.to("show_bulk_approval"))
        return make_response(_shown(own, session, chosen=chosen, result=result, is_tried=is_tried))


def _shown(
    visit: Visit,
    session: Session,
    *,
    chosen: Collection[UUID] | None,
    result: BulkResult | None,
    is_tried: bool,
) -> str:
    rows = approvable(session, by=visit.actor)
    return render(
        "bulk.html",
        visit,
        invoices=rows,
        amounts={row.id: asked_for(row) for row in rows},
        chosen={row.id for row in rows} if chosen is None else set(chosen),
        result=result,
        is_tried=is_tried,
    )

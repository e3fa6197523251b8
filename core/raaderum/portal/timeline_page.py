"""One timeline of a citizen: money, decisions, words and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.casework.timeline import TIMELINE_NAMES, TimelineKind, timeline_of
from raaderum.portal.addresses import asked_member, asked_number
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.portal.timeline import name_of_role

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.portal.visits import Visit

_ROWS_A_PAGE: Final = 50


def show_timeline(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show a page of what has happened, newest first."""
    kind = asked_member("slags", TimelineKind)
    found = timeline_of(
        session,
        enrolment_id,
        by=visit.actor,
        most=_ROWS_A_PAGE + 1,
        kind=kind,
        before=asked_number("foer"),
    )
    shown = found[:_ROWS_A_PAGE]
    return render(
        "timeline.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        moments=shown,
        kinds=TIMELINE_NAMES,
        kind=kind,
        name_of_role=name_of_role,
        next_before=shown[-1].entry.sequence if len(found) > len(shown) else None,
    )

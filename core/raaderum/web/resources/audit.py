"""The audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import entries_before, first_break
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource
from raaderum.web.pages import Page, cursor_of_sequence, page_answer, page_of
from raaderum.web.resources.shapes import columns_of
from raaderum.web.schemas.books import AuditCheckAnswer, AuditEntryAnswer, AuditQuery

if TYPE_CHECKING:
    from raaderum.audit.tables import AuditEntry

resource = Resource("audit", __name__, description="Who did, saw or changed what.")


@resource.reads(
    "/audit",
    act=Act.SEE_AUDIT,
    query=AuditQuery(),
    answer=page_answer(AuditEntryAnswer(), "AuditPageAnswer"),
)
def list_audit(call: Call, query: dict[str, Any]) -> Page:
    """List what was done.

    The latest act comes first.
    """
    rows = entries_before(call.session, query["after"], most=query["limit"] + 1)
    page = page_of(rows, query["limit"], cursor_of_sequence)
    return Page([_shown(row) for row in page.items], page.next)


@resource.reads("/audit/check", act=Act.SEE_AUDIT, answer=AuditCheckAnswer())
def check_audit(call: Call) -> dict[str, Any]:
    """Check that no act was changed or cut out.

    Recomputes the whole chain of the municipality: it takes longer the longer the log is.
    """
    broken = first_break(call.session)
    return {"holds": broken is None, "first_break": broken}


def _shown(entry: AuditEntry) -> dict[str, Any]:
    name = AuditEvent.named(entry.event).text
    return {
        **columns_of(entry),
        "hash": entry.hash.hex(),
        "event_name": name.danish,
        "event_name_en": name.english,
    }

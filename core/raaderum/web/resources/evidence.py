"""Files that show what an item of a plan costs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.people.roles import Act
from raaderum.plans import evidence
from raaderum.plans.evidence import OpenedEvidence
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.enrolments import EvidenceAnswer
from raaderum.web.uploads import FORM_CONTENT, ORIGINAL, attachment, uploaded_file

if TYPE_CHECKING:
    from flask import Response

resource = Resource("evidence", __name__, description="Files that show what an item costs.")


@resource.writes(
    "/plan-items/<uuid:plan_item_id>/evidence",
    act=Act.WRITE_PLAN,
    answer=EvidenceAnswer(),
    status=201,
    content=FORM_CONTENT,
)
def attach_evidence(call: WriteCall, plan_item_id: UUID) -> OpenedEvidence:
    """Attach a file that shows an item's price.

    PDF, JPEG, PNG or plain text, told by its content and not by its name; at most 10 MB, ten files
    an item. Open while the plan is a draft or awaits approval.
    """
    content, file_name = uploaded_file()
    return evidence.attach_evidence(
        call.session, plan_item_id, content=content, file_name=file_name, by=call.by
    )


@resource.reads("/evidence/<uuid:evidence_id>", act=Act.SEE_CASE, answer=None, file=ORIGINAL, recorded=True)
def download_evidence(call: Call, evidence_id: UUID) -> Response:
    """Download a file that shows a price.

    To the byte; it is recorded who fetched it. It is somebody else's content: do not open it where it
    could do harm.
    """
    row = evidence.record_evidence_seen(call.session, evidence_id, by=call.by)
    return attachment(evidence.content_of(call.session, row), file_name=evidence.name_of(call.session, row))

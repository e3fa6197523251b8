"""Files that show what an item costs: kept sealed, shown by name, opened only to be handed out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, open_file, seal_field, seal_file
from raaderum.plans.evidence_rules import EvidenceKind, check_number, kind_of, safe_name
from raaderum.plans.rules import PLAN_STATE_NAMES, PlanMoveForbidden, PlanState
from raaderum.plans.tables import BudgetPlan, EvidenceFile, ItemEvidence, PlanItem
from raaderum.plans.versions import locked_plan
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_TAKES_EVIDENCE = (PlanState.DRAFT, PlanState.PROPOSED)
"""What was approved was approved on the evidence that was there."""


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """A file by its name; `size` in bytes. Its content is read only by `content_of`."""

    id: UUID
    file_name: str
    kind: EvidenceKind
    size: int
    sha256: str
    added_by: UUID
    added_at: datetime


def attach_evidence(
    session: Session, plan_item_id: UUID, *, content: bytes, file_name: str, by: Actor
) -> OpenedEvidence:
    """Keep a file that shows an item's price, while the plan is a draft or awaits approval."""
    require(by, Act.WRITE_PLAN)
    plan = locked_plan(session, _plan_of(session, plan_item_id), by=by, named="plan_item")
    _check_open(plan)
    kind = kind_of(content)
    check_number(_number_of_files(session, plan_item_id) + 1)
    row = EvidenceFile(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=plan.enrolment_id,
        kind=kind,
        size=len(content),
        content_hash=hashlib.sha256(content).digest(),
        added_by=person_of(by),
        added_at=clock.now(),
    )
    seal_file(session, row, "content", content)
    seal_field(session, row, "file_name", safe_name(file_name, kind))
    insert(session, row)
    insert(session, ItemEvidence(id=new_id(), plan_item_id=plan_item_id, evidence_file_id=row.id))
    _record(session, AuditEvent.EVIDENCE_ATTACHED, row, by, plan_item_id=str(plan_item_id), size=row.size)
    return _opened(session, row)


def reuse_evidence(
    session: Session, enrolment_id: UUID, wanted: Sequence[tuple[UUID, Sequence[UUID]]]
) -> None:
    """Let new items point to files that the enrolment has already; raise `NotFound` for any other.

    `wanted` are ids of items, each with ids of files. Nothing is copied.
    """
    file_ids = {file_id for _, files in wanted for file_id in files}
    if not file_ids:
        return
    own = select(EvidenceFile.id).where(
        EvidenceFile.enrolment_id == enrolment_id, EvidenceFile.id.in_(file_ids)
    )
    if file_ids - set(session.scalars(own)):
        raise NotFound(where="evidence")
    for item_id, files in wanted:
        check_number(len(set(files)))
        session.add_all(
            ItemEvidence(id=new_id(), plan_item_id=item_id, evidence_file_id=file_id)
            for file_id in dict.fromkeys(files)
        )


def record_evidence_seen(session: Session, evidence_id: UUID, *, by: Actor) -> EvidenceFile:
    """Return a file that `by` may see, and record that they fetched it; raise `NotFound`."""
    row = get_evidence(session, evidence_id, by=by)
    _record(session, AuditEvent.EVIDENCE_SEEN, row, by)
    return row


def get_evidence(session: Session, evidence_id: UUID, *, by: Actor) -> EvidenceFile:
    """Return a file of a case that `by` may see; raise `NotFound`."""
    require(by, Act.SEE_CASE)
    row = session.get(EvidenceFile, (current_tenant_id(), evidence_id))
    if row is None:
        raise NotFound(where="evidence")
    get_enrolment(session, row.enrolment_id, by=by, named="evidence")
    return row


def content_of(session: Session, row: EvidenceFile) -> bytes:
    """Return the file to the byte."""
    return open_file(session, row, "content")


def name_of(session: Session, row: EvidenceFile) -> str:
    """Return the name of the file, safe to save it under."""
    return open_field(session, row, "file_name")


def evidence_of_items(session: Session, item_ids: Sequence[UUID]) -> dict[UUID, list[OpenedEvidence]]:
    """Return the files of several items, oldest first, read in one query and without their content."""
    rows = session.execute(
        select(ItemEvidence.plan_item_id, EvidenceFile)
        .join(EvidenceFile, EvidenceFile.id == ItemEvidence.evidence_file_id)
        .where(ItemEvidence.plan_item_id.in_(item_ids))
        .order_by(EvidenceFile.id)
    )
    found: dict[UUID, list[OpenedEvidence]] = {item_id: [] for item_id in item_ids}
    for item_id, row in rows:
        found[item_id].append(_opened(session, row))
    return found


def _plan_of(session: Session, plan_item_id: UUID) -> UUID:
    plan_id = session.scalar(select(PlanItem.plan_id).where(PlanItem.id == plan_item_id))
    if plan_id is None:
        raise NotFound(where="plan_item")
    return plan_id


def _check_open(plan: BudgetPlan) -> None:
    if plan.state not in _TAKES_EVIDENCE:
        name = PLAN_STATE_NAMES[PlanState(plan.state)]
        raise PlanMoveForbidden(where="plan", state=name.danish, state_english=name.english)


def _number_of_files(session: Session, plan_item_id: UUID) -> int:
    number = select(func.count()).where(ItemEvidence.plan_item_id == plan_item_id)
    return session.scalar(number) or 0


def _opened(session: Session, row: EvidenceFile) -> OpenedEvidence:
    return OpenedEvidence(
        id=row.id,
        file_name=name_of(session, row),
        kind=EvidenceKind(row.kind),
        size=row.size,
        sha256=row.content_hash.hex(),
        added_by=row.added_by,
        added_at=row.added_at,
    )


def _record(
    session: Session, event: AuditEvent, row: EvidenceFile, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="evidence_file",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        kind=row.kind,
        **detail,
    )

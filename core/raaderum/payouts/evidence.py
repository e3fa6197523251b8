"""Evidence: what a payment was for, frozen when it was paid, so that it can be shown and proven later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.audit.tables import AuditEntry
from raaderum.goals.tables import LongTermGoal, SubGoal
from raaderum.kernel.identifiers import new_id
from raaderum.payouts.evidence_rules import FINDING_NAMES, EvidenceFinding
from raaderum.payouts.tables import Payout, PayoutEvidence
from raaderum.payouts.words import purpose_of
from raaderum.persistence.many_rows import among, insert_all
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.persistence.sealing import SealBroken
from raaderum.plans.items import opened_item
from raaderum.plans.tables import PlanItem
from raaderum.purchases.tables import Purchase
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.kernel.text import Text


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """How a payout's evidence stands, and the hash that the audit log holds of it."""

    finding: EvidenceFinding
    content_hash: str | None

    @property
    def name(self) -> Text:
        """The finding as people read it."""
        return FINDING_NAMES[self.finding]


def freeze_evidence(session: Session, payouts: Sequence[Payout]) -> dict[UUID, str]:
    """Keep what `payouts` were for, sealed; return the hash of each one's words, which stays in the clear.

    A batch takes one query and one insert.
    """
    behind = _facts_behind(session, {payout.purchase_id for payout in payouts})
    frozen = []
    for payout in payouts:
        content = _as_text({"payout": _facts_of_payout(session, payout), **behind[payout.purchase_id]})
        evidence = PayoutEvidence(
            id=new_id(),
            tenant_id=current_tenant_id(),
            payout_id=payout.id,
            content_hash=_hash_of(content),
        )
        seal_field(session, evidence, "content", content)
        frozen.append(evidence)
    insert_all(session, frozen)
    return {evidence.payout_id: evidence.content_hash for evidence in frozen}


def find_evidence(session: Session, payout_id: UUID) -> dict[str, Any] | None:
    """Return what was frozen when a payout was paid; None where nothing was, or it does not open."""
    row = session.scalar(select(PayoutEvidence).where(PayoutEvidence.payout_id == payout_id))
    if row is None:
        return None
    try:
        frozen: dict[str, Any] = json.loads(open_field(session, row, "content"))
    except SealBroken:
        return None
    return frozen


def verify_evidence(session: Session, payouts: Sequence[Payout]) -> dict[UUID, EvidenceCheck]:
    """Say of each payout whether its evidence is as it was frozen, by id, in two queries.

    Held against three things: its own hash, the hash that the audit log holds, and the payout.
    """
    ids = [payout.id for payout in payouts]
    rows = session.scalars(select(PayoutEvidence).where(PayoutEvidence.payout_id.in_(ids)))
    frozen = {row.payout_id: row for row in rows}
    audited = session.execute(
        select(AuditEntry.subject_id, AuditEntry.detail["evidence"].astext.label("evidence")).where(
            AuditEntry.subject_type == "payout",
            AuditEntry.subject_id.in_(ids),
            AuditEntry.event == AuditEvent.PAYOUT_PAID.stored_name,
        )
    )
    hashes: dict[UUID, str] = {row.subject_id: row.evidence for row in audited}
    return {
        payout.id: EvidenceCheck(
            _finding(session, payout, frozen.get(payout.id), hashes.get(payout.id)), hashes.get(payout.id)
        )
        for payout in payouts
    }


def _finding(
    session: Session, payout: Payout, row: PayoutEvidence | None, audited: str | None
) -> EvidenceFinding:
    if row is None:
        return EvidenceFinding.MISSING if audited else EvidenceFinding.NONE_MADE
    try:
        content = open_field(session, row, "content")
        now = _facts_of_payout(session, payout)
    except SealBroken:
        return EvidenceFinding.CHANGED
    if _hash_of(content) != row.content_hash or row.content_hash != audited:
        return EvidenceFinding.CHANGED
    frozen = json.loads(content)["payout"]
    return EvidenceFinding.INTACT if frozen == now else EvidenceFinding.PAYOUT_CHANGED


def _facts_behind(session: Session, purchase_ids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what each purchase goes back to: its plan item, its sub-goal, the citizen's own words."""
    rows = session.execute(
        select(Purchase, PlanItem, SubGoal, LongTermGoal)
        .join(PlanItem, PlanItem.id == Purchase.plan_item_id)
        .join(SubGoal, SubGoal.id == PlanItem.sub_goal_id)
        .outerjoin(LongTermGoal, LongTermGoal.enrolment_id == Purchase.enrolment_id)
        .where(among(Purchase.id, purchase_ids))
    )
    return {
        purchase.id: {
            "purchase": {"id": str(purchase.id), "code": purchase.code},
            "plan_item": {
                "id": str(item.id),
                "plan_id": str(item.plan_id),
                "description": opened_item(session, item).description,
                "amount_oere": item.amount,
            },
            "sub_goal": {"id": str(sub_goal.id), "words": open_field(session, sub_goal, "words")},
            "goal": {"id": str(goal.id), "words": open_field(session, goal, "words")} if goal else None,
        }
        for purchase, item, sub_goal, goal in rows
    }


def _facts_of_payout(session: Session, payout: Payout) -> dict[str, Any]:
    """Return what was approved and paid; every one of these is final with the payout."""
    return {
        "id": str(payout.id),
        "enrolment_id": str(payout.enrolment_id),
        "provider": payout.provider,
        "amount_oere": payout.amount,
        "code": payout.code,
        "payee_name": payout.payee_name,
        "payee_cvr": payout.payee_cvr,
        "purpose": purpose_of(session, payout),
        "account": payout.account,
        "invoice_number": payout.invoice_number,
        "due_on": payout.due_on.isoformat(),
        "requested_by": str(payout.requested_by),
        "approved_by": str(payout.approved_by),
        "approval_digest": payout.approval_digest,
        "provider_reference": payout.provider_reference,
    }


def _as_text(facts: dict[str, Any]) -> str:
    """Return canonical JSON: the same facts are always the same text."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()

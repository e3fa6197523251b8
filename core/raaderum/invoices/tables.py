"""The invoice inbox: every file that arrived is kept, also the broken ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class InboxInvoice(TenantOwned, Base):
    """One file from a supplier and what became of it. The file itself is sealed: it can hold a CPR number."""

    __tablename__ = "inbox_invoice"
    __table_args__ = (
        within_tenant("purchase_id", "purchase"),
        within_tenant("payout_id", "payout"),
        within_tenant("refund_id", "refund"),
        Index(
            "uq_inbox_invoice_supplier_number",
            "tenant_id",
            "supplier_key",
            "number",
            "kind",
            unique=True,
            postgresql_where=text("outcome not in ('duplicate', 'rejected')"),
        ),
        Index("ix_inbox_invoice_received", "tenant_id", "received_at"),
    )

    format: Mapped[str]
    kind: Mapped[str]
    outcome: Mapped[str]
    explanation: Mapped[dict[str, Any]] = mapped_column(JSONB)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    supplier_name: Mapped[str | None]
    supplier_cvr: Mapped[str | None]
    supplier_key: Mapped[str | None]
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    due_on: Mapped[date | None]
    currency: Mapped[str | None]
    payable: Mapped[int | None]
    order_reference: Mapped[str | None]
    file_name: Mapped[str]
    content_sealed: Mapped[bytes]
    content_hash: Mapped[bytes]
    received_by: Mapped[UUID | None]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    purchase_id: Mapped[UUID | None]
    matched_by: Mapped[UUID | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    payout_id: Mapped[UUID | None]
    refund_id: Mapped[UUID | None]

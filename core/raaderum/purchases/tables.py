"""Purchases, and which small ones are looked at afterwards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Purchase(TenantOwned, Base):
    """Something to buy. `code` travels on the order to the supplier and comes back on the invoice."""

    __tablename__ = "purchase"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("plan_item_id", "plan_item"),
        UniqueConstraint("tenant_id", "code"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("decided_by is null or decided_by <> requested_by", name="four_eyes"),
        Index("ix_purchase_enrolment", "tenant_id", "enrolment_id"),
        Index("ix_purchase_plan_item", "tenant_id", "plan_item_id"),
        Index("ix_purchase_supplier", "tenant_id", "supplier_cvr"),
        Index(
            "ix_purchase_awaiting_invoice",
            "tenant_id",
            "supplier_cvr",
            "amount",
            postgresql_where=text("state = 'approved'"),
        ),
    )

    enrolment_id: Mapped[UUID]
    plan_item_id: Mapped[UUID]
    code: Mapped[str]
    description: Mapped[str]
    supplier_name: Mapped[str]
    supplier_cvr: Mapped[str | None]
    amount: Mapped[int]
    state: Mapped[str]
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    refused_because: Mapped[str | None]


class PurchaseControl(TenantOwned, Base):
    """A purchase that was approved by rule and drawn to be looked at afterwards."""

    __tablename__ = "purchase_control"
    __table_args__ = (
        within_tenant("purchase_id", "purchase"),
        UniqueConstraint("tenant_id", "purchase_id"),
        Index(
            "ix_purchase_control_waiting",
            "tenant_id",
            "drawn_at",
            postgresql_where=text("controlled_at is null"),
        ),
    )

    purchase_id: Mapped[UUID]
    drawn_at: Mapped[datetime] = mapped_column(default=clock.now)
    outcome: Mapped[str | None]
    note_sealed: Mapped[bytes | None]
    controlled_by: Mapped[UUID | None]
    controlled_at: Mapped[datetime | None]

"""Purchases, and which small ones are looked at afterwards."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Purchase(TenantOwned, Base):
    """Something to buy. `code` travels on the order to the supplier and comes back on the invoice.

    `invoiced` is what has been approved to be paid of it while it is open, without what was credited;
    the rest of `amount` is what an open purchase has set aside.
    """

    __tablename__ = "purchase"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("plan_item_id", "plan_item"),
        UniqueConstraint("tenant_id", "code"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("invoiced between 0 and amount", name="invoiced_within"),
        CheckConstraint("decided_by is null or decided_by <> requested_by", name="four_eyes"),
        Index("ix_purchase_enrolment", "tenant_id", "enrolment_id"),
        Index("ix_purchase_plan_item", "tenant_id", "plan_item_id"),
        Index("ix_purchase_supplier", "tenant_id", "supplier_cvr"),
        CheckConstraint("(method = 'transfer') = (payee_kind is not null)", name="transfer_has_payee"),
        Index(
            "ix_purchase_transfers_to_pay",
            "tenant_id",
            "id",
            postgresql_where=text("method = 'transfer' and state = 'approved'"),
        ),
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
    description_sealed: Mapped[bytes]
    supplier_name: Mapped[str]
    supplier_cvr: Mapped[str | None]
    amount: Mapped[int]
    invoiced: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    method: Mapped[str] = mapped_column(default="invoice", server_default=text("'invoice'"))
    lane: Mapped[str | None]
    payee_kind: Mapped[str | None]
    payee_sealed: Mapped[bytes | None]
    pocket_money_activity_sealed: Mapped[bytes | None]
    activity_on: Mapped[date | None]
    state: Mapped[str]
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    refused_because_sealed: Mapped[bytes | None]


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

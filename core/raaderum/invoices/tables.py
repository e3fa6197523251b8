"""The invoice inbox: every file that arrived is kept, also the broken ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class InboxInvoice(TenantOwned, Base):
    """One file from a supplier and what became of it. The file itself is sealed: it can hold a CPR number.

    A credit note or a reminder is about another invoice: `about_number` as the supplier writes it,
    `about_id` and `credits_payout_id` as found here. `credited` is what credit notes took off an invoice
    before it was paid, in øre; `prepaid` and `fee` are what it says of payments before and of fees.
    """

    __tablename__ = "inbox_invoice"
    __table_args__ = (
        within_tenant("purchase_id", "purchase"),
        within_tenant("payout_id", "payout"),
        within_tenant("refund_id", "refund"),
        within_tenant("about_id", "inbox_invoice"),
        within_tenant("credits_payout_id", "payout"),
        CheckConstraint("credited >= 0", name="credited_not_negative"),
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
        Index(
            "ix_inbox_invoice_purchase",
            "tenant_id",
            "purchase_id",
            postgresql_where=text("purchase_id is not null"),
        ),
        Index("ix_inbox_invoice_payout", "tenant_id", "payout_id"),
        Index("ix_inbox_invoice_about", "tenant_id", "about_id"),
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
    prepaid: Mapped[int | None]
    fee: Mapped[int | None]
    is_deposit: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    about_number: Mapped[str | None]
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
    about_id: Mapped[UUID | None]
    credits_payout_id: Mapped[UUID | None]
    credited: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class InvoiceResponse(TenantOwned, Base):
    """What the supplier is answered about a file, sealed; `placed_at` once it lies where it is sent from."""

    __tablename__ = "invoice_response"
    __table_args__ = (
        within_tenant("invoice_id", "inbox_invoice"),
        UniqueConstraint("tenant_id", "invoice_id", "status"),
    )

    invoice_id: Mapped[UUID]
    status: Mapped[str]
    reason: Mapped[str | None]
    content_sealed: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    placed_at: Mapped[datetime | None]


class ReminderFee(TenantOwned, Base):
    """A supplier's fee for a reminder, which the municipality pays itself and no citizen does."""

    __tablename__ = "reminder_fee"
    __table_args__ = (
        within_tenant("invoice_id", "inbox_invoice"),
        UniqueConstraint("tenant_id", "invoice_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )

    invoice_id: Mapped[UUID]
    provider: Mapped[str]
    amount: Mapped[int]
    code: Mapped[str]
    payee_name: Mapped[str]
    payee_cvr: Mapped[str | None]
    account: Mapped[str]
    reminder_number: Mapped[str | None]
    programme: Mapped[str]
    state: Mapped[str]
    approved_by: Mapped[UUID]
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    voucher_number: Mapped[str | None]
    booked_at: Mapped[datetime | None]

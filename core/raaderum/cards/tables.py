"""Cards, the account behind them, what may be bought with them, and every payment with its facts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class CardAccount(TenantOwned, Base):
    """The card side of one enrolment; its id is the enrolment's. All that moves card money locks it first.

    The rules of the programme and of the items stand here as they are now, so that a payment is decided
    by one look. `drawn_available` is what payments took of the free budget, beyond what was on the card.
    """

    __tablename__ = "card_account"
    __table_args__ = (
        within_tenant("id", "enrolment"),
        CheckConstraint("drawn_available >= 0", name="drawn_not_negative"),
    )

    issuer: Mapped[str]
    per_payment: Mapped[int | None]
    blocked_categories: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    allowed_categories: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    merchant_words: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    drawn_available: Mapped[int] = mapped_column(server_default="0", default=0)
    controls_version: Mapped[int] = mapped_column(server_default="0", default=0)
    locked_because: Mapped[str | None]
    locked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)


class Card(TenantOwned, Base):
    """One card. `wanted_state` is what the issuer is still to be told; `reference` is the issuer's own.

    A `single_use` card is closed when its first purchase has been drawn.
    """

    __tablename__ = "card"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("replaces_id", "card"),
        UniqueConstraint("tenant_id", "issuer", "reference"),
        Index(
            "uq_card_open",
            "tenant_id",
            "enrolment_id",
            unique=True,
            postgresql_where=text("state not in ('closed', 'refused')"),
        ),
        Index("ix_card_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    issuer: Mapped[str]
    form: Mapped[str]
    state: Mapped[str]
    wanted_state: Mapped[str | None]
    reference: Mapped[str | None]
    last_four: Mapped[str | None]
    expires_on: Mapped[date | None]
    currency: Mapped[str | None]
    single_use: Mapped[bool] = mapped_column(server_default="false", default=False)
    replaces_id: Mapped[UUID | None]
    replacement_reason: Mapped[str | None]
    address_sealed: Mapped[bytes | None]
    ordered_by: Mapped[UUID]
    ordered_at: Mapped[datetime] = mapped_column(default=clock.now)
    state_told_at: Mapped[datetime | None]
    refused_because: Mapped[str | None]
    changes: Mapped[int] = mapped_column(server_default="0", default=0)


class CardItem(TenantOwned, Base):
    """That an item of the plan is paid by card, up to `amount`, where and until when.

    Once closed, `spent` says how much of what was spent on the card it answers for; it takes no more.
    """

    __tablename__ = "card_item"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("plan_item_id", "plan_item"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(closed_at is null) = (spent is null)", name="closed_with_what_was_spent"),
        Index(
            "uq_card_item_open",
            "tenant_id",
            "plan_item_id",
            unique=True,
            postgresql_where=text("closed_at is null"),
        ),
        Index("ix_card_item_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    plan_item_id: Mapped[UUID]
    amount: Mapped[int]
    until_on: Mapped[date | None]
    allowed_categories: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    merchant_words: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    marked_by: Mapped[UUID]
    marked_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]
    spent: Mapped[int | None]


class CardPayment(TenantOwned, Base):
    """One payment with a card: what was asked and answered, and where it stands by all that was told.

    `on_card` is what was free on the card when it was answered.
    `held` is what its hold has in the ledger now, `captured`, `refunded` and `cost` what has gone out,
    come back and been billed in all. A payment we were never asked about has no `reason`.
    """

    __tablename__ = "card_payment"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("card_id", "card"),
        UniqueConstraint("tenant_id", "issuer", "reference"),
        CheckConstraint(
            "asked >= 0 and approved >= 0 and held >= 0 and captured >= 0 and refunded >= 0",
            name="amounts_not_negative",
        ),
        Index("ix_card_payment_enrolment", "tenant_id", "enrolment_id", "id"),
        Index("ix_card_payment_held", "tenant_id", "last_at", postgresql_where=text("held > 0")),
        Index(
            "ix_card_payment_problem",
            "tenant_id",
            "last_at",
            postgresql_where=text("state in ('overdrawn', 'refunded_too_much')"),
        ),
    )

    enrolment_id: Mapped[UUID]
    card_id: Mapped[UUID]
    issuer: Mapped[str]
    reference: Mapped[str]
    merchant_name: Mapped[str]
    merchant_category: Mapped[str]
    merchant_city: Mapped[str]
    asked: Mapped[int] = mapped_column(server_default="0", default=0)
    approved: Mapped[int] = mapped_column(server_default="0", default=0)
    reason: Mapped[str | None]
    on_card: Mapped[int | None]
    state: Mapped[str]
    held: Mapped[int] = mapped_column(server_default="0", default=0)
    captured: Mapped[int] = mapped_column(server_default="0", default=0)
    refunded: Mapped[int] = mapped_column(server_default="0", default=0)
    cost: Mapped[int] = mapped_column(server_default="0", default=0)
    dispute_status: Mapped[str | None]
    settled_by: Mapped[UUID | None]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class CardFact(TenantOwned, Base):
    """One thing told of a payment, by its event. The payment's state is computed from all of them."""

    __tablename__ = "card_fact"
    __table_args__ = (
        within_tenant("payment_id", "card_payment"),
        UniqueConstraint("tenant_id", "payment_id", "event_id"),
        CheckConstraint("amount >= 0 and cost >= 0", name="amounts_not_negative"),
        Index("ix_card_fact_transaction", "tenant_id", "transaction"),
    )

    payment_id: Mapped[UUID]
    event_id: Mapped[str]
    kind: Mapped[str]
    occurred_at: Mapped[datetime]
    amount: Mapped[int]
    cost: Mapped[int] = mapped_column(server_default="0", default=0)
    transaction: Mapped[str | None]
    is_open: Mapped[bool] = mapped_column(server_default="true", default=True)
    reason: Mapped[str | None]
    status: Mapped[str | None]

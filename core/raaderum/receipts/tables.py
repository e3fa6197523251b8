"""What each payment still needs a proof for, the files that came in, and what was stated instead."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant

LIKENESS_BITS = 256


class ReceiptDue(TenantOwned, Base):
    """One payment and where its proof stands. `amount` is what went out without what came back.

    `what` is what was bought, as the purchase or the shop says it. `locked_at` is when the card or the
    lane was closed because of it, and empty again once that is over.
    """

    __tablename__ = "receipt_due"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("payout_id", "payout"),
        within_tenant("card_payment_id", "card_payment"),
        UniqueConstraint("tenant_id", "payout_id"),
        UniqueConstraint("tenant_id", "card_payment_id"),
        CheckConstraint("(payout_id is null) <> (card_payment_id is null)", name="one_payment"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index("ix_receipt_due_enrolment", "tenant_id", "enrolment_id", "paid_on"),
        Index(
            "ix_receipt_due_open",
            "tenant_id",
            "due_on",
            postgresql_where=text("state in ('due', 'rejected')"),
        ),
        Index(
            "ix_receipt_due_waiting",
            "tenant_id",
            "enrolment_id",
            postgresql_where=text("state in ('received', 'declared_lost', 'activity_not_held')"),
        ),
    )

    enrolment_id: Mapped[UUID]
    payout_id: Mapped[UUID | None]
    card_payment_id: Mapped[UUID | None]
    paid_by: Mapped[str]
    what_sealed: Mapped[bytes]
    is_activity: Mapped[bool]
    amount: Mapped[int]
    paid_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str]
    reminded_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    words_sealed: Mapped[bytes | None]
    settled_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)


class Receipt(TenantOwned, Base):
    """A file that shows what was bought. `seen_before` says where the same file or picture was used.

    `original_index` is a keyed hash of the file as it was sent, `likeness` 256 bits of the picture.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("file_id", "kept_file"),
        UniqueConstraint("tenant_id", "file_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_receipt_enrolment", "tenant_id", "enrolment_id", "sent_at"),
        Index("ix_receipt_original", "tenant_id", "original_index"),
    )

    enrolment_id: Mapped[UUID]
    file_id: Mapped[UUID]
    kind: Mapped[str]
    size: Mapped[int]
    file_name_sealed: Mapped[bytes]
    original_index: Mapped[bytes]
    likeness: Mapped[str | None] = mapped_column(BIT(LIKENESS_BITS))
    seen_before: Mapped[str | None]
    amount: Mapped[int | None]
    bought_on: Mapped[date | None]
    sent_by: Mapped[UUID]
    sent_role: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)


class ReceiptLink(TenantOwned, Base):
    """That a file is the receipt of a payment; either can have several of the other."""

    __tablename__ = "receipt_link"
    __table_args__ = (
        within_tenant("receipt_id", "receipt"),
        within_tenant("receipt_due_id", "receipt_due"),
        UniqueConstraint("tenant_id", "receipt_id", "receipt_due_id"),
        Index("ix_receipt_link_due", "tenant_id", "receipt_due_id"),
    )

    receipt_id: Mapped[UUID]
    receipt_due_id: Mapped[UUID]
    linked_by: Mapped[UUID]
    linked_at: Mapped[datetime] = mapped_column(default=clock.now)
    turned_down_at: Mapped[datetime | None]


class ReceiptStatement(TenantOwned, Base):
    """What a person stated instead of sending a receipt: that it is lost, or that the outing took place.

    A declaration names the wording that was read, by version and hash.
    """

    __tablename__ = "receipt_statement"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("receipt_due_id", "receipt_due"),
        CheckConstraint(
            "(kind = 'lost' and wording_version is not null and wording_digest is not null) "
            "or (kind = 'activity' and answer is not null)",
            name="complete",
        ),
        Index("ix_receipt_statement_due", "tenant_id", "receipt_due_id"),
        Index("ix_receipt_statement_enrolment", "tenant_id", "enrolment_id", "kind"),
    )

    enrolment_id: Mapped[UUID]
    receipt_due_id: Mapped[UUID]
    kind: Mapped[str]
    answer: Mapped[str | None]
    wording_version: Mapped[str | None]
    wording_digest: Mapped[str | None]
    words_sealed: Mapped[bytes]
    stated_by: Mapped[UUID]
    stated_role: Mapped[str]
    stated_at: Mapped[datetime] = mapped_column(default=clock.now)

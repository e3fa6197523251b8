"""The ledger's tables. The application may read them; only the posting function writes.

Entries carry no foreign key to their account: every payment touches the hot accounts, and a
key would make all of them queue for one row. The posting function checks the account instead,
and `proof` looks for entries without one.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.persistence.database import Base


class LedgerAccount(Base):
    """An account; `balance` is kept for guarded accounts only, the others are summed."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        UniqueConstraint("tenant_id", "owner_id", "kind"),
        CheckConstraint("not guarded or balance >= 0", name="never_below_zero"),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    owner_id: Mapped[UUID]
    guarded: Mapped[bool]
    balance: Mapped[int] = mapped_column(server_default="0")


class LedgerTransaction(Base):
    """One business act in money: `key` makes it happen once, `subject_id` says what it is about."""

    __tablename__ = "ledger_transaction"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        Index("ix_ledger_transaction_subject", "tenant_id", "subject_id"),
    )

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LedgerEntry(Base):
    """One line of a transaction, in øre; the lines of a transaction sum to zero."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "transaction_id"], ["ledger_transaction.tenant_id", "ledger_transaction.id"]
        ),
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        Index("ix_ledger_entry_account", "tenant_id", "account_id", postgresql_include=["amount"]),
    )

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    transaction_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[UUID]
    amount: Mapped[int]

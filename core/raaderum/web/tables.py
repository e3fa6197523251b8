"""What the API remembers of writes, so that the same write sent twice happens once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned


class RememberedWrite(TenantOwned, Base):
    """A write that happened: a hash of what was asked, and the answer to give again, sealed.

    `id` is derived from the person and their key, so that the key itself, which could hold
    anything, is not stored. `request_hash` is keyed: what was asked can hold a CPR number.
    """

    __tablename__ = "remembered_write"
    __table_args__ = (Index("ix_remembered_write_remembered_at", "tenant_id", "remembered_at"),)

    request_hash: Mapped[bytes]
    status: Mapped[int | None] = mapped_column(SmallInteger)
    answer_sealed: Mapped[bytes | None]
    remembered_at: Mapped[datetime] = mapped_column(default=clock.now)

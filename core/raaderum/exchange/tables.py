"""What has been taken in from spreadsheets, so that the same row is never taken in twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned


class ImportedRow(TenantOwned, Base):
    """One row of a spreadsheet, known by a keyed hash of its key; `row_id` is what it became.

    `column_digests` holds a keyed hash of each value, so that it can be told which columns of the
    same row differ the next time, though no value is kept. `number_sealed` is the municipality's
    own number of a case or a purchase, where the row has one.
    """

    __tablename__ = "imported_row"
    __table_args__ = (
        UniqueConstraint("tenant_id", "kind", "key_index"),
        Index("ix_imported_row_made", "tenant_id", "kind", "row_id"),
    )

    kind: Mapped[str]
    key_index: Mapped[bytes]
    row_id: Mapped[UUID]
    number_sealed: Mapped[bytes | None]
    column_digests: Mapped[dict[str, str]] = mapped_column(JSONB)
    imported_by: Mapped[UUID]
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)

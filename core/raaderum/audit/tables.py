"""The audit log's tables. The application may read them; only a database function writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.persistence.database import Base


class AuditEntry(Base):
    """One act. `hash` covers the entry and the hash before it, so that no entry can be changed or cut out.

    `detail` holds ids and codes, never a CPR number, a name or the citizen's words.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_enrolment", "tenant_id", "enrolment_id", "sequence"),)

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_role: Mapped[str]
    event: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    enrolment_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous_hash: Mapped[bytes]
    hash: Mapped[bytes]


class AuditHead(Base):
    """The end of each tenant's chain; its row lock puts writers in line."""

    __tablename__ = "audit_head"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[bytes]

"""The inbox of what providers have told us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned


class ProviderEvent(TenantOwned, Base):
    """One thing that a provider told, proven, and kept once however often it is told.

    A question that was answered on the spot has no content: the answer's own row says everything.
    """

    __tablename__ = "provider_event"
    __table_args__ = (
        UniqueConstraint("tenant_id", "provider", "event_id"),
        Index("ix_provider_event_newest", "tenant_id", "provider", "received_at"),
        Index(
            "ix_provider_event_waiting",
            "tenant_id",
            "received_at",
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    provider: Mapped[str]
    event_id: Mapped[str]
    kind: Mapped[str]
    content_sealed: Mapped[bytes | None]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[str]
    outcome: Mapped[str | None]
    processed_at: Mapped[datetime | None]

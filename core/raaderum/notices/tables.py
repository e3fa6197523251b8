"""Notices, and where a citizen wants to be told that there is one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Notice(TenantOwned, Base):
    """Something one person is told; `person_id` is a citizen's or a member of staff's.

    The same `key` tells a person once. `words` are sealed: subject and body in both languages.
    """

    __tablename__ = "notice"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "person_id", "key"),
        Index("ix_notice_unread", "tenant_id", "person_id", postgresql_where=text("read_at is null")),
    )

    person_id: Mapped[UUID]
    is_citizen: Mapped[bool]
    enrolment_id: Mapped[UUID | None]
    key: Mapped[str]
    words_sealed: Mapped[bytes]
    state: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class CitizenContact(TenantOwned, Base):
    """The address at which a citizen wants to be told that something new is in the portal."""

    __tablename__ = "citizen_contact"
    __table_args__ = (
        within_tenant("citizen_id", "citizen"),
        UniqueConstraint("tenant_id", "citizen_id"),
    )

    citizen_id: Mapped[UUID]
    email_sealed: Mapped[bytes]
    changed_by: Mapped[UUID]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

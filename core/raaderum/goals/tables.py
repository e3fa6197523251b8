"""Goals. The words are the citizen's and are sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class LongTermGoal(TenantOwned, Base):
    """What the citizen dreams of, verbatim."""

    __tablename__ = "long_term_goal"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    words_sealed: Mapped[bytes]
    categories: Mapped[list[str]] = mapped_column(ARRAY(String))
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class SubGoal(TenantOwned, Base):
    """A step on the way. The database itself holds the limit of five per enrolment."""

    __tablename__ = "sub_goal"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "enrolment_id", "position"),
        CheckConstraint("position between 1 and 5", name="at_most_five"),
    )

    enrolment_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    words_sealed: Mapped[bytes]

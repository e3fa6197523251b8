"""The texts that citizens have said yes to, and that they did. Neither can be changed or deleted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class ConditionText(TenantOwned, Base):
    """Conditions as they were shown, once for each wording; nothing in them is personal.

    The database itself holds the hash against the text.
    """

    __tablename__ = "condition_text"
    __table_args__ = (
        UniqueConstraint("tenant_id", "digest"),
        CheckConstraint(
            "digest = encode(sha256(convert_to(words, 'UTF8')), 'hex')", name="digest_is_of_the_words"
        ),
    )

    digest: Mapped[str]
    version: Mapped[str]
    language: Mapped[str]
    programme: Mapped[str]
    words: Mapped[str]
    first_shown_at: Mapped[datetime] = mapped_column(default=clock.now)


class ConditionAcceptance(TenantOwned, Base):
    """One citizen's yes: to which text, on which day, how, and who registered it when."""

    __tablename__ = "condition_acceptance"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("condition_text_id", "condition_text"),
        UniqueConstraint("tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    condition_text_id: Mapped[UUID]
    way: Mapped[str]
    accepted_on: Mapped[date]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)

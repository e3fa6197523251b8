"""Goals, wishes and the personal strategy. The words are the citizen's and are sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class LongTermGoal(TenantOwned, Base):
    """What the citizen dreams of, verbatim.

    `confirmed_at` is empty while the words were taken down by staff and the citizen has neither
    said that they are right nor written their own.
    """

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
    confirmed_at: Mapped[datetime | None]


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
    confirmed_at: Mapped[datetime | None]


class Wording(TenantOwned, Base):
    """One version of the words of a dream or a sub-goal (`subject_id`); none is ever changed."""

    __tablename__ = "wording"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "subject_id", "version"),
        Index("ix_wording_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(SmallInteger)
    words_sealed: Mapped[bytes]
    written_by: Mapped[UUID]
    written_as: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class Wish(TenantOwned, Base):
    """One line of the wish list."""

    __tablename__ = "wish"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_wish_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    words_sealed: Mapped[bytes]
    choice: Mapped[str]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class StrategyLine(TenantOwned, Base):
    """One line of the personal strategy: something to continue, to stop or to start."""

    __tablename__ = "strategy_line"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_strategy_line_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    words_sealed: Mapped[bytes]
    state: Mapped[str]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]


class WordRelease(TenantOwned, Base):
    """The citizen lets their own words be given to somebody else, until they take it back."""

    __tablename__ = "word_release"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_word_release_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    recipient_sealed: Mapped[bytes]
    released_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

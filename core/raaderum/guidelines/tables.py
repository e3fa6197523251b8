"""Precedents: doubt cases told so that nobody can be recognised."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Precedent(TenantOwned, Base):
    """One doubt case. It holds no key of a person or a case, and of time only the quarter.

    `written_by` stands there while a second person has not confirmed it, and the database itself
    refuses it afterwards. The id is drawn at random, since one made by the clock tells the moment;
    `fingerprint` makes the same case taken in twice one.
    """

    __tablename__ = "precedent"
    __table_args__ = (
        within_tenant("written_by", "staff"),
        UniqueConstraint("tenant_id", "fingerprint"),
        CheckConstraint("(state = 'draft') = (written_by is not null)", name="no_person_once_published"),
        Index("ix_precedent_state", "tenant_id", "state", "quarter"),
    )

    state: Mapped[str]
    question: Mapped[str]
    circumstances: Mapped[str]
    guideline: Mapped[str]
    category: Mapped[str]
    decision: Mapped[str]
    reason: Mapped[str]
    outcome: Mapped[str]
    became: Mapped[str]
    quarter: Mapped[str]
    origin: Mapped[str]
    fingerprint: Mapped[str]
    written_by: Mapped[UUID | None]

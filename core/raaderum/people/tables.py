"""Citizens and staff. Names and CPR numbers are sealed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Citizen(TenantOwned, Base):
    """A citizen of the municipality. `cpr_index` finds one by CPR number without opening any."""

    __tablename__ = "citizen"
    __table_args__ = (UniqueConstraint("tenant_id", "cpr_index"),)

    name_sealed: Mapped[bytes]
    cpr_sealed: Mapped[bytes]
    cpr_index: Mapped[bytes]
    born_on: Mapped[date]
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)


class Staff(TenantOwned, Base):
    """A person who works in the programme; one row per natural person, whatever their roles."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("tenant_id", "email"),)

    name: Mapped[str]
    email: Mapped[str]
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None]


class StaffRole(Base):
    """One role of one member of staff."""

    __tablename__ = "staff_role"
    __table_args__ = (within_tenant("staff_id", "staff"),)

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class AccessToken(TenantOwned, Base):
    """A signed-in browser or an API client: the secret itself is not stored, only its hash."""

    __tablename__ = "access_token"

    purpose: Mapped[str]
    person_id: Mapped[UUID]
    role: Mapped[str]
    secret_hash: Mapped[bytes]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class NotADuplicate(TenantOwned, Base):
    """Two citizens who look like one person and are not: somebody has seen to it."""

    __tablename__ = "not_a_duplicate"
    __table_args__ = (
        within_tenant("first_citizen_id", "citizen"),
        within_tenant("second_citizen_id", "citizen"),
        UniqueConstraint("tenant_id", "first_citizen_id", "second_citizen_id"),
        CheckConstraint("first_citizen_id < second_citizen_id", name="in_order"),
    )

    first_citizen_id: Mapped[UUID]
    second_citizen_id: Mapped[UUID]
    note_sealed: Mapped[bytes]
    marked_by: Mapped[UUID]
    marked_at: Mapped[datetime] = mapped_column(default=clock.now)

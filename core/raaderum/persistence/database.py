"""The engine and the base of all mapped tables."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, ForeignKeyConstraint, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry

from raaderum.kernel.identifiers import new_id
from raaderum.tenancy.context import current_tenant_id


class Base(DeclarativeBase):
    """Base of all mapped tables: names of constraints are stable, types are the house's own."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_1_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            str: Text(),
            int: BigInteger(),
            datetime: DateTime(timezone=True),
            UUID: Uuid(),
        },
    )


class TenantOwned:
    """Columns of every table that belongs to a municipality: the key begins with the tenant."""

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, default=current_tenant_id, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


def within_tenant(column: str, table: str) -> ForeignKeyConstraint:
    """Return a foreign key from `column` to `table` that cannot cross to another tenant."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])


def insert(session: Session, row: Base) -> None:
    """Insert `row` at once: the mapper does not put rows that only name each other by id in order."""
    session.add(row)
    session.flush()


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})
"""Rows stay readable after their transaction; no session serves a second one, so none goes stale."""

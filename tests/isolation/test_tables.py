"""The mapped tables are those that the migrations make, to the last constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, NullPool, create_engine, text

from raaderum.mapped_tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

COLUMNS = text("""
    select attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull,
        pg_get_expr(adbin, adrelid)
    from pg_attribute
    join pg_class on pg_class.oid = attrelid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relnamespace = cast(:schema as regnamespace) and relkind = 'r' and attnum > 0 and not attisdropped
        and relname <> 'alembic_version'
""")
CONSTRAINTS = text("""
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = cast(:schema as regnamespace) and conrelid <> 0
        and conrelid::regclass::text not like '%alembic_version'
""")
INDEXES = text("""
    select tablename, indexname, replace(indexdef, schemaname || '.', '') from pg_indexes
    where schemaname = :schema and tablename <> 'alembic_version'
""")


@pytest.fixture
def administrator(app: Flask, administrator_url: str) -> Iterator[Connection]:
    assert app
    engine = create_engine(administrator_url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("set local search_path = raaderum"))
        yield connection
        connection.rollback()


def test_alembic_finds_nothing_to_migrate(administrator: Connection) -> None:
    options = {"compare_type": True, "compare_server_default": True}
    assert compare_metadata(MigrationContext.configure(administrator, opts=options), metadata) == []


@pytest.mark.parametrize(
    "question", [COLUMNS, CONSTRAINTS, INDEXES], ids=["columns", "constraints", "indexes"]
)
def test_tables_made_from_the_models_are_those_of_the_migrations(
    question: object, administrator: Connection
) -> None:
    """Alembic does not compare everything: here the catalogue itself tells both."""
    assert question in (COLUMNS, CONSTRAINTS, INDEXES)
    migrated = described(administrator, question, "raaderum")
    administrator.execute(text("create schema scratch"))
    administrator.execute(text("set local search_path = scratch"))
    metadata.create_all(administrator, checkfirst=False)
    assert described(administrator, question, "scratch") == migrated


def described(connection: Connection, question: object, schema: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in connection.execute(question, {"schema": schema})}  # type: ignore[call-overload] # it is a text

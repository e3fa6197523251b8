"""Another municipality's rows cannot be written, moved, changed, copied or referred to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from psycopg import sql
from psycopg.errors import Error as DriverError
from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Executable,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    NullPool,
    Table,
    Uuid,
    create_engine,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import DBAPIError

from raaderum.mapped_tables import metadata
from raaderum.people.tables import Staff, StaffRole
from raaderum.persistence.database import db
from raaderum.persistence.row_security import AUDITOR, BOOKS, MIGRATOR, NATIONAL, OWNER, RELAY
from raaderum.persistence.unit_of_work import reading, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from raaderum.testing.municipality import Municipality

REFUSED = "42501"
NO_SUCH_PARENT = "23503"
FOREIGN_KEYS = [
    constraint
    for table in metadata.sorted_tables
    for constraint in sorted(table.foreign_key_constraints, key=lambda one: str(one.name))
]
SAMPLES: dict[type, Callable[[], object]] = {
    Uuid: uuid4,
    LargeBinary: lambda: uuid4().bytes,
    Boolean: lambda: True,
    JSONB: dict,
    ARRAY: list,
    Date: lambda: date(2026, 1, 1),
    DateTime: lambda: datetime(2026, 1, 1, tzinfo=UTC),
    Integer: lambda: 1,
}


@pytest.fixture
def two(new_municipality: Callable[[], Municipality]) -> tuple[Municipality, Municipality]:
    return new_municipality(), new_municipality()


@pytest.fixture
def beyond_row_security(app: Flask, administrator_url: str) -> Iterator[Connection]:
    """Give a superuser's connection: row security does not hold it, the keys must."""
    assert app
    engine = create_engine(administrator_url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
        connection.rollback()


def sqlstate(error: DBAPIError) -> str | None:
    assert isinstance(error.orig, DriverError)
    return error.orig.sqlstate


def test_a_row_for_another_municipality_is_refused(two: tuple[Municipality, Municipality]) -> None:
    ours, theirs = two
    foreign = {"tenant_id": theirs.id, "id": uuid4(), "name": "x", "email": "x"}
    assert sqlstate_of(ours, insert(Staff).values(foreign)) == REFUSED


def test_a_row_cannot_be_moved_to_another_municipality(two: tuple[Municipality, Municipality]) -> None:
    ours, theirs = two
    moved = update(Staff).where(Staff.id == ours.administrator.person_id).values(tenant_id=theirs.id)
    assert sqlstate_of(ours, moved) == REFUSED


def test_changing_and_deleting_anothers_rows_touches_none(two: tuple[Municipality, Municipality]) -> None:
    ours, theirs = two
    with ours.at_work(), unit_of_work() as session:
        changed = update(Staff).where(Staff.tenant_id == theirs.id).values(name="taken").returning(Staff.id)
        deleted = delete(StaffRole).where(StaffRole.tenant_id == theirs.id).returning(StaffRole.staff_id)
        assert session.execute(changed).all() == []
        assert session.execute(deleted).all() == []
    with theirs.at_work(), reading() as session:
        assert "taken" not in session.scalars(select(Staff.name)).all()
        assert len(session.scalars(select(StaffRole.role)).all()) == 5


def test_anothers_row_cannot_be_overwritten_through_a_conflict(
    two: tuple[Municipality, Municipality],
) -> None:
    ours, theirs = two
    statement = text(
        "insert into staff values (:tenant, :id, 'taken', 'x', now()) "
        "on conflict (tenant_id, id) do update set name = excluded.name"
    )
    known = {"tenant": theirs.id, "id": theirs.administrator.person_id}
    assert sqlstate_of(ours, statement.bindparams(**known)) == REFUSED


def test_a_copy_out_holds_our_rows_only_and_a_copy_in_is_refused(
    two: tuple[Municipality, Municipality],
) -> None:
    ours, theirs = two
    with ours.at_work(), reading() as session:
        driver = session.connection().connection.cursor()
        with driver.copy("copy staff to stdout") as copy:
            copied = b"".join(copy).decode()
        assert str(ours.id) in copied
        assert str(theirs.id) not in copied
    with ours.at_work(), reading() as session:
        driver = session.connection().connection.cursor()
        with pytest.raises(DriverError) as refusal, driver.copy("copy staff from stdin") as copy:
            copy.write("")
        assert refusal.value.sqlstate == "0A000"


@pytest.mark.parametrize("constraint", FOREIGN_KEYS, ids=lambda one: str(one.name))
def test_no_foreign_key_reaches_into_another_municipality(
    constraint: ForeignKeyConstraint, beyond_row_security: Connection
) -> None:
    """Even for who is not held by row security, which foreign keys bypass anyway.

    Other checks are out of the way: made-up values need not make sense.
    """
    drop_checks(beyond_row_security)
    ours, theirs = uuid4(), uuid4()
    column = next(name for name in constraint.column_keys if name != "tenant_id")
    parents = {
        tenant: make_row(beyond_row_security, constraint.referred_table, tenant) for tenant in (ours, theirs)
    }
    make_row(beyond_row_security, constraint.table, ours, **{column: parents[ours]})
    with pytest.raises(DBAPIError) as refusal:
        make_row(beyond_row_security, constraint.table, ours, **{column: parents[theirs]})
    assert sqlstate(refusal.value) == NO_SUCH_PARENT


def test_the_list_of_foreign_keys_is_the_databases_own(beyond_row_security: Connection) -> None:
    known = text(
        "select conname from pg_constraint where contype = 'f' and connamespace = 'raaderum'::regnamespace"
    )
    assert sorted(beyond_row_security.scalars(known)) == sorted(str(one.name) for one in FOREIGN_KEYS)


@pytest.mark.parametrize("role", [OWNER, MIGRATOR, BOOKS, RELAY, AUDITOR, NATIONAL])
def test_the_application_cannot_become_anybody_else(app: Flask, role: str) -> None:
    with app.app_context(), db.engine.connect() as connection:
        driver = connection.connection.cursor()
        with pytest.raises(DriverError) as refusal:
            driver.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
        assert refusal.value.sqlstate == REFUSED


def sqlstate_of(municipality: Municipality, statement: Executable) -> str | None:
    """Return how the database refuses a statement of the municipality's."""
    with pytest.raises(DBAPIError) as refusal:
        run(municipality, statement)
    return sqlstate(refusal.value)


def run(municipality: Municipality, statement: Executable) -> None:
    with municipality.at_work(), unit_of_work() as session:
        session.execute(statement)


def drop_checks(connection: Connection) -> None:
    """Drop every check constraint, until the transaction is rolled back."""
    checks = text(
        "select conrelid::regclass, quote_ident(conname) from pg_constraint"
        " where contype = 'c' and connamespace = 'raaderum'::regnamespace"
    )
    for table, name in connection.execute(checks).all():
        connection.execute(text(f"alter table {table} drop constraint {name}"))


def make_row(connection: Connection, table: Table, tenant: UUID, **given: object) -> UUID:
    """Insert a row of made-up values, with parents where it needs them; return its id."""
    row: dict[str, object] = {"tenant_id": tenant, **given}
    for constraint in table.foreign_key_constraints:
        column = next(name for name in constraint.column_keys if name != "tenant_id")
        if column not in row and not table.c[column].nullable:
            row[column] = make_row(connection, constraint.referred_table, tenant)
    for one in table.columns:
        if one.name not in row and not one.nullable:
            row[one.name] = sample(one.type)
    connection.execute(table.insert().values(row))
    made = row.get("id")
    return made if isinstance(made, UUID) else tenant


def sample(kind: object) -> object:
    found = (make for sort, make in SAMPLES.items() if isinstance(kind, sort))
    return next(found, lambda: str(uuid4()))()

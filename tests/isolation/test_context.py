"""A forgotten tenant is an error, in Python and in SQL."""

from __future__ import annotations

import contextvars
import threading
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from psycopg.errors import Error as DriverError
from sqlalchemy import Connection, Table, event, select, text
from sqlalchemy.exc import DBAPIError

from raaderum.mapped_tables import metadata
from raaderum.people.tables import Staff
from raaderum.persistence.database import db
from raaderum.persistence.unit_of_work import (
    FailureSwallowed,
    UnitOfWorkNested,
    WrittenWhileReading,
    last_words,
    reading,
    unit_of_work,
)
from raaderum.tenancy.context import TenantMissing, TenantSwitched, working_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Flask

    from raaderum.testing.municipality import Municipality

REFUSED = "42501"
FORGOTTEN = text("select id from staff")


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect what reaches the database."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)
    assert app


def sqlstate(error: DBAPIError) -> str | None:
    cause = error.orig
    assert isinstance(cause, DriverError)
    return cause.sqlstate


@contextmanager
def borrowed_again(wanted: object) -> Iterator[Connection]:
    """Borrow every connection of the pool, and give the `wanted` one."""
    with ExitStack() as stack:
        borrowed = [stack.enter_context(db.engine.connect()) for _ in range(db.engine.pool.checkedin())]  # type: ignore[attr-defined] # a queue pool has it
        yield next(one for one in borrowed if one.connection.driver_connection is wanted)


@pytest.mark.parametrize("begin", [unit_of_work, reading])
def test_work_without_a_tenant_fails_before_any_sql(
    begin: Callable[[], object], statements: list[str]
) -> None:
    with pytest.raises(TenantMissing), begin():  # type: ignore[attr-defined] # both are context managers
        pass
    assert statements == []


def test_a_session_used_behind_our_back_without_a_tenant_fails_before_any_row(
    app: Flask, statements: list[str]
) -> None:
    with app.app_context(), pytest.raises(TenantMissing):
        db.session.execute(select(Staff))
    assert statements == []


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_refuses_a_raw_connection_without_a_tenant(app: Flask, table: Table) -> None:
    with app.app_context(), db.engine.connect() as connection:
        with pytest.raises(DBAPIError) as refusal:
            connection.execute(table.select())
        assert sqlstate(refusal.value) == REFUSED


@pytest.mark.parametrize(
    "statement",
    [
        "insert into staff select gen_random_uuid(), gen_random_uuid(), 'x', 'x', now()",
        "update staff set name = 'x'",
        "delete from staff_role",
    ],
)
def test_no_statement_at_all_works_without_a_tenant(
    app: Flask, municipality: Municipality, statement: str
) -> None:
    assert municipality
    with app.app_context(), db.engine.connect() as connection:
        with pytest.raises(DBAPIError) as refusal:
            connection.execute(text(statement))
        assert sqlstate(refusal.value) == REFUSED


def test_a_session_setting_does_not_reach_the_next_borrower(municipality: Municipality) -> None:
    soil = text("select set_config('raaderum.tenant', :tenant, false)")
    with db.engine.connect() as connection:
        connection.execute(soil, {"tenant": str(municipality.id)})
        connection.commit()
        soiled = connection.connection.driver_connection
        assert connection.execute(FORGOTTEN).all() != []
    with borrowed_again(soiled) as connection:
        with pytest.raises(DBAPIError) as refusal:
            connection.execute(FORGOTTEN)
        assert sqlstate(refusal.value) == REFUSED


def test_a_transactions_tenant_ends_with_it(municipality: Municipality) -> None:
    with municipality.at_work(), reading() as session:
        used = session.connection().connection.driver_connection
        assert session.execute(FORGOTTEN).all() != []
    with borrowed_again(used) as connection:
        with pytest.raises(DBAPIError) as refusal:
            connection.execute(FORGOTTEN)
        assert sqlstate(refusal.value) == REFUSED


def test_a_tenant_set_outside_a_transaction_is_no_tenant(municipality: Municipality) -> None:
    setting = text("select set_config('raaderum.tenant', :tenant, true)")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(setting, {"tenant": str(municipality.id)})
        with pytest.raises(DBAPIError) as refusal:
            connection.execute(FORGOTTEN)
        assert sqlstate(refusal.value) == REFUSED


def test_a_new_thread_without_a_context_fails_closed(municipality: Municipality, app: Flask) -> None:
    caught: list[type[BaseException]] = []

    def work() -> None:
        with app.app_context():
            try:
                with reading():
                    caught.append(AssertionError)
            except TenantMissing as missing:
                caught.append(type(missing))

    with municipality.at_work():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert caught == [TenantMissing]


def test_work_for_one_municipality_cannot_go_on_for_another(municipality: Municipality) -> None:
    with municipality.at_work(), pytest.raises(TenantSwitched), working_for(uuid4()):
        pass


def test_a_context_copied_from_elsewhere_cannot_switch_either(municipality: Municipality) -> None:
    def switch() -> None:
        with working_for(uuid4()):
            pass

    with municipality.at_work():
        copied = contextvars.copy_context()
    with pytest.raises(TenantSwitched):
        copied.run(switch)


def test_an_act_cannot_lie_inside_another(municipality: Municipality) -> None:
    with municipality.at_work(), unit_of_work() as session:
        session.execute(FORGOTTEN)
        with pytest.raises(UnitOfWorkNested), unit_of_work():
            pass


def test_reading_refuses_to_write(municipality: Municipality) -> None:
    refused = pytest.raises(DBAPIError, match="read-only transaction")
    with municipality.at_work(), refused, reading() as session:
        session.add(Staff(name="Ditte", email="ditte@kommune.example"))
        session.flush()


def test_what_would_be_recorded_while_reading_is_an_error_and_not_lost(municipality: Municipality) -> None:
    with municipality.at_work(), reading() as session, pytest.raises(WrittenWhileReading):
        last_words(session)


def test_no_row_of_the_last_tenant_is_remembered_for_the_next(
    new_municipality: Callable[[], Municipality],
) -> None:
    first, second = new_municipality(), new_municipality()
    key = (first.id, first.coordinator.person_id)
    with first.at_work(), reading() as session:
        assert session.get(Staff, key) is not None
    with second.at_work(), reading() as session:
        assert not session.identity_map.values()
        assert session.get(Staff, key) is None


def test_an_error_of_the_database_does_not_quote_what_was_sent(municipality: Municipality) -> None:
    twice = [Staff(name="Sentinel Sørensen", email="sentinel@kommune.example") for _ in range(2)]
    with pytest.raises(DBAPIError) as refusal:
        keep(municipality, twice)
    assert "entinel" not in str(refusal.value)


def test_an_act_that_goes_on_after_an_error_of_the_databases_is_not_taken_for_done(
    municipality: Municipality,
) -> None:
    """PostgreSQL answers the commit of a failed transaction with a rollback, and no error."""
    with pytest.raises(FailureSwallowed):
        keep_and_swallow(municipality, Staff(name="Lone Lost", email="lone@kommune.example"))


def keep(municipality: Municipality, rows: Sequence[Staff]) -> None:
    with municipality.at_work(), unit_of_work() as session:
        session.bulk_save_objects(rows)


def keep_and_swallow(municipality: Municipality, row: Staff) -> None:
    with municipality.at_work(), unit_of_work() as session:
        session.add(row)
        session.flush()
        with suppress(DBAPIError):
            session.execute(text("select 1 / 0"))

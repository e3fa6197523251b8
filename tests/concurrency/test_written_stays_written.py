"""Ledger and audit are append-only, and a change made past every right is found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from psycopg.errors import Error as DriverError
from sqlalchemy import Connection, NullPool, create_engine, make_url, select, text
from sqlalchemy.exc import DBAPIError

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import first_break, record
from raaderum.audit.tables import AuditEntry, AuditHead
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.cases import case_with_grant
from raaderum.testing.races import race

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.engines_for_tests import EnginesForTests
    from raaderum.testing.municipality import Municipality

REFUSED = "42501"
APPEND_ONLY = ("ledger_transaction", "ledger_entry", "audit_entry")
CHANGES = [
    statement
    for table, column in zip(APPEND_ONLY, ("kind", "amount", "event"), strict=True)
    for statement in (
        f"update {table} set {column} = {column}",
        f"delete from {table}",
        f"truncate {table} cascade",
    )
]
WRITES_PAST_THE_FUNCTIONS = [
    *CHANGES,
    "insert into ledger_transaction select tenant_id, gen_random_uuid(), 'x', kind, subject_id, occurred_on,"
    " recorded_at from ledger_transaction",
    "insert into ledger_entry select tenant_id, transaction_id, 99, account_id, amount from ledger_entry",
    "insert into audit_entry select * from audit_entry",
    "update ledger_account set balance = balance + 1",
    "update audit_head set sequence = 0",
    "delete from audit_head",
]


@pytest.fixture
def administrator(settings: Settings, test_engines: EnginesForTests, app: Flask) -> Iterator[Connection]:
    """Give a superuser's transaction that is always rolled back."""
    assert app
    database = make_url(settings.database_url).database
    engine = create_engine(
        make_url(test_engines.administrator_url).set(database=database), poolclass=NullPool
    )
    with engine.connect() as connection:
        yield connection
        connection.rollback()


def sqlstate(error: DBAPIError) -> str | None:
    assert isinstance(error.orig, DriverError)
    return error.orig.sqlstate


@pytest.mark.parametrize("statement", WRITES_PAST_THE_FUNCTIONS)
def test_the_application_has_no_right_to_write_past_the_functions(
    statement: str, municipality: Municipality
) -> None:
    with municipality.at_work(), pytest.raises(DBAPIError) as refusal:
        run(statement)
    assert sqlstate(refusal.value) == REFUSED


def run(statement: str) -> None:
    with unit_of_work() as session:
        session.execute(text(statement))


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("role", ["raaderum_owner", "administrator"])
def test_a_trigger_refuses_the_owner_and_the_superuser_too(
    role: str, statement: str, municipality: Municipality, administrator: Connection
) -> None:
    if role == "raaderum_owner":
        administrator.execute(text("set local role raaderum_owner"))
        tenant = text("select set_config('raaderum.tenant', :tenant, true)")
        administrator.execute(tenant, {"tenant": str(municipality.id)})
    with pytest.raises(DBAPIError, match="append-only") as refusal:
        administrator.execute(text(statement))
    assert sqlstate(refusal.value) == REFUSED


@pytest.mark.parametrize(
    ("accounts", "amounts"),
    [
        ("array[:a, :b]::uuid[]", "array[-5, 4]::bigint[]"),
        ("array[:a]::uuid[]", "array[0]::bigint[]"),
        ("array[:a, :b]::uuid[]", "array[-5]::bigint[]"),
        ("array[:a, :b]::uuid[]", "array[0, 0]::bigint[]"),
        ("array[:a, :b]::uuid[]", "array[null, null]::bigint[]"),
        ("array[:a, :b]::uuid[]", "array[-5, 5, null]::bigint[]"),
        ("array[:a, null]::uuid[]", "array[-5, 5]::bigint[]"),
        ("array[]::uuid[]", "array[]::bigint[]"),
        ("null", "null"),
        ("array[:a, gen_random_uuid()]::uuid[]", "array[-5, 5]::bigint[]"),
    ],
)
def test_the_posting_function_refuses_what_is_no_transaction(
    accounts: str, amounts: str, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    a, b = (Account(kind, case.enrolment_id).id for kind in (AccountKind.AVAILABLE, AccountKind.COMMITTED))
    call = f"select post_transaction(:tenant, :id, 'k', 'commit', :id, current_date, {accounts}, {amounts})"
    values = {"tenant": municipality.id, "id": new_id(), "a": a, "b": b}
    statement = text(call)
    wanted = {name: value for name, value in values.items() if f":{name}" in call}
    with municipality.at_work(), reading() as session, pytest.raises(DBAPIError):
        session.execute(text("set transaction read write"))
        session.execute(statement, wanted)


def test_the_functions_work_for_nobody_but_the_transactions_tenant(
    municipality: Municipality,
) -> None:
    with municipality.at_work(), reading() as session, pytest.raises(DBAPIError, match="another tenant"):
        session.execute(
            text("select open_account(:other, :other, 'pool', :other, false)"), {"other": new_id()}
        )


def test_writers_of_the_audit_log_stand_in_line(app: Flask, municipality: Municipality) -> None:
    def act() -> None:
        with unit_of_work() as session:
            for _ in range(3):
                write_down(municipality, session)

    before = last_sequence(municipality)
    assert race(app, municipality, [act] * 60) == [None] * 60
    with municipality.at_work(), reading() as session:
        sequences = session.scalars(select(AuditEntry.sequence).order_by(AuditEntry.sequence)).all()
        assert sequences == list(range(1, before + 181))
        assert first_break(session) is None

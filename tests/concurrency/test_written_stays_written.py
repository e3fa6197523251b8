"""Ledger and audit are append-only, and a change made past every right is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from psycopg.errors import Error as DriverError
from sqlalchemy import Connection, Executable, NullPool, create_engine, make_url, select, text
from sqlalchemy.exc import DBAPIError

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import first_break, record
from raaderum.audit.tables import AuditEntry
from raaderum.kernel.identifiers import new_id
from raaderum.ledger.rules import Account, AccountKind
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.cases import case_with_grant
from raaderum.testing.races import race

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from flask import Flask
    from sqlalchemy.orm import Session

    from raaderum.settings import Settings
    from raaderum.testing.engines_for_tests import EnginesForTests
    from raaderum.testing.municipality import Municipality

REFUSED = "42501"
NO_TRANSACTION = {"RD001", "RD003", "23502", "23514"}
"""Too little money, no transaction at all, or a line without an account or an amount."""
CHANGES = [
    "update ledger_transaction set kind = kind",
    "delete from ledger_transaction",
    "truncate ledger_transaction cascade",
    "update ledger_entry set amount = amount",
    "delete from ledger_entry",
    "truncate ledger_entry",
    "update audit_entry set event = event",
    "delete from audit_entry",
    "truncate audit_entry",
]
WRITES_PAST_THE_FUNCTIONS = [
    *CHANGES,
    "insert into ledger_account select tenant_id, id, 'pool', owner_id, false from ledger_account",
    "insert into ledger_transaction select * from ledger_transaction",
    "insert into ledger_entry select tenant_id, transaction_id, 99, account_id, amount from ledger_entry",
    "insert into audit_entry select * from audit_entry",
    "update ledger_account set balance = balance + 1",
    "update audit_head set sequence = 0",
    "delete from audit_head",
]
POST = text(
    "select post_transaction(:tenant, :id, 'k', 'commit', :id, current_date,"
    " cast(:accounts as uuid[]), cast(:amounts as bigint[]))"
)
MOVED_BACK = "update audit_entry set recorded_at = recorded_at - interval '1 microsecond'"
HEAD_SET_BACK = """
    update audit_head set sequence = 8, hash = (
        select hash from audit_entry where tenant_id = :tenant and sequence = 8
    ) where tenant_id = :tenant
"""


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
        run(text(statement))
    assert sqlstate(refusal.value) == REFUSED


def run(statement: Executable) -> None:
    with unit_of_work() as session:
        session.execute(statement)


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
        (["a", "b"], [-5, 4]),
        (["a"], [0]),
        (["a", "b"], [-5]),
        (["a", "b"], [0, 0]),
        (["a", "b"], [None, None]),
        (["a", "b"], [-5, 5, None]),
        (["a", None], [-5, 5]),
        (["a", "unknown"], [-5, 5]),
        (["b", "a"], [-5, 5]),
        ([], []),
        (None, None),
    ],
)
def test_the_posting_function_refuses_what_is_no_transaction(
    accounts: list[str | None] | None, amounts: list[int | None] | None, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    named: dict[str | None, UUID | None] = {
        None: None,
        "a": Account(AccountKind.AVAILABLE, case.enrolment_id).id,
        "b": Account(AccountKind.COMMITTED, case.enrolment_id).id,
        "unknown": new_id(),
    }
    lines = {"accounts": None if accounts is None else [named[one] for one in accounts], "amounts": amounts}
    statement = POST.bindparams(tenant=municipality.id, id=new_id(), **lines)
    with municipality.at_work(), pytest.raises(DBAPIError) as refusal:
        run(statement)
    assert sqlstate(refusal.value) in NO_TRANSACTION


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
                seen(session, municipality)

    before = len(sequences(municipality))
    assert race(app, municipality, [act] * 60) == [None] * 60
    assert sequences(municipality) == list(range(1, before + 181))
    with municipality.at_work(), reading() as session:
        assert first_break(session) is None


def seen(session: Session, municipality: Municipality) -> None:
    """Write one entry."""
    record(
        session,
        AuditEvent.CITIZEN_SEEN,
        by=municipality.coordinator,
        subject_type="citizen",
        subject_id=new_id(),
        reason="æøå »\u2028« ''",
    )


def sequences(municipality: Municipality) -> list[int]:
    with municipality.at_work(), reading() as session:
        return list(session.scalars(select(AuditEntry.sequence).order_by(AuditEntry.sequence)))


@pytest.mark.parametrize(
    ("tampering", "found_at"),
    [
        ("update audit_entry set actor_role = 'nobody' where tenant_id = :tenant and sequence = 4", 4),
        ("update audit_entry set actor_id = null where tenant_id = :tenant and sequence = 9", 9),
        ("update audit_entry set event = 'x' where tenant_id = :tenant and sequence = 4", 4),
        ("update audit_entry set subject_id = tenant_id where tenant_id = :tenant and sequence = 4", 4),
        ("update audit_entry set detail = '{\"a\": 1}' where tenant_id = :tenant and sequence = 4", 4),
        (MOVED_BACK + " where tenant_id = :tenant and sequence = 4", 4),
        ("update audit_entry set hash = sha256('x') where tenant_id = :tenant and sequence = 4", 4),
        ("delete from audit_entry where tenant_id = :tenant and sequence = 1", 1),
        ("delete from audit_entry where tenant_id = :tenant and sequence = 4", 4),
        ("delete from audit_entry where tenant_id = :tenant and sequence > 8", 9),
        ("delete from audit_entry where tenant_id = :tenant", 1),
        (HEAD_SET_BACK, 9),
        ("delete from audit_head where tenant_id = :tenant", 1),
        ("update audit_head set hash = sha256('x') where tenant_id = :tenant", 11),
    ],
)
def test_what_a_superuser_changes_in_the_audit_log_is_found(
    tampering: str, found_at: int, municipality: Municipality, administrator: Connection
) -> None:
    missing = 10 - len(sequences(municipality))
    with municipality.at_work(), unit_of_work() as session:
        for _ in range(missing):
            seen(session, municipality)
    tenant = {"tenant": municipality.id}
    administrator.execute(text("set local search_path = raaderum"))
    proof = text("select first_audit_break(:tenant)")
    assert administrator.execute(proof, tenant).scalar_one() is None
    administrator.execute(text("set local session_replication_role = replica"))  # no trigger fires
    assert administrator.execute(text(tampering), tenant).rowcount > 0
    assert administrator.execute(proof, tenant).scalar_one() == found_at


@pytest.mark.parametrize(
    ("table", "state"), [("payout", "paid"), ("payout_attempt", "completed"), ("refund", "booked")]
)
def test_what_is_final_stays_final(table: str, state: str, administrator: Connection) -> None:
    """Whoever asks: the trigger stands before everybody's rights."""
    definition = text(
        "select pg_get_triggerdef(oid) from pg_trigger"
        " where tgrelid = cast(:table as regclass) and tgname = 'stays_final'"
    )
    written = str(administrator.scalars(definition, {"table": f"raaderum.{table}"}).one())
    assert "BEFORE UPDATE" in written
    assert f"'{state}'" in written

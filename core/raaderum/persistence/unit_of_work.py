"""One business act is one transaction: the only place that commits."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from psycopg import sql
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session, SessionTransaction

from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.text import Text
from raaderum.persistence.connections import opening_with, was_opened_with
from raaderum.persistence.database import db
from raaderum.persistence.doorbell import ring
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

_READ_ONLY: Final = "read_only"
_BEFORE_COMMIT: Final = "before_commit"
_SET_TENANT = text("select set_config('raaderum.tenant', :tenant, true)")
_SET_TENANT_TO_READ = text(
    "select set_config('raaderum.tenant', :tenant, true), set_config('transaction_read_only', 'on', true)"
)


class UnitOfWorkNested(RaaderumError):
    """A unit of work was opened inside another: an act must be whole or not at all."""

    code = "unit_of_work_nested"
    text = Text("En handling kan ikke ligge inde i en anden.", "An act cannot lie inside another act.")


class WrittenWhileReading(RaaderumError):
    """Something was to be recorded in a transaction that only reads, where it would be lost."""

    code = "written_while_reading"
    text = Text("Der kan ikke skrives, mens der kun læses.", "Nothing can be written while only reading.")


class FailureSwallowed(RaaderumError):
    """The database refused a statement, and the act went on as if it had not."""

    code = "failure_swallowed"
    text = Text("Handlingen mislykkedes. Prøv igen.", "The act failed. Try again.")


class LastWord(Protocol):
    """Something to write at the very end of a transaction, so that its locks are held shortly."""

    def write(self, session: Session) -> None:
        """Write to `session`, right before it commits."""
        ...


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Run one business act for the current tenant: commit at the end, roll back on any error.

    Raises `TenantMissing` before any SQL where no tenant is set, `UnitOfWorkNested` inside
    another one, `FailureSwallowed` where the block went on after an error of the database's.
    """
    with _fresh_session(read_only=False) as session:
        yield session
        for last_word in session.info.pop(_BEFORE_COMMIT, {}).values():
            last_word.write(session)
        _refuse_silent_rollback(session)
        crash_point("request:before-commit")
        session.commit()
        crash_point("request:after-commit-before-enqueue")
        ring(session)


@contextmanager
def reading() -> Iterator[Session]:
    """Read for the current tenant; the database refuses any write within the block.

    It ends with a commit of nothing: on a rollback the driver forgets every statement that it has
    prepared, and the server would plan each query anew each time.
    """
    with _fresh_session(read_only=True) as session:
        yield session
        session.expunge_all()
        session.commit()


class Attempt:
    """Something tried out within a transaction: undone at the end unless it is to be kept."""

    def __init__(self) -> None:
        self.is_kept = False

    def keep(self) -> None:
        """Let it stand, and be committed with the rest."""
        self.is_kept = True


@contextmanager
def trial(session: Session) -> Iterator[Attempt]:
    """Try something out within a unit of work, and undo it unless the block says that it is kept.

    What the block would have had written right before the commit is undone with it.
    """
    earlier = session.info.pop(_BEFORE_COMMIT, {})
    attempt = Attempt()
    savepoint = session.begin_nested()
    try:
        yield attempt
        if attempt.is_kept:
            for last_word in session.info.pop(_BEFORE_COMMIT, {}).values():
                last_word.write(session)
            savepoint.commit()
    finally:
        if savepoint.is_active:
            savepoint.rollback()
        session.info[_BEFORE_COMMIT] = earlier


def last_words(session: Session) -> dict[type, LastWord]:
    """Return what will be written right before this session commits, by kind.

    Raises `WrittenWhileReading` in a session that will not commit.
    """
    if session.info.get(_READ_ONLY):
        raise WrittenWhileReading
    words: dict[type, LastWord] = session.info.setdefault(_BEFORE_COMMIT, {})
    return words


@contextmanager
def _fresh_session(*, read_only: bool) -> Iterator[Session]:
    """Give a session whose transaction has begun; whatever it has not committed is rolled back."""
    session = db.session()
    if session.in_transaction():
        raise UnitOfWorkNested
    opening = _begin(current_tenant_id(), read_only=read_only)
    try:
        session.info[_READ_ONLY] = read_only
        with opening_with(opening):
            session.connection()
        yield session
    finally:
        db.session.remove()


@lru_cache(maxsize=1024)
def _begin(tenant_id: UUID, *, read_only: bool) -> bytes:
    """Return the statements that begin a transaction for one tenant."""
    template = sql.SQL("begin {}; set local raaderum.tenant = {}")
    return template.format(sql.SQL("read only" if read_only else ""), str(tenant_id)).as_bytes()


def _refuse_silent_rollback(session: Session) -> None:
    """Raise `FailureSwallowed` where PostgreSQL would answer the commit with a rollback, and no error."""
    if not session.in_transaction():
        return
    driver = session.connection().connection.driver_connection
    if driver is not None and driver.info.transaction_status == TransactionStatus.INERROR:
        raise FailureSwallowed


@event.listens_for(Session, "after_begin")
def _bind_tenant(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL whose rows this transaction may see, whoever began it and however."""
    tenant_id, read_only = current_tenant_id(), bool(session.info.get(_READ_ONLY))
    if was_opened_with(connection, _begin(tenant_id, read_only=read_only)):
        return
    statement = _SET_TENANT_TO_READ if read_only else _SET_TENANT
    connection.execute(statement, {"tenant": str(tenant_id)})

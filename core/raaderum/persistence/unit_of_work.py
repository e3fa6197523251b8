"""One business act is one transaction: the only place that commits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session, SessionTransaction

from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.text import Text
from raaderum.persistence.database import db
from raaderum.persistence.doorbell import ring
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class LastWord(Protocol):
    """Something to write at the very end of a transaction, so that its locks are held shortly."""

    def write(self, session: Session) -> None:
        """Write to `session`, right before it commits."""
        ...


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Run one business act for the current tenant: commit at the end, roll back on any error.

    Raises `TenantMissing` before any SQL where no tenant is set, `UnitOfWorkNested` inside
    another one.
    """
    session = _fresh_session(read_only=False)
    try:
        yield session
        for last_word in session.info.pop(_BEFORE_COMMIT, {}).values():
            last_word.write(session)
        session.commit()
        ring(session)
    finally:
        db.session.remove()


@contextmanager
def reading() -> Iterator[Session]:
    """Read for the current tenant; the database refuses any write within the block."""
    session = _fresh_session(read_only=True)
    try:
        yield session
    finally:
        db.session.remove()


def last_words(session: Session) -> dict[type, LastWord]:
    """Return what will be written right before this session commits, by kind."""
    words: dict[type, LastWord] = session.info.setdefault(_BEFORE_COMMIT, {})
    return words


def _fresh_session(*, read_only: bool) -> Session:
    session = db.session()
    if session.in_transaction():
        raise UnitOfWorkNested
    current_tenant_id()
    session.info[_READ_ONLY] = read_only
    return session


@event.listens_for(Session, "after_begin")
def _bind_tenant(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL whose rows this transaction may see, whoever began it and however."""
    statement = _SET_TENANT_TO_READ if session.info.get(_READ_ONLY) else _SET_TENANT
    connection.execute(statement, {"tenant": str(current_tenant_id())})

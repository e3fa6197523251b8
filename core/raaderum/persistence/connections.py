"""Guards around pooled connections: no connection outlives a fork, a session setting or a restart."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from psycopg.pq import ExecStatus
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

ENGINE_OPTIONS: Final[dict[str, Any]] = {
    "pool_size": 10,
    "max_overflow": 20,
    # An error's text travels into logs and into the queue server: it must not quote a row.
    "hide_parameters": True,
    "connect_args": {
        "options": "-c statement_timeout=30s -c lock_timeout=5s "
        "-c idle_in_transaction_session_timeout=60s -c timezone=UTC",
    },
}
_OWNER: Final = "pid"
_OPENED_WITH: Final = "opened_with"
_opening: ContextVar[bytes] = ContextVar("opening", default=b"")
_open_here: WeakSet[DBAPIConnection] = WeakSet()
"""Every connection that this process has made, whichever engine holds it."""


def guard_connections(engine: Engine) -> None:
    """Make `engine` safe to fork and safe to pool; call once per engine.

    A connection shared over a fork was measured to return another tenant's rows in spite of row
    security. Three walls stand against it: the child forgets the parent's pool, a connection made
    by another process is refused at check-out, and the child's copy of every socket leads nowhere,
    for a connection that was in use at the moment of the fork.
    """
    event.listen(engine, "connect", _remember_owner)
    event.listen(engine, "checkout", _refuse_foreign_or_soiled)
    os.register_at_fork(after_in_child=lambda: engine.dispose(close=False))


def _cut_inherited_sockets() -> None:
    """Close the child's copies of the parent's connections, and let the server hear nothing of it.

    Closing says goodbye on the socket, which would end the parent's session: so each copy of a
    socket is first made to lead nowhere.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for connection in list(_open_here):
        if not connection.closed:
            os.dup2(nowhere, connection.fileno(), inheritable=False)
            connection.close()
    os.close(nowhere)
    _open_here.clear()


os.register_at_fork(after_in_child=_cut_inherited_sockets)


def _remember_owner(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    entry.info[_OWNER] = os.getpid()
    _open_here.add(connection)


def _refuse_foreign_or_soiled(
    connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object
) -> None:
    """Refuse another process's connection; wipe session settings; notice a server that restarted.

    The wipe is one round trip that also serves as the ping: a tenant that somebody set for the
    whole session cannot reach the next borrower. What `opening_with` wants sent goes along with it.
    """
    if entry.info[_OWNER] != os.getpid():
        entry.dbapi_connection = None  # type: ignore[misc] # forget it unclosed: it is the parent's
        raise DisconnectionError
    opening = entry.info[_OPENED_WITH] = _opening.get()
    if connection.pgconn.exec_(b"RESET ALL;" + opening).status != ExecStatus.COMMAND_OK:
        raise DisconnectionError


@contextmanager
def opening_with(statements: bytes) -> Iterator[None]:
    """Send `statements` along with the wipe of a connection that is checked out within the block.

    A round trip costs a quarter of a posting; this saves two for each transaction.
    """
    token = _opening.set(statements)
    try:
        yield
    finally:
        _opening.reset(token)


def was_opened_with(connection: Connection, statements: bytes) -> bool:
    """Say whether just `statements` were sent at check-out; only the first who asks is told so."""
    return bool(connection.info.pop(_OPENED_WITH, b"") == statements)

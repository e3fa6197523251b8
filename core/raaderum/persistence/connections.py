"""Guards around pooled connections: no connection outlives a fork, a session setting or a restart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from psycopg.pq import ExecStatus
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

ENGINE_OPTIONS: Final[dict[str, Any]] = {
    "pool_size": 10,
    "max_overflow": 20,
    "connect_args": {
        "options": "-c statement_timeout=30s -c lock_timeout=5s "
        "-c idle_in_transaction_session_timeout=60s -c timezone=UTC",
    },
}
_OWNER: Final = "pid"


def guard_connections(engine: Engine) -> None:
    """Make `engine` safe to fork and safe to pool; call once per engine.

    A connection shared over a fork was measured to return another tenant's rows in spite of row
    security. Two walls stand against it: the child forgets the parent's pool, and a connection
    made by another process is refused at check-out.
    """
    event.listen(engine, "connect", _remember_owner)
    event.listen(engine, "checkout", _refuse_foreign_or_soiled)
    os.register_at_fork(after_in_child=lambda: engine.dispose(close=False))


def _remember_owner(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    entry.info[_OWNER] = os.getpid()


def _refuse_foreign_or_soiled(
    connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object
) -> None:
    """Refuse another process's connection; wipe session settings; notice a server that restarted.

    The wipe is one round trip that also serves as the ping: a tenant that somebody set for the
    whole session cannot reach the next borrower.
    """
    if entry.info[_OWNER] != os.getpid():
        entry.dbapi_connection = None  # type: ignore[misc] # forget it unclosed: it is the parent's
        raise DisconnectionError
    if connection.pgconn.exec_(b"RESET ALL").status != ExecStatus.COMMAND_OK:
        raise DisconnectionError

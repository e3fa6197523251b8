"""Writing rows by the thousand: one statement with one parameter, instead of one for each value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam, column, func, insert, inspect, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault
from sqlalchemy.types import JSON

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Column, Table, TableValuedAlias
    from sqlalchemy.engine.interfaces import ExecutionContext
    from sqlalchemy.orm import Session

    from raaderum.persistence.database import Base, TenantOwned

_AT_ONCE: Final = 2_000
_ROWS: Final = "rows"
_KEY: Final = ("tenant_id", "id")


def insert_all(session: Session, rows: Sequence[Base]) -> None:
    """Insert new rows of one table, none of which is in the session; it does not learn of them.

    What a row does not say is filled in as the mapper would, but for what the database itself fills in.
    """
    for start in range(0, len(rows), _AT_ONCE):
        _insert(session, rows[start : start + _AT_ONCE])


def update_all(session: Session, rows: Sequence[TenantOwned], names: Sequence[str]) -> None:
    """Write the columns called `names` of rows of one table, all in the session, as they are now."""
    for start in range(0, len(rows), _AT_ONCE):
        _update(session, rows[start : start + _AT_ONCE], names)


def among(wanted: Any, things: Collection[object]) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column, whatever it holds
    """Say that a column is one of `things`, however many: they travel as one parameter."""
    return wanted == any_(bindparam(None, list(things), type_=ARRAY(wanted.type)))  # type: ignore[no-any-return] # of Any


def _insert(session: Session, rows: Sequence[Base]) -> None:
    session.flush()
    table = cast("Table", inspect(type(rows[0])).local_table)
    told = _told(table.columns)
    statement = insert(table).from_select(table.columns.keys(), select(*told.c), include_defaults=False)
    written = [_written(row, table) for row in rows]
    session.connection().execute(statement, {_ROWS: written})


def _update(session: Session, rows: Sequence[TenantOwned], names: Sequence[str]) -> None:
    table = cast("Table", inspect(type(rows[0])).local_table)
    written = [table.c[name] for name in (*_KEY, *names)]
    told = _told(written)
    same = [table.c[name] == told.c[name] for name in _KEY]
    statement = update(table).where(*same).values({name: told.c[name] for name in names})
    values = [{one.name: _as_json(getattr(row, one.name)) for one in written} for row in rows]
    with session.no_autoflush:
        session.connection().execute(statement, {_ROWS: values})
    for row in rows:
        for name in names:
            # Nothing is left for the session to write.
            set_committed_value(row, name, getattr(row, name))


def _told(columns: Iterable[Column[Any]]) -> TableValuedAlias:
    """Return what the one parameter holds, as a table of these columns."""
    values = func.json_to_recordset(bindparam(_ROWS, type_=JSON()))
    return values.table_valued(*(column(one.name, one.type) for one in columns)).render_derived(
        with_types=True
    )


def _written(row: Base, table: Table) -> dict[str, object]:
    """Return a row by its columns, which are called as the mapped attributes are."""
    said = row.__dict__
    return {
        one.name: _as_json(said[one.name] if one.name in said else _default(one)) for one in table.columns
    }


def _default(one: Column[Any]) -> object:
    """Return what the mapper would fill in."""
    match one.default:
        case CallableColumnDefault(arg=make):
            return make(cast("ExecutionContext", None))
        case ScalarElementColumnDefault(arg=value):
            return value
        case _:
            return None


def _as_json(value: object) -> object:
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value

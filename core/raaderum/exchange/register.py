"""The register of rows that have been taken in before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.intake import told
from raaderum.exchange.portions import in_portions
from raaderum.exchange.tables import ImportedRow
from raaderum.exchange.values import canonical
from raaderum.kernel.identifiers import new_id
from raaderum.persistence.many_rows import among, insert_all
from raaderum.persistence.sealed_fields import seal_field
from raaderum.persistence.sealing import Place
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.exchange.intake import Intake
    from raaderum.exchange.rules import Kind
    from raaderum.exchange.sheets import Row, Table
    from raaderum.exchange.values import Value
    from raaderum.persistence.sealing import TenantSeal


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that has not been taken in before."""

    row: Row
    key_index: bytes
    digests: dict[str, str]


def new_rows(
    intake: Intake,
    table: Table,
    *,
    key_of: Callable[[Row], str],
    find_there: Callable[[Row], UUID | None],
    present: Callable[[Session, Sequence[UUID]], Mapping[UUID, Mapping[str, Value]]],
) -> Iterator[NewRow]:
    """Go through the rows that are not there yet.

    `find_there` finds what a row stands for that was not taken in from a file, `present` says how
    things stand now. A row that was taken in before with the same content, or that says how things
    stand now, counts as already there; one that says something else is wrong.
    """
    seal = intake.seal
    indexes = {row.number: seal.look_up_index(_keyed(table.kind, key_of(row))) for row in table.rows}
    entries = {one.key_index: one for one in _entries(intake.session, table.kind, indexes.values())}
    in_file: dict[bytes, dict[str, str]] = {}
    new: list[NewRow] = []
    doubtful: list[tuple[Row, UUID]] = []
    for row in table.rows:
        index, digests = indexes[row.number], _digests(seal, row)
        entry = entries.get(index)
        if index in in_file:
            told(intake, row, _differing(table, digests, in_file[index]))
        elif entry is not None and not _differing(table, digests, entry.column_digests):
            told(intake, row, [])
        elif (there := find_there(row) if entry is None else entry.row_id) is not None:
            doubtful.append((row, there))
        else:
            new.append(NewRow(row, index, digests))
        in_file.setdefault(index, digests)
    _compare(intake, table, doubtful, present)
    intake.pass_rows(len(table.rows) - len(new))
    for one in new:
        yield one
        intake.pass_rows(1)


def remember(intake: Intake, new: NewRow, row_id: UUID, *, number: str | None = None) -> None:
    """Note a row that has been taken in, to be entered with the others of its kind."""
    entry = ImportedRow(
        id=new_id(),
        tenant_id=current_tenant_id(),
        kind=new.row.kind,
        key_index=new.key_index,
        row_id=row_id,
        column_digests=new.digests,
        imported_by=intake.importer,
    )
    if number is not None:
        seal_field(intake.session, entry, "number", number)
    intake.entries.append(entry)
    intake.findings.count_new(new.row.kind)


def enter_all(intake: Intake) -> None:
    """Enter the rows that have been taken in."""
    insert_all(intake.session, intake.entries)
    intake.entries.clear()


def made_rows(session: Session, seal: TenantSeal, kind: Kind, keys: Iterable[str]) -> dict[str, UUID]:
    """Return what rows became that were taken in before, by their keys."""
    by_index = {seal.look_up_index(_keyed(kind, key)): key for key in keys}
    return {by_index[entry.key_index]: entry.row_id for entry in _entries(session, kind, by_index)}


def numbers_of(session: Session, seal: TenantSeal, kind: Kind) -> dict[UUID, str]:
    """Return the municipality's own numbers of everything of a kind, opened, by id."""
    wanted = select(ImportedRow.id, ImportedRow.row_id, ImportedRow.number_sealed).where(
        ImportedRow.kind == kind, ImportedRow.number_sealed.is_not(None)
    )
    return {
        row.row_id: seal.open(row.number_sealed, Place(ImportedRow.__tablename__, "number", row.id)).decode()
        for row in session.execute(wanted)
        if row.number_sealed is not None
    }


def _entries(session: Session, kind: Kind, indexes: Iterable[bytes]) -> Iterator[ImportedRow]:
    for portion in in_portions(list(indexes)):
        yield from session.scalars(
            select(ImportedRow).where(ImportedRow.kind == kind, among(ImportedRow.key_index, portion))
        )


def _compare(
    intake: Intake,
    table: Table,
    doubtful: Sequence[tuple[Row, UUID]],
    present: Callable[[Session, Sequence[UUID]], Mapping[UUID, Mapping[str, Value]]],
) -> None:
    """Hold rows against how things stand now: those of another content, or of things not from a file."""
    if not doubtful:
        return
    there = present(intake.session, [row_id for _, row_id in doubtful])
    for row, row_id in doubtful:
        now = there.get(row_id)
        differing = [
            column.name
            for column in table.columns
            if now is None or _shown(row.values, column.english) != _shown(now, column.english)
        ]
        told(intake, row, differing)


def _shown(values: Mapping[str, Value], column: str) -> str:
    return canonical(values[column]) if column in values else ""


def _keyed(kind: Kind, key: str) -> str:
    return f"import:{kind}:{key}"


def _digests(seal: TenantSeal, row: Row) -> dict[str, str]:
    return {
        column: seal.look_up_index(f"{row.kind}.{column}:{canonical(value)}").hex()
        for column, value in row.values.items()
    }


def _differing(table: Table, digests: dict[str, str], known: dict[str, str]) -> list[str]:
    """Return the columns of the file that differ; those that it leaves out are not compared."""
    in_file = {column.english for column in table.columns} | digests.keys()
    return [
        column.name
        for column in COLUMNS[table.kind]
        if column.english in in_file and digests.get(column.english) != known.get(column.english)
    ]

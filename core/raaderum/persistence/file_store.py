"""Files that people send in: sealed for their tenant, kept outside the database, never lost with a row.

A file is written, and has reached the disk, before the row that names it is committed. Whatever dies
in between leaves at most a file that no row names; `remove_orphans` finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from raaderum.kernel import clock
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.identifiers import timeless_id
from raaderum.kernel.text import Text
from raaderum.persistence.database import Base, TenantOwned, insert
from raaderum.persistence.many_rows import among
from raaderum.persistence.sealing import Place
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

_EXTENSION: Final = "raaderum_file_store"
_OLD_ENOUGH: Final = timedelta(hours=24)
"""No transaction lasts as long: what no row names by then was left behind."""


class FilesUnavailable(RaaderumError):
    """The storage did not take or give a file: full, read-only or away. Nothing was changed."""

    code = "files_unavailable"
    text = Text(
        "Filer kan ikke gemmes eller hentes lige nu. Intet er ændret. Prøv igen om lidt.",
        "Files cannot be kept or fetched right now. Nothing was changed. Try again in a while.",
    )


class FileLost(RaaderumError):
    """A row names a file that the storage does not have."""

    code = "file_lost"
    text = Text(
        "Filen findes ikke i lageret mere. Kontakt driften.",
        "The file is no longer in the storage. Contact operations.",
    )


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the storage lists it."""

    id: UUID
    stored_at: datetime


class FileStore(Protocol):
    """Where sealed files lie. Every method raises `FilesUnavailable` where the storage does not answer."""

    def put(self, tenant_id: UUID, file_id: UUID, sealed: bytes) -> None:
        """Keep a file whole; once this returns, it outlives a power cut."""
        ...

    def read(self, tenant_id: UUID, file_id: UUID) -> bytes:
        """Return a file to the byte; raise `FileLost`."""
        ...

    def remove(self, tenant_id: UUID, file_id: UUID) -> None:
        """Remove a file; one that is not there is no error."""
        ...

    def files_of(self, tenant_id: UUID) -> Iterator[StoredFile]:
        """Go through all files of one tenant, in any order."""
        ...


class KeptFile(TenantOwned, Base):
    """One file that a row of a room names; its content lies in the store under the row's id."""

    __tablename__ = "kept_file"

    size: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)


def install_file_store(app: Flask, store: FileStore) -> None:
    """Give `app` the place where its files lie."""
    app.extensions[_EXTENSION] = store


def keep_file(session: Session, content: bytes) -> UUID:
    """Keep a file of the current tenant sealed; return the id under which it is opened again."""
    row = KeptFile(id=timeless_id(), tenant_id=current_tenant_id(), size=len(content))
    _store().put(row.tenant_id, row.id, tenant_seal(session).seal(content, _place(row.id)))
    insert(session, row)
    return row.id


def open_kept_file(session: Session, file_id: UUID) -> bytes:
    """Return what `keep_file` was given; raise `SealBroken` where somebody changed or moved it."""
    return tenant_seal(session).open(_store().read(current_tenant_id(), file_id), _place(file_id))


def remove_orphans(session: Session) -> int:
    """Remove the current tenant's files that no row names and that are older than a day; return how many."""
    store, tenant_id = _store(), current_tenant_id()
    before = clock.now() - _OLD_ENOUGH
    old = [file.id for file in store.files_of(tenant_id) if file.stored_at < before]
    named = set(session.scalars(select(KeptFile.id).where(among(KeptFile.id, old)))) if old else set()
    orphans = [file_id for file_id in old if file_id not in named]
    for file_id in orphans:
        store.remove(tenant_id, file_id)
    return len(orphans)


def _store() -> FileStore:
    store: FileStore = current_app.extensions[_EXTENSION]
    return store


def _place(file_id: UUID) -> Place:
    return Place(table="kept_file", column="content", row=file_id)

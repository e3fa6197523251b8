"""Files below one folder: a folder for each tenant, names that say nothing, for the owner's eyes only."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.persistence.file_store import FileLost, FilesUnavailable, StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNFINISHED: Final = ".new"
_OWNER_ALONE: Final = 0o600
_OWNERS_FOLDER: Final = 0o700


class DiskFiles:
    """Implements `FileStore` on a disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, tenant_id: UUID, file_id: UUID, sealed: bytes) -> None:
        """Write beside, flush to the disk, then rename: a half file is never found under its name."""
        path = self._path(tenant_id, file_id)
        unfinished = path.with_suffix(_UNFINISHED)
        with _told():
            path.parent.mkdir(mode=_OWNERS_FOLDER, parents=True, exist_ok=True)
            try:
                _write(unfinished, sealed)
                unfinished.replace(path)
            except OSError:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
                raise
            _flush_folder(path.parent)

    def read(self, tenant_id: UUID, file_id: UUID) -> bytes:
        """Return a file to the byte; raise `FileLost`."""
        with _told():
            try:
                return self._path(tenant_id, file_id).read_bytes()
            except FileNotFoundError as error:
                raise FileLost(where=str(file_id)) from error

    def remove(self, tenant_id: UUID, file_id: UUID) -> None:
        """Remove a file; one that is not there is no error."""
        path = self._path(tenant_id, file_id)
        with _told():
            path.unlink(missing_ok=True)
            path.with_suffix(_UNFINISHED).unlink(missing_ok=True)

    def files_of(self, tenant_id: UUID) -> Iterator[StoredFile]:
        """Go through all files of one tenant, half ones that were left behind among them."""
        with _told():
            for path in self._tenant_folder(tenant_id).glob("*/*"):
                with suppress(ValueError, FileNotFoundError):
                    changed = path.stat().st_mtime
                    yield StoredFile(UUID(path.stem), datetime.fromtimestamp(changed, UTC))

    def _path(self, tenant_id: UUID, file_id: UUID) -> Path:
        return self._tenant_folder(tenant_id) / file_id.hex[:2] / file_id.hex

    def _tenant_folder(self, tenant_id: UUID) -> Path:
        return self._folder / tenant_id.hex


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ALONE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """The name of a new file is content of its folder, and must reach the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told() -> Iterator[None]:
    """Say in the house's words what the operating system refused."""
    try:
        yield
    except OSError as error:
        raise FilesUnavailable(where="disk") from error

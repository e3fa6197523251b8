"""The folder from which the bank's connection takes the files: a file appears in it whole, or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ONLY_US: Final = 0o600
_BUFFER: Final = 1 << 18


class Outgoing:
    """Files are written in `being-written`, and moved to `outgoing` once they stand on the disk."""

    def __init__(self, folder: Path) -> None:
        self._written = folder / "being-written"
        self.folder = folder / "outgoing"

    def prepare(self) -> None:
        """Make both folders; raises `OSError` where they cannot be written to."""
        for folder in (self._written, self.folder):
            folder.mkdir(parents=True, exist_ok=True)
            _sync(folder.parent)
            os.close(os.open(folder / ".try", os.O_WRONLY | os.O_CREAT, _ONLY_US))
            (folder / ".try").unlink()

    def write(self, name: str, lines: Iterable[str]) -> None:
        """Write a file that nobody takes yet, over what a crash has left of it; it is on the disk then."""
        descriptor = os.open(
            self._written / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _ONLY_US
        )
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n", buffering=_BUFFER) as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        _sync(self._written)

    def place(self, name: str) -> None:
        """Move a written file to where it is taken. One that has been moved already is left alone.

        A file that is no longer among those being written has been moved: nothing else takes it away.
        """
        try:
            (self._written / name).rename(self.folder / name)
        except FileNotFoundError:
            if not self._written.is_dir():
                raise  # the disk is away: nobody knows where the file is
            return
        _sync(self.folder)
        _sync(self._written)

    def discard(self, name: str) -> None:
        """Throw away a file that is not to be sent."""
        (self._written / name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

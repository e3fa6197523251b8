"""Folders outside the state folder, for what cannot lie inside it; a symbolic link inside remembers each.

Two things need one: the short name of a socket whose path is too long for the operating system, and
a copy of the programs when the account they run as cannot reach the installed ones.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PREFIX = "raaderum-"


def places() -> tuple[Path, ...]:
    """Return where folders outside may be made, best first."""
    named = (tempfile.gettempdir(), "/tmp", "/var/tmp", "/var/lib", "/opt")  # noqa: S108 - see `make`
    return tuple(dict.fromkeys(Path(place) for place in named))


def make(record: Path) -> Iterator[Path]:
    """Yield new empty folders (mode 0700, a name nobody can guess), one per usable place.

    Each replaces the one before it, so the caller takes the first that serves. `record` is
    the link that remembers it.
    """
    for place in places():
        remove(record)
        try:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        except OSError:
            continue
        record.symlink_to(folder)
        yield folder
    remove(record)


def find(record: Path) -> Path | None:
    """Return the remembered folder if it is still there and still ours alone to write in."""
    try:
        folder = record.readlink()
        status = folder.lstat()
    except OSError:
        return None
    ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    return folder if ours and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else None


def remove(record: Path) -> None:
    """Remove the remembered folder, if any, and forget it."""
    folder = find(record)
    if folder is not None and folder.name.startswith(_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(FileNotFoundError):
        record.unlink()

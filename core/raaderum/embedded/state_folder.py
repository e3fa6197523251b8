"""The folder that holds everything the engines keep: nobody but its owner can enter it."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from raaderum.embedded.errors import (
    StateFolderNotPrivate,
    StateFolderNotYours,
    StateFolderUnusable,
)

LOCK = "engines.lock"
"""Held while engines are started or stopped; its presence says that the folder is one of ours."""


def prepare(folder: Path) -> Path:
    """Make the folder (mode 0700) or check the one that is there, and return its real path.

    Raises `StateFolderUnusable`, `StateFolderNotYours` or `StateFolderNotPrivate`.
    """
    real = folder.resolve()
    try:
        real.mkdir(mode=0o700, parents=True, exist_ok=True)
        _demand_private(real)
    except OSError as problem:
        raise StateFolderUnusable(folder=real, reason=problem.strerror or problem) from problem
    return real


def keep_password(path: Path) -> str:
    """Return the password in `path` (mode 0600), made up of 256 random bits if it is not there."""
    if not path.exists():
        unfinished = path.with_name(f"{path.name}.new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        rename_for_good(unfinished, path)
    return path.read_text(encoding="ascii").strip()


def rename_for_good(source: Path, target: Path) -> None:
    """Rename within one folder such that the new name survives a power cut."""
    source.rename(target)
    descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _demand_private(folder: Path) -> None:
    status = folder.stat()
    if status.st_uid != os.geteuid():
        raise StateFolderNotYours(folder=folder, owner=status.st_uid)
    if not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return
    # A folder with other contents may be anything, even /var/lib: its mode is not ours to change.
    if not (folder / LOCK).exists() and any(folder.iterdir()):
        raise StateFolderNotPrivate(folder=folder)
    folder.chmod(0o700)

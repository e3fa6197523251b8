"""The operating system account that the servers run as: ours, or an unprivileged one when we are root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from raaderum.embedded.errors import NoUnprivilegedAccount

_ROOT = 0
_UNPRIVILEGED = ("postgres", "nobody")
"""Accounts to run as when we are root, best first. None is ever created."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account by its numbers, because a container may have no names for them."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Return whether this process runs as the account already."""
        return self.uid == os.geteuid()


def hand_over(folder: Path) -> Account:
    """Make `folder` (mode 0700) if it is not there, and return the account that its server runs as.

    As root, a folder that root owns is given to an unprivileged account; one that has been given
    away keeps its account, also when accounts have come or gone since. Raises `NoUnprivilegedAccount`.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() != _ROOT:
        return Account(os.geteuid(), os.getegid())
    status = folder.lstat()
    if status.st_uid != _ROOT and stat.S_ISDIR(status.st_mode):
        return Account(status.st_uid, status.st_gid)
    account = _find_unprivileged()
    os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    return account


def _find_unprivileged() -> Account:
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NoUnprivilegedAccount(accounts=", ".join(_UNPRIVILEGED))

"""Where a client finds a server's socket, also when the state folder's path is too long for one."""

from __future__ import annotations

import os
from pathlib import Path

from raaderum.embedded import outside
from raaderum.embedded.errors import SocketPathTooLong

_LONGEST_PATH = 100
"""Bytes. Linux allows 107 and macOS 103; a server binds by its short name, only clients need the path."""


def reachable_folder(folder: Path, socket_name: str, *, record: Path) -> Path:
    """Return a path to `folder` that is short enough to reach `socket_name` in it.

    That is the folder itself, or a link to it in a private folder outside that `record` remembers.
    Raises `SocketPathTooLong`.
    """
    if _fits(folder / socket_name):
        return folder
    remembered = outside.find(record)
    if remembered is not None and _leads_to(remembered / "to", folder):
        return remembered / "to"
    for private in outside.make(record):
        link = private / "to"
        if _fits(link / socket_name):
            link.symlink_to(folder)
            return link
    raise SocketPathTooLong(folder=folder, places=", ".join(map(str, outside.places())))


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= _LONGEST_PATH


def _leads_to(link: Path, folder: Path) -> bool:
    return link.is_symlink() and link.readlink() == folder

"""File locks that live exactly as long as the processes that hold them.

A lock belongs to an open file, and a server inherits that file from whoever starts it. So the
lock is free if and only if no process of that server is left, after a crash too: unlike a number
in a pid file, which may by then belong to somebody else's process.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from raaderum.embedded.errors import EnginesBusy

PAUSE_SECONDS = 0.02


def try_to_lock(path: Path) -> int | None:
    """Return an open descriptor that holds the lock, or None when another process holds it.

    Whoever gets the descriptor closes it; the lock lasts until every process that inherited it has too.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def is_locked(path: Path) -> bool:
    """Return whether some process holds the lock."""
    descriptor = try_to_lock(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


@contextmanager
def holding(path: Path, *, patience_seconds: float) -> Iterator[None]:
    """Hold the lock within the block; raise `EnginesBusy` when it does not become free in time."""
    deadline = time.monotonic() + patience_seconds
    while (descriptor := try_to_lock(path)) is None:
        if time.monotonic() > deadline:
            raise EnginesBusy(folder=path.parent)
        time.sleep(PAUSE_SECONDS)
    try:
        yield
    finally:
        os.close(descriptor)

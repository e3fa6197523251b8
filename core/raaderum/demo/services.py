"""The background processes of an installation, started as they would be in production."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from raaderum.worker.handlers import QUEUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from raaderum.settings import Settings

_STOP_SECONDS: Final = 10


@contextmanager
def background_services(
    settings: Settings, *more: Sequence[str]
) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    """Run one worker per queue, the sweeper and `more` commands while the block lasts, in that order."""
    commands = [*(("worker", queue) for queue in QUEUES), ("sweeper",), *more]
    processes = [start_command(command, settings) for command in commands]
    try:
        yield processes
    finally:
        stop_all(processes)


def start_command(command: Sequence[str], settings: Settings) -> subprocess.Popen[bytes]:
    """Start `raaderum COMMAND` as a process of its own over the same installation."""
    return subprocess.Popen(  # noqa: S603 - our own command, with arguments from this module
        [sys.executable, "-m", "raaderum.cli", *command], env={**os.environ, **settings.as_environment()}
    )


def stop_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask each process to end, and wait; one that does not listen is killed."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

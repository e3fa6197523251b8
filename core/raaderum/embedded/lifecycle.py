"""How any server is brought up and shut down, whatever state a crash has left it in."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Protocol

from raaderum.embedded.errors import EngineDidNotStart, EngineDidNotStop
from raaderum.embedded.locks import PAUSE_SECONDS, is_locked, try_to_lock

PATIENCE_SECONDS = 60.0
"""For coming up (recovery after a crash included) and for going down, each."""
_LOG_LINES = 15


class Server(Protocol):
    """What a kind of server must say of itself; `folder` is where it keeps its data."""

    @property
    def name(self) -> str:
        """The name people know it by."""

    @property
    def lifeline(self) -> Path:
        """The lock that every process of the server holds; see `locks`."""

    @property
    def log(self) -> Path:
        """The file that the server logs to."""

    def launch(self, lifeline: int) -> None:
        """Start the server detached from us, with `lifeline` inherited; do not wait for it."""

    def find_obstacle(self) -> str | None:
        """Return None when the server answers us as its owner, else why not."""

    def request_stop(self) -> None:
        """Ask the running server to stop in good order; do not wait for it."""

    def tidy_up(self) -> None:
        """Remove what is only of use while the server runs."""


def bring_up(server: Server) -> bool:
    """Return when the server answers: True if it was started here, False if it ran already.

    A server that is just going down, or whose last processes have yet to notice a crash,
    is waited for and then started. Raises `EngineDidNotStart`, and does not leave behind a
    server that it has started in vain.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (lifeline := try_to_lock(server.lifeline)) is None:
        obstacle = server.find_obstacle()
        if obstacle is None:
            return False
        if time.monotonic() > deadline:
            raise _did_not_start(server, obstacle)
        time.sleep(PAUSE_SECONDS)
    try:
        server.launch(lifeline)
    finally:
        os.close(lifeline)
    _await_answer(server)
    return True


def shut_down(server: Server) -> None:
    """Return when no process of the server is left. Raises `EngineDidNotStop`."""
    if is_locked(server.lifeline):
        server.request_stop()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_locked(server.lifeline):
        if time.monotonic() > deadline:
            raise EngineDidNotStop(engine=server.name, seconds=int(PATIENCE_SECONDS), log=server.log)
        time.sleep(PAUSE_SECONDS)
    server.tidy_up()


def _await_answer(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (obstacle := server.find_obstacle()) is not None:
        gone = not is_locked(server.lifeline)
        if gone or time.monotonic() > deadline:
            failure = _did_not_start(server, obstacle)
            if not gone:
                server.request_stop()
            raise failure
        time.sleep(PAUSE_SECONDS)


def _did_not_start(server: Server, reason: str) -> EngineDidNotStart:
    return EngineDidNotStart(
        engine=server.name, reason=reason, log=server.log, last_lines=_last_lines(server.log)
    )


def _last_lines(log: Path) -> str:
    try:
        # Root must not be led elsewhere by a link that the server's account put in its own folder.
        descriptor = os.open(log, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return ""
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as file:
        return "".join(file.readlines()[-_LOG_LINES:]).rstrip()

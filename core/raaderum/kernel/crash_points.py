"""Named points at which a test can kill the process with SIGKILL; in production they do nothing.

`RAADERUM_CRASH` holds the name of one point, with an optional `@N` for its N-th passing;
`RAADERUM_CRASH_TALLY` a file in which each such death is noted, one line with the point's name.
"""

from __future__ import annotations

import itertools
import os
import signal
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

CRASH_POINTS: Final = (
    "request:after-lock",
    "request:before-commit",
    "request:after-commit-before-enqueue",
    "enqueue:after-write",
    "pop:before-started",
    "claim:before-commit",
    "claim:after-commit",
    "look-up:after",
    "send:before",
    "send:after-request-bytes",
    "send:after",
    "settle:mid",
    "settle:before-commit",
    "settle:after-commit",
    "inbox:before-commit",
    "reconcile:mid",
    "take-back:before",
    "take-back:after",
    "book:before-commit",
    "book:after-commit",
)
"""The sixteen of a payment from its request to its proof, in that order, and the four of a refund."""
RUN_CRASH_POINTS: Final = (
    "run:start-before-commit",
    "run:claim-before-commit",
    "run:look-up-after",
    "run:send-before",
    "run:send-after",
    "run:settle-before",
    "run:settle-after",
)
"""Those of a payment run, which sends many payments as one file."""
_passings: dict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))


def crash_point(name: str) -> None:
    """Kill this process here if the environment asks for it."""
    wanted = os.environ.get("RAADERUM_CRASH")
    if wanted is None:
        return
    point, _, passing = wanted.partition("@")
    if point == name and next(_passings[name]) == int(passing or 1):
        _note(name)
        os.kill(os.getpid(), signal.SIGKILL)


def _note(name: str) -> None:
    """Add a line to the tally in one write, so that those of several processes do not mix."""
    tally = os.environ.get("RAADERUM_CRASH_TALLY")
    if tally is not None:
        file = os.open(tally, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, f"{name}\n".encode())
        os.close(file)

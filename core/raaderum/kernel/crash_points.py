"""Named points at which a test can kill the process with SIGKILL; in production they do nothing.

`RAADERUM_CRASH` holds the name of one point, with an optional `@N` for its N-th passing.
"""

from __future__ import annotations

import itertools
import os
import signal
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

CRASH_POINTS: Final = frozenset(
    {
        "request:before-commit",
        "request:after-commit-before-enqueue",
        "enqueue:after-write",
        "claim:before-commit",
        "claim:after-commit",
        "look-up:after",
        "send:before",
        "send:after",
        "settle:mid",
        "settle:before-commit",
        "settle:after-commit",
        "take-back:before",
        "take-back:after",
        "book:before-commit",
        "book:after-commit",
    }
)
_passings: dict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))


def crash_point(name: str) -> None:
    """Kill this process here if the environment asks for it."""
    wanted = os.environ.get("RAADERUM_CRASH")
    if wanted is None:
        return
    point, _, passing = wanted.partition("@")
    if point == name and next(_passings[name]) == int(passing or 1):
        os.kill(os.getpid(), signal.SIGKILL)

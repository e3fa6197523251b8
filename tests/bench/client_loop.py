"""What every client process does: say that it is ready, then work for as many seconds as it is told.

Needs nothing but the standard library, for it runs in the peers' environment too.
"""

from __future__ import annotations

import sys
from time import perf_counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

READY: Final = "ready"
_WARM_UP: Final = 30
"""Acts before the first figure: connections, plans and caches are made."""


def serve(act: Callable[[], object]) -> None:
    """Read a number of seconds from each line of the input, and answer with acts per second."""
    for _ in range(_WARM_UP):
        act()
    print(READY, flush=True)
    for line in sys.stdin:
        print(rate_of(act, float(line)), flush=True)


def rate_of(act: Callable[[], object], seconds: float) -> float:
    """Return how often per second `act` was done."""
    done, start = 0, perf_counter()
    while (passed := perf_counter() - start) < seconds:
        act()
        done += 1
    return done / passed

"""Calls to plugins: whatever goes wrong in one is a typed outcome of one payment, never a crash."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Accepted, Completed, Outcome, Refused, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)
_OUTCOMES = (Completed, Accepted, Refused, Unknown)
AT_ONCE: Final = 32
"""How many providers' answers one worker waits for at the same time."""
PATIENCE: Final = 30.0
"""Seconds that a batch waits; well below the lease, so that nobody else takes the work meanwhile."""


def ask_at_once(questions: Sequence[Callable[[], Outcome]], *, patience: float = PATIENCE) -> list[Outcome]:
    """Ask all `questions` concurrently; those not answered within `patience` are `Unknown`.

    One slow provider does not hold the others' answers back beyond that.
    """
    if not questions:
        return []
    pool = ThreadPoolExecutor(max_workers=min(AT_ONCE, len(questions)), thread_name_prefix="provider")
    futures = [pool.submit(question) for question in questions]
    wait(futures, timeout=patience)
    pool.shutdown(wait=False, cancel_futures=True)
    return [
        future.result() if future.done() and not future.cancelled() else Unknown("time-out")
        for future in futures
    ]


def outcome_of(call: Callable[[], object]) -> Outcome:
    """Run `call` and return its outcome; an exception or a nonsense answer is `Unknown`.

    The exception's text stays out of the log: it may hold what the provider was sent.
    """
    try:
        answer = call()
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything
        log.warning("a provider raised %s; the outcome is unknown", type(error).__name__)
        return Unknown(f"the provider raised {type(error).__name__}")
    if isinstance(answer, _OUTCOMES):
        return answer
    return Unknown(f"the provider answered with {type(answer).__name__}")


def looked_up(call: Callable[[], object]) -> Outcome | None:
    """Run a look-up; None means that the provider is sure it never got the order."""
    try:
        answer = call()
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything
        log.warning("a provider's look-up raised %s", type(error).__name__)
        return Unknown(f"the look-up raised {type(error).__name__}")
    if answer is None or isinstance(answer, _OUTCOMES):
        return answer
    return Unknown(f"the look-up answered with {type(answer).__name__}")

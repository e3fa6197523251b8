"""Calls to plugins: whatever goes wrong in one is a typed outcome of one payment, never a crash."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Accepted, Completed, Outcome, Refused, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

log = logging.getLogger(__name__)
AT_ONCE: Final = 32
"""How many answers of one provider a worker waits for at the same time."""
FIRST_WAVE: Final = 2.0
"""Seconds after which what has been answered is not held back any longer by what has not."""
PATIENCE: Final = 25.0
"""Seconds that a batch waits; well below the lease, so that nobody else takes the work meanwhile."""


@dataclass(frozen=True, slots=True)
class Question:
    """A call to one provider. Calls to another one never wait for it."""

    provider: str
    ask: Callable[[], Outcome]


def answers_in_waves(
    questions: Sequence[Question], *, first_wave: float = FIRST_WAVE, patience: float = PATIENCE
) -> Iterator[dict[int, Outcome | None]]:
    """Ask all `questions` concurrently; yield the answers by the question's number, in at most two waves.

    The first wave is whatever has been answered within `first_wave` seconds, the second one
    everything else after `patience`: `Unknown` for a question without an answer, None for one
    that was never asked because its provider was too slow with those before it.
    """
    pools = {
        provider: ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="provider")
        for provider in {question.provider for question in questions}
    }
    futures = [pools[question.provider].submit(question.ask) for question in questions]
    try:
        wait(futures, timeout=first_wave)
        first = {number: future.result() for number, future in enumerate(futures) if future.done()}
        yield dict(first)
        late = {number: future for number, future in enumerate(futures) if number not in first}
        if late:
            wait(late.values(), timeout=patience - first_wave)
            yield {number: _late_answer(future) for number, future in late.items()}
    finally:
        for pool in pools.values():
            pool.shutdown(wait=False, cancel_futures=True)


def _late_answer(future: Future[Outcome]) -> Outcome | None:
    if future.cancel():
        return None
    return future.result() if future.done() else Unknown("time-out")


def outcome_of(call: Callable[[], object]) -> Outcome:
    """Run `call` and return its outcome; an exception or a nonsense answer is `Unknown`.

    The exception's text stays out of the log: it may hold what the provider was sent.
    """
    try:
        answer = call()
    except BaseException as error:  # noqa: BLE001 - a plugin may raise anything, even SystemExit
        log.warning("a provider raised %s; the outcome is unknown", type(error).__name__)
        return Unknown(f"the provider raised {type(error).__name__}")
    return _sound(answer) or Unknown(f"the provider answered with an unusable {type(answer).__name__}")


def looked_up(call: Callable[[], object]) -> Outcome | None:
    """Run a look-up; None means that the provider is sure it never got the order."""
    try:
        answer = call()
    except BaseException as error:  # noqa: BLE001 - a plugin may raise anything, even SystemExit
        log.warning("a provider's look-up raised %s", type(error).__name__)
        return Unknown(f"the look-up raised {type(error).__name__}")
    if answer is None:
        return None
    return _sound(answer) or Unknown(f"the look-up answered with an unusable {type(answer).__name__}")


def _sound(answer: object) -> Outcome | None:
    """Return `answer` if it is an outcome whose words can be stored; else None."""
    match answer:
        case Completed(reference=word) | Accepted(reference=word) | Refused(code=word) | Unknown(reason=word):
            return answer if isinstance(word, str) and "\x00" not in word else None
        case _:
            return None

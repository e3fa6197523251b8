"""Forked children for tests: they inherit everything the parent has open, as RQ's work-horses do."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class ChildFailed(AssertionError):
    """A child raised, or died before it could answer."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running child; wait for it once, with `answer` or with `exit_code`."""

    pid: int
    _answers: int

    def answer(self) -> Any:  # noqa: ANN401 - any JSON value
        """Wait for the child and return what its act returned; raise `ChildFailed` with what it raised."""
        told, code = self._told(), self.exit_code()
        if not told:
            message = f"the child ended with {code} and said nothing"
            raise ChildFailed(message)
        answer = json.loads(told)
        if "error" in answer:
            raise ChildFailed(answer["error"])
        return answer["value"]

    def exit_code(self) -> int:
        """Wait for the child and return its exit code; the negative signal's number where one killed it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def end(self) -> int:
        """Wait for the child without hearing what it says; return its exit code."""
        os.close(self._answers)
        return self.exit_code()

    def has_ended(self) -> bool:
        """Say whether the child has come to an end already; it still is to be waited for."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _told(self) -> str:
        with os.fdopen(self._answers) as pipe:
            return pipe.read()


def fork_child(act: Callable[[], object], *, at_most_seconds: int = 60) -> Child:
    """Run `act` in a forked child and return at once; what it returns must be a JSON value.

    A child that hangs is killed after `at_most_seconds`.
    """
    answers, answer_end = os.pipe()
    pid = os.fork()
    if pid:
        os.close(answer_end)
        return Child(pid, answers)
    try:
        signal.alarm(at_most_seconds)
        told = json.dumps(_told_of(act))
        with os.fdopen(answer_end, "w") as pipe:
            pipe.write(told)
    finally:
        os._exit(0)


def _told_of(act: Callable[[], object]) -> dict[str, object]:
    try:
        return {"value": act()}
    except BaseException as error:  # noqa: BLE001 - the parent is told of whatever went wrong
        return {"error": f"{type(error).__name__}: {error}"}

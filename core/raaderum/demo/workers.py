"""Waiting for background work: done here and now, or by workers that run beside."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from raaderum.persistence.unit_of_work import reading
from raaderum.worker.handlers import QUEUES, do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

_PATIENCE_SECONDS: Final = 120.0
_GLANCE_SECONDS: Final = 0.1


class Work(Protocol):
    """Gets background work done."""

    def __call__(self, holds: Callable[[Session], bool], /) -> None:
        """Return when the work is done and `holds`; raise `TimeoutError` where it does not come to hold."""
        ...


def work_here(holds: Callable[[Session], bool]) -> None:
    """Do the due work of the current tenant in this process."""
    while sum(do_due_work(queue) for queue in QUEUES):
        pass
    with reading() as session:
        if not holds(session):
            message = "all due work is done, and what was waited for has not come"
            raise TimeoutError(message)


def wait_for_workers(holds: Callable[[Session], bool]) -> None:
    """Wait for workers; raise `TimeoutError` when they have not done their work in two minutes."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with reading() as session:
            if holds(session):
                return
        time.sleep(_GLANCE_SECONDS)
    message = f"the workers have not done their work within {_PATIENCE_SECONDS:.0f} s"
    raise TimeoutError(message)

"""Jobs that only do what is on a list, whoever wrote them into the queue.

Whoever can write to Valkey could otherwise have any function called, as the worker. Callbacks
and webhooks of a job are dropped, its function must be on the list, its arguments are ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rq.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable

ALLOWED: Final = frozenset({"raaderum.worker.jobs.do_tenants_work"})
_DROPPED: Final = (
    b"success_callback_name",
    b"failure_callback_name",
    b"stopped_callback_name",
    b"webhooks",
)


class JobNotAllowed(PermissionError):
    """A job in the queue names a function that is not on the list; it is not run."""


class SafeJob(Job):
    """A job whose function is on the list."""

    def restore(self, raw_data: Any) -> None:  # noqa: ANN401 - RQ's own signature
        """Read the job without what it could call besides its function."""
        for field in _DROPPED:
            raw_data.pop(field, None)
        super().restore(raw_data)

    @property
    def func(self) -> Callable[..., Any] | None:
        """The job's function; raise `JobNotAllowed` for one that is not on the list."""
        if self.func_name not in ALLOWED or self.instance is not None:
            raise JobNotAllowed
        function: Callable[..., Any] | None = super().func
        return function

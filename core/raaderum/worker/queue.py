"""The queue server: a doorbell and nothing more. What is lost here is found by the sweeper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redis import Redis, RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from raaderum.kernel.crash_points import crash_point
from raaderum.worker.safe_job import SafeJob

if TYPE_CHECKING:
    from uuid import UUID

_JOB: Final = "raaderum.worker.jobs.do_tenants_work"
_BELL_SECONDS: Final = 5
_PATIENCE_SECONDS: Final = 2.0
_RINGING_SECONDS: Final = 0.5
"""A person waits for the answer to a request meanwhile, and nobody depends on the bell."""
_FAILURES_KEPT_SECONDS: Final = 24 * 3600


class QueueDoorbell:
    """Rings by enqueueing one job per tenant and queue; a bell that still rings is not rung again."""

    def __init__(self, url: str) -> None:
        self._connection = connect(url, patience=_RINGING_SECONDS)

    def ring(self, queue: str, tenant_id: UUID) -> None:
        """Wake a worker of `queue` for the tenant; raise where the queue server is away."""
        if not self._connection.set(_bell(queue, tenant_id), b"1", nx=True, ex=_BELL_SECONDS):
            return
        open_queue(queue, self._connection).enqueue(
            _JOB,
            args=(queue, str(tenant_id)),
            description=f"work of {queue}",
            result_ttl=0,
            failure_ttl=_FAILURES_KEPT_SECONDS,
        )
        crash_point("enqueue:after-write")

    def answers(self) -> bool:
        """Say whether the queue server can be reached just now."""
        try:
            return bool(self._connection.ping())
        except RedisError:
            return False


def connect(url: str, *, patience: float = _PATIENCE_SECONDS) -> Redis:
    """Return a connection to the queue server that gives up after `patience` seconds."""
    return Redis.from_url(url, socket_connect_timeout=patience, socket_timeout=patience)


def open_queue(name: str, connection: Redis) -> Queue:
    """Return an RQ queue that holds safe jobs, as JSON."""
    return Queue(name, connection=connection, job_class=SafeJob, serializer=JSONSerializer)


def silence_bell(connection: Redis, queue: str, tenant_id: UUID) -> None:
    """Let the bell be rung again: work that comes from now on needs a new ring."""
    connection.delete(_bell(queue, tenant_id))


def _bell(queue: str, tenant_id: UUID) -> str:
    return f"t:{tenant_id}:bell:{queue}"

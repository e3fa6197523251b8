"""The doorbell: after a commit, tell the workers that there is work. Losing a ring loses nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, Protocol

from flask import current_app

from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
_EXTENSION: Final = "raaderum_doorbell"
_TO_RING: Final = "queues_to_ring"


class Doorbell(Protocol):
    """Something that wakes the workers of a queue."""

    def ring(self, queue: str, tenant_id: UUID) -> None:
        """Wake a worker of `queue` for `tenant_id`; may raise, nobody depends on it."""
        ...

    def answers(self) -> bool:
        """Say whether the queue server can be reached just now; never raises."""
        ...


def install_doorbell(app: Flask, doorbell: Doorbell) -> None:
    """Give `app` its doorbell. Without one, only the sweeper finds the work."""
    app.extensions[_EXTENSION] = doorbell


def doorbell_answers() -> bool:
    """Say whether the running application has a doorbell that can be reached."""
    doorbell: Doorbell | None = current_app.extensions.get(_EXTENSION)
    return doorbell is not None and doorbell.answers()


def ring_after_commit(session: Session, queue: str) -> None:
    """Ring for `queue` once this session has committed."""
    session.info.setdefault(_TO_RING, set()).add(queue)


def ring(session: Session) -> None:
    """Ring for every queue that got work in the transaction that has just been committed.

    The work itself stands in the database; where the queue server is away, the sweeper finds it.
    """
    queues: set[str] = session.info.pop(_TO_RING, set())
    doorbell: Doorbell | None = current_app.extensions.get(_EXTENSION)
    if doorbell is None:
        return
    for queue in sorted(queues):
        try:
            doorbell.ring(queue, current_tenant_id())
        except Exception:  # noqa: BLE001 - whatever is wrong with the bell, the act is committed
            log.warning("the doorbell of queue %s did not ring; the sweeper will find the work", queue)

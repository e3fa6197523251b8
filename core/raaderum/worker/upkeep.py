"""Upkeep that no room does itself."""

from __future__ import annotations

from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.web.idempotency import forget_old_writes


def forget_writes() -> int:
    """Forget the answers to writes that nobody repeats any longer; return how many."""
    with unit_of_work() as session:
        return forget_old_writes(session)

"""The one place that reads the time. Everything is UTC; screens show Europe/Copenhagen."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_standing_still: ContextVar[datetime | None] = ContextVar("standing_still", default=None)


def now() -> datetime:
    """Return the present moment, in UTC."""
    return _standing_still.get() or datetime.now(UTC)


def today() -> date:
    """Return today's date as people in Denmark see it on the wall."""
    return now().astimezone(COPENHAGEN).date()


def start_of(day: date) -> datetime:
    """Return the moment at which `day` begins in Denmark, in UTC."""
    return datetime.combine(day, time.min, COPENHAGEN).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the date on which `moment` falls in Denmark."""
    return moment.astimezone(COPENHAGEN).date()


@contextmanager
def standing_still_at(moment: datetime) -> Iterator[None]:
    """Let the clock show `moment` (with time zone) within the block: for tests and made-up history."""
    token = _standing_still.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing_still.reset(token)

"""What is done by the clock, as data: a line here is all that a new job needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A job that is done for every municipality: each day `at` a time in Copenhagen, or `every` so often.

    `act` is called inside `working_for(tenant)` and opens its own units of work; doing it twice must do
    no harm. `name` never changes, `title` is what people see.
    """

    name: str
    title: Text
    act: Callable[[], object]
    at: time | None = None
    every: timedelta | None = None


SCHEDULE: Final[tuple[Scheduled, ...]] = ()

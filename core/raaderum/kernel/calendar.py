"""Whole calendar months: how many days they have is the calendar's business, not ours."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

_MONTHS: Final = 12


def months_after(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or earlier for a negative number.

    Where the month is too short it is its last day: half a year after 31 August is 28 February,
    in a leap year the 29th.
    """
    total = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(total, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

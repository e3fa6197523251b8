"""Dates, times and numbers as people read them, in Danish time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel.clock import COPENHAGEN
from raaderum.kernel.day_names import MONTHS

if TYPE_CHECKING:
    from datetime import date, datetime


def day_in_words(day: date, language: str) -> str:
    """Return `30. november 2026`, in English `30 November 2026`."""
    dot = "" if language == "en" else "."
    return f"{day.day}{dot} {MONTHS[language][day.month - 1]} {day.year}"


def moment_in_words(moment: datetime, language: str) -> str:
    """Return the day and the time on the wall in Denmark: `30. november 2026 kl. 14.05`."""
    local = moment.astimezone(COPENHAGEN)
    time = f"{local:%H:%M}" if language == "en" else f"kl. {local:%H.%M}"
    return f"{day_in_words(local.date(), language)} {time}"


def number_in_words(number: float, language: str) -> str:
    """Return `2,5`, in English `2.5`; a whole number without decimals."""
    written = f"{number:g}"
    return written if language == "en" else written.replace(".", ",")

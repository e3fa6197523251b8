"""Dates as UBL writes them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def date_of(text: str | None) -> date | None:
    """Read `YYYY-MM-DD`, also with the time zone that XML allows; None for anything else."""
    if text is None or not _ISO.match(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def is_plain_date(text: str) -> bool:
    """Say whether `text` is exactly `YYYY-MM-DD` and a day that exists."""
    return bool(_ISO.fullmatch(text)) and date_of(text) is not None


def ends_before_it_starts(period: Aggregate) -> bool:
    """Say whether a period has both ends and they are the wrong way round."""
    start, end = date_of(period.texts.get("StartDate")), date_of(period.texts.get("EndDate"))
    return start is not None and end is not None and end < start

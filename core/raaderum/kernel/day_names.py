"""What people call the days and months, in Danish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni",
        "juli", "august", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_WEEKDAYS: Final = (
    Text("mandag", "Monday"),
    Text("tirsdag", "Tuesday"),
    Text("onsdag", "Wednesday"),
    Text("torsdag", "Thursday"),
    Text("fredag", "Friday"),
    Text("lørdag", "Saturday"),
    Text("søndag", "Sunday"),
)


def weekday_and_day(day: date) -> Text:
    """Return `tirsdag den 3. marts`, in English `Tuesday 3 March`."""
    weekday = _WEEKDAYS[day.weekday()]
    return Text(
        f"{weekday.danish} den {day.day}. {MONTHS['da'][day.month - 1]}",
        f"{weekday.english} {day.day} {MONTHS['en'][day.month - 1]}",
    )

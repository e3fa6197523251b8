"""CPR numbers: what can be read from one, and which are impossible.

Numbers without a valid check digit have been issued since 2007, so the check digit is never
asked for. Replacement numbers have 60 added to the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text

_FORM: Final = re.compile(r"(\d{2})(\d{2})(\d{2})-?(\d)(\d{3})", re.ASCII)
_ANYWHERE: Final = re.compile(r"(?<!\d)(\d{6})[\s-]{0,3}(\d{4})(?!\d)", re.ASCII)
_REPLACEMENT_DAY_OFFSET: Final = 60
_LATE_YEAR_OF_4_AND_9: Final = 36
_LATE_YEAR_OF_5_TO_8: Final = 57


class CprImpossible(InvalidInput):
    """A text that no CPR number can look like. Never repeats what was written."""

    code = "cpr_impossible"
    text = Text(
        "CPR-nummeret kan ikke findes: skriv ti cifre, der begynder med en dato (DDMMÅÅ-XXXX).",
        "No such CPR number can exist: write ten digits that begin with a date (DDMMYY-XXXX).",
    )


@dataclass(frozen=True, slots=True, repr=False)
class Cpr:
    """A CPR number. Shows itself masked, so that it cannot slip into a log by accident."""

    digits: str
    born_on: date
    is_replacement: bool

    @classmethod
    def parse(cls, written: str) -> Cpr:
        """Read `DDMMYY-XXXX`, with or without the hyphen; raise `CprImpossible`."""
        match = _FORM.fullmatch(written.strip())
        if match is None:
            raise CprImpossible(where="cpr")
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        is_replacement = day > _REPLACEMENT_DAY_OFFSET
        real_day = day - _REPLACEMENT_DAY_OFFSET if is_replacement else day
        try:
            born_on = date(_century(int(match[4]), year) + year, month, real_day)
        except ValueError:
            # The cause holds parts of the number; it must not travel with the error.
            raise CprImpossible(where="cpr") from None
        return cls("".join(match.groups()), born_on, is_replacement)

    @property
    def is_female(self) -> bool:
        """Whether the number was given to a woman (even last digit)."""
        return int(self.digits[-1]) % 2 == 0

    def __repr__(self) -> str:
        return "Cpr(masked)"

    def __str__(self) -> str:
        return f"{self.digits[:6]}-xxxx"


def masked(text: str) -> str:
    """Return `text` with everything in it that can be a CPR number shown as a `Cpr` shows itself."""
    return _ANYWHERE.sub(_masked_if_possible, text)


def _masked_if_possible(found: re.Match[str]) -> str:
    try:
        return str(Cpr.parse(f"{found[1]}{found[2]}"))
    except CprImpossible:
        return found[0]


def _century(seventh: int, year: int) -> int:
    """Return the century by the seventh digit and the year (the CPR office's table)."""
    if seventh <= 3:  # noqa: PLR2004 - the table's own digits
        return 1900
    if seventh in {4, 9}:
        return 2000 if year <= _LATE_YEAR_OF_4_AND_9 else 1900
    return 2000 if year <= _LATE_YEAR_OF_5_TO_8 else 1800


def age_on(day: date, *, born_on: date) -> int:
    """Return the age in whole years on `day`; who is born on 29 February ages on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))

"""A made-up extract of Statistics Denmark's registers, and what is counted in it.

Charges, diagnoses, education and benefits are no business of the programme: Råderum never holds
them. The extract is a file of its own, keyed by a number that leads to nobody, and is not imported.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.quotas import SEED, TRIAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

WEEKS_IN_2017: Final = 52
FILE_NAME: Final = "made-up-register-extract.csv"
_PRIMARY: Final = "primary_school"
_FURTHER: Final = "youth_or_higher_education"
_UNKNOWN: Final = "unknown"
_LIGHT: Final = "light"
_MODERATE: Final = "moderate"
_SEVERE: Final = "severe"
_NO_DIAGNOSIS: Final = ""

_PRIMARY_SCHOOL: Final = 77
_UNKNOWN_EDUCATION: Final = 6
_CHARGED: Final[Mapping[str, int]] = {"aarhus": 20, "halsnaes": 14, "kolding": 8, "lejre": 9}
_DIAGNOSED: Final[Mapping[str, int]] = {"aarhus": 13, "halsnaes": 21, "kolding": 20, "lejre": 18}
"""Which of the other three has 72 and which 84 per cent is not published: assumed."""
_SEVERITIES: Final[Mapping[str, int]] = {_MODERATE: 27, _SEVERE: 14, _LIGHT: 31}
_WITHOUT_EDUCATION: Final = "kolding"
"""Its target group has none."""
_OLDER: Final = ("halsnaes", "lejre")
_EARLY_RETIRED: Final = 10


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One pseudonymous citizen; weeks are of 2017 and sum to 52 with those in the remaining `other`."""

    pseudonym: str
    municipality: str
    education: str
    charged: bool
    diagnosis: str
    weeks_on_cash_assistance: int
    weeks_in_work: int
    weeks_on_student_grant: int
    weeks_on_early_retirement: int
    weeks_on_other: int


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """What is counted in the extract, by municipality, and sums of weeks."""

    citizens: Counter[str]
    charged: Counter[str]
    diagnosed: Counter[str]
    severities: Counter[str]
    educations: Counter[str]
    weeks: Counter[str]


def make_register_extract(seed: int = SEED) -> str:
    """Return the made-up extract as CSV: one row for each of the 101, always the same for a seed."""
    chance = Random(seed + 1)  # noqa: S311 - made-up, and to come out the same; nothing is secret
    towns = [quota.slug for quota in TRIAL for _ in range(quota.citizens)]
    chance.shuffle(towns)
    charged = _some_of_each(chance, towns, _CHARGED)
    diagnosed = _some_of_each(chance, towns, _DIAGNOSED)
    severities = [name for name, count in _SEVERITIES.items() for _ in range(count)]
    chance.shuffle(severities)
    diagnoses = dict(zip(sorted(diagnosed), severities, strict=True))
    educations = _educations(chance, towns)
    weeks = _weeks(chance, towns)
    rows = [
        RegisterRow(
            f"P{place + 1:03d}",
            town,
            educations[place],
            place in charged,
            diagnoses.get(place, _NO_DIAGNOSIS),
            *weeks[place],
        )
        for place, town in enumerate(towns)
    ]
    return _as_csv(rows)


def count_register_extract(content: str) -> RegisterCounts:
    """Count what stands in an extract."""
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    weeks: Counter[str] = Counter()
    for row in rows:
        weeks.update({name: int(row[name]) for name in row if name.startswith("weeks_")})
    return RegisterCounts(
        citizens=Counter(row["municipality"] for row in rows),
        charged=Counter(row["municipality"] for row in rows if row["charged"] == "1"),
        diagnosed=Counter(row["municipality"] for row in rows if row["diagnosis"]),
        severities=Counter(row["diagnosis"] for row in rows if row["diagnosis"]),
        educations=Counter(row["education"] for row in rows),
        weeks=weeks,
    )


def _some_of_each(chance: Random, towns: Sequence[str], quota: Mapping[str, int]) -> set[int]:
    return {
        place
        for town, count in quota.items()
        for place in chance.sample([place for place, one in enumerate(towns) if one == town], count)
    }


def _educations(chance: Random, towns: Sequence[str]) -> list[str]:
    """Give primary school to all whose target group has no other, and to so many of the rest."""
    others = [place for place, town in enumerate(towns) if town != _WITHOUT_EDUCATION]
    chance.shuffle(others)
    further = len(towns) - _PRIMARY_SCHOOL
    named = dict.fromkeys(others[:further], _FURTHER) | dict.fromkeys(others[:_UNKNOWN_EDUCATION], _UNKNOWN)
    return [named.get(place, _PRIMARY) for place in range(len(towns))]


def _weeks(chance: Random, towns: Sequence[str]) -> list[tuple[int, int, int, int, int]]:
    """Deal sums of weeks out: retirement whole years, the rest in pieces; what is left is kontanthjælp."""
    people = len(towns)
    left = [WEEKS_IN_2017] * people
    older = [place for place, town in enumerate(towns) if town in _OLDER]
    younger = [place for place, town in enumerate(towns) if town not in _OLDER]
    retired = chance.sample(older, _EARLY_RETIRED)
    at_work = [place for place in range(people) if place not in retired]
    retirement = _dealt(left, retired, 5 * people, lambda: WEEKS_IN_2017)
    student_grant = _dealt(left, chance.sample(younger, 18), 4 * people, lambda: chance.randint(15, 40))
    work = _dealt(left, chance.sample(at_work, 30), 3 * people, lambda: chance.randint(4, 20))
    other = _dealt(left, chance.sample(at_work, 50), 7 * people, lambda: chance.randint(8, 26))
    return list(zip(left, work, student_grant, retirement, other, strict=True))


def _dealt(left: list[int], places: Sequence[int], total: int, piece: Callable[[], int]) -> list[int]:
    """Take pieces out of what each of `places` has left until `total` weeks are dealt; return those."""
    dealt = [0] * len(left)
    while total:
        before = total
        for place in places:
            taken = min(piece(), left[place], total)
            dealt[place], left[place], total = dealt[place] + taken, left[place] - taken, total - taken
        if total == before:
            raise ValueError("nobody has a week left")
    return dealt


def _as_csv(rows: Iterable[RegisterRow]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(RegisterRow.__slots__)
    for row in rows:
        values = (getattr(row, name) for name in RegisterRow.__slots__)
        writer.writerow([int(value) if isinstance(value, bool) else value for value in values])
    return written.getvalue()

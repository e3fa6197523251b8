"""People who do not exist: names, birthdays and CPR numbers that can be nobody's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.chances import numbers_with_sum
from raaderum.demo.cohort.names import FAMILY_NAMES, OLDER_MEN, OLDER_WOMEN, YOUNG_MEN, YOUNG_WOMEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from raaderum.demo.cohort.quotas import TownQuota

REFERENCE_DAY: Final = date(2018, 1, 1)
"""The day on which the national evaluation counts ages."""
_BORN_OLD: Final = 1978
_LAST_BIRTHDAY: Final = date(1998, 12, 31)
"""All are born in the 1900s, so the seventh digit of their number is between 0 and 3."""


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    """Somebody who does not exist. The CPR number has 60 added to its day."""

    name: str
    born_on: date
    is_female: bool
    cpr: str = field(repr=False)


class Register:
    """Hands out people, never the same name or number twice."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._names: set[str] = set()
        self._numbers: set[str] = set()

    def people(self, quota: TownQuota) -> Iterator[MadeUpPerson]:
        """Make the people of one municipality: so many men, so many years of age together."""
        men = set(self._chance.sample(range(quota.citizens), quota.men))
        for number, age in enumerate(_ages(self._chance, quota)):
            yield self._person(age, is_female=number not in men)

    def _person(self, age: int, *, is_female: bool) -> MadeUpPerson:
        year = REFERENCE_DAY.year - 1 - age
        born_on = date(year, 1, 2) + timedelta(days=self._chance.randrange(364))
        return MadeUpPerson(
            self._name(born_on, is_female=is_female),
            born_on,
            is_female,
            self._cpr(born_on, is_female=is_female),
        )

    def _name(self, born_on: date, *, is_female: bool) -> str:
        if born_on.year < _BORN_OLD:
            first_names = OLDER_WOMEN if is_female else OLDER_MEN
        else:
            first_names = YOUNG_WOMEN if is_female else YOUNG_MEN
        while True:
            name = f"{self._chance.choice(first_names)} {self._chance.choice(FAMILY_NAMES)}"
            if name not in self._names:
                self._names.add(name)
                return name

    def _cpr(self, born_on: date, *, is_female: bool) -> str:
        """Return a number whose last digit tells the sex: even a woman's, odd a man's."""
        birthday = f"{born_on.day + 60:02d}{born_on:%m%y}"
        while True:
            # A seventh digit from 1: the hand-written people of the demo have 0.
            serial = self._chance.randrange(100, 400)
            digits = f"{birthday}{serial}{self._chance.randrange(0, 10, 2) + (not is_female)}"
            if digits not in self._numbers:
                self._numbers.add(digits)
                return digits


def _ages(chance: Random, quota: TownQuota) -> list[int]:
    limits = [(quota.youngest, quota.oldest)] * quota.citizens
    if quota.years is None:
        return [chance.randint(*limit) for limit in limits]
    return numbers_with_sum(chance, quota.years, among=limits)

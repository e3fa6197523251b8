"""The constraints of the published figures, solved by hand: how many whole people have what.

Where a published share is of no whole number of people, the nearest one stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from raaderum.plans.size_of_change import SizeOfChange
from raaderum.questionnaires.rules import Degree, Distance

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED: Final = 20171204
"""Everything made up follows from this number."""


@dataclass(frozen=True, slots=True)
class TownQuota:
    """A municipality's made-up citizens in one programme.

    `years` is the sum of their ages in whole years on 1 January 2018, None where nothing is
    published; ages lie between `youngest` and `oldest`, which leaves room for a birthday before
    the screening. `unanswered` have no questionnaires, and left early.
    """

    slug: str
    programme: str
    prefix: str
    citizens: int
    men: int
    years: int | None
    youngest: int
    oldest: int
    first_start: date
    last_start: date
    left_early: int
    unanswered: int


TRIAL: Final = (
    TownQuota(
        slug="aarhus",
        programme="personligt-borgerstyret-budget",
        prefix="AAR",
        citizens=26,
        men=21,
        years=608,
        youngest=19,
        oldest=29,
        first_start=date(2018, 1, 15),
        last_start=date(2018, 10, 30),
        left_early=2,
        unanswered=1,
    ),
    TownQuota(
        slug="halsnaes",
        programme="mit-liv-min-styring",
        prefix="HAL",
        citizens=25,
        men=16,
        years=1027,
        youngest=21,
        oldest=68,
        first_start=date(2018, 3, 1),
        last_start=date(2018, 12, 10),
        left_early=0,
        unanswered=0,
    ),
    TownQuota(
        slug="kolding",
        programme="personligt-borgerstyret-budget",
        prefix="KOL",
        citizens=25,
        men=19,
        years=602,
        youngest=19,
        oldest=29,
        first_start=date(2018, 1, 15),
        last_start=date(2018, 10, 30),
        left_early=1,
        unanswered=1,
    ),
    TownQuota(
        slug="lejre",
        programme="personligt-borgerstyret-budget",
        prefix="LEJ",
        citizens=25,
        men=16,
        years=812,
        youngest=19,
        oldest=64,
        first_start=date(2018, 1, 15),
        last_start=date(2018, 11, 15),
        left_early=1,
        unanswered=1,
    ),
)
"""The 101 of the four municipalities."""

LTT: Final = TownQuota(
    slug="aarhus",
    programme="langtidsledige-tager-teten",
    prefix="LTT",
    citizens=97,
    men=56,
    years=None,
    youngest=34,
    oldest=62,
    first_start=date(2015, 10, 1),
    last_start=date(2017, 12, 1),
    left_early=0,
    unanswered=0,
)
"""The job programme's 97. Men and women, and ages beyond 30, are assumed: nothing is published."""

LTT_SPENT_KRONER: Final = 97 * 41_100

EDUCATION_OR_EMPLOYMENT: Final = 60
HOUSING: Final = 39

MOVEMENTS: Final[Mapping[tuple[Distance, Distance], int]] = {
    (Distance.VERY_FAR, Distance.FAR): 1,
    (Distance.VERY_FAR, Distance.SOME_WAY): 5,
    (Distance.VERY_FAR, Distance.CLOSE): 6,
    (Distance.VERY_FAR, Distance.ACHIEVED): 2,
    (Distance.FAR, Distance.VERY_FAR): 1,
    (Distance.FAR, Distance.FAR): 1,
    (Distance.FAR, Distance.SOME_WAY): 7,
    (Distance.FAR, Distance.CLOSE): 14,
    (Distance.FAR, Distance.ACHIEVED): 7,
    (Distance.SOME_WAY, Distance.FAR): 3,
    (Distance.SOME_WAY, Distance.SOME_WAY): 10,
    (Distance.SOME_WAY, Distance.CLOSE): 22,
    (Distance.SOME_WAY, Distance.ACHIEVED): 10,
    (Distance.CLOSE, Distance.SOME_WAY): 2,
    (Distance.CLOSE, Distance.CLOSE): 4,
    (Distance.CLOSE, Distance.ACHIEVED): 3,
}
"""How many of the 98 went from which distance to which: one table from which figures 6.2, 6.3 and
6.4 come out at once. Its rows sum to 14, 30, 45 and 9, its columns to 1, 5, 24, 46 and 22."""

BELIEFS: Final[Mapping[Degree, int]] = {
    Degree.VERY_HIGH: 17,
    Degree.HIGH: 34,
    Degree.PARTLY: 40,
    Degree.LESSER: 5,
    Degree.LOW: 2,
}
"""The support persons' belief at the start. The published shares sum to 99: the one person that is
missing is counted as ’partly’."""

ACHIEVEMENTS: Final[Mapping[Degree, int]] = {
    Degree.VERY_HIGH: 28,
    Degree.HIGH: 23,
    Degree.PARTLY: 22,
    Degree.LESSER: 17,
    Degree.LOW: 8,
}
"""The support persons' judgement at the end."""

HALSNAES_CHANGES: Final[Mapping[SizeOfChange, int]] = {
    SizeOfChange.NONE: 8,
    SizeOfChange.MINOR: 7,
    SizeOfChange.MAJOR: 9,
    SizeOfChange.ENTIRE: 1,
}
"""How 25 plans changed on the way; how ’none or minor’ divides is assumed."""
HALSNAES_LEFT: Final[Mapping[tuple[int, int], int]] = {(0, 1_400): 20, (7_000, 11_000): 3, (2_900, 3_100): 2}
"""Kroner left of 50,000, from and to, and how many citizens."""
HALSNAES_IN_DEBT: Final = 3
"""How many paid down debt."""

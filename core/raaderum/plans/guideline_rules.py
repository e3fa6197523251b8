"""Which guidelines the items of a plan touch, and what that asks of the assessor; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from raaderum.kernel.errors import NotFound, RuleBroken, SetupInvalid
from raaderum.kernel.text import Text
from raaderum.plans.rules import SpendingCategory
from raaderum.tenancy.guideline_file import Guideline, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from raaderum.tenancy.tenant_file import Tenant

_ENDINGS: Final = "(?:s|e|en|er|et|n|r|t|ne|ene|erne|ens|ers|ets|nes|ernes|enes|rne|rnes|rs|ts|ns|es)?"
"""Of Danish nouns, verbs and adjectives. A doubled consonant is a stem of its own: "kat", "katt"."""


class GuidelineUnknown(NotFound):
    """The municipality has no guideline of that name."""

    code = "guideline_unknown"
    text = Text(
        "Kommunen har ingen retningslinje af det navn. Vælg en fra listen over retningslinjer.",
        "The municipality has no guideline of that name. Choose one from the list of guidelines.",
    )


class OutsideGuidelines(RuleBroken):
    """A plan with an item outside the guidelines was to be approved without a reason."""

    code = "outside_guidelines"
    text = Text(
        "Planen rører ved noget uden for rammerne: {titles}. Skriv, hvorfor det er rigtigt her, "
        "eller send planen tilbage.",
        "The plan touches what lies outside: {titles_english}. Write why it is right here, "
        "or return the plan.",
    )


class GuidelineCategoryUnknown(SetupInvalid):
    """A guideline names a spending category that does not exist."""

    code = "guideline_category_unknown"
    text = Text(
        "{slug}: retningslinjen »{guideline}« nævner kategorien »{category}«, som ikke findes. "
        "Skriv en af: {known}.",
        "{slug}: the guideline “{guideline}” names the category “{category}”, which does not exist. "
        "Write one of: {known}.",
    )


class Spending(Protocol):
    """What a guideline looks at in an item."""

    @property
    def description(self) -> str:
        """What is to be bought, in the citizen's words."""

    @property
    def category(self) -> str:
        """What kind of spending it is."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A guideline, and the descriptions of the items that touch it."""

    guideline: Guideline
    descriptions: tuple[str, ...]


def guidelines_touched(items: Iterable[Spending], guidelines: Sequence[Guideline]) -> tuple[Touched, ...]:
    """Return the guidelines that any item touches, in their own order, each with those items."""
    written = list(items)
    found = (
        Touched(guideline, tuple(item.description for item in written if touches(item, guideline)))
        for guideline in guidelines
    )
    return tuple(touched for touched in found if touched.descriptions)


def touches(item: Spending, guideline: Guideline) -> bool:
    """Say whether an item touches a guideline: by its category, or by a word of its description."""
    if item.category in guideline.categories:
        return True
    words = item.description.casefold()
    return _holds(words, guideline.words) and not _holds(words, guideline.not_words)


def check_reasons(touched: Iterable[Touched], explained: Collection[str]) -> None:
    """Raise `OutsideGuidelines` for guidelines that say outside and whose reason is not written."""
    missing = [
        one.guideline.title
        for one in touched
        if one.guideline.verdict is Verdict.OUTSIDE and one.guideline.identifier not in explained
    ]
    if missing:
        raise OutsideGuidelines(
            where="guidelines",
            titles=", ".join(title.danish for title in missing),
            titles_english=", ".join(title.english for title in missing),
        )


def check_guideline_categories(tenants: Iterable[Tenant]) -> None:
    """Raise `GuidelineCategoryUnknown` for the first category that no plan item can have."""
    known = list(SpendingCategory)
    for tenant in tenants:
        for guideline in tenant.guidelines:
            for category in guideline.categories:
                if category not in known:
                    raise GuidelineCategoryUnknown(
                        where=tenant.slug,
                        slug=tenant.slug,
                        guideline=guideline.identifier,
                        category=category,
                        known=", ".join(known),
                    )


def _holds(words: str, stems: tuple[str, ...]) -> bool:
    return bool(stems) and _pattern(stems).search(words) is not None


@cache
def _pattern(stems: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_of_stem(stem) for stem in stems))


def _of_stem(stem: str) -> str:
    if stem.endswith("*"):
        return rf"\b{re.escape(stem[:-1])}\w*"
    return rf"\b{re.escape(stem)}{_ENDINGS}\b"

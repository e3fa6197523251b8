"""The rows of the form in which a budget plan is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from werkzeug.datastructures import MultiDict

from raaderum.plans.rules import ItemDraft, SpendingCategory

if TYPE_CHECKING:
    from raaderum.portal.typed import Typed

MOST_ROWS: Final = 30
_FIELD: Final = re.compile(r"items\[(\d{1,3})\]\.(\w+)")
_SAYS_SOMETHING: Final = frozenset(
    {"description", "amount", "theory_of_change", "needed_on", "who_will_teach"}
)
"""A row where only a choice is made is blank: the choices are there from the start."""


def without_blank_rows(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return the form with its rows moved together, so that rows and items have the same numbers."""
    filled = sorted(
        {
            int(match[1])
            for name, value in form.items()
            if (match := _FIELD.fullmatch(name)) and match[2] in _SAYS_SOMETHING and value.strip()
        }
    )
    new_number = {old: new for new, old in enumerate(filled[:MOST_ROWS])}
    moved: MultiDict[str, str] = MultiDict()
    for name, value in form.items(multi=True):
        match = _FIELD.fullmatch(name)
        if match is None:
            moved.add(name, value)
        elif int(match[1]) in new_number:
            moved.add(f"items[{new_number[int(match[1])]}].{match[2]}", value)
    return moved


def count_rows(form: MultiDict[str, str]) -> int:
    """Return how many rows a form without blank ones holds."""
    return len({match[1] for name in form if (match := _FIELD.fullmatch(name))})


def read_item(typed: Typed, number: int) -> ItemDraft:
    """Return what was typed into one row."""
    row = f"items[{number}]"
    return ItemDraft(
        sub_goal_id=typed.id(f"{row}.sub_goal_id"),
        description=typed.text(f"{row}.description"),
        category=typed.choice(f"{row}.category", SpendingCategory),
        amount=typed.amount(f"{row}.amount"),
        theory_of_change=typed.text(f"{row}.theory_of_change"),
        needed_on=typed.day(f"{row}.needed_on"),
        who_will_teach=typed.text(f"{row}.who_will_teach"),
        evidence=typed.ids(f"{row}.evidence"),
    )

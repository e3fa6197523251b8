"""How citizens come to a place, and in what company they go through the course."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Selection(StrEnum):
    """Who or what selected a citizen among those referred."""

    APPOINTED = "appointed"
    """By a caseworker, who expects the citizen to benefit in particular."""
    DRAWN = "drawn"
    """By a draw that can be checked afterwards."""


class Arm(StrEnum):
    """One of the ways a course is run, where a programme compares several."""

    INDIVIDUAL = "individual"
    GROUP = "group"


SELECTION_NAMES: Final[Mapping[Selection, Text]] = {
    Selection.APPOINTED: Text("udpeget", "appointed"),
    Selection.DRAWN: Text("udtrukket", "drawn"),
}
ARM_NAMES: Final[Mapping[Arm, Text]] = {
    Arm.INDIVIDUAL: Text("individuelt forløb", "individual course"),
    Arm.GROUP: Text("kollektivt forløb", "group course"),
}

"""The pages that lie behind a case, in the order of the course: each has a link on the case's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.people.roles import Act

if TYPE_CHECKING:
    from raaderum.portal.visits import Visit


@dataclass(frozen=True, slots=True)
class CaseRoom:
    """One page about a case: its endpoint, the act it asks for, and the text that its link says."""

    page: str
    act: Act
    text: str


CASE_ROOMS: Final[tuple[CaseRoom, ...]] = (CaseRoom("show_look_ups", Act.SEE_CASE, "course.who_looked"),)


def open_to(visit: Visit) -> tuple[CaseRoom, ...]:
    """Return the rooms whose doors open for the visitor's role."""
    return tuple(room for room in CASE_ROOMS if visit.may(room.act))

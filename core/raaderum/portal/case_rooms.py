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


@dataclass(frozen=True, slots=True)
class RoomGroup:
    """The pages of one part of the course, under a name."""

    text: str
    rooms: tuple[CaseRoom, ...]


CASE_ROOMS: Final[tuple[RoomGroup, ...]] = (
    RoomGroup(
        "case.rooms_dream",
        (
            CaseRoom("show_conditions", Act.SEE_CASE, "conditions.link"),
            CaseRoom("show_wishes", Act.SEE_CASE, "wishes.link"),
            CaseRoom("show_words", Act.SEE_CASE, "words.link"),
        ),
    ),
    RoomGroup(
        "case.rooms_plan",
        (
            CaseRoom("show_evidence", Act.SEE_CASE, "evidence.heading"),
            CaseRoom("show_plan_comparison", Act.SEE_CASE, "compare.heading"),
            CaseRoom("show_card", Act.SEE_CASE, "card.heading"),
            CaseRoom("show_receipts", Act.SEE_RECEIPTS, "receipts.heading"),
            CaseRoom("show_item_follow_ups", Act.SEE_CASE, "follow_up.heading"),
            CaseRoom("show_transfers", Act.SEE_CASE, "transfers.heading"),
        ),
    ),
    RoomGroup(
        "case.rooms_way",
        (
            CaseRoom("show_conversations", Act.SEE_CASE, "talks.heading"),
            CaseRoom("show_clocks", Act.SEE_CASE, "clocks.link"),
            CaseRoom("show_ending", Act.SEE_CASE, "ending.link"),
        ),
    ),
    RoomGroup(
        "case.rooms_people",
        (
            CaseRoom("show_support", Act.SEE_CASE, "support.heading"),
            CaseRoom("show_messages", Act.SEE_CASE, "messages.heading"),
            CaseRoom("show_shield", Act.ASK_FOR_CALL, "shield.link"),
            CaseRoom("show_notes", Act.SEE_CASE, "notes.heading"),
        ),
    ),
    RoomGroup(
        "case.rooms_history",
        (
            CaseRoom("show_timeline", Act.SEE_CASE, "timeline.heading"),
            CaseRoom("show_look_ups", Act.SEE_CASE, "course.who_looked"),
        ),
    ),
)


def open_to(visit: Visit) -> tuple[RoomGroup, ...]:
    """Return the rooms whose doors open for the visitor's role; a group without any is left out."""
    groups = (
        RoomGroup(group.text, tuple(room for room in group.rooms if visit.may(room.act)))
        for group in CASE_ROOMS
    )
    return tuple(group for group in groups if group.rooms)

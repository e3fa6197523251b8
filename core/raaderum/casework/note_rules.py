"""Notes on a case: who reads which; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, NotAllowed
from raaderum.kernel.text import Text
from raaderum.people.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NOTE: Final = 20_000


class NoteAudience(StrEnum):
    """Who a note is for. All but the first are confidential: the citizen does not see them here."""

    CITIZEN_TOO = "citizen_too"
    SUPPORT_PERSON_TOO = "support_person_too"
    CASEWORKERS = "caseworkers"
    TEAM_LEADER = "team_leader"


AUDIENCE_NAMES: Final[Mapping[NoteAudience, Text]] = {
    NoteAudience.CITIZEN_TOO: Text("alle på sagen, også borgeren", "everybody on the case, the citizen too"),
    NoteAudience.SUPPORT_PERSON_TOO: Text(
        "fortrolig: støtteperson, koordinator og teamleder",
        "confidential: support person, coordinator and team leader",
    ),
    NoteAudience.CASEWORKERS: Text(
        "fortrolig: koordinator og teamleder", "confidential: coordinator and team leader"
    ),
    NoteAudience.TEAM_LEADER: Text("fortrolig: kun teamleder", "confidential: team leader only"),
}

_CASEWORKERS: Final = frozenset({Role.COORDINATOR, Role.TEAM_LEADER})
READERS: Final[Mapping[NoteAudience, frozenset[Role]]] = {
    NoteAudience.CITIZEN_TOO: _CASEWORKERS | {Role.SUPPORT_PERSON, Role.CITIZEN},
    NoteAudience.SUPPORT_PERSON_TOO: _CASEWORKERS | {Role.SUPPORT_PERSON},
    NoteAudience.CASEWORKERS: _CASEWORKERS,
    NoteAudience.TEAM_LEADER: frozenset({Role.TEAM_LEADER}),
}
"""Of those who reach the case at all, whose role reads a note of each audience."""


class NoteEmpty(InvalidInput):
    """A note or message without words, or with far too many."""

    code = "note_empty"
    text = Text("Skriv mellem 1 og {most} tegn.", "Write between 1 and {most} characters.")


class NotInAudience(NotAllowed):
    """A note for readers among whom the writer is not: they could never check what stands there."""

    code = "not_in_audience"
    text = Text(
        "Du kan kun skrive noter, du selv kan læse bagefter. Vælg en bredere kreds.",
        "You can only write notes that you can read afterwards. Choose a wider circle.",
    )


class NoteCorrected(Conflict):
    """The note has been corrected already."""

    code = "note_corrected"
    text = Text(
        "Noten er allerede rettet. Ret rettelsen i stedet.",
        "The note has been corrected already. Correct the correction instead.",
    )


def audiences_read_by(role: str) -> list[NoteAudience]:
    """Return the notes that a role reads, by their audience."""
    return [audience for audience, readers in READERS.items() if role in readers]


def check_note(text: str) -> str:
    """Return a text untouched; raise `NoteEmpty` where there is none or far too much."""
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise NoteEmpty(where="text", most=LONGEST_NOTE)
    return text

"""Who acts: a person in one role, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from raaderum.kernel.errors import NotAllowed
from raaderum.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in one role. `person_id` is the same under every role the person has."""

    person_id: UUID | None
    role: str


SYSTEM = Actor(person_id=None, role="system")
"""A worker or a command acting by itself."""


class PersonMissing(NotAllowed):
    """The system tried to do what only a person may."""

    code = "person_missing"
    text = Text("Det kan kun et menneske gøre.", "Only a person can do this.")


def person_of(actor: Actor) -> UUID:
    """Return the person who acts; for acts that only a person can do."""
    if actor.person_id is None:
        raise PersonMissing
    return actor.person_id

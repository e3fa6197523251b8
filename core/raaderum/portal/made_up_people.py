"""The people that a visitor to the demo can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.people.roles import ROLE_NAMES, Role
from raaderum.people.service import name_of_citizen
from raaderum.people.tables import Citizen, Staff, StaffRole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.kernel.text import Text

_MOST_CITIZENS: Final = 40
_IN_ORDER: Final = {role: position for position, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    """Somebody to sign in as, in one of their roles."""

    id: UUID
    name: str
    role: Role

    @property
    def role_name(self) -> Text:
        """The role as people call it."""
        return ROLE_NAMES[self.role]


def made_up_staff(session: Session) -> list[MadeUpPerson]:
    """Return the members of staff, once per role, in the order of roles."""
    rows = session.execute(
        select(Staff.id, Staff.name, StaffRole.role).join(StaffRole, StaffRole.staff_id == Staff.id)
    )
    people = [MadeUpPerson(person_id, name, Role(role)) for person_id, name, role in rows]
    return sorted(people, key=lambda person: (_IN_ORDER[person.role], person.name))


def made_up_citizens(session: Session) -> list[MadeUpPerson]:
    """Return the citizens registered last, by name."""
    rows = session.scalars(select(Citizen).order_by(Citizen.id.desc()).limit(_MOST_CITIZENS))
    people = [MadeUpPerson(row.id, name_of_citizen(session, row), Role.CITIZEN) for row in rows]
    return sorted(people, key=lambda person: person.name)

"""Somebody in a role who asks for their own case, for another's, and for one of another municipality."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import REACH, Reach, Role
from raaderum.persistence.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase


class Whose(StrEnum):
    """Whose case is asked for."""

    OWN = "own"
    OTHERS = "others"
    OTHER_TENANTS = "other_tenants"


@dataclass(frozen=True)
class Asking:
    """A person in a role, and the ids of everything in the three cases."""

    role: Role
    actor: Actor
    municipality: Municipality
    elsewhere: Municipality
    cases: Mapping[Whose, WholeCase]

    def token(self, purpose: Purpose) -> str:
        """Sign the person in."""
        assert self.actor.person_id is not None  # noqa: S101 - everybody here is a person
        with self.municipality.at_work(), unit_of_work() as session:
            return issue_token(session, person_id=self.actor.person_id, role=self.role, purpose=purpose)

    def reaches(self, whose: Whose, names: set[str]) -> bool:
        """Say whether what is named is within reach.

        Words are the same everywhere; a task is its own person's (here the support person's); what
        is no citizen's belongs to the whole municipality.
        """
        case = self.cases[whose]
        if names.isdisjoint(case.identified):
            return True
        if whose is Whose.OTHER_TENANTS:
            return False
        if "task_id" in names:
            return self.role is Role.SUPPORT_PERSON and whose is Whose.OWN
        if names.isdisjoint(case.of_the_citizen):
            return True
        reach = REACH[self.role]
        return reach is Reach.ALL or (reach is not Reach.NONE and whose is Whose.OWN)

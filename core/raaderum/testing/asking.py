"""Somebody in a role who asks for their own case, for another's, and for one of another municipality."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import PERMISSIONS, REACH, Act, Reach, Role
from raaderum.persistence.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.test import TestResponse

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase

_FINER: Final = frozenset({"extension_needs_team_leader", "no_pause_then"})
"""Refusals of an act that the role has: they say why this time it cannot be done."""
_REFUSED: Final = frozenset({401, 403, 404, 405})


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
        return token_of(self.municipality, self.actor, purpose)

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


def token_of(municipality: Municipality, actor: Actor, purpose: Purpose) -> str:
    """Sign a person in to their municipality in their role."""
    assert actor.person_id is not None  # noqa: S101 - everybody here is a person
    with municipality.at_work(), unit_of_work() as session:
        return issue_token(session, person_id=actor.person_id, role=Role(actor.role), purpose=purpose)


def is_right_by_api(
    response: TestResponse, *, role: Role, act: Act, reached: bool, names_in_body: bool = False
) -> bool:
    """Say whether an operation answered as the tables of permissions and reach ask for.

    `names_in_body`: only its body can name something that is not within reach.
    """
    status = response.status_code
    code = (response.get_json() or {}).get("code", "") if status >= 400 else ""  # noqa: PLR2004 - HTTP
    if role not in PERMISSIONS[act]:
        return (status, code) == (403, "role_may_not")
    if not reached:
        return (status, code) == (404, "not_found")
    if names_in_body and status == 404:  # noqa: PLR2004 - HTTP
        return True
    return code in _FINER or (status not in _REFUSED and status < 500)  # noqa: PLR2004 - HTTP


def is_right_by_portal(response: TestResponse, *, role: Role, act: Act, reached: bool) -> bool:
    """Say whether a page or deed answered as the tables of permissions and reach ask for."""
    status = response.status_code
    if role not in PERMISSIONS[act]:
        return status == 403  # noqa: PLR2004 - HTTP
    if not reached:
        return status == 404  # noqa: PLR2004 - HTTP
    return status not in _REFUSED and status < 500  # noqa: PLR2004 - HTTP

"""The municipality's staff: registering them, giving and taking roles, ending employments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.enrolments import leaving
from raaderum.people import employment
from raaderum.people.roles import INCOMPATIBLE_ROLES, ROLE_NAMES, Role
from raaderum.people.service import register_staff as register
from raaderum.people.service import staff_before
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.addresses import asked_id
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.people.tables import Staff
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

_ROWS_A_PAGE: Final = 50
_STAFF_ROLES: Final = tuple(role for role in Role if role is not Role.CITIZEN)


@dataclass(frozen=True, slots=True)
class Employee:
    """A member of staff, their roles, and how many open enrolments they are the support person of."""

    staff: Staff
    roles: tuple[Role, ...]
    open_cases: int

    @property
    def could_have(self) -> tuple[Role, ...]:
        """The roles that they do not have and that go with those they have."""
        held = frozenset(self.roles)
        return tuple(
            role
            for role in _STAFF_ROLES
            if role not in held and not any(pair.roles <= held | {role} for pair in INCOMPATIBLE_ROLES)
        )


def show_staff(visit: Visit, session: Session) -> str:
    """Show a page of the staff, the last registered first."""
    found = staff_before(session, asked_id("foer"), most=_ROWS_A_PAGE + 1)
    shown = found[:_ROWS_A_PAGE]
    cases = leaving.open_cases_of(session, [staff.id for staff, _ in shown])
    return render(
        "staff.html",
        visit,
        employees=[Employee(staff, tuple(roles), cases[staff.id]) for staff, roles in shown],
        role_names=ROLE_NAMES,
        staff_roles=_STAFF_ROLES,
        pairs=INCOMPATIBLE_ROLES,
        next_before=shown[-1][0].id if len(found) > len(shown) else None,
    )


def register_staff(visit: Visit, typed: Typed) -> Response:
    """Register a member of staff."""
    with unit_of_work() as session:
        register(
            session,
            name=typed.text("name"),
            email=typed.text("email"),
            roles=typed.choices("roles", Role),
            by=visit.actor,
        )
    return visit.go_to("show_staff")


def give_role(visit: Visit, typed: Typed, staff_id: UUID) -> Response:
    """Give a member of staff one more role."""
    with unit_of_work() as session:
        employment.give_role(session, staff_id, typed.choice("role", Role), by=visit.actor)
    return visit.go_to("show_staff")


def take_role(visit: Visit, typed: Typed, staff_id: UUID) -> Response:
    """Take a role from a member of staff."""
    with unit_of_work() as session:
        leaving.take_role(session, staff_id, typed.choice("role", Role), by=visit.actor)
    return visit.go_to("show_staff")


def end_employment(visit: Visit, _typed: Typed, staff_id: UUID) -> Response:
    """End an employment."""
    with unit_of_work() as session:
        leaving.end_employment(session, staff_id, by=visit.actor)
    return visit.go_to("show_staff")

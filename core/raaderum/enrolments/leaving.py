"""Taking roles and ending employments: nobody leaves while a citizen still has them as support person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.relations import RelationKind
from raaderum.enrolments.rules import CLOSED
from raaderum.enrolments.tables import Enrolment, SupportRelation
from raaderum.kernel import clock
from raaderum.kernel.errors import RuleBroken
from raaderum.kernel.text import Text
from raaderum.people.employment import let_go, locked_staff, remove_role
from raaderum.people.roles import Act, Role, require

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.people.tables import Staff


class StillSupports(RuleBroken):
    """The person is the support person of citizens whose enrolments are open."""

    code = "still_supports"
    text = Text(
        "Personen er stadig støtteperson for borgere med åbne forløb: {count}. "
        "En koordinator skal overdrage dem først, på listen over borgere.",
        "The person is still the support person of citizens with open enrolments: {count}. "
        "A coordinator has to hand them over first, in the list of citizens.",
    )


def take_role(session: Session, staff_id: UUID, role: Role, *, by: Actor) -> Staff:
    """Take a role from a member of staff; raise `StillSupports` for a support person who is needed."""
    require(by, Act.CHANGE_ROLES)
    staff = locked_staff(session, staff_id, by=by)
    remove_role(session, staff, role, by=by)
    if role is Role.SUPPORT_PERSON:
        _free_of_citizens(session, staff, by=by)
    return staff


def end_employment(session: Session, staff_id: UUID, *, by: Actor) -> Staff:
    """End an employment: roles and tokens end now. Raises `StillSupports` while citizens need them."""
    require(by, Act.END_EMPLOYMENT)
    staff = locked_staff(session, staff_id, by=by)
    _free_of_citizens(session, staff, by=by)
    let_go(session, staff, by=by)
    return staff


def open_cases_of(session: Session, staff_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return of how many open enrolments each is the support person; 0 for nobody's."""
    wanted = list(staff_ids)
    counted = (
        select(Enrolment.support_person_id, func.count())
        .where(Enrolment.support_person_id.in_(wanted), Enrolment.state.not_in(CLOSED))
        .group_by(Enrolment.support_person_id)
    )
    return dict.fromkeys(wanted, 0) | {staff_id: number for staff_id, number in session.execute(counted)}  # noqa: C416 - rows are not tuples to the type checker


def _free_of_citizens(session: Session, staff: Staff, *, by: Actor) -> None:
    """Raise `StillSupports`, or end what the person was still to stand in for."""
    count = open_cases_of(session, [staff.id])[staff.id]
    if count:
        raise StillSupports(where="staff", count=count)
    standing_in = select(SupportRelation).where(
        SupportRelation.staff_id == staff.id,
        SupportRelation.kind == RelationKind.SUBSTITUTE,
        SupportRelation.ended_at.is_(None),
        SupportRelation.ends_on >= clock.today(),
    )
    for relation in session.scalars(standing_in):
        relation.ended_at = clock.now()
        record(
            session,
            AuditEvent.SUBSTITUTION_ENDED,
            by=by,
            subject_type="enrolment",
            subject_id=relation.enrolment_id,
            enrolment_id=relation.enrolment_id,
            substitute=str(staff.id),
        )

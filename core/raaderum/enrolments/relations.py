"""Who stands at a citizen's side on a given day: the substitutes, as conditions for queries."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, Select, any_, exists, func, select

from raaderum.enrolments.tables import Enrolment, SupportRelation
from raaderum.kernel.text import Text
from raaderum.people.tables import Staff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ScalarSelect
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


class RelationKind(StrEnum):
    """What somebody is to a citizen."""

    SUPPORT_PERSON = "support_person"
    SUBSTITUTE = "substitute"


RELATION_NAMES: Final[Mapping[RelationKind, Text]] = {
    RelationKind.SUPPORT_PERSON: Text("støtteperson", "support person"),
    RelationKind.SUBSTITUTE: Text("vikar", "substitute"),
}


def stood_in_for_by(by: Actor, *, on: date) -> ColumnElement[bool]:
    """Return the condition that `by` stands in for an enrolment's support person.

    The few ids are read first, as an array: the list of cases can then still walk its index.
    """
    own = select(SupportRelation.enrolment_id).where(SupportRelation.staff_id == by.person_id, in_force(on))
    return Enrolment.id == any_(func.array(own.scalar_subquery()))


def stands_in(session: Session, enrolment_id: UUID, by: Actor, *, on: date) -> bool:
    """Say whether `by` stands in for the support person of this enrolment."""
    own = exists().where(
        SupportRelation.enrolment_id == enrolment_id,
        SupportRelation.staff_id == by.person_id,
        in_force(on),
    )
    return bool(session.scalar(select(own)))


def in_force(on: date) -> ColumnElement[bool]:
    """Return the condition that a relation is a substitute's and holds on a day."""
    return (
        (SupportRelation.kind == RelationKind.SUBSTITUTE)
        & SupportRelation.ended_at.is_(None)
        & (SupportRelation.begins_on <= on)
        & (SupportRelation.ends_on >= on)
    )


def substitutes_of(on: date) -> ScalarSelect[str]:
    """Return, for a query over enrolments, the names of those who stand in on a day; null for nobody."""
    names: Select[str] = (
        select(func.string_agg(Staff.name, ", "))
        .join(SupportRelation, SupportRelation.staff_id == Staff.id)
        .where(SupportRelation.enrolment_id == Enrolment.id, in_force(on))
        .correlate(Enrolment)
    )
    return names.scalar_subquery()

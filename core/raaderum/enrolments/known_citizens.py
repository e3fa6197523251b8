"""Which enrolments citizens have, and whose an enrolment is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def enrolments_of_citizens(
    session: Session, citizen_ids: Collection[UUID], *, by: Actor
) -> Mapping[UUID, Sequence[Enrolment]]:
    """Return those of the citizens' enrolments that `by` may see, the newest first, by citizen."""
    theirs = select(Enrolment).where(Enrolment.citizen_id.in_(citizen_ids), cases_of(by))
    found: dict[UUID, list[Enrolment]] = defaultdict(list)
    for enrolment in session.scalars(theirs.order_by(Enrolment.id.desc())):
        found[enrolment.citizen_id].append(enrolment)
    return found


def citizens_of_enrolments(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return whose each of the enrolments is."""
    rows = session.execute(select(Enrolment.id, Enrolment.citizen_id).where(Enrolment.id.in_(enrolment_ids)))
    return {row.id: row.citizen_id for row in rows}

"""Writing a doubt case down, publishing it, and reading the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import get_enrolment
from raaderum.guidelines.anonymity import check_anonymous
from raaderum.guidelines.errors import (
    OwnPrecedent,
    PrecedentKnown,
    PrecedentNotDraft,
    PrecedentNotPublished,
)
from raaderum.guidelines.rules import Decision, DoubtCase, Outcome, PrecedentState, check_told, shown_counts
from raaderum.guidelines.tables import Precedent
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import timeless_id
from raaderum.people.roles import Act, may, require
from raaderum.people.service import get_citizen, name_of_citizen
from raaderum.people.tables import Staff
from raaderum.persistence.database import insert
from raaderum.plans.tables import BudgetPlan
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plans.rules import SpendingCategory

_MOST_READ = 500


@dataclass(frozen=True, slots=True)
class Library:
    """Precedents, newest quarter first, and the counts that may be shown over them."""

    precedents: Sequence[Precedent]
    decisions: dict[str, int]
    outcomes: dict[str, int]


def write_precedent(
    session: Session, case: DoubtCase, *, by: Actor, enrolment_id: UUID | None = None
) -> Precedent:
    """Write a doubt case down, to be published by somebody else.

    `enrolment_id` is the case it came from: its citizen's and staff's names are looked for in the
    words, and it is not kept, nor written to the audit. Raises `NotAnonymous`,
    `PrecedentIncomplete` and `PrecedentKnown`.
    """
    require(by, Act.WRITE_PRECEDENT)
    check_told(case)
    names = names_in_case(session, enrolment_id, by=by) if enrolment_id is not None else []
    check_anonymous(case.told(), names)
    if find_precedent(session, case) is not None:
        raise PrecedentKnown(where="question")
    row = as_row(case, state=PrecedentState.DRAFT, origin=current_tenant().name)
    row.written_by = person_of(by)
    insert(session, row)
    _record(session, AuditEvent.PRECEDENT_WRITTEN, row, by)
    return row


def publish_precedent(session: Session, precedent_id: UUID, *, by: Actor) -> Precedent:
    """Confirm that nobody can be recognised, and publish; the writer's key is dropped for good.

    Raises `OwnPrecedent` for the writer.
    """
    row = _locked_draft(session, precedent_id, by)
    check_anonymous(_told_by(row))
    row.state, row.written_by = PrecedentState.PUBLISHED, None
    _record(session, AuditEvent.PRECEDENT_PUBLISHED, row, by)
    return row


def withdraw_precedent(session: Session, precedent_id: UUID, *, by: Actor) -> Precedent:
    """Set a draft aside; its words are taken out of the library at once, since they may tell too much."""
    row = _locked_draft(session, precedent_id, by)
    row.state, row.written_by = PrecedentState.WITHDRAWN, None
    row.question = row.circumstances = row.reason = ""
    row.fingerprint = f"withdrawn:{row.id}"
    _record(session, AuditEvent.PRECEDENT_WITHDRAWN, row, by)
    return row


def follow_up_precedent(
    session: Session, precedent_id: UUID, *, outcome: Outcome, became: str, by: Actor
) -> Precedent:
    """Write what became of a published case, in general words."""
    require(by, Act.PUBLISH_PRECEDENT)
    row = _locked(session, precedent_id)
    if row.state != PrecedentState.PUBLISHED:
        raise PrecedentNotPublished(where="precedent")
    check_anonymous({"became": became})
    row.outcome, row.became = outcome, became
    _record(session, AuditEvent.PRECEDENT_FOLLOWED_UP, row, by, outcome=outcome)
    return row


def get_precedent(session: Session, precedent_id: UUID, *, by: Actor) -> Precedent:
    """Return a precedent that `by` may confirm or follow up; raise `NotFound`."""
    require(by, Act.PUBLISH_PRECEDENT)
    row = session.get(Precedent, (current_tenant_id(), precedent_id))
    if row is None:
        raise NotFound(where="precedent")
    return row


def read_library(
    session: Session,
    *,
    by: Actor,
    category: SpendingCategory | None = None,
    guideline: str | None = None,
    decision: Decision | None = None,
    words: str = "",
) -> Library:
    """Return the published precedents that fit, newest quarter first, and their counts."""
    require(by, Act.SEE_PRECEDENTS)
    published = select(Precedent).where(Precedent.state == PrecedentState.PUBLISHED)
    if category is not None:
        published = published.where(Precedent.category == category)
    if guideline:
        published = published.where(Precedent.guideline == guideline)
    if decision is not None:
        published = published.where(Precedent.decision == decision)
    for word in words.split():
        told = Precedent.question + " " + Precedent.circumstances + " " + Precedent.reason
        published = published.where(told.icontains(word, autoescape=True))
    found = session.scalars(
        published.order_by(Precedent.quarter.desc(), Precedent.id).limit(_MOST_READ)
    ).all()
    return Library(
        found,
        decisions=shown_counts(row.decision for row in found),
        outcomes=shown_counts(row.outcome for row in found),
    )


def drafts_to_confirm(session: Session, *, by: Actor) -> Sequence[Precedent]:
    """Return the drafts: to a team leader all, to other writers their own, to anybody else none."""
    require(by, Act.SEE_PRECEDENTS)
    if not may(by, Act.WRITE_PRECEDENT):
        return []
    drafts = select(Precedent).where(Precedent.state == PrecedentState.DRAFT).order_by(Precedent.id)
    if not may(by, Act.PUBLISH_PRECEDENT):
        drafts = drafts.where(Precedent.written_by == by.person_id)
    return session.scalars(drafts.limit(_MOST_READ)).all()


def find_precedent(session: Session, case: DoubtCase) -> Precedent | None:
    """Return the same case where the library has it."""
    return session.scalar(select(Precedent).where(Precedent.fingerprint == case.fingerprint))


def names_in_case(session: Session, enrolment_id: UUID, *, by: Actor) -> list[str]:
    """Return the names of a case's citizen and of the staff who had to do with it, opened."""
    enrolment = get_enrolment(session, enrolment_id, by=by)
    plans = session.execute(
        select(BudgetPlan.drafted_by, BudgetPlan.proposed_by, BudgetPlan.decided_by).where(
            BudgetPlan.enrolment_id == enrolment.id
        )
    )
    people = {person_id for plan in plans for person_id in plan if person_id is not None}
    people |= {enrolment.support_person_id, person_of(by)}
    staff = session.scalars(select(Staff.name).where(Staff.id.in_(people)))
    return [name_of_citizen(session, get_citizen(session, enrolment.citizen_id)), *staff]


def as_row(case: DoubtCase, *, state: PrecedentState, origin: str) -> Precedent:
    """Return a new row; its id is drawn at random, for one made by the clock would tell the moment."""
    return Precedent(
        id=timeless_id(),
        tenant_id=current_tenant_id(),
        state=state,
        question=case.question,
        circumstances=case.circumstances,
        guideline=case.guideline,
        category=case.category,
        decision=case.decision,
        reason=case.reason,
        outcome=Outcome.NOT_KNOWN,
        became="",
        quarter=case.quarter,
        origin=origin,
        fingerprint=case.fingerprint,
    )


def _locked_draft(session: Session, precedent_id: UUID, by: Actor) -> Precedent:
    require(by, Act.PUBLISH_PRECEDENT)
    row = _locked(session, precedent_id)
    if row.state != PrecedentState.DRAFT:
        raise PrecedentNotDraft(where="precedent")
    if row.written_by == by.person_id:
        raise OwnPrecedent(where="precedent")
    return row


def _locked(session: Session, precedent_id: UUID) -> Precedent:
    lock = (
        select(Precedent)
        .where(Precedent.id == precedent_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    row = session.scalar(lock)
    if row is None:
        raise NotFound(where="precedent")
    return row


def _told_by(row: Precedent) -> dict[str, str]:
    return {"question": row.question, "circumstances": row.circumstances, "reason": row.reason}


def _record(session: Session, event: AuditEvent, row: Precedent, by: Actor, **detail: str) -> None:
    """Record the act without a case: from the audit nobody can walk from a precedent to a person's case."""
    record(session, event, by=by, subject_type="precedent", subject_id=row.id, enrolment_id=None, **detail)

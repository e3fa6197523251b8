"""The acts of an enrolment's course, from referral to the end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, false, select, true

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import (
    CLOSED,
    AlreadyEnrolled,
    CeilingOutOfRange,
    EnrolmentState,
    check_move,
    check_offer,
    end_of_months,
)
from raaderum.enrolments.tables import Enrolment, Screening
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text
from raaderum.people.cpr import age_on
from raaderum.people.roles import Act, Role, require
from raaderum.people.service import get_citizen, require_staff_role
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.plugin_api import CriterionOutcome, CriterionResult, ScreeningFacts
from raaderum.plugin_host.installed import plugins
from raaderum.programmes.installed import programme_in_force, rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plugin_api import Answer
    from raaderum.programmes.rules import ProgrammeVersion


@dataclass(frozen=True, slots=True)
class OpenedScreening:
    """A screening as a caseworker reads it."""

    results: tuple[CriterionResult, ...]
    judgement: str


def refer(
    session: Session,
    *,
    citizen_id: UUID,
    programme: str,
    support_person_id: UUID,
    by: Actor,
    ceiling: Oere | None = None,
) -> Enrolment:
    """Refer a citizen to a programme; the enrolment is pinned to the rules in force today.

    `ceiling` can be set lower than the programme's for this citizen. Raises for an unknown or
    expired programme, an open enrolment in the same one, or a support person without the role.
    """
    require(by, Act.REFER_CITIZEN)
    rules = programme_in_force(programme, on=clock.today())
    citizen = get_citizen(session, citizen_id)
    require_staff_role(session, support_person_id, Role.SUPPORT_PERSON)
    own_ceiling = rules.ceiling_oere if ceiling is None else ceiling
    if not 0 < own_ceiling <= rules.ceiling_oere:
        raise CeilingOutOfRange(where="ceiling", most=format_kroner(rules.ceiling_oere))
    _refuse_second(session, citizen.id, programme)
    enrolment = Enrolment(
        id=new_id(),
        citizen_id=citizen.id,
        programme=programme,
        rules_from=rules.valid_from,
        state=EnrolmentState.REFERRED,
        support_person_id=support_person_id,
        ceiling=own_ceiling,
    )
    insert(session, enrolment)
    _record(session, AuditEvent.ENROLMENT_REFERRED, enrolment, by, programme=programme)
    return enrolment


def screen(
    session: Session, enrolment_id: UUID, *, answers: Mapping[str, Answer], judgement: str, by: Actor
) -> OpenedScreening:
    """Assess the target group's criteria and keep answers, reasons and judgement, sealed."""
    require(by, Act.SCREEN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_move(EnrolmentState(enrolment.state), EnrolmentState.OFFERED)
    target_group = plugins().target_groups[_rules(enrolment).target_group]
    today = clock.today()
    age = age_on(today, born_on=get_citizen(session, enrolment.citizen_id).born_on)
    facts = ScreeningFacts(screened_on=today, age=age, answers=dict(answers))
    results = tuple(target_group.assess(facts))
    screening = Screening(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        target_group=target_group.identifier,
        screened_by=person_of(by),
    )
    seal_field(session, screening, "answers", json.dumps(dict(answers)))
    seal_field(session, screening, "results", json.dumps([_as_stored(result) for result in results]))
    seal_field(session, screening, "judgement", judgement)
    insert(session, screening)
    _record(session, AuditEvent.ENROLMENT_SCREENED, enrolment, by, target_group=target_group.identifier)
    return OpenedScreening(results, judgement)


def offer(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Offer the citizen a place; every criterion must be met or left to a written judgement."""
    require(by, Act.SCREEN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_move(EnrolmentState(enrolment.state), EnrolmentState.OFFERED)
    screening = latest_screening(session, enrolment.id)
    check_offer(screening.results, screening.judgement)
    _move(session, enrolment, EnrolmentState.OFFERED, AuditEvent.ENROLMENT_OFFERED, by)
    return enrolment


def reject(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Close a referral without a place."""
    require(by, Act.SCREEN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    _move(session, enrolment, EnrolmentState.REJECTED, AuditEvent.ENROLMENT_REJECTED, by)
    return enrolment


def accept_offer(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """The citizen says yes: the time to dream begins, the months of the drawing right do not yet."""
    require(by, Act.ACCEPT_OFFER)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    _move(session, enrolment, EnrolmentState.RUN_IN, AuditEvent.ENROLMENT_ACCEPTED, by)
    return enrolment


def start(session: Session, enrolment: Enrolment, *, by: Actor) -> None:
    """Begin the months of the drawing right today, by the rules the enrolment is pinned to."""
    enrolment.started_on = clock.today()
    enrolment.ends_on = end_of_months(enrolment.started_on, _rules(enrolment).months)
    _move(session, enrolment, EnrolmentState.ACTIVE, AuditEvent.ENROLMENT_STARTED, by)


def end(session: Session, enrolment_id: UUID, *, because: str, by: Actor) -> Enrolment:
    """End an enrolment; no new purchases after this."""
    require(by, Act.END_ENROLMENT)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    enrolment.ended_on = clock.today()
    enrolment.ended_because = because
    _move(session, enrolment, EnrolmentState.ENDED, AuditEvent.ENROLMENT_ENDED, by)
    return enrolment


def get_enrolment(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Return an enrolment that `by` may see; raise `NotFound` for any other."""
    enrolment = session.get(Enrolment, (current_tenant_id(), enrolment_id))
    if enrolment is None or not _concerns(enrolment, by):
        raise NotFound(where="enrolment")
    return enrolment


def locked_enrolment(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Return an enrolment that `by` may see, locked until the act is done: acts on one stand in line."""
    lock = (
        select(Enrolment)
        .where(Enrolment.id == enrolment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    session.execute(lock)
    return get_enrolment(session, enrolment_id, by=by)


def record_look_up(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Return an enrolment that `by` may see, and record that they looked; raise `NotFound`."""
    enrolment = get_enrolment(session, enrolment_id, by=by)
    record(
        session,
        AuditEvent.CITIZEN_SEEN,
        by=by,
        subject_type="citizen",
        subject_id=enrolment.citizen_id,
        enrolment_id=enrolment.id,
    )
    return enrolment


def caseload(
    session: Session,
    *,
    by: Actor,
    before: UUID | None = None,
    state: EnrolmentState | None = None,
    most: int | None = None,
) -> Sequence[Enrolment]:
    """Return the enrolments that `by` may see, newest first: `most` of them that lie before `before`."""
    require(by, Act.SEE_CASELOAD)
    seen = select(Enrolment).where(cases_of(by)).order_by(Enrolment.id.desc()).limit(most)
    if before is not None:
        seen = seen.where(Enrolment.id < before)
    if state is not None:
        seen = seen.where(Enrolment.state == state)
    return session.scalars(seen).all()


def cases_of(by: Actor) -> ColumnElement[bool]:
    """Return the condition under which an enrolment is one of theirs, for queries over many."""
    if by.role == Role.CITIZEN:
        return Enrolment.citizen_id == by.person_id
    if by.role == Role.SUPPORT_PERSON:
        return Enrolment.support_person_id == by.person_id
    return false() if by.role == Role.CITIZEN_REPRESENTATIVE else true()


def latest_screening(session: Session, enrolment_id: UUID) -> OpenedScreening:
    """Return the newest screening, opened; raise `NotFound` where nobody has screened yet."""
    newest = (
        select(Screening).where(Screening.enrolment_id == enrolment_id).order_by(Screening.id.desc()).limit(1)
    )
    screening = session.scalar(newest)
    if screening is None:
        raise NotFound(where="screening")
    stored = json.loads(open_field(session, screening, "results"))
    return OpenedScreening(
        results=tuple(_from_stored(result) for result in stored),
        judgement=open_field(session, screening, "judgement"),
    )


def _concerns(enrolment: Enrolment, by: Actor) -> bool:
    """Say whether the case is one of theirs: citizens their own, support persons those they support."""
    if by.role == Role.CITIZEN:
        return enrolment.citizen_id == by.person_id
    if by.role == Role.SUPPORT_PERSON:
        return enrolment.support_person_id == by.person_id
    return by.role != Role.CITIZEN_REPRESENTATIVE


def _refuse_second(session: Session, citizen_id: UUID, programme: str) -> None:
    second = select(Enrolment.id).where(
        Enrolment.citizen_id == citizen_id,
        Enrolment.programme == programme,
        Enrolment.state.not_in(CLOSED),
    )
    if session.scalar(second) is not None:
        raise AlreadyEnrolled(where="programme")


def _rules(enrolment: Enrolment) -> ProgrammeVersion:
    return rules_of(enrolment.programme, enrolment.rules_from)


def _move(
    session: Session, enrolment: Enrolment, wanted: EnrolmentState, event: AuditEvent, by: Actor
) -> None:
    check_move(EnrolmentState(enrolment.state), wanted)
    enrolment.state = wanted
    _record(session, event, enrolment, by)


def _record(
    session: Session, event: AuditEvent, enrolment: Enrolment, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="enrolment",
        subject_id=enrolment.id,
        enrolment_id=enrolment.id,
        **detail,
    )


def _as_stored(result: CriterionResult) -> dict[str, str]:
    return {
        "criterion": result.criterion,
        "name": result.name.danish,
        "name_english": result.name.english,
        "outcome": result.outcome.value,
        "reason": result.reason.danish,
        "reason_english": result.reason.english,
    }


def _from_stored(stored: dict[str, str]) -> CriterionResult:
    return CriterionResult(
        criterion=stored["criterion"],
        name=Text(stored["name"], stored["name_english"]),
        outcome=CriterionOutcome(stored["outcome"]),
        reason=Text(stored["reason"], stored["reason_english"]),
    )

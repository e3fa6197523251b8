"""Recording how substance use, health, job, network and need of support came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.questionnaires.outcome_rules import Outcome, OutcomeMoment, OutcomeParameter, check_outcomes
from raaderum.questionnaires.rules import check_answered_on
from raaderum.questionnaires.tables import OutcomeRecord
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_ASKED_IN: Final = (EnrolmentState.ACTIVE, EnrolmentState.ENDED)


@dataclass(frozen=True, slots=True)
class RecordedOutcome:
    """How one parameter of one enrolment came out at one moment."""

    enrolment_id: UUID
    moment: OutcomeMoment
    parameter: OutcomeParameter
    outcome: Outcome
    recorded_on: date
    version: int


def record_outcomes(
    session: Session,
    enrolment_id: UUID,
    *,
    moment: OutcomeMoment,
    outcomes: Mapping[OutcomeParameter, Outcome],
    by: Actor,
    recorded_on: date | None = None,
) -> list[RecordedOutcome]:
    """Record how some or all parameters came out; what is recorded anew replaces, and is kept beside.

    The same again changes nothing. Raises `OutcomesMissing` for none, `EnrolmentNotOpen` before the
    enrolment is active.
    """
    require(by, Act.RECORD_OUTCOMES)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *_ASKED_IN)
    on = recorded_on or clock.today()
    check_outcomes(outcomes)
    check_answered_on(on, today=clock.today())
    of_case = _read(session, _newest().where(OutcomeRecord.enrolment_id == enrolment.id))
    standing = {one.parameter: one for one in of_case if one.moment is moment}
    changed = False
    for parameter, outcome in outcomes.items():
        before = standing.get(parameter)
        if before is not None and before.outcome is outcome:
            continue
        version = 1 if before is None else before.version + 1
        standing[parameter] = RecordedOutcome(enrolment.id, moment, parameter, outcome, on, version)
        _insert(session, standing[parameter], by)
        changed = True
    if changed:
        record(
            session,
            AuditEvent.OUTCOMES_RECORDED,
            by=by,
            subject_type="enrolment",
            subject_id=enrolment.id,
            enrolment_id=enrolment.id,
            moment=moment,
        )
    session.flush()
    return list(standing.values())


def outcomes_of(session: Session, enrolment_id: UUID, *, by: Actor) -> list[RecordedOutcome]:
    """Return what counts now in one case; raise `NotFound` for another's case."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    return _read(session, _newest().where(OutcomeRecord.enrolment_id == enrolment_id))


def outcomes_of_all(session: Session, *, programme: str | None = None) -> list[RecordedOutcome]:
    """Return what counts now in every case, in one query; for sums over many."""
    newest = _newest()
    if programme is not None:
        newest = newest.join(Enrolment, Enrolment.id == OutcomeRecord.enrolment_id).where(
            Enrolment.programme == programme
        )
    return _read(session, newest)


def _insert(session: Session, outcome: RecordedOutcome, by: Actor) -> None:
    session.add(
        OutcomeRecord(
            id=new_id(),
            tenant_id=current_tenant_id(),
            enrolment_id=outcome.enrolment_id,
            moment=outcome.moment,
            parameter=outcome.parameter,
            version=outcome.version,
            outcome=outcome.outcome,
            recorded_by=person_of(by),
            recorded_as=by.role,
            recorded_on=outcome.recorded_on,
        )
    )


def _newest() -> Select[OutcomeRecord]:
    what = (OutcomeRecord.enrolment_id, OutcomeRecord.moment, OutcomeRecord.parameter)
    return select(OutcomeRecord).ext(distinct_on(*what)).order_by(*what, OutcomeRecord.version.desc())


def _read(session: Session, newest: Select[OutcomeRecord]) -> list[RecordedOutcome]:
    return [
        RecordedOutcome(
            row.enrolment_id,
            OutcomeMoment(row.moment),
            OutcomeParameter(row.parameter),
            Outcome(row.outcome),
            row.recorded_on,
            row.version,
        )
        for row in session.scalars(newest)
    ]

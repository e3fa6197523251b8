"""The acts of an enrolment's course, from referral to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, false, or_, select, true

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.clocks import check_length, end_of_drawing_right
from raaderum.enrolments.moves import move, record_on
from raaderum.enrolments.place_rules import ReferralSource, check_source
from raaderum.enrolments.places import take_place
from raaderum.enrolments.relations import stands_in, stood_in_for_by
from raaderum.enrolments.rules import (
    CLOSED,
    AlreadyEnrolled,
    CeilingOutOfRange,
    EnrolmentState,
    check_move,
    check_offer,
)
from raaderum.enrolments.screening_rules import check_answers, check_conclusion
from raaderum.enrolments.screenings import (
    OpenedScreening,
    keep_screening,
    latest_conclusion,
    latest_screening,
    opened_screening,
)
from raaderum.enrolments.selection_rules import check_selection
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.people.cpr import age_on
from raaderum.people.roles import Act, Reach, Role, reach_of, require
from raaderum.people.service import get_citizen, locked_citizen, require_staff_role
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plugin_api import ScreeningFacts
from raaderum.plugin_host.installed import plugins
from raaderum.programmes.installed import programme_in_force, rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plugin_api import Answer
    from raaderum.programmes.rules import ProgrammeVersion


def refer(
    session: Session,
    *,
    citizen_id: UUID,
    programme: str,
    support_person_id: UUID,
    by: Actor,
    ceiling: Oere | None = None,
    source: ReferralSource = ReferralSource.STAFF,
    note: str = "",
    authority: str = "",
) -> Enrolment:
    """Refer a citizen to a programme; the enrolment is pinned to the rules in force today.

    `ceiling` can be set lower than the programme's for this citizen. `note` is what the one who
    referred said, `authority` the name of another authority where it was one. Raises for an unknown
    or expired programme, an open enrolment in the same one, or a support person without the role.
    """
    require(by, Act.REFER_CITIZEN)
    rules = programme_in_force(programme, on=clock.today())
    check_source(source, authority)
    citizen = locked_citizen(session, citizen_id)
    require_staff_role(session, support_person_id, Role.SUPPORT_PERSON)
    own_ceiling = rules.ceiling_oere if ceiling is None else ceiling
    if not 0 < own_ceiling <= rules.ceiling_oere:
        raise CeilingOutOfRange(where="ceiling", most=format_kroner(rules.ceiling_oere))
    _refuse_second(session, citizen.id, programme)
    enrolment = Enrolment(
        id=new_id(),
        tenant_id=current_tenant_id(),
        citizen_id=citizen.id,
        programme=programme,
        rules_from=rules.valid_from,
        state=EnrolmentState.REFERRED,
        support_person_id=support_person_id,
        ceiling=own_ceiling,
        referral_source=source,
    )
    if note.strip():
        seal_field(session, enrolment, "referral_note", note)
    if authority.strip():
        seal_field(session, enrolment, "referring_authority", authority)
    insert(session, enrolment)
    record_on(session, AuditEvent.ENROLMENT_REFERRED, enrolment, by, programme=programme, source=source)
    return enrolment


def screen(
    session: Session, enrolment_id: UUID, *, answers: Mapping[str, Answer], judgement: str, by: Actor
) -> OpenedScreening:
    """Assess the target group's criteria and keep answers, reasons and judgement, sealed.

    Raises `QuestionUnknown` or `AnswerOfWrongKind` for an answer that no question can take; one that
    is missing or None counts as not known.
    """
    require(by, Act.SCREEN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_move(EnrolmentState(enrolment.state), EnrolmentState.OFFERED)
    rules = _rules(enrolment)
    target_group = plugins().target_groups[rules.target_group]
    check_answers(target_group.questions, answers)
    today = clock.today()
    age = age_on(today, born_on=get_citizen(session, enrolment.citizen_id).born_on)
    facts = ScreeningFacts(screened_on=today, age=age, answers=dict(answers))
    results = tuple(target_group.assess(facts))
    screening = keep_screening(
        session, enrolment, rules, answers=answers, results=results, judgement=judgement, by=by
    )
    record_on(session, AuditEvent.ENROLMENT_SCREENED, enrolment, by, target_group=rules.target_group)
    return opened_screening(session, screening)


def put_on_waiting_list(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Let the citizen wait for a place; who was referred first stands first."""
    require(by, Act.SCREEN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    move(session, enrolment, EnrolmentState.WAITING, AuditEvent.ENROLMENT_PUT_ON_LIST, by)
    return enrolment


def offer(session: Session, enrolment_id: UUID, *, by: Actor, because: str = "") -> Enrolment:
    """Offer the citizen one of the year's places.

    Every criterion must be met or left to a written judgement, the newest conversation must speak for
    it, and the citizen must be selected where the programme selects. `because` is why somebody gets
    the offer before others who wait and were referred earlier.
    """
    require(by, Act.SCREEN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_move(EnrolmentState(enrolment.state), EnrolmentState.OFFERED)
    screening = latest_screening(session, enrolment.id)
    check_offer(screening.results, screening.judgement)
    check_conclusion(latest_conclusion(session, enrolment.id))
    check_selection(_rules(enrolment), selection=enrolment.selection, arm=enrolment.arm)
    take_place(session, enrolment, on=clock.today(), because=because)
    move(session, enrolment, EnrolmentState.OFFERED, AuditEvent.ENROLMENT_OFFERED, by)
    return enrolment


def reject(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Close a referral without a place."""
    require(by, Act.SCREEN)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    move(session, enrolment, EnrolmentState.REJECTED, AuditEvent.ENROLMENT_REJECTED, by)
    return enrolment


def start(session: Session, enrolment: Enrolment, *, months: int | None = None, by: Actor) -> None:
    """Begin the months of the drawing right today, by the rules the enrolment is pinned to.

    `months` is the length that was agreed, None: the programme's full length. Raises
    `LengthOutOfRange` for one that the programme does not allow.
    """
    rules = _rules(enrolment)
    enrolment.granted_months = rules.months if months is None else months
    check_length(enrolment.granted_months, least=rules.min_months, most=rules.months)
    enrolment.started_on = clock.today()
    enrolment.ends_on = end_of_drawing_right(enrolment.started_on, enrolment.granted_months)
    move(session, enrolment, EnrolmentState.ACTIVE, AuditEvent.ENROLMENT_STARTED, by)


def get_enrolment(session: Session, enrolment_id: UUID, *, by: Actor, named: str = "enrolment") -> Enrolment:
    """Return an enrolment that `by` may see; raise `NotFound` for any other.

    `named` is what they asked for where it is a thing of the case: another's must be refused in the
    words of one that is not there.
    """
    enrolment = session.get(Enrolment, (current_tenant_id(), enrolment_id))
    if enrolment is None or not _concerns(session, enrolment, by):
        raise NotFound(where=named)
    return enrolment


def locked_enrolment(
    session: Session, enrolment_id: UUID, *, by: Actor, named: str = "enrolment"
) -> Enrolment:
    """Return an enrolment that `by` may see, locked until the act is done: acts on one stand in line.

    `named` as for `get_enrolment`. Rows that only name the enrolment, such as a payment's, can be
    written meanwhile.
    """
    lock = (
        select(Enrolment)
        .where(Enrolment.id == enrolment_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    session.execute(lock)
    return get_enrolment(session, enrolment_id, by=by, named=named)


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
    also: Iterable[ColumnElement[bool]] = (),
    most: int | None = None,
) -> Sequence[Enrolment]:
    """Return the enrolments that `by` may see, newest first: `most` of them that lie before `before`.

    `also` are further conditions on them.
    """
    require(by, Act.SEE_CASELOAD)
    seen = select(Enrolment).where(cases_of(by), *also).order_by(Enrolment.id.desc()).limit(most)
    if before is not None:
        seen = seen.where(Enrolment.id < before)
    if state is not None:
        seen = seen.where(Enrolment.state == state)
    return session.scalars(seen).all()


def cases_of(by: Actor) -> ColumnElement[bool]:
    """Return the condition under which an enrolment is one of theirs, for queries over many."""
    match reach_of(by):
        case Reach.OWN:
            return Enrolment.citizen_id == by.person_id
        case Reach.SUPPORTED:
            return or_(Enrolment.support_person_id == by.person_id, stood_in_for_by(by, on=clock.today()))
        case Reach.ALL:
            return true()
        case Reach.NONE:
            return false()


def _concerns(session: Session, enrolment: Enrolment, by: Actor) -> bool:
    """Say whether the case is one of theirs; those who stand in for its support person cost a query."""
    match reach_of(by):
        case Reach.OWN:
            return enrolment.citizen_id == by.person_id
        case Reach.SUPPORTED:
            return enrolment.support_person_id == by.person_id or stands_in(
                session, enrolment.id, by, on=clock.today()
            )
        case Reach.ALL:
            return True
        case Reach.NONE:
            return False


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

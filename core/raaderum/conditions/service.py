"""Showing the conditions of an offer, and keeping the citizen's yes to exactly what was shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_unless_there

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.conditions.rules import AcceptanceWay, Wording, check_signed
from raaderum.conditions.tables import ConditionAcceptance, ConditionText
from raaderum.conditions.wording import terms_of
from raaderum.enrolments.answers import begin_run_in
from raaderum.enrolments.clocks import last_day_to_think
from raaderum.enrolments.rules import EnrolmentState, check_move
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.programmes.installed import rules_of
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.conditions.rules import Terms
    from raaderum.enrolments.tables import Enrolment


@dataclass(frozen=True, slots=True)
class Accepted:
    """A citizen's yes, with the text it was given to."""

    version: str
    language: str
    digest: str
    words: str
    way: AcceptanceWay
    accepted_on: date
    recorded_by: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one enrolment: as they read now, or `accepted` as they were said yes to."""

    terms: Terms
    offered_on: date | None
    last_day_to_think: date | None
    accepted: Accepted | None


def conditions_of(session: Session, enrolment_id: UUID, *, by: Actor) -> Conditions:
    """Return the conditions of an enrolment that `by` may see; raise `NotFound` for any other."""
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    thinking = (
        last_day_to_think(enrolment.offered_on, rules.reflection_days) if enrolment.offered_on else None
    )
    return Conditions(
        _terms(enrolment), enrolment.offered_on, thinking, find_acceptance(session, enrolment.id)
    )


def accept_offer(session: Session, enrolment_id: UUID, *, digest: str, by: Actor) -> Enrolment:
    """Keep the citizen's own yes to the conditions whose hash they were shown; the time to dream begins.

    Raises `ConditionsChanged` where the conditions read otherwise by now: nothing has been accepted then.
    """
    require(by, Act.ACCEPT_OFFER)
    enrolment = _offered(session, enrolment_id, by)
    wording = _terms(enrolment).shown_with(digest)
    _accept(session, enrolment, wording, AcceptanceWay.OWN_SIGN_IN, clock.today(), by)
    return enrolment


def accept_on_paper(
    session: Session, enrolment_id: UUID, *, signed_on: date, language: str = "da", by: Actor
) -> Enrolment:
    """Register that the citizen signed the conditions on paper on `signed_on`.

    Raises `SignedOutsideOffer` for a day before the offer or after today.
    """
    require(by, Act.REGISTER_ACCEPTANCE)
    enrolment = _offered(session, enrolment_id, by)
    check_signed(signed_on, offered_on=enrolment.offered_on or signed_on, today=clock.today())
    wording = _terms(enrolment).in_language(language)
    _accept(session, enrolment, wording, AcceptanceWay.ON_PAPER, signed_on, by)
    return enrolment


def find_acceptance(session: Session, enrolment_id: UUID) -> Accepted | None:
    """Return the citizen's yes, if it has been given."""
    found = session.execute(
        select(ConditionAcceptance, ConditionText)
        .join(ConditionText, ConditionText.id == ConditionAcceptance.condition_text_id)
        .where(ConditionAcceptance.enrolment_id == enrolment_id)
    ).first()
    if found is None:
        return None
    acceptance, text = found
    return Accepted(
        version=text.version,
        language=text.language,
        digest=text.digest,
        words=text.words,
        way=AcceptanceWay(acceptance.way),
        accepted_on=acceptance.accepted_on,
        recorded_by=acceptance.recorded_by,
        recorded_at=acceptance.recorded_at,
    )


def _offered(session: Session, enrolment_id: UUID, by: Actor) -> Enrolment:
    """Return the enrolment locked; raise before anything is compared where no offer stands open."""
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_move(EnrolmentState(enrolment.state), EnrolmentState.RUN_IN)
    return enrolment


def _terms(enrolment: Enrolment) -> Terms:
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    return terms_of(rules, municipality=current_tenant().name, ceiling=Oere(enrolment.ceiling))


def _accept(
    session: Session, enrolment: Enrolment, wording: Wording, way: AcceptanceWay, on: date, by: Actor
) -> None:
    version = _terms(enrolment).version
    begin_run_in(session, enrolment, accepted_on=on, by=by)
    acceptance = ConditionAcceptance(
        id=new_id(),
        enrolment_id=enrolment.id,
        condition_text_id=_kept_text(session, enrolment, wording, version),
        way=way,
        accepted_on=on,
        recorded_by=person_of(by),
    )
    insert(session, acceptance)
    record(
        session,
        AuditEvent.CONDITIONS_ACCEPTED,
        by=by,
        subject_type="condition_acceptance",
        subject_id=acceptance.id,
        enrolment_id=enrolment.id,
        version=version,
        digest=wording.digest,
        language=wording.language,
        way=way,
    )


def _kept_text(session: Session, enrolment: Enrolment, wording: Wording, version: str) -> UUID:
    """Return the id of the stored wording; of two who store the same at once, one finds the other's."""
    session.execute(
        insert_unless_there(ConditionText)
        .values(
            tenant_id=current_tenant_id(),
            id=new_id(),
            digest=wording.digest,
            version=version,
            language=wording.language,
            programme=enrolment.programme,
            words=wording.text,
            first_shown_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["tenant_id", "digest"])
    )
    return session.execute(
        select(ConditionText.id).where(ConditionText.digest == wording.digest)
    ).scalar_one()

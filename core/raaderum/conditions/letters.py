"""Handing out the letter that a citizen can show others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.audit.events import AuditEvent
from raaderum.conditions.letter import LetterFacts, letter_of
from raaderum.conditions.letter_pdf import pdf_of
from raaderum.conditions.rules import NotAccepted
from raaderum.enrolments.moves import record_on
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel import clock
from raaderum.people.roles import Act, require
from raaderum.people.service import get_citizen, name_of_citizen
from raaderum.programmes.installed import rules_of
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def record_letter(session: Session, enrolment_id: UUID, *, by: Actor) -> None:
    """Record that somebody fetches the letter; raise `NotAccepted` where there is none yet."""
    require(by, Act.FETCH_LETTER)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    if enrolment.accepted_on is None:
        raise NotAccepted(where="enrolment")
    record_on(session, AuditEvent.LETTER_FETCHED, enrolment, by)


def letter_file(session: Session, enrolment_id: UUID, *, language: str, by: Actor) -> bytes:
    """Return the letter as it reads today, as PDF; raise `NotAccepted` before the citizen's yes."""
    require(by, Act.FETCH_LETTER)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    if enrolment.accepted_on is None:
        raise NotAccepted(where="enrolment")
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    facts = LetterFacts(
        municipality=current_tenant().name,
        citizen_name=name_of_citizen(session, get_citizen(session, enrolment.citizen_id)),
        programme=rules.name,
        law=rules.law,
        written_on=clock.today(),
        accepted_on=enrolment.accepted_on,
        started_on=enrolment.started_on,
        last_day=enrolment.ends_on,
        ended_on=enrolment.ended_on,
    )
    return pdf_of(letter_of(facts, language))

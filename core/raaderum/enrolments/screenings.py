"""Keeping screenings and conversations, and reading the newest of each; all that is said is sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.enrolments.screening_rules import Conclusion, ConversationTopic, Fit, TopicNote
from raaderum.enrolments.tables import Screening, ScreeningConversation
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.plugin_api import CriterionOutcome, CriterionResult
from raaderum.plugin_host.installed import plugins
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.plugin_api import Answer
    from raaderum.programmes.rules import ProgrammeVersion


@dataclass(frozen=True, slots=True)
class OpenedScreening:
    """A screening as a caseworker reads it, with the versions of the rules and the plugin behind it."""

    results: tuple[CriterionResult, ...]
    judgement: str
    answers: Mapping[str, Answer]
    screened_at: datetime
    target_group_version: str | None
    rules_from: date | None
    rules_digest: str | None


@dataclass(frozen=True, slots=True)
class OpenedConversation:
    """A screening conversation as a caseworker reads it."""

    id: UUID
    held_by: UUID
    held_on: date
    topics: Mapping[ConversationTopic, TopicNote]
    conclusion: Conclusion
    reason: str


def keep_screening(
    session: Session,
    enrolment: Enrolment,
    rules: ProgrammeVersion,
    *,
    answers: Mapping[str, Answer],
    results: tuple[CriterionResult, ...],
    judgement: str,
    by: Actor,
) -> Screening:
    """Store a screening under the version of the rules and of the plugin that assessed it."""
    screening = Screening(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        target_group=rules.target_group,
        target_group_version=plugins().target_group_versions.get(rules.target_group),
        rules_from=rules.valid_from,
        rules_digest=rules.rules_digest,
        screened_by=person_of(by),
    )
    seal_field(session, screening, "answers", json.dumps(dict(answers)))
    seal_field(session, screening, "results", json.dumps([_as_stored(result) for result in results]))
    seal_field(session, screening, "judgement", judgement)
    insert(session, screening)
    return screening


def latest_screening(session: Session, enrolment_id: UUID) -> OpenedScreening:
    """Return the newest screening, opened; raise `NotFound` where nobody has screened yet."""
    newest = (
        select(Screening).where(Screening.enrolment_id == enrolment_id).order_by(Screening.id.desc()).limit(1)
    )
    screening = session.scalar(newest)
    if screening is None:
        raise NotFound(where="screening")
    return opened_screening(session, screening)


def opened_screening(session: Session, screening: Screening) -> OpenedScreening:
    """Return a screening opened."""
    stored = json.loads(open_field(session, screening, "results"))
    return OpenedScreening(
        results=tuple(_from_stored(result) for result in stored),
        judgement=open_field(session, screening, "judgement"),
        answers=json.loads(open_field(session, screening, "answers")),
        screened_at=screening.screened_at,
        target_group_version=screening.target_group_version,
        rules_from=screening.rules_from,
        rules_digest=screening.rules_digest,
    )


def latest_conversation(session: Session, enrolment_id: UUID) -> OpenedConversation | None:
    """Return the newest screening conversation, opened; None where there was none."""
    row = session.scalar(_newest_conversation(enrolment_id))
    return None if row is None else opened_conversation(session, row)


def latest_conclusion(session: Session, enrolment_id: UUID) -> Conclusion | None:
    """Return what the newest conversation ended in; None where there was none."""
    row = session.scalar(_newest_conversation(enrolment_id))
    return None if row is None else Conclusion(row.conclusion)


def opened_conversation(session: Session, row: ScreeningConversation) -> OpenedConversation:
    """Return a conversation opened, with every topic."""
    stored = json.loads(open_field(session, row, "topics"))
    return OpenedConversation(
        id=row.id,
        held_by=row.held_by,
        held_on=row.held_on,
        topics={ConversationTopic(name): TopicNote(Fit(fit), words) for name, (fit, words) in stored.items()},
        conclusion=Conclusion(row.conclusion),
        reason=open_field(session, row, "reason"),
    )


def _newest_conversation(enrolment_id: UUID) -> Select[ScreeningConversation]:
    return (
        select(ScreeningConversation)
        .where(ScreeningConversation.enrolment_id == enrolment_id)
        .order_by(ScreeningConversation.id.desc())
        .limit(1)
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

"""The screening conversation with the citizen, before an offer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import EnrolmentState, check_move
from raaderum.enrolments.screening_rules import ConversationTopic, Fit, TopicNote, check_conversation
from raaderum.enrolments.screenings import OpenedConversation, opened_conversation
from raaderum.enrolments.service import locked_enrolment
from raaderum.enrolments.tables import ScreeningConversation
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.screening_rules import Conclusion


def hold_conversation(
    session: Session,
    enrolment_id: UUID,
    *,
    topics: Mapping[ConversationTopic, TopicNote],
    conclusion: Conclusion,
    reason: str,
    by: Actor,
) -> OpenedConversation:
    """Keep what was talked about, and the conclusion; the newest conversation is the one that counts.

    A topic that is left out was not talked about. Raises where the bar of the scheme was not judged,
    the conclusion has no reason, or the two contradict each other.
    """
    require(by, Act.HOLD_CONVERSATION)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_move(EnrolmentState(enrolment.state), EnrolmentState.OFFERED)
    check_conversation(topics, conclusion=conclusion, reason=reason)
    all_topics = {topic: topics.get(topic, TopicNote(Fit.NOT_TALKED_ABOUT)) for topic in ConversationTopic}
    row = ScreeningConversation(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        held_by=person_of(by),
        held_on=clock.today(),
        conclusion=conclusion,
    )
    stored = {topic: [note.fit, note.words] for topic, note in all_topics.items()}
    seal_field(session, row, "topics", json.dumps(stored))
    seal_field(session, row, "reason", reason)
    insert(session, row)
    record(
        session,
        AuditEvent.CONVERSATION_HELD,
        by=by,
        subject_type="screening_conversation",
        subject_id=row.id,
        enrolment_id=enrolment.id,
        conclusion=conclusion,
    )
    return opened_conversation(session, row)

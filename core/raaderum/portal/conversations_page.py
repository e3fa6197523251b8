"""Interviews and questionnaires of a case: what is due, done, declined and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.goals.rules import STRATEGY_NAMES, StrategyState
from raaderum.goals.service import opened_goals
from raaderum.goals.strategy import strategy_of
from raaderum.interviews import rules as interview_rules
from raaderum.interviews.overview import interviews_of
from raaderum.people.roles import Role
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.questionnaires import outcome_rules, rules
from raaderum.questionnaires.blind import questionnaires_of
from raaderum.questionnaires.outcomes import outcomes_of
from raaderum.questionnaires.service import OWN_QUESTIONNAIRE

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.portal.visits import Visit


def show_conversations(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the questionnaires as the visitor may see them, the outcomes and the five interviews."""
    by = visit.actor
    living = [line for line in strategy_of(session, enrolment_id) if line.state is StrategyState.LIVING]
    return render(
        "conversations.html",
        visit,
        heading=read_heading(session, enrolment_id, by=by),
        goals=opened_goals(session, enrolment_id),
        seen=questionnaires_of(session, enrolment_id, by=by),
        own=OWN_QUESTIONNAIRE.get(Role(by.role)),
        outcomes={
            (one.moment, one.parameter): one.outcome for one in outcomes_of(session, enrolment_id, by=by)
        },
        interviews=interviews_of(session, enrolment_id, by=by),
        strategy={kind: [line.words for line in living if line.kind is kind] for kind in STRATEGY_NAMES},
        strategy_names=STRATEGY_NAMES,
        asked=rules,
        outcome_words=outcome_rules,
        talks=interview_rules,
    )

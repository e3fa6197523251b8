"""A case in which every text about a person holds a word of its own, to be looked for anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from raaderum.audit.actor import Actor
from raaderum.casework.ending import end_course
from raaderum.casework.messages import write_message
from raaderum.casework.note_rules import NoteAudience
from raaderum.casework.notes import write_note
from raaderum.casework.tasks import write_task
from raaderum.enrolments.answers import decline_offer
from raaderum.enrolments.change_rules import ChangeGround
from raaderum.enrolments.changes import extend_course, pause_course
from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.place_rules import ReferralSource
from raaderum.enrolments.screening_rules import Conclusion, ConversationTopic, Fit, TopicNote
from raaderum.enrolments.service import refer, screen
from raaderum.enrolments.support import appoint_substitute, change_support_person
from raaderum.goals.releases import release_words
from raaderum.goals.rules import StrategyKind
from raaderum.goals.service import add_sub_goal, write_goal
from raaderum.goals.strategy import add_strategy_line
from raaderum.goals.wishes import add_wish
from raaderum.interviews.rules import InterviewKind
from raaderum.interviews.service import hold_interview
from raaderum.interviews.summaries import ask_for_changes, write_summary
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.people.duplicates import mark_not_a_duplicate
from raaderum.people.roles import Role
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.assessment import assess_plan, comment_on_plan, explain_guideline, record_team_decision
from raaderum.plans.assessment_rules import Criterion, Doubt, Guard, Judged, Judgement, Vote
from raaderum.plans.evidence import attach_evidence
from raaderum.plans.rules import Colour, ItemDraft, SpendingCategory
from raaderum.plans.service import draft_plan, items_of, propose_plan, return_plan
from raaderum.questionnaires.rules import Distance, Moment, Respondent
from raaderum.questionnaires.service import answer
from raaderum.testing.cases import made_up_cpr
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase


@dataclass
class MarkedCase:
    """The ids of a whole case, and the word that was put into each text, by what the text is."""

    municipality: Municipality
    ids: dict[str, str]
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def enrolment_id(self) -> UUID:
        """The case that is under way."""
        return UUID(self.ids["enrolment_id"])

    @property
    def citizen(self) -> Actor:
        """The citizen, acting for themselves."""
        return Actor(UUID(self.ids["citizen_id"]), Role.CITIZEN)

    def marked(self, name: str) -> str:
        """Return a text with the word for `name`."""
        self.marks[name] = f"zq{uuid4().hex}"
        return f"Ord {self.marks[name]} slut"

    def done(self, act: Callable[..., Any], *arguments: object, **named: object) -> Any:  # noqa: ANN401 - any act
        """Do an act in a unit of work of its own."""
        with self.municipality.at_work(), unit_of_work() as session:
            return act(session, *arguments, **named)


def marked_case(case: WholeCase, municipality: Municipality) -> MarkedCase:
    """Write a word of its own into every text of a whole case that is under way."""
    marked = MarkedCase(municipality, dict(case.ids))
    _words(marked)
    _notes(marked)
    _course(marked)
    _plan(marked)
    return marked


def mark_the_way_in(marked: MarkedCase) -> UUID:
    """Refer, screen and talk to a new citizen; point the case's ids at the referral and return its id."""
    town, by = marked.municipality, marked.municipality.coordinator
    citizen = marked.done(register_citizen, name=marked.marked("name"), cpr=made_up_cpr(), by=by)
    referral = marked.done(
        refer,
        citizen_id=citizen.id,
        programme=marked.ids["programme"],
        support_person_id=town.support_person.person_id,
        source=ReferralSource.AUTHORITY,
        note=marked.marked("referral_note"),
        authority=marked.marked("referring_authority"),
        by=by,
    )
    marked.done(screen, referral.id, answers={}, judgement=marked.marked("judgement"), by=by)
    marked.done(
        hold_conversation,
        referral.id,
        topics={topic: TopicNote(Fit.FITS, marked.marked(f"talk_{topic}")) for topic in ConversationTopic},
        conclusion=Conclusion.SUITABLE,
        reason=marked.marked("talk_reason"),
        by=by,
    )
    note = marked.marked("not_a_duplicate")
    marked.done(mark_not_a_duplicate, citizen.id, UUID(marked.ids["citizen_id"]), note=note, by=by)
    referral_id: UUID = referral.id
    return referral_id


def mark_the_end(marked: MarkedCase, referral_id: UUID) -> None:
    """End the case and decline the other, each with a word."""
    by = marked.municipality.coordinator
    marked.done(decline_offer, referral_id, because=marked.marked("declined_because"), by=by)
    note = marked.marked("ended_note")
    marked.done(end_course, marked.enrolment_id, because=EndingReason.MOVED_AWAY, note=note, by=by)


def _words(marked: MarkedCase) -> None:
    by, id_ = marked.citizen, marked.enrolment_id
    marked.done(write_goal, id_, words=marked.marked("goal"), categories=[], by=by)
    marked.done(add_sub_goal, id_, words=marked.marked("sub_goal"), by=by)
    marked.done(add_wish, id_, words=marked.marked("wish"), by=by)
    marked.done(add_strategy_line, id_, kind=StrategyKind.STOP, words=marked.marked("strategy"), by=by)
    release = marked.done(release_words, id_, recipient=marked.marked("recipient"), by=by)
    marked.ids["release_id"] = str(release.id)
    marked.done(
        answer,
        id_,
        moment=Moment.START,
        respondent=Respondent.CITIZEN,
        rating=Distance.FAR,
        comment=marked.marked("blind_answer"),
        by=by,
    )


def _notes(marked: MarkedCase) -> None:
    town, id_ = marked.municipality, marked.enrolment_id
    for audience in NoteAudience:
        marked.done(
            write_note, id_, text=marked.marked(f"note_{audience}"), audience=audience, by=town.team_leader
        )
    marked.done(write_message, id_, text=marked.marked("message"), by=marked.citizen)
    marked.done(
        write_task,
        title=marked.marked("task"),
        due_on=clock.today(),
        assigned_to=town.support_person.person_id,
        enrolment_id=id_,
        by=town.coordinator,
    )
    interview_id = UUID(marked.ids["interview_id"])
    marked.done(write_summary, id_, interview_id, words=marked.marked("summary_before"), by=town.coordinator)
    version = {"version": 2, "comment": marked.marked("summary_comment")}
    marked.done(ask_for_changes, id_, interview_id, **version, by=marked.citizen)
    midway = marked.done(
        hold_interview, id_, kind=InterviewKind.MIDWAY, held_on=clock.today(), by=town.coordinator
    )
    marked.done(write_summary, id_, midway.id, words=marked.marked("summary_draft"), by=town.coordinator)


def _course(marked: MarkedCase) -> None:
    town, id_, today = marked.municipality, marked.enrolment_id, clock.today()
    with town.at_work():
        former, stand_in = (hire(name, Role.SUPPORT_PERSON) for name in ("Finn Før", "Vera Vikar"))
    own, by = town.support_person.person_id, town.coordinator
    handed = {"staff_id": former.person_id, "handover": ""}
    marked.done(change_support_person, id_, **handed, by=by)
    marked.done(change_support_person, id_, staff_id=own, handover=marked.marked("handover"), by=by)
    marked.done(
        appoint_substitute,
        id_,
        staff_id=stand_in.person_id,
        begins_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=2),
        handover=marked.marked("handover_to_substitute"),
        by=by,
    )
    days = {"from_on": today + timedelta(days=3), "until_on": today + timedelta(days=9)}
    ground = next(iter(ChangeGround))
    marked.done(pause_course, id_, **days, ground=ground, note=marked.marked("pause_note"), by=by)
    leader = town.team_leader
    marked.done(extend_course, id_, days=5, ground=ground, note=marked.marked("extension_note"), by=leader)


def _plan(marked: MarkedCase) -> None:
    """Write a plan over every step of the assessment, and one that is sent back."""
    town, leader = marked.municipality, marked.municipality.team_leader
    plan = _proposed(marked)
    sure = Judged(dict.fromkeys(Criterion, Judgement.YES), dict.fromkeys(Guard, Judgement.YES))
    unsure = Judged({**sure.criteria, next(iter(Criterion)): Judgement.UNSURE}, sure.guards)
    words = {one: marked.marked(f"assessed_{one}") for one in Criterion}
    marked.done(
        assess_plan,
        plan,
        colour=Colour.YELLOW,
        judged=unsure,
        words=words,
        guard_words=marked.marked("guard"),
        doubt=Doubt.PLAN,
        by=town.coordinator,
    )
    with town.at_work():
        colleague = hire("Karl Kollega", Role.COORDINATOR)
    advice = {"advice": Colour.RED, "words": marked.marked("team_comment")}
    marked.done(comment_on_plan, plan, **advice, by=colleague)
    reason = marked.marked("guideline_reason")
    marked.done(explain_guideline, plan, guideline=marked.ids["guideline"], words=reason, by=town.coordinator)
    marked.done(assess_plan, plan, colour=Colour.RED, judged=unsure, guard_words="Gæld.", by=town.coordinator)
    staff = (town.coordinator, leader, colleague)
    marked.done(
        record_team_decision,
        plan,
        held_on=clock.today(),
        votes=[(one.person_id, Vote.AGAINST) for one in staff],
        words=marked.marked("team_decision"),
        by=leader,
    )
    marked.done(return_plan, plan, comment=marked.marked("return_comment"), by=leader)
    marked.ids["plan_id"] = str(plan)


def _proposed(marked: MarkedCase) -> UUID:
    by, id_ = marked.municipality.support_person, marked.enrolment_id
    item = ItemDraft(
        sub_goal_id=UUID(marked.ids["sub_goal_id"]),
        description=marked.marked("item"),
        category=SpendingCategory.TRANSPORT,
        amount=Oere(20_000_00),
        theory_of_change=marked.marked("theory"),
        who_will_teach=marked.marked("teacher"),
    )
    plan = marked.done(draft_plan, id_, motivation=marked.marked("motivation"), items=[item], by=by)
    item_id = marked.done(items_of, plan.id)[0].id
    file = {"content": marked.marked("evidence").encode(), "file_name": f"{marked.marked('file_name')}.txt"}
    evidence = marked.done(attach_evidence, item_id, **file, by=by)
    marked.ids["evidence_id"] = str(evidence.id)
    marked.done(propose_plan, plan.id, by=by)
    plan_id: UUID = plan.id
    return plan_id

"""Builders of cases: a citizen brought to a given point of the course by the acts that lead there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypedDict
from uuid import UUID

from raaderum.audit.actor import Actor
from raaderum.conditions.service import accept_offer, conditions_of
from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.screening_rules import Conclusion, ConversationTopic, Fit, TopicNote
from raaderum.enrolments.selections import appoint
from raaderum.enrolments.service import offer, refer, screen
from raaderum.goals.rules import GoalCategory
from raaderum.goals.service import add_sub_goal, write_goal
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.people.cpr import Cpr
from raaderum.people.roles import Role
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.rules import Colour, ItemDraft, SpendingCategory
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, items_of, propose_plan
from raaderum.plugin_api import (
    Answer,
    AnswerType,
    CriterionOutcome,
    Question,
    ScreeningFacts,
    TargetGroup,
)
from raaderum.plugin_host.installed import plugins
from raaderum.programmes.installed import programme_in_force, programmes
from raaderum.purchases.service import approve_purchase, request_purchase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from raaderum.enrolments.tables import Enrolment
    from raaderum.purchases.tables import Purchase
    from raaderum.testing.municipality import Municipality

GRANT: Final = Oere(20_000_00)
PRICE: Final = Oere(12_500_00)
POOL: Final = Oere(500_000_00)
_MILLENNIUM: Final = 2000
SUPPLIER: Final = "Svendborg Køreskole ApS"
SUPPLIER_CVR: Final = "12345674"
"""A number with a valid check digit."""


class Conversation(TypedDict):
    """What `hold_conversation` is told."""

    topics: Mapping[ConversationTopic, TopicNote]
    conclusion: Conclusion
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen's enrolment, and the ids of what has been written for it so far."""

    municipality: Municipality
    citizen_id: UUID
    enrolment_id: UUID
    programme: str
    sub_goal_id: UUID
    plan_item_ids: tuple[UUID, ...] = ()

    @property
    def citizen(self) -> Actor:
        """The citizen, acting for themselves."""
        return Actor(self.citizen_id, Role.CITIZEN)


def made_up_cpr(*, age: int = 27, serial: int | None = None) -> Cpr:
    """Return a CPR number with 60 added to the day, so that it cannot be a real person's.

    The person is `age` years old today. The same `serial` gives the same number on the same day.
    """
    number = new_id().int if serial is None else serial
    today = clock.today()
    last_birthday = date(today.year - age, today.month, min(today.day, 28))
    born = last_birthday - timedelta(days=number // 1000 % 360)
    century_digit = 4 if born.year >= _MILLENNIUM else 0
    date_part = f"{born.day + 60:02d}{born.month:02d}{born.year % 100:02d}"
    return Cpr.parse(f"{date_part}{century_digit}{number % 1000:03d}")


def case_in_run_in(municipality: Municipality, *, age: int = 27, ceiling: Oere | None = None) -> Case:
    """Bring a new citizen to the run-in, with a dream and one sub-goal."""
    programme = programmes().of_tenant(municipality.tenant.slug)[-1].slug
    coordinator = municipality.coordinator
    with municipality.at_work():
        with unit_of_work() as session:
            citizen = register_citizen(
                session, name="Mia Mortensen", cpr=made_up_cpr(age=age), by=coordinator
            )
            enrolment = refer(
                session,
                citizen_id=citizen.id,
                programme=programme,
                support_person_id=_person(municipality.support_person.person_id),
                by=coordinator,
                ceiling=ceiling,
            )
            case = Case(municipality, citizen.id, enrolment.id, programme, sub_goal_id=enrolment.id)
        with unit_of_work() as session:
            prepare_offer(session, case.enrolment_id, programme=programme, age=age, by=coordinator)
        with unit_of_work() as session:
            offer(session, case.enrolment_id, by=coordinator)
            accept_as_shown(session, case.enrolment_id, by=case.citizen)
            write_goal(
                session,
                case.enrolment_id,
                words="Jeg vil ha' mit eget sted at bo – og et job som gartner 🌱",
                categories=[GoalCategory.HOUSING, GoalCategory.EDUCATION_AND_EMPLOYMENT],
                by=case.citizen,
            )
        with unit_of_work() as session:
            sub_goal = add_sub_goal(
                session, case.enrolment_id, words="Tage kørekort", by=municipality.support_person
            )
            return Case(municipality, citizen.id, case.enrolment_id, programme, sub_goal.id)


def accept_as_shown(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Have the citizen `by` read the conditions of their offer in Danish, and accept what was shown."""
    shown = conditions_of(session, enrolment_id, by=by).terms.in_language("da")
    return accept_offer(session, enrolment_id, digest=shown.digest, by=by)


def case_with_grant(municipality: Municipality, *, amount: Oere = GRANT, pool: Oere = POOL) -> Case:
    """Bring a new citizen to an active enrolment whose plan of one item over `amount` øre is approved."""
    case = case_in_run_in(municipality)
    with municipality.at_work():
        with unit_of_work() as session:
            fund_pool(
                session, case.programme, amount=pool, by=municipality.finance_officer, key=str(new_id())
            )
        with unit_of_work() as session:
            plan = draft_plan(
                session,
                case.enrolment_id,
                motivation="Jeg vil videre.",
                items=[licence_item(case, amount)],
                by=municipality.support_person,
            )
            plan_id = plan.id
            propose_plan(session, plan_id, by=municipality.support_person)
        with unit_of_work() as session:
            approve_plan(session, plan_id, colour=Colour.GREEN, by=municipality.coordinator)
            item_ids = tuple(item.id for item in items_of(session, plan_id))
    return Case(municipality, case.citizen_id, case.enrolment_id, case.programme, case.sub_goal_id, item_ids)


def licence_item(case: Case, amount: Oere) -> ItemDraft:
    """Return a plan item: a driving licence for `amount` øre towards the case's sub-goal."""
    return ItemDraft(
        sub_goal_id=case.sub_goal_id,
        description="Kørekort til bil",
        category=SpendingCategory.TRANSPORT,
        amount=amount,
        theory_of_change="Med kørekort kan jeg tage job uden for byen.",
    )


def requested_purchase(case: Case, amount: Oere = PRICE, *, supplier_cvr: str = SUPPLIER_CVR) -> UUID:
    """Have the support person ask for a purchase towards the plan's first item; return its id."""
    with case.municipality.at_work(), unit_of_work() as session:
        return request_purchase(
            session,
            case.enrolment_id,
            plan_item_id=case.plan_item_ids[0],
            description="Kørekort, lovpakke",
            supplier_name=SUPPLIER,
            supplier_cvr=supplier_cvr,
            amount=amount,
            by=case.municipality.support_person,
        ).id


def approved_purchase(case: Case, amount: Oere = PRICE, *, supplier_cvr: str = SUPPLIER_CVR) -> Purchase:
    """Have a purchase asked for and approved; return it, loaded and detached."""
    purchase_id = requested_purchase(case, amount, supplier_cvr=supplier_cvr)
    with case.municipality.at_work(), unit_of_work() as session:
        purchase = approve_purchase(session, purchase_id, by=case.municipality.coordinator)
        session.flush()
        session.refresh(purchase)
        session.expunge(purchase)
        return purchase


def prepare_offer(session: Session, enrolment_id: UUID, *, programme: str, age: int, by: Actor) -> None:
    """Do all that an offer asks for: screen, talk, and appoint where the programme selects."""
    answers = fitting_answers(programme, age=age)
    screen(session, enrolment_id, answers=answers, judgement="Borgeren kan bære det.", by=by)
    hold_conversation(session, enrolment_id, **fitting_conversation(), by=by)
    rules = programme_in_force(programme, on=clock.today())
    if rules.selections is not None:
        appoint(session, enrolment_id, arm=rules.arms[0] if rules.arms else None, by=by)


def fitting_conversation() -> Conversation:
    """Return what a conversation comes to that speaks for an offer."""
    return {
        "topics": {
            topic: TopicNote(Fit.FITS_WITH_SUPPORT, "Det har vi talt om.") for topic in ConversationTopic
        },
        "conclusion": Conclusion.SUITABLE,
        "reason": "Borgeren ved, hvad der venter, og har nogen at ringe til.",
    }


def fitting_answers(programme: str, *, age: int) -> dict[str, Answer]:
    """Return answers under which no criterion of the current tenant's programme is unmet.

    Each question gets the answer that meets the most criteria, so no plugin's questions are named.
    """
    identifier = programme_in_force(programme, on=clock.today()).target_group
    target_group = plugins().target_groups[identifier]
    answers: dict[str, Answer] = {}
    for question in target_group.questions:
        candidates = [{**answers, question.name: answer} for answer in _possible(question)]
        answers = max(candidates, key=lambda one: _criteria_met(target_group, one, age))
    return answers


def _possible(question: Question) -> Sequence[Answer]:
    match question.answer:
        case AnswerType.YES_NO:
            return (True, False)
        case AnswerType.NUMBER:
            return (0, 24)
        case AnswerType.CHOICE:
            return tuple(question.choices)


def _criteria_met(target_group: TargetGroup, answers: Mapping[str, Answer], age: int) -> int:
    results = target_group.assess(ScreeningFacts(clock.today(), age, answers))
    return sum(result.outcome is CriterionOutcome.MET for result in results)


def _person(person_id: UUID | None) -> UUID:
    assert person_id is not None  # noqa: S101 - members of staff are people
    return person_id

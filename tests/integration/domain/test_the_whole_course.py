"""From referral to grant in each of the five programmes, by the acts that people do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from raaderum.conditions.service import accept_on_paper
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.enrolments.rules import EnrolmentState, end_of_months
from raaderum.enrolments.screenings import latest_screening
from raaderum.enrolments.service import get_enrolment, offer, refer
from raaderum.goals.rules import GoalCategory
from raaderum.goals.service import add_sub_goal, opened_goals, take_down_goal
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.people.service import get_citizen, name_of_citizen, register_citizen
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.rules import Colour, ItemDraft, SpendingCategory
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, plans_of, propose_plan
from raaderum.plugin_api import CriterionOutcome
from raaderum.programmes.installed import programme_in_force
from raaderum.testing.cases import made_up_cpr, prepare_offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.testing.municipality import Municipality

DREAM = "Jeg vil bo et sted, hvor jeg kan lukke døren – og åbne den igen"
PROGRAMMES = [
    ("aarhus", "personligt-borgerstyret-budget", 24),
    ("aarhus", "langtidsledige-tager-teten", 47),
    ("halsnaes", "mit-liv-min-styring", 41),
    ("kolding", "personligt-borgerstyret-budget", 23),
    ("lejre", "personligt-borgerstyret-budget", 33),
]


def referred(municipality: Municipality, programme: str, age: int) -> UUID:
    with unit_of_work() as session:
        citizen = register_citizen(
            session, name="Mia Mortensen", cpr=made_up_cpr(age=age), by=municipality.coordinator
        )
        support_person_id = municipality.support_person.person_id
        assert support_person_id
        return refer(
            session,
            citizen_id=citizen.id,
            programme=programme,
            support_person_id=support_person_id,
            by=municipality.coordinator,
        ).id


def brought_to_run_in(municipality: Municipality, enrolment_id: UUID, programme: str, age: int) -> None:
    coordinator = municipality.coordinator
    with unit_of_work() as session:
        prepare_offer(session, enrolment_id, programme=programme, age=age, by=coordinator)
        screening = latest_screening(session, enrolment_id)
        assert screening.results
        assert CriterionOutcome.NOT_MET not in {result.outcome for result in screening.results}
        assert all(result.reason.danish and result.reason.english for result in screening.results)
    with unit_of_work() as session:
        offer(session, enrolment_id, by=coordinator)
    with unit_of_work() as session:
        accept_on_paper(session, enrolment_id, signed_on=clock.today(), by=coordinator)


def proposed_plan(municipality: Municipality, enrolment_id: UUID) -> UUID:
    support_person = municipality.support_person
    with unit_of_work() as session:
        categories = [GoalCategory.HOUSING]
        take_down_goal(session, enrolment_id, words=DREAM, categories=categories, by=support_person)
    with unit_of_work() as session:
        sub_goal = add_sub_goal(session, enrolment_id, words="Skaffe et depositum", by=support_person)
        item = ItemDraft(
            sub_goal_id=sub_goal.id,
            description="Depositum",
            category=SpendingCategory.HOUSING,
            amount=Oere(24_000_00),
            theory_of_change="Et sted at bo er begyndelsen.",
        )
        session.flush()
        plan = draft_plan(session, enrolment_id, motivation="Nu er det nu.", items=[item], by=support_person)
    with unit_of_work() as session:
        return propose_plan(session, plan.id, by=support_person).id


@pytest.mark.parametrize(("tenant", "programme", "age"), PROGRAMMES)
def test_a_citizen_comes_from_referral_to_grant(
    new_municipality: Callable[..., Municipality], tenant: str, programme: str, age: int
) -> None:
    municipality = new_municipality(like=tenant)
    with municipality.at_work():
        enrolment_id = referred(municipality, programme, age)
        brought_to_run_in(municipality, enrolment_id, programme, age)
        plan_id = proposed_plan(municipality, enrolment_id)
        with unit_of_work() as session:
            finance = municipality.finance_officer
            fund_pool(session, programme, amount=Oere(100_000_00), by=finance, key="year")
        with unit_of_work() as session:
            approve_plan(session, plan_id, colour=Colour.GREEN, by=municipality.coordinator)
        with reading() as session:
            enrolment = get_enrolment(session, enrolment_id, by=municipality.support_person)
            rules = programme_in_force(programme, on=clock.today())
            assert enrolment.state == EnrolmentState.ACTIVE
            assert enrolment.started_on == clock.today()
            assert enrolment.ends_on == end_of_months(clock.today(), rules.months)
            assert enrolment.ends_on > clock.today() + timedelta(days=30 * rules.months - 1)
            statement = budget_statement(session, enrolment_id)
            assert (statement.granted, statement.available) == (24_000_00, 24_000_00)
            assert opened_goals(session, enrolment_id).words == DREAM
            assert [plan.colour for plan in plans_of(session, enrolment_id)] == [Colour.GREEN]
            citizen = get_citizen(session, enrolment.citizen_id)
            assert name_of_citizen(session, citizen) == "Mia Mortensen"
            assert prove_books(session).holds
        with unit_of_work() as session:
            end(session, enrolment_id, because=EndingReason.ORDINARY_EMPLOYMENT, by=municipality.coordinator)
        with reading() as session:
            ended = get_enrolment(session, enrolment_id, by=municipality.coordinator)
            assert (ended.state, ended.ended_on) == (EnrolmentState.ENDED, clock.today())

"""Random lives of an enrolment beside a model of thirty lines: every act tried in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from raaderum.audit.actor import Actor
from raaderum.conditions.service import accept_on_paper
from raaderum.enrolments.answers import decline_offer
from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end, leave_programme
from raaderum.enrolments.rules import CLOSED, EnrolmentState
from raaderum.enrolments.service import offer, put_on_waiting_list, refer, reject, screen
from raaderum.enrolments.tables import Enrolment
from raaderum.goals.rules import GoalCategory
from raaderum.goals.service import add_sub_goal, take_down_goal, write_goal
from raaderum.kernel import clock
from raaderum.kernel.errors import Conflict, InvalidInput, NotFound, RuleBroken
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import Role
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.rules import Colour, ItemDraft, SpendingCategory
from raaderum.plans.service import (
    approve_plan,
    draft_plan,
    fund_pool,
    items_of,
    propose_plan,
    return_plan,
)
from raaderum.programmes.installed import programmes
from raaderum.purchases.service import approve_purchase, refuse_purchase, request_purchase
from raaderum.testing.cases import fitting_answers, fitting_conversation, made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.testing.municipality import Municipality

LIVES = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=timedelta(seconds=20),
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
S = EnrolmentState
ADMISSIBLE, UNDER_WAY = {S.REFERRED, S.WAITING}, {S.RUN_IN, S.ACTIVE}
REFUSED = (Conflict, RuleBroken, InvalidInput, NotFound)
SELDOM = st.integers(0, 4)
"""What closes a course that could go on happens once in five times."""
PLAN, PRICE = Oere(20_000_00), Oere(7_000_00)


@dataclass
class Model:
    """What a course is: where the enrolment stands, and what has been done towards the next step."""

    state: EnrolmentState = S.REFERRED
    is_screened: bool = False
    has_talked: bool = False
    has_dream: bool = False
    sub_goals: int = 0
    plan: str = "none"
    has_grant: bool = False
    bought: int = 0
    purchase: str = "none"


class CourseMachine(RuleBasedStateMachine):
    """One citizen's course; `new_municipality` is set by the test."""

    new_municipality: Callable[[], Municipality]
    reached: set[EnrolmentState]

    def __init__(self) -> None:
        super().__init__()
        self.town = type(self).new_municipality()
        self.programme = programmes().of_tenant(self.town.tenant.slug)[-1].slug

    @initialize()
    def begin(self) -> None:
        """A citizen is registered and referred; the pool has money."""
        citizen = self._do(register_citizen, name="Mia", cpr=made_up_cpr(), by=self.town.coordinator)
        by = self.town.finance_officer
        self._do(fund_pool, self.programme, amount=Oere(500_000_00), by=by, key="all")
        self.citizen = Actor(citizen.id, Role.CITIZEN)
        self.model = Model()
        self.enrolment_id: UUID = self._refer().id

    @rule(steps=st.integers(1, 4))
    def go_on(self, steps: int) -> None:
        """The steps of a course that goes well, so that lives come far."""
        for _ in range(steps):
            self._next_step()()

    @rule()
    def refer_again(self) -> None:
        """A second enrolment in the same programme is possible only when the first is closed."""
        if self.model.state in CLOSED:
            self.enrolment_id, self.model = self._refer().id, Model()
        else:
            self._refuses(self._refer)

    @rule()
    def screen(self) -> None:
        with self.town.at_work():
            answers = fitting_answers(self.programme, age=27)
        if self._agrees(
            self.model.state in ADMISSIBLE,
            screen,
            self.enrolment_id,
            answers=answers,
            judgement="Ja.",
            by=self.town.coordinator,
        ):
            self.model.is_screened = True

    @rule()
    def talk(self) -> None:
        if self._agrees(
            self.model.state in ADMISSIBLE,
            hold_conversation,
            self.enrolment_id,
            **fitting_conversation(),
            by=self.town.coordinator,
        ):
            self.model.has_talked = True

    @rule()
    def wait(self) -> None:
        self._moves({S.REFERRED}, S.WAITING, put_on_waiting_list, by=self.town.coordinator)

    @rule()
    def offer(self) -> None:
        ready = self.model.is_screened and self.model.has_talked
        self._moves(ADMISSIBLE if ready else set(), S.OFFERED, offer, by=self.town.coordinator)

    @rule(really=SELDOM)
    def reject(self, really: int) -> None:
        if really and self.model.state in ADMISSIBLE | {S.OFFERED}:
            return
        self._moves(ADMISSIBLE | {S.OFFERED}, S.REJECTED, reject, by=self.town.coordinator)

    @rule(is_citizen=st.booleans(), really=SELDOM)
    def decline(self, *, is_citizen: bool, really: int) -> None:
        if really and self.model.state in ADMISSIBLE | {S.OFFERED}:
            return
        by = self.citizen if is_citizen else self.town.coordinator
        self._moves(ADMISSIBLE | {S.OFFERED}, S.DECLINED, decline_offer, by=by)

    @rule()
    def accept(self) -> None:
        signed = {"signed_on": clock.today(), "by": self.town.coordinator}
        self._moves({S.OFFERED}, S.RUN_IN, accept_on_paper, **signed)

    @rule(is_citizen=st.booleans())
    def dream(self, *, is_citizen: bool) -> None:
        """Staff take the dream down once; the citizen writes it as often as they want."""
        may = self.model.state in UNDER_WAY and (is_citizen or not self.model.has_dream)
        write, by = (write_goal, self.citizen) if is_citizen else (take_down_goal, self.town.support_person)
        words = {"words": "Et hjem 🏠", "categories": [GoalCategory.HOUSING]}
        if self._agrees(may, write, self.enrolment_id, **words, by=by):
            self.model.has_dream = True

    @rule()
    def step(self) -> None:
        may = self.model.state in UNDER_WAY and self.model.has_dream and self.model.sub_goals < 5
        made = self._agrees(may, add_sub_goal, self.enrolment_id, words="Et skridt", by=self.citizen)
        if made:
            self.model.sub_goals += 1
            self.sub_goal_id = made.id

    @rule()
    def draft(self) -> None:
        may = self.model.state in UNDER_WAY and self.model.sub_goals > 0
        item = ItemDraft(
            sub_goal_id=self.sub_goal_id if self.model.sub_goals else self.enrolment_id,
            description="Kørekort",
            category=SpendingCategory.TRANSPORT,
            amount=PLAN,
            theory_of_change="Så kan jeg tage job.",
        )
        by = self.town.support_person
        made = self._agrees(may, draft_plan, self.enrolment_id, motivation="Nu.", items=[item], by=by)
        if made:
            self.plan_id, self.model.plan = made.id, "draft"

    @rule()
    def propose(self) -> None:
        self._plan_moves("draft", "proposed", propose_plan, by=self.town.support_person)

    @rule()
    def send_back(self) -> None:
        self._plan_moves("proposed", "returned", return_plan, comment="Mere.", by=self.town.coordinator)

    @rule()
    def approve(self) -> None:
        green = {"colour": Colour.GREEN, "by": self.town.coordinator}
        if self._plan_moves("proposed", "approved", approve_plan, **green):
            self.model.state, self.model.has_grant = S.ACTIVE, True
            with self.town.at_work(), reading() as session:
                self.item_id = items_of(session, self.plan_id)[0].id

    @rule()
    def ask(self) -> None:
        may = self.model.state is S.ACTIVE and (self.model.bought + 1) * PRICE <= PLAN
        made = self._agrees(
            may,
            request_purchase,
            self.enrolment_id,
            plan_item_id=self.item_id if self.model.has_grant else self.enrolment_id,
            description="Lovpakke",
            supplier_name="Køreskolen",
            supplier_cvr=None,
            amount=PRICE,
            by=self.town.support_person,
        )
        if made:
            self.purchase_id, self.model.purchase = made.id, "requested"

    @rule()
    def buy(self) -> None:
        may = self.model.state is S.ACTIVE and self.model.purchase == "requested"
        if self.model.purchase == "none":
            return
        if self._agrees(may, approve_purchase, self.purchase_id, by=self.town.coordinator):
            self.model.purchase, self.model.bought = "approved", self.model.bought + 1

    @rule()
    def refuse(self) -> None:
        if self.model.purchase == "none":
            return
        refusing = {"because": "Nej.", "by": self.town.coordinator}
        may = self.model.purchase == "requested"
        if self._agrees(may, refuse_purchase, self.purchase_id, **refusing):
            self.model.purchase = "refused"

    @rule(really=SELDOM)
    def end(self, really: int) -> None:
        if really and self.model.state in UNDER_WAY:
            return
        because = {"because": EndingReason.CITIZEN_LEAVES, "by": self.town.coordinator}
        self._moves(UNDER_WAY, S.ENDED, end, **because)

    @rule(really=SELDOM)
    def leave(self, really: int) -> None:
        if really and self.model.state in UNDER_WAY:
            return
        self._moves(UNDER_WAY, S.ENDED, leave_programme, by=self.citizen)

    @invariant()
    def the_course_is_where_the_model_says(self) -> None:
        """And the money: granted is the plan's sum from the first approval on, nothing before."""
        if not hasattr(self, "enrolment_id"):
            return
        with self.town.at_work(), reading() as session:
            enrolment = session.get_one(Enrolment, (self.town.id, self.enrolment_id))
            assert enrolment.state == self.model.state
            statement = budget_statement(session, self.enrolment_id)
            assert statement.granted == (PLAN if self.model.has_grant else 0)
            assert statement.committed == self.model.bought * PRICE
            assert prove_books(session).holds
        type(self).reached.add(self.model.state)

    def _next_step(self) -> Callable[[], None]:
        model = self.model
        if model.state in ADMISSIBLE:
            return self.offer if model.is_screened and model.has_talked else self._prepare
        if model.state is S.OFFERED:
            return self.accept
        if model.state is S.RUN_IN and model.sub_goals:
            return {"draft": self.propose, "proposed": self.approve}.get(model.plan, self.draft)
        return self._dream_a_step if model.state is S.RUN_IN else self.ask

    def _prepare(self) -> None:
        self.screen()
        self.talk()

    def _dream_a_step(self) -> None:
        self.dream(is_citizen=True)
        self.step()

    def _refer(self) -> Any:  # noqa: ANN401 - an enrolment
        return self._do(
            refer,
            citizen_id=self.citizen.person_id,
            programme=self.programme,
            support_person_id=self.town.support_person.person_id,
            by=self.town.coordinator,
        )

    def _moves(
        self, allowed: set[EnrolmentState], to: EnrolmentState, act: Callable[..., Any], **named: object
    ) -> None:
        if self._agrees(self.model.state in allowed, act, self.enrolment_id, **named):
            self.model.state = to

    def _plan_moves(self, needed: str, to: str, act: Callable[..., Any], **named: object) -> bool:
        if self.model.plan == "none":
            return False
        may = self.model.plan == needed and self.model.state in UNDER_WAY
        done = bool(self._agrees(may, act, self.plan_id, **named))
        if done:
            self.model.plan = to
        return done

    def _agrees(self, may: bool, act: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401, FBT001 - any act
        if may:
            return self._do(act, *arguments, **named)
        return self._refuses(self._do, act, *arguments, **named)

    def _refuses(self, act: Callable[..., Any], *arguments: object, **named: object) -> None:
        with pytest.raises(REFUSED):
            act(*arguments, **named)

    def _do(self, act: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any act
        with self.town.at_work(), unit_of_work() as session:
            return act(session, *arguments, **named)


def test_an_enrolment_lives_as_the_model_says(new_municipality: Callable[[], Municipality]) -> None:
    CourseMachine.new_municipality, CourseMachine.reached = staticmethod(new_municipality), set()
    run_state_machine_as_test(CourseMachine, settings=LIVES)
    assert CourseMachine.reached == set(EnrolmentState)

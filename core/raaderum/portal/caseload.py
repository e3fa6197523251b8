"""The list of cases: a support person's own, a coordinator's and team leader's all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.enrolments.rules import STATE_NAMES, EnrolmentState
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.ledger.service import BudgetStatement, budget_statements
from raaderum.people.service import name_of_citizen
from raaderum.people.tables import Citizen, Staff
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan
from raaderum.portal.addresses import asked_id, asked_member
from raaderum.portal.money_picture import Part, parts_of
from raaderum.portal.rendering import render
from raaderum.programmes.installed import rules_of
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ScalarSelect, Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.kernel.text import Text
    from raaderum.portal.visits import Visit

_ROWS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list, with what waits to be decided."""

    enrolment_id: UUID
    citizen_name: str
    programme: Text
    state: EnrolmentState
    support_person: str
    statement: BudgetStatement
    purchases_waiting: int
    plans_waiting: int

    @property
    def parts(self) -> list[Part]:
        """The money as a picture."""
        return parts_of(self.statement)

    @property
    def state_name(self) -> Text:
        """The state as people call it."""
        return STATE_NAMES[self.state]


def show_caseload(visit: Visit, session: Session) -> str:
    """Show a page of cases, newest first."""
    state = asked_member("tilstand", EnrolmentState)
    rows = _rows(session, visit.actor, state=state, before=asked_id("foer"), most=_ROWS_A_PAGE + 1)
    shown = rows[:_ROWS_A_PAGE]
    return render(
        "caseload.html",
        visit,
        cases=shown,
        states=STATE_NAMES,
        state=state,
        next_before=shown[-1].enrolment_id if len(rows) > len(shown) else None,
    )


def _rows(
    session: Session, by: Actor, *, state: EnrolmentState | None, before: UUID | None, most: int
) -> list[CaseRow]:
    """Read the page in two queries: who and what waits, then the money of all of them."""
    page = _all_cases().where(cases_of(by)).limit(most)
    if state is not None:
        page = page.where(Enrolment.state == state)
    if before is not None:
        page = page.where(Enrolment.id < before)
    found = session.execute(page).all()
    statements = budget_statements(session, [enrolment.id for enrolment, *_ in found])
    return [
        CaseRow(
            enrolment_id=enrolment.id,
            citizen_name=name_of_citizen(session, citizen),
            programme=rules_of(enrolment.programme, enrolment.rules_from).name,
            state=EnrolmentState(enrolment.state),
            support_person=support_person,
            statement=statements[enrolment.id],
            purchases_waiting=purchases,
            plans_waiting=plans,
        )
        for enrolment, citizen, support_person, purchases, plans in found
    ]


@cache
def _all_cases() -> Select[Enrolment, Citizen, str, int, int]:
    """Return the query before anybody's limits are added; it is made once."""
    return (
        select(Enrolment, Citizen, Staff.name, _purchases_waiting(), _plans_waiting())
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .join(Staff, Staff.id == Enrolment.support_person_id)
        .order_by(Enrolment.id.desc())
    )


def _purchases_waiting() -> ScalarSelect[int]:
    waiting = select(func.count()).where(
        Purchase.enrolment_id == Enrolment.id, Purchase.state == PurchaseState.REQUESTED
    )
    return waiting.correlate(Enrolment).scalar_subquery()


def _plans_waiting() -> ScalarSelect[int]:
    waiting = select(func.count()).where(
        BudgetPlan.enrolment_id == Enrolment.id, BudgetPlan.state == PlanState.PROPOSED
    )
    return waiting.correlate(Enrolment).scalar_subquery()

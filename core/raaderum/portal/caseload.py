"""The list of cases: a support person's own, a coordinator's and team leader's all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from flask import make_response, request
from sqlalchemy import func, select

from raaderum.casework.case_search import CaseFilter, FoundCases, conditions_of, find_cases_by_name
from raaderum.enrolments import support
from raaderum.enrolments.rules import STATE_NAMES, EnrolmentState
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.support_rules import HandoverRefused
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.ledger.service import BudgetStatement, budget_statements
from raaderum.people.roles import Act, Role
from raaderum.people.service import name_of_citizen, name_of_person, staff_with_role
from raaderum.people.tables import Citizen, Staff
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan
from raaderum.portal.addresses import asked_id, asked_member
from raaderum.portal.money_picture import Part, parts_of
from raaderum.portal.rendering import render
from raaderum.portal.typed import ChoiceMissing
from raaderum.programmes.installed import programmes, rules_of
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy import ColumnElement, ScalarSelect, Select
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.audit.actor import Actor
    from raaderum.kernel.text import Text
    from raaderum.portal.typed import Typed
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
    wanted = CaseFilter(
        state=asked_member("tilstand", EnrolmentState),
        support_person_id=asked_id("stoetteperson"),
        programme=request.args.get("ordning") or None,
        overdue="over" in request.args,
    )
    conditions = conditions_of(session, wanted, by=visit.actor, on=clock.today())
    rows = _rows(session, visit.actor, also=conditions, before=asked_id("foer"), most=_ROWS_A_PAGE + 1)
    shown = rows[:_ROWS_A_PAGE]
    next_before = shown[-1].enrolment_id if len(rows) > len(shown) else None
    return _page(visit, session, shown, wanted, next_before=next_before)


def find_cases(visit: Visit, typed: Typed) -> Response:
    """Show the cases whose citizen's name holds what was typed; no name stands in an address."""
    with reading() as session:
        found = find_cases_by_name(session, typed.text("name"), by=visit.actor)
        among = [Enrolment.id.in_(found.enrolment_ids)]
        rows = _rows(session, visit.actor, also=among, before=None, most=_ROWS_A_PAGE)
        named = replace(
            visit,
            address=visit.to("show_caseload"),
            person_name=name_of_person(session, visit.actor),
        )
        return make_response(_page(named, session, rows, CaseFilter(), found=found))


def hand_over_cases(visit: Visit, typed: Typed) -> Response:
    """Give the ticked cases the same new support person: all of them or none."""
    chosen = typed.ids("enrolment_ids")
    if not chosen:
        raise ChoiceMissing(where="enrolment_ids")
    with unit_of_work() as session:
        support.hand_over_cases(
            session,
            chosen,
            staff_id=typed.id("staff_id"),
            handover=typed.text("handover"),
            by=visit.actor,
        )
    return visit.go_to("show_caseload")


def _page(
    visit: Visit,
    session: Session,
    cases: list[CaseRow],
    wanted: CaseFilter,
    *,
    found: FoundCases | None = None,
    next_before: UUID | None = None,
) -> str:
    """Return the list with what narrows it; the many-at-once form is for those who assign support."""
    chosen = {
        "tilstand": wanted.state,
        "stoetteperson": wanted.support_person_id,
        "ordning": wanted.programme,
        "over": "ja" if wanted.overdue else None,
    }
    refused = visit.problem.error if visit.problem else None
    return render(
        "caseload.html",
        visit,
        cases=cases,
        states=STATE_NAMES,
        state=wanted.state,
        wanted=wanted,
        chosen=chosen,
        found=found,
        supporters=staff_with_role(session, Role.SUPPORT_PERSON)
        if visit.may(Act.ASSIGN_SUPPORT_PERSON)
        else {},
        programmes={one.slug: one.name for one in programmes().of_tenant(visit.tenant.slug)},
        refused={fault.enrolment_id: fault.message for fault in refused.faults}
        if isinstance(refused, HandoverRefused)
        else {},
        next_before=next_before,
    )


def _rows(
    session: Session,
    by: Actor,
    *,
    also: Iterable[ColumnElement[bool]],
    before: UUID | None,
    most: int,
) -> list[CaseRow]:
    """Read the page in two queries: who and what waits, then the money of all of them."""
    page = _all_cases().where(cases_of(by), *also).limit(most)
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

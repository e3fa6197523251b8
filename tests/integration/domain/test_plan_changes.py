"""How much plans changed, read for one citizen and for many, and what was bought instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.casework.use_of_money import change_of_use, changes_of_use
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.people.roles import RoleMayNot
from raaderum.plans.changes import change_of, changes_of, compare_versions
from raaderum.plans.rules import SpendingCategory
from raaderum.plans.service import draft_plan
from raaderum.plans.size_of_change import SizeOfChange
from raaderum.plans.tables import BudgetPlan
from raaderum.testing.cases import GRANT, Case, approved_purchase, case_in_run_in, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


@pytest.fixture
def with_debt(case: Case, act: Callable[..., Any]) -> BudgetPlan:
    """A later draft in which half of the licence has become debt."""
    debt = replace(
        licence_item(case, Oere(GRANT // 2)), description="Gæld til Elværket", category=SpendingCategory.DEBT
    )
    items = [licence_item(case, Oere(GRANT // 2)), debt]
    by = case.municipality.support_person
    plan: BudgetPlan = act(draft_plan, case.enrolment_id, motivation="Ny.", items=items, by=by)
    return plan


def test_any_two_versions_can_be_compared_either_way(
    case: Case, with_debt: BudgetPlan, read: Callable[..., Any]
) -> None:
    there = read(compare_versions, case.enrolment_id, before=1, after=2, by=case.citizen)
    assert [item.description for item in there.difference.added] == ["Gæld til Elværket"]
    assert [change.after.sub_goal for change in there.difference.changed] == [1]
    assert (there.change.size, there.change.new_categories) == (
        SizeOfChange.MAJOR,
        (SpendingCategory.DEBT,),
    )
    back = read(compare_versions, case.enrolment_id, before=2, after=1, by=case.citizen)
    assert [item.description for item in back.difference.removed] == ["Gæld til Elværket"]
    assert with_debt.version == 2


def test_nobody_compares_what_is_not_there_or_not_theirs(
    case: Case, read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(NotFound):
        read(compare_versions, case.enrolment_id, before=1, after=7, by=case.citizen)
    stranger = case_in_run_in(case.municipality).citizen
    with refused(NotFound):
        read(compare_versions, case.enrolment_id, before=1, after=1, by=stranger)
    with refused(RoleMayNot):
        read(
            compare_versions,
            case.enrolment_id,
            before=1,
            after=1,
            by=case.municipality.finance_officer,
        )


def test_a_draft_is_no_change_yet_and_no_approval_no_plan(
    case: Case, with_debt: BudgetPlan, read: Callable[..., Any]
) -> None:
    change = read(change_of, case.enrolment_id)
    assert (change.first_version, change.last_version) == (1, 1)
    assert change.change.size is SizeOfChange.NONE
    unplanned = case_in_run_in(case.municipality).enrolment_id
    assert set(read(changes_of, [case.enrolment_id, unplanned, new_id()])) == {case.enrolment_id}
    assert read(change_of, unplanned) is None
    assert with_debt.state == "draft"


def test_the_first_approved_is_held_against_the_one_approved_last(
    case: Case, with_debt: BudgetPlan, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    def approve_past_the_rules(session: Session) -> None:
        session.get_one(BudgetPlan, (case.municipality.id, with_debt.id)).state = "approved"

    act(approve_past_the_rules)
    change = read(change_of, case.enrolment_id)
    assert (change.first_version, change.last_version) == (1, 2)
    assert change.change.size is SizeOfChange.MAJOR


def test_what_was_bought_is_held_against_the_plan(
    case: Case, read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    assert read(changes_of_use, [case.enrolment_id]) == {}
    approved_purchase(case)
    [change] = read(changes_of_use, [case.enrolment_id]).values()
    assert (change.before, change.after, change.size) == (GRANT, 12_500_00, SizeOfChange.MINOR)
    assert read(change_of_use, case.enrolment_id, by=case.citizen) == change
    stranger = case_in_run_in(case.municipality).citizen
    with refused(NotFound):
        read(change_of_use, case.enrolment_id, by=stranger)

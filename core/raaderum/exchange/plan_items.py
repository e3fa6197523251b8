"""Taking in approved plans: each new version with all its items, and the grant that follows from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.tables import Enrolment
from raaderum.exchange.cases import case_of, cases_of_table
from raaderum.exchange.grants import Grants
from raaderum.exchange.portions import in_portions
from raaderum.exchange.present import present_plan
from raaderum.exchange.register import NewRow, new_rows, remember
from raaderum.goals.tables import SubGoal
from raaderum.kernel import clock
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.persistence.many_rows import insert_all
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plans.items import item_rows
from raaderum.plans.rules import ItemDraft, PlanState, SpendingCategory, check_items
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from raaderum.exchange.intake import Intake
    from raaderum.exchange.sheets import Row, Table

ItemKey: TypeAlias = tuple[UUID, int, int]
"""Enrolment, version, number of the item."""


@dataclass(slots=True)
class _There:
    """What the cases of the file have already."""

    plans: dict[UUID, list[BudgetPlan]]
    sub_goals: dict[tuple[UUID, int], UUID]
    items: dict[ItemKey, UUID]


@dataclass(frozen=True, slots=True)
class _Made:
    """A new version with its items; neither is stored yet."""

    plan: BudgetPlan
    items: Sequence[PlanItem]


def take_in_plan(intake: Intake, table: Table) -> None:
    """Take in the versions that are not there yet, and grant what the newest of each case says."""
    cases = cases_of_table(intake, table)
    there = _what_is_there(intake, [enrolment.id for enrolment in cases.values()])

    def find_there(row: Row) -> UUID | None:
        enrolment = cases.get(row.text("case_number"))
        if enrolment is None:
            return None
        return there.items.get((enrolment.id, row.whole("version"), row.whole("item_number")))

    versions: dict[tuple[UUID, int], list[NewRow]] = defaultdict(list)
    by_id: dict[UUID, Enrolment] = {}
    spoilt: set[tuple[UUID, int]] = set()
    for new in new_rows(
        intake,
        table,
        key_of=lambda row: f"{row.text('case_number')}|{row.whole('version')}|{row.whole('item_number')}",
        find_there=find_there,
        present=present_plan,
    ):
        enrolment = case_of(intake, new.row, cases)
        if enrolment is None:
            continue
        by_id[enrolment.id] = enrolment
        mark = (enrolment.id, new.row.whole("version"))
        versions[mark].append(new)
        if not _fits(intake, new.row, enrolment, there):
            spoilt.add(mark)
            intake.doubtful_plans.add(new.row.text("case_number"))
    grants = Grants(intake)
    made: list[_Made] = []
    for mark in sorted(versions.keys() - spoilt, key=lambda mark: (str(mark[0]), mark[1])):
        enrolment = by_id[mark[0]]
        one = _find_made(intake, enrolment, mark[1], versions[mark], there)
        if one is not None:
            made.append(one)
            grants.want(enrolment, one.plan, versions[mark])
    insert_all(intake.session, [one.plan for one in made])
    insert_all(intake.session, [item for one in made for item in one.items])
    grants.post()


def _fits(intake: Intake, row: Row, enrolment: Enrolment, there: _There) -> bool:
    """Say whether an item can belong to the case at all; note it where not."""
    versions = [plan.version for plan in there.plans.get(enrolment.id, ())]
    if (enrolment.id, row.whole("sub_goal")) not in there.sub_goals:
        if row.text("case_number") not in intake.doubtful_goals:
            intake.wrong(row, "delmaal", *_NO_SUB_GOAL)
        return False
    if row.whole("version") in versions or row.whole("version") < max(versions, default=0):
        intake.wrong(row, "version", *_VERSION_TAKEN)
        return False
    try:
        check_under_way(EnrolmentState(enrolment.state), EnrolmentState.ACTIVE, EnrolmentState.ENDED)
    except RaaderumError as error:
        intake.wrong(row, "sagsnummer", error.message, _START_FIRST)
        return False
    if enrolment.started_on is None:
        intake.wrong(row, "sagsnummer", *_NEVER_STARTED)
        return False
    return True


def _find_made(
    intake: Intake, enrolment: Enrolment, version: int, news: Sequence[NewRow], there: _There
) -> _Made | None:
    """Return a new, approved version with its items; None where it breaks a rule, which is noted."""
    in_order = sorted(news, key=lambda new: new.row.whole("item_number"))
    drafts = [_draft(new.row, enrolment, there) for new in in_order]
    try:
        check_items(drafts, ceiling=enrolment.ceiling)
    except RaaderumError as error:
        intake.refused(in_order[-1].row, "beloeb_kr", error)
        intake.doubtful_plans.add(in_order[-1].row.text("case_number"))
        return None
    for earlier in there.plans.setdefault(enrolment.id, []):
        if earlier.state == PlanState.APPROVED:
            earlier.state = PlanState.REPLACED
    plan = BudgetPlan(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        version=version,
        state=PlanState.APPROVED,
        drafted_by=intake.importer,
        decided_by=intake.importer,
        decided_at=clock.now(),
    )
    seal_field(intake.session, plan, "motivation", "")
    there.plans[enrolment.id].append(plan)
    items = item_rows(intake.session, plan, drafts)
    for new, item in zip(in_order, items, strict=True):
        item.position = new.row.whole("item_number")
        remember(intake, new, item.id)
    intake.record(
        AuditEvent.PLAN_IMPORTED,
        "budget_plan",
        plan.id,
        enrolment_id=enrolment.id,
        version=version,
        items=len(drafts),
    )
    return _Made(plan, items)


def _draft(row: Row, enrolment: Enrolment, there: _There) -> ItemDraft:
    return ItemDraft(
        sub_goal_id=there.sub_goals[enrolment.id, row.whole("sub_goal")],
        description=row.text("description"),
        category=SpendingCategory(row.text("category")),
        amount=row.amount("amount_kr"),
        theory_of_change=row.text("theory_of_change"),
        needed_on=row.find_day("needed_on"),
    )


def _what_is_there(intake: Intake, enrolment_ids: Sequence[UUID]) -> _There:
    there = _There({}, {}, {})
    for portion in in_portions(enrolment_ids):
        plans = select(BudgetPlan).where(BudgetPlan.enrolment_id.in_(portion)).with_for_update()
        for plan in intake.session.scalars(plans):
            there.plans.setdefault(plan.enrolment_id, []).append(plan)
        steps = select(SubGoal.enrolment_id, SubGoal.position, SubGoal.id).where(
            SubGoal.enrolment_id.in_(portion)
        )
        there.sub_goals |= {(owner, place): step for owner, place, step in intake.session.execute(steps)}
        there.items |= items_of_cases(intake, portion)
    return there


def items_of_cases(intake: Intake, enrolment_ids: Sequence[UUID]) -> Mapping[ItemKey, UUID]:
    """Return the items of the plans that are or have been approved, by case, version and number."""
    items = (
        select(BudgetPlan.enrolment_id, BudgetPlan.version, PlanItem.position, PlanItem.id)
        .join(PlanItem, PlanItem.plan_id == BudgetPlan.id)
        .where(
            BudgetPlan.enrolment_id.in_(enrolment_ids),
            BudgetPlan.state.in_((PlanState.APPROVED, PlanState.REPLACED)),
        )
    )
    return {(owner, version, place): item for owner, version, place, item in intake.session.execute(items)}


_NO_SUB_GOAL: Final = (
    Text("Forløbet har ikke det delmål.", "The enrolment has no such sub-goal."),
    Text(
        "Ret nummeret, eller skriv delmålet på arket maal.",
        "Correct the number, or write it on the sheet maal.",
    ),
)
_VERSION_TAKEN: Final = (
    Text(
        "Forløbet har allerede den version af planen eller en nyere.",
        "The enrolment has this version of the plan already, or a newer one.",
    ),
    Text("Giv posterne et højere versionsnummer.", "Give the items a higher version number."),
)
_START_FIRST: Final = Text(
    "Udfyld begyndt_dato på arket forloeb.", "Fill in begyndt_dato on the sheet forloeb."
)
_NEVER_STARTED: Final = (
    Text(
        "Forløbet begyndte aldrig, så det har ingen godkendt plan.",
        "The enrolment never started, so it has no approved plan.",
    ),
    _START_FIRST,
)

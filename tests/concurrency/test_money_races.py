"""Money that many ask for at once: never more than there is, never the same twice."""

from __future__ import annotations

import random
import secrets
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import Account, AccountKind, Move, NotEnoughMoney, TransactionKind
from raaderum.ledger.service import budget_statement, open_accounts, post, summed_balance
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.rules import Colour, PlanState, PoolTooSmall
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, plans_of, propose_plan
from raaderum.plans.tables import BudgetPlan
from raaderum.programmes.installed import programme_id
from raaderum.purchases.rules import PurchaseMoveForbidden
from raaderum.purchases.service import approve_purchase
from raaderum.testing.cases import (
    GRANT,
    POOL,
    case_in_run_in,
    case_with_grant,
    licence_item,
    requested_purchase,
)
from raaderum.testing.races import race

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

CROWD = 200


def test_of_200_who_ask_for_60_percent_of_a_budget_at_once_exactly_one_gets_it(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    asked = Oere(GRANT * 60 // 100)
    purchase_ids = [requested_purchase(case, asked) for _ in range(CROWD)]
    told = race(app, municipality, [partial(approved, municipality, one) for one in purchase_ids])
    refused = [one for one in told if isinstance(one, NotEnoughMoney)]
    assert len(refused) == CROWD - 1, {type(one) for one in told}
    with municipality.at_work(), reading() as session:
        statement = budget_statement(session, case.enrolment_id)
        assert (statement.available, statement.committed) == (GRANT - asked, asked)
        assert prove_books(session).holds


def test_purchases_approved_in_a_race_never_commit_more_than_there_is(
    app: Flask, municipality: Municipality
) -> None:
    seed = secrets.randbelow(10**6)
    print("seed", seed)  # noqa: T201 - shown where the test fails, to repeat it
    dice = random.Random(seed)  # noqa: S311 - a seed repeats a run
    case = case_with_grant(municipality)
    amounts = [Oere(dice.randrange(1, GRANT // 4)) for _ in range(40)]
    acts = [partial(approved, municipality, requested_purchase(case, amount)) for amount in amounts]
    told = race(app, municipality, acts)
    accepted = [amount for amount, one in zip(amounts, told, strict=True) if not isinstance(one, Exception)]
    refused = [amount for amount, one in zip(amounts, told, strict=True) if isinstance(one, NotEnoughMoney)]
    assert len(accepted) + len(refused) == len(amounts)
    with municipality.at_work(), reading() as session:
        statement = budget_statement(session, case.enrolment_id)
        assert statement.committed == sum(accepted) <= GRANT
        assert statement.available == GRANT - sum(accepted)
        assert all(amount > statement.available for amount in refused)


def test_one_purchase_approved_by_many_at_once_is_approved_once(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    purchase_id = requested_purchase(case)
    told = race(app, municipality, [partial(approved, municipality, purchase_id)] * 8)
    assert sum(isinstance(one, PurchaseMoveForbidden) for one in told) == 7


def test_opposite_moves_never_wait_for_each_other(app: Flask, municipality: Municipality) -> None:
    one, other = Account(AccountKind.AVAILABLE, new_id()), Account(AccountKind.COMMITTED, new_id())
    source = Account(AccountKind.POOL, new_id())
    with municipality.at_work():
        with unit_of_work() as session:
            for account in (one, other, source):
                open_accounts(session, account.owner_id, [account.kind])
        for account in (one, other):
            posted(Move(Oere(1_000), source, account))
    there, back = Move(Oere(1), one, other), Move(Oere(1), other, one)
    told = race(app, municipality, [partial(posted, move) for move in (there, back)] * (CROWD // 2))
    assert [error for error in told if isinstance(error, Exception)] == []
    with municipality.at_work(), reading() as session:
        assert [summed_balance(session, account) for account in (one, other)] == [1_000, 1_000]


def test_grants_in_a_race_never_overdraw_the_pool(app: Flask, municipality: Municipality) -> None:
    cases = [case_in_run_in(municipality) for _ in range(8)]
    pool = Oere(GRANT * 5 // 2)
    funded(cases[0], pool)
    plan_ids = [proposed_plan(case, GRANT) for case in cases]
    told = race(app, municipality, [partial(granted, municipality, plan_id) for plan_id in plan_ids])
    assert sum(isinstance(one, PoolTooSmall) for one in told) == 6, told
    with municipality.at_work(), reading() as session:
        left = summed_balance(session, Account(AccountKind.POOL, programme_id(cases[0].programme)))
        assert left == pool - 2 * GRANT
        assert prove_books(session).holds


def test_two_versions_of_a_plan_approved_at_once_leave_one_in_force(
    app: Flask, municipality: Municipality
) -> None:
    case = case_in_run_in(municipality)
    funded(case, POOL)
    sums = [Oere(GRANT - 1_000_00 * number) for number in range(4)]
    plan_ids = [proposed_plan(case, amount) for amount in sums]
    race(app, municipality, [partial(granted, municipality, plan_id) for plan_id in plan_ids])
    with municipality.at_work(), reading() as session:
        in_force = [plan for plan in plans_of(session, case.enrolment_id) if plan.state == PlanState.APPROVED]
        assert len(in_force) == 1
        statement = budget_statement(session, case.enrolment_id)
        assert statement.granted == sums[in_force[0].version - 1]
        approvals = select(func.count()).where(BudgetPlan.enrolment_id == case.enrolment_id)
        assert session.scalar(approvals) == 4


def approved(municipality: Municipality, purchase_id: UUID) -> UUID:
    with unit_of_work() as session:
        return approve_purchase(session, purchase_id, by=municipality.coordinator).id


def posted(move: Move) -> UUID:
    with unit_of_work() as session:
        return post(session, TransactionKind.COMMIT, move, key=str(new_id()), subject_id=new_id())


def funded(case: Case, amount: Oere) -> None:
    officer = case.municipality.finance_officer
    with case.municipality.at_work(), unit_of_work() as session:
        fund_pool(session, case.programme, amount=amount, by=officer, key=str(new_id()))


def proposed_plan(case: Case, amount: Oere) -> UUID:
    author = case.municipality.support_person
    items = [licence_item(case, amount)]
    with case.municipality.at_work(), unit_of_work() as session:
        plan = draft_plan(session, case.enrolment_id, motivation="Videre.", items=items, by=author)
        return propose_plan(session, plan.id, by=author).id


def granted(municipality: Municipality, plan_id: UUID) -> UUID:
    with unit_of_work() as session:
        return approve_plan(session, plan_id, colour=Colour.GREEN, by=municipality.coordinator).id

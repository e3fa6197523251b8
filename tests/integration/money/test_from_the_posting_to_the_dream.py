"""Every øre can be walked from the voucher and its posting back to the citizen's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from raaderum.goals.service import opened_goals
from raaderum.ledger.tables import LedgerTransaction
from raaderum.payouts.tables import Payout
from raaderum.plans.items import opened_item
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.purchases.service import find_purchase_by_code
from raaderum.purchases.tables import Purchase
from raaderum.testing.cases import Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import VoucherReceipt


def test_a_posting_leads_back_to_the_dream(
    case: Case, invoice: Callable[..., Payout], do_work: Callable[[], int], read: Callable[..., Any]
) -> None:
    invoice(approved_purchase(case))
    do_work()

    def walk(session: Session) -> tuple[str, str, str]:
        settled = select(LedgerTransaction).where(LedgerTransaction.kind == "settle")
        posting = session.scalars(settled).one()
        payout = session.get_one(Payout, (case.municipality.id, posting.subject_id))
        purchase = session.get_one(Purchase, (case.municipality.id, payout.purchase_id))
        row = session.get_one(PlanItem, (case.municipality.id, purchase.plan_item_id))
        item = opened_item(session, row)
        plan = session.get_one(BudgetPlan, (case.municipality.id, item.plan_id))
        goals = opened_goals(session, plan.enrolment_id)
        step = next(one for one in goals.sub_goals if one.id == item.sub_goal_id)
        return item.theory_of_change, step.words, goals.words

    assert read(walk) == (
        "Med kørekort kan jeg tage job uden for byen.",
        "Tage kørekort",
        "Jeg vil ha' mit eget sted at bo – og et job som gartner 🌱",
    )


def test_a_voucher_leads_back_to_its_purchase_by_the_code_alone(
    case: Case,
    invoice: Callable[..., Payout],
    do_work: Callable[[], int],
    read: Callable[..., Any],
    vouchers: Callable[[], list[VoucherReceipt]],
) -> None:
    purchase = approved_purchase(case)
    invoice(purchase)
    do_work()
    [receipt] = vouchers()
    found = read(find_purchase_by_code, receipt.voucher.code)
    assert (found.id, found.enrolment_id) == (purchase.id, case.enrolment_id)


def test_every_posting_is_about_something_that_exists(
    case: Case, invoice: Callable[..., Payout], do_work: Callable[[], int], read: Callable[..., Any]
) -> None:
    purchase = approved_purchase(case)
    payout = invoice(purchase, amount=10_000_00)
    do_work()

    def subjects(session: Session) -> dict[str, Any]:
        transactions = session.scalars(select(LedgerTransaction).order_by(LedgerTransaction.id))
        return {transaction.kind: transaction.subject_id for transaction in transactions}

    found = read(subjects)
    assert set(found) == {"fund", "grant", "commit", "reserve", "settle"}
    assert (found["commit"], found["reserve"], found["settle"]) == (purchase.id, payout.id, payout.id)

"""The main job: an approved purchase, the supplier's invoice, the payment and the voucher, to the øre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement, trial_balance
from raaderum.payouts.rules import PayoutState
from raaderum.persistence.unit_of_work import reading
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, Case, approved_purchase, case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.payouts.tables import Payout
    from raaderum.plugin_api import VoucherReceipt
    from raaderum.testing.municipality import Municipality


def test_an_approved_purchase_sets_its_money_aside(municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    approved_purchase(case)
    with municipality.at_work(), reading() as session:
        statement = budget_statement(session, case.enrolment_id)
        assert (statement.granted, statement.available, statement.committed) == (
            20_000_00,
            7_500_00,
            12_500_00,
        )
        assert prove_books(session).holds
        assert sum(row.summed for row in trial_balance(session)) == 0


def test_an_approved_invoice_is_on_its_way_until_the_worker_has_paid_it(
    case: Case,
    invoice: Callable[..., Payout],
    money_of: Callable[[Case], dict[str, int]],
    do_work: Callable[[], int],
) -> None:
    payout = invoice(approved_purchase(case))
    assert payout.state == PayoutState.RESERVED
    assert money_of(case) == {
        "granted": 20_000_00,
        "available": 7_500_00,
        "committed": 0,
        "in_payment": 12_500_00,
        "spent": 0,
    }
    assert do_work() == 1
    assert money_of(case) == {
        "granted": 20_000_00,
        "available": 7_500_00,
        "committed": 0,
        "in_payment": 0,
        "spent": 12_500_00,
    }


def test_a_payment_is_a_voucher_with_the_right_amount_accounts_and_code(
    municipality: Municipality,
    case: Case,
    invoice: Callable[..., Payout],
    payouts: Callable[[], list[Payout]],
    vouchers: Callable[[], list[VoucherReceipt]],
    do_work: Callable[[], int],
) -> None:
    purchase = approved_purchase(case)
    invoice(purchase, number="2026-4711")
    do_work()
    [receipt] = vouchers()
    voucher, tenant = receipt.voucher, municipality.tenant
    provider = tenant.find_payout_provider(tenant.invoices_paid_by)
    assert provider
    assert [(line.account, line.amount) for line in voucher.lines] == [
        (tenant.accounts.by_category["transport"], 12_500_00),
        (provider.settings["creditor_account"], -12_500_00),
    ]
    assert (voucher.code, voucher.invoice_number) == (purchase.code, "2026-4711")
    assert (voucher.supplier_name, voucher.supplier_cvr) == (SUPPLIER, SUPPLIER_CVR)
    assert purchase.code in voucher.text
    assert "Mia" not in str(voucher)
    [paid] = payouts()
    assert (paid.state, paid.provider_reference) == (PayoutState.PAID, receipt.number)
    assert paid.account == tenant.accounts.by_category["transport"]


def test_doing_the_work_again_pays_nothing_twice(
    case: Case,
    invoice: Callable[..., Payout],
    vouchers: Callable[[], list[VoucherReceipt]],
    do_work: Callable[[], int],
) -> None:
    invoice(approved_purchase(case))
    assert [do_work() for _ in range(3)] == [1, 0, 0]
    assert len(vouchers()) == 1


def test_an_invoice_below_the_approved_amount_releases_the_rest(
    case: Case,
    invoice: Callable[..., Payout],
    money_of: Callable[[Case], dict[str, int]],
    do_work: Callable[[], int],
) -> None:
    payout = invoice(approved_purchase(case), amount=10_000_01, last=True)
    assert payout.amount == 10_000_01
    assert money_of(case) == {
        "granted": 20_000_00,
        "available": 9_999_99,
        "committed": 0,
        "in_payment": 10_000_01,
        "spent": 0,
    }
    do_work()
    assert (money_of(case)["available"], money_of(case)["spent"]) == (9_999_99, 10_000_01)
    approved_purchase(case, Oere(9_999_99))
    assert money_of(case)["available"] == 0


def test_the_books_sum_to_zero_at_every_step(
    case: Case, invoice: Callable[..., Payout], read: Callable[..., Any], do_work: Callable[[], int]
) -> None:
    def check() -> None:
        assert read(prove_books).holds
        assert sum(row.summed for row in read(trial_balance)) == 0
        assert all(row.kept in {None, row.summed} for row in read(trial_balance))

    check()
    purchase = approved_purchase(case)
    check()
    invoice(purchase, amount=10_000_01)
    check()
    do_work()
    check()

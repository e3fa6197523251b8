"""Paying suppliers' invoices by vouchers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from raaderum.plugin_api import (
    Completed,
    LedgerExport,
    Mode,
    Oere,
    Outcome,
    Payee,
    PaymentOrder,
    ProviderContext,
    Refused,
    SettingsInvalid,
    Text,
    Unknown,
    Voucher,
    VoucherReceipt,
)
from raaderum_invoice.provider import SupplierInvoicePayoutKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ACCOUNT, CREDITORS = "5.38.38.003.4.9", "9.52.56"
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
ORDER = PaymentOrder(
    payout_id=UUID("0195ce71-dc9c-72c8-bf2c-9890a4a9f0a2"),
    attempt=1,
    amount=Oere(1_250_00),
    payee=Payee("Køreskolen Ny Vej ApS", "10000009"),
    code="RD-7K3QW9XC",
    purpose="Kørekort",
    account=ACCOUNT,
    due_on=date(2026, 4, 1),
    invoice_number="F-1001",
)


class Ledger:
    """An accounting system that takes each key once, for one voucher."""

    def __init__(self) -> None:
        self.vouchers: dict[str, Voucher] = {}
        self.answer: Outcome | None = None
        self.blind = False

    def export(self, voucher: Voucher, idempotency_key: str) -> Outcome:
        self.blind = False
        if self.answer is not None:
            return self.answer
        if self.vouchers.setdefault(idempotency_key, voucher) != voucher:
            return Refused("key_reused", Text("Brugt.", "Used."))
        return Completed(f"B-{len(self.vouchers)}")

    def look_up(self, idempotency_key: str) -> Outcome | None:
        return Completed("B-1") if idempotency_key in self.vouchers and not self.blind else None

    def receipts(self) -> Iterator[VoucherReceipt]:
        return iter(())


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def stop_at(day: date) -> None:
        monkeypatch.setattr("raaderum_invoice.provider.today", lambda: day)

    return stop_at


def context(
    folder: Path,
    ledger: LedgerExport | None,
    *,
    mode: Mode = Mode.SANDBOX,
    account: str = CREDITORS,
) -> ProviderContext:
    tenant = UUID("0195ce71-dc9c-72c8-bf2c-9890a4a9f0a3")
    return ProviderContext(tenant, "eksempel", mode, {"creditor_account": account}, folder, ledger)


def test_a_payment_debits_the_budget_and_credits_the_suppliers(
    today: Callable[[date], None], ledger: Ledger, tmp_path: Path
) -> None:
    today(MONDAY)
    outcome = SupplierInvoicePayoutKind().configure(context(tmp_path, ledger)).send(ORDER, "key")
    assert outcome == Completed("B-1")
    voucher = ledger.vouchers["key"]
    assert [(line.account, line.amount) for line in voucher.lines] == [
        (ACCOUNT, 1_250_00),
        (CREDITORS, -1_250_00),
    ]
    assert (voucher.code, voucher.invoice_number, voucher.due_on) == (
        "RD-7K3QW9XC",
        "F-1001",
        date(2026, 4, 1),
    )
    assert (voucher.supplier_name, voucher.supplier_cvr) == ("Køreskolen Ny Vej ApS", "10000009")
    assert voucher.booked_on == date(2026, 3, 2)
    assert "RD-7K3QW9XC" in voucher.text


def test_a_credit_note_is_booked_the_other_way(ledger: Ledger, tmp_path: Path) -> None:
    provider = SupplierInvoicePayoutKind().configure(context(tmp_path, ledger))
    assert provider.take_back(ORDER, "key") == Completed("B-1")
    lines = ledger.vouchers["key"].lines
    assert [(line.account, line.amount) for line in lines] == [(ACCOUNT, -1_250_00), (CREDITORS, 1_250_00)]


def test_a_call_repeated_on_another_day_is_not_told_as_a_refusal(
    today: Callable[[date], None], ledger: Ledger, tmp_path: Path
) -> None:
    provider = SupplierInvoicePayoutKind().configure(context(tmp_path, ledger))
    today(MONDAY)
    provider.send(ORDER, "key")
    today(TUESDAY)
    assert provider.send(ORDER, "key") == Completed("B-1")
    assert len(ledger.vouchers) == 1


def test_a_call_that_another_process_overtook_is_not_told_as_a_refusal(
    today: Callable[[date], None], ledger: Ledger, tmp_path: Path
) -> None:
    provider = SupplierInvoicePayoutKind().configure(context(tmp_path, ledger))
    today(MONDAY)
    provider.send(ORDER, "key")
    ledger.blind = True
    today(TUESDAY)
    assert provider.send(ORDER, "key") == Completed("B-1")


@pytest.mark.parametrize("answer", [Refused("no_lines", Text("Nej.", "No.")), Unknown("time-out")])
def test_what_the_ledger_answers_is_what_is_told(answer: Outcome, ledger: Ledger, tmp_path: Path) -> None:
    ledger.answer = answer
    assert SupplierInvoicePayoutKind().configure(context(tmp_path, ledger)).send(ORDER, "key") == answer


def test_looking_up_asks_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    provider = SupplierInvoicePayoutKind().configure(context(tmp_path, ledger))
    assert provider.look_up("key") is None
    provider.send(ORDER, "key")
    assert provider.look_up("key") == Completed("B-1")


def test_it_is_not_configured_without_all_that_it_needs(ledger: Ledger, tmp_path: Path) -> None:
    kind = SupplierInvoicePayoutKind()
    for incomplete, setting in (
        (context(tmp_path, ledger, mode=Mode.DISABLED), "mode"),
        (context(tmp_path, None), "ledger_export"),
        (context(tmp_path, ledger, account=" "), "creditor_account"),
    ):
        with pytest.raises(SettingsInvalid, match=setting):
            kind.configure(incomplete)

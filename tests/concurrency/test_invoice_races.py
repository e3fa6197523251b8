"""Invoices that arrive, and are decided on, many times at once; and what is paid from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from raaderum.invoices.rules import InvoiceMoveForbidden, InvoiceOutcome
from raaderum.invoices.service import approve_invoice, match_by_hand, take_in
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE, payouts_of
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import DocumentKind, InvoiceReading, SupplierInvoice, Verdict
from raaderum.plugin_host.installed import install_plugins, plugins
from raaderum.purchases.rules import PurchaseMoveForbidden
from raaderum.refunds.rules import RefundAbovePayment
from raaderum.refunds.service import approve_refund, refunds_of
from raaderum.testing.cases import GRANT, PRICE, SUPPLIER, SUPPLIER_CVR, approved_purchase, case_with_grant
from raaderum.testing.races import race
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.municipality import Municipality


class PlainReader:
    """Reads `number|amount`: an invoice from the one supplier of these tests."""

    identifier = "plain"
    name = Text("prøve", "plain")

    def recognises(self, content: bytes) -> bool:
        return content.count(b"|") == 1

    def read(self, content: bytes) -> InvoiceReading:
        number, _, amount = content.decode().partition("|")
        invoice = SupplierInvoice(
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
            supplier_key=SUPPLIER_CVR,
            number=number,
            issued_on=date(2026, 11, 1),
            due_on=date(2026, 12, 1),
            currency="DKK",
            payable=Oere(int(amount)),
            vat=Oere(0),
            order_reference=None,
            references=(),
        )
        return InvoiceReading("plain", DocumentKind.INVOICE, Verdict.ACCEPTED, invoice)


@pytest.fixture(autouse=True)
def _plain_reader(app: Flask) -> Iterator[None]:
    installed = plugins()
    install_plugins(app, replace(installed, invoice_readers={"plain": PlainReader()}))
    yield
    install_plugins(app, installed)


def taken_in(municipality: Municipality, content: bytes) -> tuple[UUID, str]:
    with unit_of_work() as session:
        row = take_in(session, content, file_name="faktura.xml", by=municipality.finance_officer)
        return row.id, str(row.outcome)


def test_of_50_take_ins_of_one_invoice_at_once_one_is_not_a_duplicate(
    app: Flask, municipality: Municipality
) -> None:
    told = race(app, municipality, [partial(taken_in, municipality, b"F-1|125000")] * 50)
    outcomes = Counter(one[1] for one in told if not isinstance(one, Exception))
    assert outcomes == {InvoiceOutcome.DUPLICATE: 49, InvoiceOutcome.UNMATCHED: 1}


def test_different_invoices_at_once_are_no_duplicates(app: Flask, municipality: Municipality) -> None:
    contents = [f"F-{number}|100".encode() for number in range(30)]
    told = race(app, municipality, [partial(taken_in, municipality, content) for content in contents])
    assert {one[1] for one in told if not isinstance(one, Exception)} == {InvoiceOutcome.UNMATCHED}
    assert len(told) == 30


def matched(municipality: Municipality, number: int, purchase_id: UUID) -> UUID:
    with municipality.at_work():
        invoice_id, _ = taken_in(municipality, f"F-{number}|{PRICE}".encode())
        with unit_of_work() as session:
            officer = municipality.finance_officer
            match_by_hand(session, invoice_id, purchase_id=purchase_id, by=officer)
    return invoice_id


def decided(municipality: Municipality, invoice_id: UUID) -> UUID:
    with unit_of_work() as session:
        return approve_invoice(session, invoice_id, by=municipality.finance_officer).id


def test_one_invoice_approved_by_many_at_once_is_paid_once(app: Flask, municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    invoice_id = matched(municipality, 1, approved_purchase(case).id)
    told = race(app, municipality, [partial(decided, municipality, invoice_id)] * 8)
    assert sum(isinstance(one, InvoiceMoveForbidden) for one in told) == 7
    with municipality.at_work(), reading() as session:
        assert len(payouts_of(session, case.enrolment_id)) == 1


def test_two_invoices_for_one_purchase_approved_at_once_pay_it_once(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    purchase_id = approved_purchase(case).id
    invoice_ids = [matched(municipality, number, purchase_id) for number in range(4)]
    told = race(app, municipality, [partial(decided, municipality, one) for one in invoice_ids])
    assert sum(isinstance(one, PurchaseMoveForbidden) for one in told) == 3
    with municipality.at_work(), reading() as session:
        assert len(payouts_of(session, case.enrolment_id)) == 1
        statement = budget_statement(session, case.enrolment_id)
        assert (statement.in_payment, statement.available) == (PRICE, GRANT - PRICE)


def test_refunds_in_a_race_never_give_back_more_than_was_paid(app: Flask, municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    invoice_id = matched(municipality, 1, approved_purchase(case).id)
    with municipality.at_work():
        decided(municipality, invoice_id)
        do_due_work(QUEUE)
        with reading() as session:
            (payout,) = payouts_of(session, case.enrolment_id)
            assert payout.state == PayoutState.PAID

    def refunded() -> UUID:
        with unit_of_work() as session:
            amount = Oere(PRICE * 40 // 100)
            officer = municipality.finance_officer
            return approve_refund(session, payout.id, amount=amount, credit_note_number="K", by=officer).id

    told = race(app, municipality, [refunded] * 12)
    assert sum(isinstance(one, RefundAbovePayment) for one in told) == 10, told
    with municipality.at_work(), reading() as session:
        assert sum(one.amount for one in refunds_of(session, case.enrolment_id)) == PRICE * 80 // 100
        assert prove_books(session).holds

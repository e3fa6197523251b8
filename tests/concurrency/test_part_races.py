"""Parts of one purchase, asked for and credited many times at once: never more than what is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from raaderum.invoices.bulk import approve_one_by_one
from raaderum.invoices.service import approve_invoice, take_in
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, approved_purchase, case_with_grant
from raaderum.testing.races import race
from raaderum.testing.sample_invoices import peppol_credit_note, peppol_invoice

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.municipality import Municipality


def bill(number: str, code: str, amount: int) -> bytes:
    return peppol_invoice(
        number=number,
        order_reference=code,
        amount_with_vat=amount,
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
    )


def received(municipality: Municipality, content: bytes) -> UUID:
    with municipality.at_work(), unit_of_work() as session:
        return take_in(session, content, file_name="faktura.xml", by=municipality.finance_officer).id


def approved(municipality: Municipality, invoice_id: UUID, *, last: bool | None = None) -> UUID:
    with unit_of_work() as session:
        officer = municipality.finance_officer
        return approve_invoice(session, invoice_id, by=officer, last=last).id


def test_of_invoices_for_what_is_left_at_once_exactly_what_fits_is_approved(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    purchase = approved_purchase(case, Oere(10_000_00))
    ids = [received(municipality, bill(f"F-{number}", purchase.code, 3_000_00)) for number in range(8)]
    told = race(app, municipality, [partial(approved, municipality, one, last=False) for one in ids])
    assert sum(not isinstance(one, Exception) for one in told) == 3
    with municipality.at_work(), reading() as session:
        statement = budget_statement(session, case.enrolment_id)
        assert (statement.in_payment, statement.committed) == (9_000_00, 1_000_00)
        assert prove_books(session).holds


def test_the_last_invoice_and_its_credit_note_at_once_lose_nothing(
    app: Flask, municipality: Municipality
) -> None:
    for _ in range(5):
        case = case_with_grant(municipality)
        purchase = approved_purchase(case, Oere(10_000_00))
        number = f"F-{purchase.code}"
        asked = bill(number, purchase.code, 10_000_00)
        note = peppol_credit_note(
            number=f"K-{purchase.code}",
            credited_number=number,
            amount_with_vat=4_000_00,
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
        )
        invoice_id, note_id = received(municipality, asked), received(municipality, note)
        acts = [
            partial(approved, municipality, invoice_id, last=True),
            partial(approved, municipality, note_id),
        ]
        told = race(app, municipality, acts)
        assert not [one for one in told if isinstance(one, Exception)]
        with municipality.at_work(), reading() as session:
            statement = budget_statement(session, case.enrolment_id)
            assert (statement.available, statement.in_payment) == (14_000_00, 6_000_00)
            assert prove_books(session).holds


def test_two_who_approve_the_same_many_at_once_approve_each_once(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    purchase = approved_purchase(case, Oere(8_000_00))
    ids = [received(municipality, bill(f"F-{number}", purchase.code, 1_000_00)) for number in range(4)]
    officer = municipality.finance_officer
    told = race(app, municipality, [partial(approve_one_by_one, ids, by=officer)] * 4)
    results = [one for one in told if not isinstance(one, Exception)]
    assert len(results) == 4
    assert sum(len(one.approved) for one in results) == 4
    with municipality.at_work(), reading() as session:
        assert budget_statement(session, case.enrolment_id).in_payment == 4_000_00

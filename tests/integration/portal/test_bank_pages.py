"""The bank's lines and the proof of the books, in the browser."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.reconciliation.tables import ProofRun, StatementLine
from raaderum.testing.cases import PRICE, SUPPLIER, SUPPLIER_CVR, approved_purchase
from raaderum.testing.municipality import hire
from raaderum.testing.sample_invoices import peppol_invoice
from raaderum.testing.sample_statements import SampleDetail, SampleEntry, SampleStatement, statement_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


def _invoice(code: str) -> bytes:
    return peppol_invoice(
        number="F-1",
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
        order_reference=code,
        amount_with_vat=PRICE,
    )


def sent(*entries: SampleEntry) -> dict[str, Any]:
    return {"file": (BytesIO(statement_file(SampleStatement(list(entries)))), "udtog.xml")}


def test_a_line_that_fits_nothing_is_shown_and_put_aside_with_a_reason(
    municipality: Municipality, sign_in: SignIn, read: Callable[..., Any]
) -> None:
    browser = sign_in(municipality, municipality.finance_officer)
    fee = SampleEntry(-25_00, "GEBYR1", (SampleDetail(-25_00, text="Kvartalsgebyr", counterparty="Banken"),))
    page = browser.does("/bank", sent(fee)).text
    assert "Filen er taget ind." in page
    assert "Banken" in page
    line_id = read(lambda session: session.scalars(select(StatementLine.id)).one())
    shown = browser.page(f"/bank/{line_id}")
    assert "Kvartalsgebyr" in shown
    assert "Ingen betaling passer." in shown
    assert "Skriv" in browser.send(f"/bank/{line_id}/afvis", {"because": ""}).text
    assert "Ingen linjer venter." in browser.does(f"/bank/{line_id}/afvis", {"because": "Gebyr"}).text
    assert "Gebyr" in browser.page(f"/bank/{line_id}")


def test_two_finance_officers_say_that_money_came_back(
    case: Case,
    sign_in: SignIn,
    receive: Callable[..., Any],
    read: Callable[..., Any],
    do_work: Callable[[], int],
) -> None:
    town = case.municipality
    browser = sign_in(town, town.finance_officer)
    purchase = approved_purchase(case)
    browser.does(f"/fakturaer/{receive(_invoice(purchase.code)).id}/godkend")
    do_work()
    browser.does("/bank", sent(SampleEntry(PRICE, "IND1", (SampleDetail(PRICE, text=purchase.code),))))
    line_id = read(lambda session: session.scalars(select(StatementLine.id)).one())
    assert "Er det betalingen, der kom retur?" in browser.page(f"/bank/{line_id}")
    wrong = browser.send(f"/bank/{line_id}/betaling", {"code": "RD-AAAAAAAA"}).text
    assert "har koden" in wrong
    browser.does(f"/bank/{line_id}/betaling", {"code": purchase.code, "note": "Se mail"})
    assert "kan ikke også bekræfte" in browser.send(f"/bank/{line_id}/bekraeft").text
    with town.at_work():
        colleague = hire("Finn Finans", Role.FINANCE_OFFICER)
    done = sign_in(town, colleague).does(f"/bank/{line_id}/bekraeft").text
    assert "Bekræftet." in done
    assert "kom retur" in done


def test_the_proof_says_in_words_whether_the_money_agrees(
    municipality: Municipality, sign_in: SignIn, read: Callable[..., Any]
) -> None:
    browser = sign_in(municipality, municipality.finance_officer)
    assert "Der er ikke ført bevis endnu." in browser.page("/bevis")
    today = clock.today().isoformat()
    days = {"first_day": today, "last_day": today}
    assert "alt stemmer til øren" in browser.does("/bevis", days).text
    browser.does("/bank", sent(SampleEntry(-1_00, "X1", booked_on=clock.today())))
    page = browser.does("/bevis", days).text
    assert "noget stemmer ikke" in page
    assert "kun hos dem" in page
    line_id = read(lambda session: session.scalars(select(StatementLine.id)).one())
    assert f"/bank/{line_id}" in page
    assert "Bevis" in browser.page("/bevis")
    assert len(read(lambda session: session.scalars(select(ProofRun)).all())) == 2
    assert "Regnskab, betalingsveje og bank er ikke enige" in browser.page("/opgaver")

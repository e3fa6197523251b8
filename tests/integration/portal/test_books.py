"""The books, the trail to the dream, payments in need, and the log with its proof."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.invoices.service import approve_invoice
from raaderum.plugin_api import Completed, Outcome, PaymentOrder, Refused, Text, Unknown
from raaderum.portal import audit_page, ledger_page
from raaderum.testing import sample_invoices
from raaderum.testing.cases import PRICE, SUPPLIER, SUPPLIER_CVR, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


@dataclass(frozen=True)
class Provider:
    """A way of paying that always says the same."""

    says: Outcome

    def send(self, _order: PaymentOrder, _idempotency_key: str) -> Outcome:
        return self.says

    def take_back(self, _order: PaymentOrder, _idempotency_key: str) -> Outcome:
        return self.says

    def look_up(self, _idempotency_key: str) -> Outcome | None:
        return self.says


@pytest.fixture
def paid_through(
    app: Flask, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Provider], None]:
    """Have the municipality pay its invoices another way."""

    def pay(provider: Provider) -> None:
        everyone = app.extensions["raaderum_providers"]
        ways = {municipality.tenant.invoices_paid_by: provider}
        own = replace(everyone[municipality.id], payout_providers=ways)
        monkeypatch.setitem(app.extensions, "raaderum_providers", {**everyone, municipality.id: own})

    return pay


def paid_invoice(case: Case, act: Callable[..., Any], receive: Callable[..., Any]) -> None:
    purchase = approved_purchase(case)
    content = sample_invoices.peppol_invoice(
        number="2026-55",
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
        order_reference=purchase.code,
        amount_with_vat=PRICE,
    )
    act(approve_invoice, receive(content).id, by=case.municipality.finance_officer)


def test_the_trial_balance_is_shown_computed_both_ways(case: Case, sign_in: SignIn) -> None:
    approved_purchase(case)
    page = sign_in(case.municipality, case.municipality.finance_officer).page("/regnskab")
    assert "Bøgerne stemmer" in page
    row = page[page.index("Godkendt, ikke betalt</th>") :]
    assert row.count("12.500,00 kr.", 0, row.index("</tr>")) == 2
    assert "0,00 kr." in row[: row.index("</tr>")]
    assert "480.000,00 kr." in page


def test_books_that_are_wrong_say_so(
    case: Case, sign_in: SignIn, as_administrator: Callable[[str], None]
) -> None:
    as_administrator(
        "update ledger_account set balance = balance + 1 where tenant_id = :tenant and kind = 'available'"
    )
    page = sign_in(case.municipality, case.municipality.finance_officer).page("/regnskab")
    assert "Bøgerne stemmer ikke" in page
    assert "0,01 kr." in page


def test_a_pool_is_funded_once_however_often_the_form_is_sent(
    municipality: Municipality, sign_in: SignIn
) -> None:
    browser = sign_in(municipality, municipality.finance_officer)
    form = {"programme": "mit-liv-min-styring", "amount": "2.375.000", "key": str(uuid4())}
    browser.does("/regnskab", form)
    page = browser.does("/regnskab", form).text
    assert "2.375.000,00 kr." in page
    assert "4.750.000,00 kr." not in page
    other = browser.send("/regnskab", {**form, "amount": "1"})
    assert other.status_code == 409
    assert browser.send("/regnskab", {**form, "programme": "nope"}).status_code == 404
    assert browser.send("/regnskab", {**form, "key": "nope"}).status_code == 422


def test_the_team_leader_sees_the_books_but_funds_nothing(case: Case, sign_in: SignIn) -> None:
    browser = sign_in(case.municipality, case.municipality.team_leader)
    assert "Giv en pulje penge" not in browser.page("/regnskab")
    assert browser.send("/regnskab", {}).status_code == 403


def test_the_movements_come_in_pages(case: Case, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_page, "_TRANSACTIONS_A_PAGE", 1)
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    first = browser.page("/regnskab")
    assert ">Bevilling<" in first
    assert ">Pulje tilført<" not in first
    before = first.split("foer=")[1].split('"')[0]
    second = browser.page(f"/regnskab?foer={before}")
    assert ">Pulje tilført<" in second
    assert "Vis ældre" not in second


def test_every_posting_leads_back_to_the_citizens_own_words(
    case: Case,
    sign_in: SignIn,
    act: Callable[..., Any],
    receive: Callable[..., Any],
    do_work: Callable[[], int],
) -> None:
    paid_invoice(case, act, receive)
    do_work()
    page = sign_in(case.municipality, case.municipality.finance_officer).page(
        f"/regnskab/{case.enrolment_id}"
    )
    postings = page.split('<article class="card posting"')[1:]
    assert [posting.split("<h2>")[1].split("<")[0] for posting in postings] == [
        "Bevilling",
        "Køb godkendt",
        "Betaling sat i gang",
        "Betalt",
    ]
    for posting in postings:
        assert "Jeg vil ha&#39; mit eget sted at bo" in posting
    for words in ("2026-55", "bilag ", SUPPLIER, "Kørekort, lovpakke", "Kørekort til bil", "Tage kørekort"):
        assert words in postings[-1]


def test_a_refused_payment_can_be_tried_again(
    case: Case,
    sign_in: SignIn,
    act: Callable[..., Any],
    receive: Callable[..., Any],
    do_work: Callable[[], int],
    paid_through: Callable[[Provider], None],
) -> None:
    refusing, paying = (
        Provider(Refused("account_closed", Text("Lukket", "Closed"))),
        Provider(Completed("4711")),
    )
    paid_invoice(case, act, receive)
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    assert "Ingen betalinger venter på nogen." in browser.page("/udbetalinger")
    paid_through(refusing)
    do_work()
    page = browser.page("/udbetalinger")
    for words in ("kunne ikke betales", "account_closed", "12.500,00 kr.", "faktura 2026-55"):
        assert words in page
    assert "Prøv igen" not in sign_in(case.municipality, case.municipality.team_leader).page("/udbetalinger")
    [path] = set(re.findall(r"/udbetalinger/[0-9a-f-]{36}/igen", page))
    assert "Betalingen forsøges igen." in browser.does(path).text
    assert browser.send(path).status_code == 409
    paid_through(paying)
    do_work()
    assert "Ingen betalinger venter på nogen." in browser.page("/udbetalinger")
    trail = browser.page(f"/regnskab/{case.enrolment_id}")
    assert "Betaling afvist, penge tilbage" in trail
    assert "bilag 4711" in trail


def test_a_payment_of_which_nobody_knows_is_never_offered_to_be_sent_again(
    case: Case,
    sign_in: SignIn,
    act: Callable[..., Any],
    receive: Callable[..., Any],
    do_work: Callable[[], int],
    paid_through: Callable[[Provider], None],
) -> None:
    paid_through(Provider(Unknown("torn")))
    paid_invoice(case, act, receive)
    do_work()
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    page = browser.page("/udbetalinger")
    assert "vi undersøger, om den er betalt" in page
    assert "Prøv igen" not in page
    assert "<code>torn</code>" in page
    assert "vi undersøger, om den er betalt" in sign_in(
        case.municipality, case.municipality.coordinator
    ).page(f"/sager/{case.enrolment_id}")


def test_the_log_tells_who_did_what_and_proves_that_it_is_whole(
    case: Case, sign_in: SignIn, as_administrator: Callable[[str], None]
) -> None:
    browser = sign_in(case.municipality, case.municipality.administrator)
    page = browser.page("/haendelser")
    for words in (
        "Budgetplan godkendt",
        "Karen Koordinator",
        "koordinator",
        "amount: 20.000,00 kr.",
        "colour: green",
    ):
        assert words in page
    assert "Mia Mortensen" not in page
    assert "Kæden er" not in page
    assert "Kæden er hel" in browser.page("/haendelser?efterproev=ja")
    as_administrator(
        "update audit_entry set detail = '{\"amount\": 1}'"
        " where tenant_id = :tenant and event = 'grant.posted'"
    )
    assert "Kæden er brudt ved linje" in browser.page("/haendelser?efterproev=ja")


def test_the_log_comes_in_pages(case: Case, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_page, "_ENTRIES_A_PAGE", 5)
    browser = sign_in(case.municipality, case.municipality.administrator)
    first = browser.page("/haendelser")
    before = int(first.split("foer=")[1].split('"')[0])
    second = browser.page(f"/haendelser?foer={before}")
    assert f">{before - 1}</td>" in second
    assert f">{before}</td>" not in second
    assert "Vis ældre" not in browser.page("/haendelser?foer=2")


def test_a_pool_that_nobody_funded_is_shown_as_empty(municipality: Municipality, sign_in: SignIn) -> None:
    page = sign_in(municipality, municipality.finance_officer).page("/regnskab")
    assert "Ingen posteringer endnu" in page
    assert "<dd>0,00 kr.</dd>" in page

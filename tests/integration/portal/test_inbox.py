"""The invoice inbox: taking in, comparing, matching, approving and putting aside."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from raaderum.invoices.service import take_in
from raaderum.kernel.money import Oere
from raaderum.persistence.unit_of_work import reading
from raaderum.portal import inbox_page
from raaderum.purchases.words import description_of
from raaderum.testing import sample_invoices
from raaderum.testing.cases import PRICE, SUPPLIER, SUPPLIER_CVR, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]
    Receive = Callable[..., Any]


def invoice(number: str = "F-1", **told: Any) -> bytes:  # noqa: ANN401 - whatever the sample takes
    parameters = {"supplier_name": SUPPLIER, "supplier_cvr": SUPPLIER_CVR, "amount_with_vat": PRICE, **told}
    return sample_invoices.peppol_invoice(number=number, **parameters)


def files(*contents: bytes) -> dict[str, Any]:
    return {"files": [(BytesIO(content), f"fil-{number}.xml") for number, content in enumerate(contents)]}


def test_several_files_at_once_are_all_kept_each_with_its_outcome(case: Case, sign_in: SignIn) -> None:
    purchase = approved_purchase(case)
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    sent = files(invoice(order_reference=purchase.code), invoice(order_reference=purchase.code), b"<nej/>")
    page = browser.does("/fakturaer", sent).text
    assert "Det, du sendte, er taget ind." in page
    for outcome in ("passer til et køb", "dublet", "afvist af regler"):
        assert f"{outcome}</span>" in page
        assert f'{outcome} <span class="count">1</span>' in page
    assert "fil-2.xml" in page


def test_the_list_is_filtered_by_outcome(case: Case, sign_in: SignIn, receive: Receive) -> None:
    receive(invoice("F-7"))
    receive(b"<nej/>", file_name="nej.xml")
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    page = browser.page("/fakturaer?udfald=rejected")
    assert "nej.xml" in page
    assert "F-7" not in page
    assert "Ingen fakturaer med det udfald." in browser.page("/fakturaer?udfald=approved")


def test_an_empty_inbox_says_what_will_come(municipality: Municipality, sign_in: SignIn) -> None:
    page = sign_in(municipality, municipality.finance_officer).page("/fakturaer")
    assert "Indbakken er tom." in page
    assert "vores kode (RD-…)" in page


def test_an_upload_without_a_file_says_so(municipality: Municipality, sign_in: SignIn) -> None:
    browser = sign_in(municipality, municipality.finance_officer)
    for form in ({}, {"files": [(BytesIO(b""), "")]}):
        answer = browser.send("/fakturaer", form)
        assert answer.status_code == 422
        assert "Vælg mindst én fil." in answer.text


def test_a_file_that_is_too_large_is_named_and_the_others_are_kept(
    municipality: Municipality, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raaderum.invoices.rules.LARGEST_FILE", 100_000)
    browser = sign_in(municipality, municipality.finance_officer)
    answer = browser.send("/fakturaer", files(invoice("F-1"), b"x" * 100_001, invoice("F-2")))
    assert answer.status_code == 422
    assert "»fil-1.xml« kunne ikke tages ind" in answer.text
    assert "F-1" in answer.text
    assert "F-2" not in answer.text


def test_a_person_who_takes_files_in_sees_them_in_pages(
    municipality: Municipality, sign_in: SignIn, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_page, "_ROWS_A_PAGE", 2)
    rows = [receive(invoice(f"F-{number}")) for number in range(3)]
    browser = sign_in(municipality, municipality.finance_officer)
    first = browser.page("/fakturaer")
    assert f"foer={rows[1].id}" in first
    assert "F-0" not in first
    second = browser.page(f"/fakturaer?foer={rows[1].id}")
    assert "F-0" in second
    assert "Vis ældre" not in second


def test_a_suggestion_is_shown_beside_the_purchase_and_confirmed(
    case: Case, sign_in: SignIn, receive: Receive
) -> None:
    purchase = approved_purchase(case)
    row = receive(invoice())
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    page = browser.page(f"/fakturaer/{row.id}")
    assert "vores kode mangler" in page
    assert page.count(">ens</span>") == 2
    with case.municipality.at_work(), reading() as session:
        assert description_of(session, purchase) in page
    assert "Godkend og betal" not in page
    page = browser.does(f"/fakturaer/{row.id}/koeb", {"purchase_id": str(purchase.id)}).text
    assert "Fakturaen er knyttet til købet." in page
    assert "Godkend og betal 12.500,00 kr." in page


def test_an_invoice_without_a_purchase_is_matched_by_its_code(
    case: Case, sign_in: SignIn, receive: Receive
) -> None:
    purchase = approved_purchase(case)
    row = receive(invoice(amount_with_vat=12_000_00))
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    path = f"/fakturaer/{row.id}/koeb"
    wrong = browser.send(path, {"code": "RD-22222222"})
    assert wrong.status_code == 422
    assert "»RD-22222222«" in wrong.text
    assert browser.send(path, {"code": ""}).status_code == 422
    assert "passer til et køb" in browser.does(path, {"code": f" {purchase.code.lower()} "}).text


def test_several_purchases_that_fit_are_offered_to_choose_from(
    case: Case, sign_in: SignIn, receive: Receive
) -> None:
    purchases = [approved_purchase(case, Oere(1_000_00)) for _ in range(2)]
    row = receive(invoice(amount_with_vat=1_000_00))
    page = sign_in(case.municipality, case.municipality.finance_officer).page(f"/fakturaer/{row.id}")
    assert "Vælg det rigtige" in page
    assert page.count("Vælg dette køb") == 2
    assert all(purchase.code in page for purchase in purchases)


def test_an_approved_invoice_tells_that_it_is_not_paid_yet(
    case: Case, sign_in: SignIn, receive: Receive, do_work: Callable[[], int]
) -> None:
    purchase = approved_purchase(case)
    row = receive(invoice(order_reference=purchase.code))
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    page = browser.does(f"/fakturaer/{row.id}/godkend").text
    assert "endnu ikke gennemført" in page
    assert "godkendt, endnu ikke betalt" in page
    do_work()
    assert ">betalt</span>" in browser.page(f"/fakturaer/{row.id}")
    assert browser.send(f"/fakturaer/{row.id}/godkend").status_code == 409


def test_an_invoice_above_what_was_approved_is_refused_with_both_amounts(
    case: Case, sign_in: SignIn, receive: Receive
) -> None:
    purchase = approved_purchase(case)
    row = receive(invoice(order_reference=purchase.code, amount_with_vat=12_500_01))
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    assert ">forskelligt</span>" in browser.page(f"/fakturaer/{row.id}")
    browser.does(f"/fakturaer/{row.id}/koeb", {"purchase_id": str(purchase.id)})
    answer = browser.send(f"/fakturaer/{row.id}/godkend")
    assert answer.status_code == 422
    assert "12.500,01 kr., men der er kun 12.500,00 kr. tilbage af købet" in answer.text


def test_putting_aside_needs_a_reason_which_is_kept(
    municipality: Municipality, sign_in: SignIn, receive: Receive
) -> None:
    row = receive(invoice())
    browser = sign_in(municipality, municipality.finance_officer)
    path = f"/fakturaer/{row.id}/afvis"
    assert browser.send(path, {"because": ""}).status_code == 422
    page = browser.does(path, {"because": "Ikke til os.\nSendt videre."}).text
    assert "Ikke til os.\nSendt videre." in page
    assert "Læg fakturaen til side" not in page


def test_a_broken_invoice_names_its_rules_and_is_not_to_be_paid(
    municipality: Municipality, sign_in: SignIn, receive: Receive
) -> None:
    broken = invoice().replace(b">12500.00</cbc:PayableAmount>", b">12400.00</cbc:PayableAmount>")
    page = sign_in(municipality, municipality.finance_officer).page(f"/fakturaer/{receive(broken).id}")
    assert "<code>BR-CO-16</code>" in page
    assert "afviser fakturaen</span>" in page
    assert "Godkend og betal" not in page
    assert "Vælg købet selv" not in page


def test_the_original_comes_back_to_the_byte_as_a_file_and_never_as_a_page(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    content = b"<script>alert(1)</script>\r\n\xff\x00"
    name = '../æ "x";\r\nSet-Cookie: a=b.xml'
    row = act(take_in, content, file_name=name, by=municipality.finance_officer)
    answer = sign_in(municipality, municipality.finance_officer).open(f"/fakturaer/{row.id}/original")
    assert answer.data == content
    assert answer.mimetype == "application/xml"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "/" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.headers.getlist("Set-Cookie")


def test_a_coordinator_can_match_but_not_pay(case: Case, sign_in: SignIn, receive: Receive) -> None:
    purchase = approved_purchase(case)
    row = receive(invoice())
    browser = sign_in(case.municipality, case.municipality.coordinator)
    page = browser.does(f"/fakturaer/{row.id}/koeb", {"purchase_id": str(purchase.id)}).text
    assert "Se borgerens sag" in page
    assert "Godkend og betal" not in page
    assert "Læg fakturaen til side" not in page
    assert browser.send(f"/fakturaer/{row.id}/godkend").status_code == 403

"""The first slice as people walk it in a browser, without any script: ask, approve, invoice, pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect
from tests.journeys.people import PHONE, sign_in

from raaderum.goals.rules import GoalCategory
from raaderum.goals.service import write_goal
from raaderum.payouts.service import QUEUE
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.testing import sample_invoices
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, case_in_run_in, case_with_grant
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

ATTACK: Final = "<script>alert('a')</script><img src=x onerror=alert('b')><style>*{display:none}</style>"


def ask_for_a_purchase(page: Page) -> str:
    """Ask for a lesson on the case that is open; return the purchase's code."""
    page.get_by_role("link", name="Bed om et køb").click()
    page.get_by_label("Hvad skal købes?").fill("Lovpakke")
    page.get_by_label("Hvor?").fill(SUPPLIER)
    page.get_by_label("Leverandørens CVR-nummer").fill("12345678")
    page.get_by_label("Beløb").fill("12.500")
    page.get_by_role("button", name="Send til godkendelse").click()
    expect(page.get_by_role("alert")).to_contain_text("CVR-nummeret er ikke gyldigt")
    expect(page.get_by_label("Hvad skal købes?")).to_have_value("Lovpakke")
    page.get_by_label("Leverandørens CVR-nummer").fill(SUPPLIER_CVR)
    page.get_by_role("button", name="Send til godkendelse").click()
    expect(page.get_by_role("status")).to_have_text("Købet venter på godkendelse.")
    code = page.locator(".purchase .code").first.text_content()
    assert code
    return code


def take_in(page: Page, file: Path) -> None:
    page.get_by_label("XML-filer fra leverandører").set_input_files(file)
    page.get_by_role("button", name="Tag ind").click()
    expect(page.get_by_text("passer til et køb")).to_be_visible()


def test_a_purchase_is_asked_for_approved_invoiced_and_paid(
    served: str,
    municipality: Municipality,
    open_window: Callable[..., Page],
    complaints: list[str],
    tmp_path: Path,
) -> None:
    case_with_grant(municipality)
    signe, karen, frida = open_window(width=PHONE), open_window(), open_window()

    sign_in(signe, served, municipality, "Signe Støtte")
    signe.get_by_role("link", name="Mia Mortensen").click()
    expect(signe.get_by_role("heading", level=1)).to_have_text("Mia Mortensen")
    code = ask_for_a_purchase(signe)

    sign_in(karen, served, municipality, "Karen Koordinator")
    expect(karen.get_by_text("køb: 1")).to_be_visible()
    karen.get_by_role("link", name="Mia Mortensen").click()
    karen.get_by_role("button", name="Godkend").click()
    expect(karen.get_by_role("status")).to_contain_text("Købet er godkendt")
    expect(karen.get_by_text("godkendt, endnu ikke betalt").first).to_be_visible()

    file = tmp_path / "faktura.xml"
    file.write_bytes(
        sample_invoices.peppol_invoice(
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
            order_reference=code,
            amount_with_vat=12_500_00,
        )
    )
    sign_in(frida, served, municipality, "Frida Finans")
    take_in(frida, file)
    frida.get_by_role("button", name="Godkend og betal 12.500,00 kr.").click()
    expect(frida.get_by_role("status")).to_contain_text("endnu ikke gennemført")

    with municipality.at_work():
        assert do_due_work(QUEUE) == 1
    signe.reload()
    expect(signe.locator(".purchase .tag")).to_have_text("betalt")
    expect(signe.locator(".figure")).to_have_text("7.500,00 kr.")
    expect(signe.get_by_role("img", name="Betalt: 12.500,00 kr.; Tilbage: 7.500,00 kr.")).to_be_visible()

    case_page = signe.url
    signe.get_by_role("button", name="Log ud").click()
    expect(signe.get_by_role("heading", level=1)).to_have_text("Log ind")
    signe.goto(case_page)
    expect(signe.get_by_role("heading", level=1)).to_have_text("Log ind")
    assert [said for said in complaints if "422" not in said] == []


def test_the_keyboard_alone_is_enough_to_add_a_sub_goal(
    served: str, municipality: Municipality, open_window: Callable[..., Page]
) -> None:
    case = case_in_run_in(municipality)
    page = open_window()
    sign_in(page, served, municipality, "Karen Koordinator")
    page.goto(f"{served}/{municipality.tenant.slug}/sager/{case.enrolment_id}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indholdet")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Tilføj et delmål").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Delmålet med borgerens ord")).to_be_focused()
    page.keyboard.type("Bestå teoriprøven")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Delmålet er tilføjet.")
    expect(page.get_by_text("Bestå teoriprøven")).to_be_visible()


def test_an_attack_in_the_citizens_words_is_only_words(
    served: str, municipality: Municipality, open_window: Callable[..., Page], complaints: list[str]
) -> None:
    case = _attacked(municipality)
    page = open_window()
    sign_in(page, served, municipality, "Karen Koordinator")
    page.goto(f"{served}/{municipality.tenant.slug}/sager/{case.enrolment_id}")
    expect(page.get_by_role("blockquote")).to_have_text(ATTACK)
    assert complaints == []


def _attacked(municipality: Municipality) -> Case:
    case = case_in_run_in(municipality)
    with municipality.at_work(), unit_of_work() as session:
        categories = [GoalCategory.HOUSING]
        write_goal(session, case.enrolment_id, words=ATTACK, categories=categories, by=case.citizen)
    return case

"""Money as people meet it in a browser: a card and its receipt, a transfer to its proof, two invoices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect
from tests.journeys.people import DESKTOP, PHONE, faults_of, sign_in

from raaderum.kernel import clock
from raaderum.persistence.unit_of_work import reading
from raaderum.plugin_api import CardEventKind
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.receipts.dues import open_receipt_dues
from raaderum.reconciliation.proof import latest_proof
from raaderum.testing import sample_invoices
from raaderum.testing.card_cases import CardCase, case_with_card, give_cards
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, approved_purchase, case_with_grant
from raaderum.testing.receipt_cases import photo
from raaderum.testing.sample_statements import SampleDetail, SampleEntry, SampleStatement, statement_file
from raaderum.testing.small_transfers import Transfers, bank_answer
from raaderum.worker.handlers import QUEUES, do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Page

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

ON_CARD: Final = 500_00
BOUGHT: Final = 349_50
INSTALMENT: Final = 6_000_00


def work(municipality: Municipality) -> None:
    """Do what workers would."""
    with municipality.at_work():
        while sum(do_due_work(queue) for queue in QUEUES):
            pass


def case_address(served: str, case: Case) -> str:
    return f"{served}/{case.municipality.tenant.slug}/sager/{case.enrolment_id}"


def shop_once(app: Flask, card: CardCase) -> None:
    """Have one purchase approved and drawn, and one that is too dear declined."""
    asked = card.event(CardEventKind.ASKED, BOUGHT, authorisation="auth_paid")
    assert card.call(app, asked).get_json()["approved"] == BOUGHT
    card.call(app, card.event(CardEventKind.AUTHORISED, BOUGHT, authorisation="auth_paid"))
    drawn = card.event(CardEventKind.CAPTURED, BOUGHT, authorisation="auth_paid", transaction="drawn")
    assert card.call(app, drawn).status_code == 200
    too_dear = card.event(CardEventKind.ASKED, ON_CARD * 2, authorisation="auth_declined")
    assert card.call(app, too_dear).get_json()["approved"] == 0


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_citizen_sees_their_card_and_sends_a_photo_of_the_receipt(
    width: int,
    served: str,
    whole_app: Flask,
    municipality: Municipality,
    settings: Settings,
    open_window: Callable[..., Page],
    tmp_path: Path,
) -> None:
    before = programmes(), whole_app.extensions["raaderum_providers"]
    issuer = give_cards(whole_app, municipality, settings.files_folder)
    try:
        card = case_with_card(municipality, issuer, on_card=ON_CARD)
        shop_once(whole_app, card)
        work(municipality)
        with municipality.at_work():
            open_receipt_dues()
        mia = open_window(width=width)
        sign_in(mia, served, municipality, "Mia Mortensen")
        mia.get_by_role("link", name="Kort", exact=True).click()
        expect(mia.get_by_role("heading", level=1)).to_have_text("Kort")
        expect(mia.get_by_text("150,50 kr.").first).to_be_visible()
        expect(
            mia.get_by_text(re.compile("Der er .* på kortet, og købet var på 1.000,00 kr."))
        ).to_be_visible()
        assert faults_of(mia) == []

        mia.goto(f"{case_address(served, card.case)}/kvitteringer")
        file = tmp_path / "bon.jpg"
        file.write_bytes(photo())
        mia.get_by_label("Tag et billede").first.set_input_files(file)
        mia.get_by_role("button", name="Send kvitteringen").first.click()
        expect(mia.get_by_text("sendt, bliver set efter")).to_be_visible()
        assert faults_of(mia) == []

        karen = open_window(width=width)
        sign_in(karen, served, municipality, "Karen Koordinator")
        karen.goto(f"{case_address(served, card.case)}/kvitteringer")
        karen.get_by_role("button", name="Kvittering godkendt").click()
        mia.reload()
        expect(mia.get_by_text("sendt, bliver set efter")).to_have_count(0)
    finally:
        directory, whole_app.extensions["raaderum_providers"] = before
        install_programmes(whole_app, directory)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_transfer_is_asked_for_run_and_proven_by_the_banks_statement(
    width: int,
    served: str,
    municipality: Municipality,
    settings: Settings,
    open_window: Callable[..., Page],
    tmp_path: Path,
) -> None:
    case, town = case_with_grant(municipality), f"{served}/{municipality.tenant.slug}"
    signe, karen, frida = (open_window(width=width) for _ in range(3))
    sign_in(signe, served, municipality, "Signe Støtte")
    signe.goto(f"{case_address(served, case)}/overfoersler")
    assert faults_of(signe) == []
    signe.get_by_label("Hvad skal pengene bruges til?").fill("Arbejdssko")
    signe.get_by_label("Beløb").fill("279,95")
    signe.get_by_role("button", name="Bed om pengene").click()
    expect(signe.get_by_role("status")).to_have_text("Overførslen er ønsket.")

    sign_in(karen, served, municipality, "Karen Koordinator")
    karen.goto(case_address(served, case))
    karen.get_by_role("button", name="Godkend").first.click()
    expect(karen.get_by_role("status")).to_contain_text("godkendt")

    sign_in(frida, served, municipality, "Frida Finans")
    runs = f"{town}/betalingskoersler"
    frida.goto(runs)
    assert faults_of(frida) == []
    expect(frida.get_by_text("Klar til at blive sendt: 1, i alt 279,95 kr.")).to_be_visible()
    frida.get_by_role("button", name="Start betalingskørsel").click()
    work(municipality)
    frida.reload()
    assert faults_of(frida) == []
    message = frida.locator(".code").first.text_content()
    assert message
    upload(
        frida,
        runs,
        "Svarfil (pain.002)",
        "Læs svarfilen",
        tmp_path / "svar.xml",
        bank_answer(message, "ACSC"),
    )
    signe.goto(case_address(served, case))
    expect(signe.locator(".purchase .tag").first).to_have_text("betalt")

    [sent] = Transfers(municipality, settings.files_folder).sent_files()
    [code] = set(re.findall(r"RD-[0-9A-Z]{8}", sent.read_text()))
    statement = one_line_statement(-279_95, code)
    upload(
        frida,
        f"{town}/bank",
        "Fil fra banken",
        "Tag ind",
        tmp_path / "k.xml",
        statement,
    )
    work(municipality)
    frida.reload()
    expect(frida.get_by_text("Ingen linjer venter.")).to_be_visible()
    assert faults_of(frida) == []
    frida.goto(f"{town}/bevis")
    frida.get_by_role("button", name=re.compile("bevis", re.IGNORECASE)).click()
    expect(frida.get_by_text("alt stemmer til øren").first).to_be_visible()
    expect(frida.get_by_text("Banken: ").first).to_be_visible()
    assert faults_of(frida) == []
    with municipality.at_work(), reading() as session:
        proof = latest_proof(session)
        assert proof is not None
        assert proof.holds


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_purchase_is_paid_by_two_invoices(
    width: int,
    served: str,
    municipality: Municipality,
    open_window: Callable[..., Page],
    tmp_path: Path,
) -> None:
    case = case_with_grant(municipality)
    purchase = approved_purchase(case)
    frida = open_window(width=width)
    sign_in(frida, served, municipality, "Frida Finans")
    inbox = f"{served}/{municipality.tenant.slug}/fakturaer"
    for number in ("1", "2"):
        content = sample_invoices.peppol_invoice(
            number=f"rate-{number}",
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
            order_reference=purchase.code,
            amount_with_vat=INSTALMENT if number == "1" else purchase.amount - INSTALMENT,
        )
        upload(frida, inbox, "XML-filer fra leverandører", "Tag ind", tmp_path / f"{number}.xml", content)
        frida.get_by_role("button", name=re.compile("Godkend og betal")).click()
        expect(frida.get_by_role("status")).to_contain_text("endnu ikke gennemført")
        work(municipality)
    assert faults_of(frida) == []
    signe = open_window(width=width)
    sign_in(signe, served, municipality, "Signe Støtte")
    signe.goto(case_address(served, case))
    expect(signe.locator(".figure")).to_have_text("7.500,00 kr.")
    assert faults_of(signe) == []


def upload(page: Page, address: str, label: str, button: str, file: Path, content: bytes) -> None:
    """Hand a file in on a page."""
    file.write_bytes(content)
    page.goto(address)
    page.get_by_label(label).set_input_files(file)
    page.get_by_role("button", name=button).click()


def one_line_statement(amount: int, code: str) -> bytes:
    """Return the day's statement of the municipality's account, with one payment."""
    today = clock.today()
    line = SampleEntry(
        amount, reference=f"BANK-{code}", details=(SampleDetail(end_to_end_id=code),), booked_on=today
    )
    return statement_file(SampleStatement(entries=[line], until=today))

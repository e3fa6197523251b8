"""Payments that need people, on their page: decided in pairs, mended, given up, and parked work set going."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.payouts.bank_days import bank_day_on_or_after
from raaderum.payouts.claims import claims_awaited
from raaderum.payouts.contradictions import contradictions_waiting
from raaderum.payouts.correcting import confirm_paid, propose_paid
from raaderum.payouts.mending import give_up_payout
from raaderum.payouts.service import QUEUE, PaymentWanted, reserve_payout
from raaderum.payouts.settling import TOLD_BY_BANK, settle_attempt
from raaderum.people.roles import Role
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import OutboxWork
from raaderum.plugin_api import Completed
from raaderum.plugin_host.providers import tenant_providers
from raaderum.purchases.service import locked_purchase
from raaderum.refunds.service import approve_refund
from raaderum.testing.attempts import refused_by_provider, sent_attempt, unknown_for
from raaderum.testing.cases import PRICE, SUPPLIER, SUPPLIER_CVR, Case, approved_purchase
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session
    from tests.integration.portal.conftest import Browser

    Act = Callable[..., Any]
    SignIn = Callable[..., Browser]

PAGE = "/udbetalinger"
LONG = timedelta(hours=5)


@pytest.fixture
def payout_id(case: Case, act: Act) -> UUID:
    purchase_id, officer = approved_purchase(case).id, case.municipality.finance_officer

    def reserve(session: Session) -> UUID:
        wanted = PaymentWanted(
            provider=next(iter(tenant_providers().payout_providers)),
            amount=PRICE,
            payee_name=SUPPLIER,
            payee_cvr=SUPPLIER_CVR,
            purpose="Kørekort",
            account="5.38.38",
            due_on=clock.today() + timedelta(days=9),
        )
        return reserve_payout(
            session, locked_purchase(session, purchase_id, by=officer), wanted, by=officer
        ).id

    reserved: UUID = act(reserve)
    return reserved


def test_two_people_decide_what_became_of_an_unknown_payment(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn
) -> None:
    town = case.municipality
    act(unknown_for, payout_id, LONG)
    with town.at_work():
        colleague = hire("Finn Finans", Role.FINANCE_OFFICER)
    first, second = sign_in(town, colleague), sign_in(town, town.team_leader)
    assert "Afgør, om den er betalt" in first.page(PAGE)
    wrong = first.send(f"{PAGE}/{payout_id}/afgoerelse", {"was_paid": "yes", "because": "Set."})
    assert (wrong.status_code, "Skriv bankens eller udbyderens reference" in wrong.text) == (422, True)
    form = {"was_paid": "yes", "reference": "B-7", "because": "Den står på kontoudtoget."}
    assert "En anden skal bekræfte" in first.does(f"{PAGE}/{payout_id}/afgoerelse", form).text
    own = first.send(f"{PAGE}/{payout_id}/bekraeft")
    assert (own.status_code, "En anden skal afgøre det" in own.text) == (422, True)
    page = second.page(PAGE)
    assert "reference B-7" in page
    assert "Den står på kontoudtoget." in page
    assert "Afgørelsen er bekræftet." in second.does(f"{PAGE}/{payout_id}/bekraeft").text
    trail = second.page(f"/regnskab/{case.enrolment_id}")
    assert "Beviset er, som det blev frosset" in trail
    assert re.search(r"<code>[0-9a-f]{64}</code>", trail)


def test_a_proposal_can_be_rejected_on_the_page(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn
) -> None:
    act(unknown_for, payout_id, LONG)
    leader = sign_in(case.municipality, case.municipality.team_leader)
    leader.does(f"{PAGE}/{payout_id}/afgoerelse", {"was_paid": "no", "because": "Ikke set."})
    assert "Forslag: den er ikke betalt." in leader.page(PAGE)
    assert "Forslaget er afvist." in leader.does(f"{PAGE}/{payout_id}/afvis").text


def test_before_the_four_hours_the_page_says_that_the_provider_is_asked(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn
) -> None:
    act(unknown_for, payout_id, timedelta(hours=1))
    page = sign_in(case.municipality, case.municipality.team_leader).page(PAGE)
    assert "Er der intet svar efter 4 timer" in page
    assert "Afgør, om den er betalt" not in page


def test_all_failed_payments_are_counted_and_tried_again_from_the_page(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn
) -> None:
    act(refused_by_provider, payout_id)
    officer = sign_in(case.municipality, case.municipality.finance_officer)
    page = officer.page(PAGE)
    assert "no-such-account" in page
    form = dict(
        re.findall(r'name="(programme|provider|expected_count|expected_total)" value="([^"]*)"', page)
    )
    assert (form["expected_count"], form["expected_total"]) == ("1", "12.500,00 kr.")
    stale = officer.send(f"{PAGE}/igen", {**form, "expected_count": "2"})
    assert (stale.status_code, "Der er nu 1 fejlede betalinger" in stale.text) == (409, True)
    assert "Betalingerne forsøges igen." in officer.does(f"{PAGE}/igen", form).text


def test_a_failed_payment_is_given_up_from_the_page(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn
) -> None:
    act(refused_by_provider, payout_id)
    officer = sign_in(case.municipality, case.municipality.finance_officer)
    assert "Betalingen er opgivet." in officer.does(f"{PAGE}/{payout_id}/opgiv").text
    case_page = sign_in(case.municipality, case.citizen).page(f"/sager/{case.enrolment_id}")
    assert "opgivet, pengene er fri igen" in case_page


def test_a_changed_payment_is_approved_again_from_the_page(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn, do_work: Act
) -> None:
    act(lambda session: session.execute(text("update payout set payee_name = 'Another school'")))
    do_work()
    officer = sign_in(case.municipality, case.municipality.finance_officer)
    assert "Betalingen er ændret, siden den blev godkendt." in officer.page(PAGE)
    assert "Godkendt igen." in officer.does(f"{PAGE}/{payout_id}/godkend-igen").text


def test_contradicting_words_stand_first_and_are_settled_with_a_reason(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn, read: Act
) -> None:
    key = act(refused_by_provider, payout_id)
    act(settle_attempt, key, Completed("B-9"), told_by=TOLD_BY_BANK)
    [(contradiction, _, _)] = read(contradictions_waiting)
    leader = sign_in(case.municipality, case.municipality.team_leader)
    assert "Nu siges, at den er betalt (B-9)." in leader.page(PAGE)
    path = f"/modstridende-beskeder/{contradiction.id}"
    assert leader.send(path).status_code == 422
    assert "Det er noteret." in leader.does(path, {"because": "Banken tog fejl."}).text
    assert "B-9" not in leader.page(PAGE)


def test_parked_work_stands_with_its_reason_and_is_set_going_again(
    case: Case, act: Act, sign_in: SignIn, read: Act
) -> None:
    work = OutboxWork(
        id=new_id(),
        queue=QUEUE,
        kind="payout.send",
        subject_id=new_id(),
        tries=20,
        parked_at=clock.now(),
        parked_because="the provider bank is not switched on",
    )
    act(insert, work)
    town = case.municipality
    browser = sign_in(town, town.administrator)
    assert "the provider bank is not switched on" in browser.page("/parkeret-arbejde")
    page = browser.does(f"/parkeret-arbejde/{work.id}/igen").text
    assert "Arbejdet er sat i gang igen." in page
    assert "Intet arbejde er parkeret." in page
    row = read(lambda session: session.get_one(OutboxWork, (town.id, work.id)))
    assert (row.parked_at, row.parked_because, row.tries) == (None, None, 0)
    assert browser.send(f"/parkeret-arbejde/{work.id}/igen").status_code == 404


@pytest.mark.parametrize("role", ["citizen", "support_person", "coordinator"])
def test_the_expected_pay_date_is_shown_on_the_case(
    role: str, case: Case, payout_id: UUID, sign_in: SignIn
) -> None:
    person = case.citizen if role == "citizen" else getattr(case.municipality, role)
    page = sign_in(case.municipality, person).page(f"/sager/{case.enrolment_id}")
    expected = bank_day_on_or_after(clock.today() + timedelta(days=9))
    assert payout_id
    [shown] = re.findall(r"Forventet betalt den ([^<]+)\.<", page)
    assert shown.split(".")[0].split()[0] == str(expected.day)


def test_a_payment_that_was_made_after_all_is_booked_by_two_from_the_page(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn, read: Act
) -> None:
    act(settle_attempt, act(refused_by_provider, payout_id), Completed("B-9"), told_by=TOLD_BY_BANK)
    [(contradiction, _, _)] = read(contradictions_waiting)
    town = case.municipality
    with town.at_work():
        colleague = sign_in(town, hire("Finn Finans", Role.FINANCE_OFFICER))
    leader, path = sign_in(town, town.team_leader), f"/modstridende-beskeder/{contradiction.id}"
    assert leader.send(f"{path}/betalt").status_code == 422
    for _ in range(2):
        leader.does(f"{path}/betalt", {"because": "Bilag 7"})
        assert "Forslag: betalingen er gået igennem." in colleague.page(PAGE)
        assert "Forslaget er afvist." in leader.does(f"{path}/afvis").text
    leader.does(f"{path}/betalt", {"because": "Bilag 7"})
    assert "Bekræftet og bogført." in colleague.does(f"{path}/bekraeft").text
    assert "B-9" not in colleague.page(PAGE)


def test_what_nobody_owed_stands_on_the_page_until_it_is_back(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn, read: Act
) -> None:
    key, town = act(refused_by_provider, payout_id), case.municipality
    act(give_up_payout, payout_id, by=town.finance_officer)
    act(settle_attempt, key, Completed("B-9"), told_by=TOLD_BY_BANK)
    [(contradiction, _, _)] = read(contradictions_waiting)
    with town.at_work():
        proposer, confirmer = hire("Finn Finans", Role.FINANCE_OFFICER), hire("Fie", Role.FINANCE_OFFICER)
    act(propose_paid, contradiction.id, because="Bilag 7", by=proposer)
    act(confirm_paid, contradiction.id, by=confirmer)
    [(claim, _)] = read(claims_awaited, by=confirmer)
    leader, path = sign_in(town, town.team_leader), f"/krav/{claim.id}/luk"
    assert "Betalt med reference B-9." in leader.page(PAGE)
    assert leader.send(path, {"because": "Set på kontoen"}).status_code == 422
    said = {"came_back": "yes", "reference": "R-1", "because": "Set på kontoen"}
    assert "Kravet er lukket." in leader.does(path, said).text
    assert "B-9" not in leader.page(PAGE)


def test_a_credit_note_without_a_voucher_is_noted_from_the_page(
    case: Case, payout_id: UUID, act: Act, sign_in: SignIn
) -> None:
    act(settle_attempt, act(sent_attempt, payout_id), Completed("B-1"), told_by=TOLD_BY_BANK)
    town = case.municipality
    refund = act(approve_refund, payout_id, amount=PRICE, credit_note_number="K-17", by=town.finance_officer)
    leader = sign_in(town, town.team_leader)
    assert "K-17" not in leader.page(PAGE)
    act(lambda session: session.execute(text("update refund set approved_at = now() - interval '5 hours'")))
    assert "Kreditnota K-17" in leader.page(PAGE)
    path = f"/kreditnotaer/{refund.id}/bogfoert"
    assert leader.send(path, {"because": "Slået op"}).status_code == 422
    said = {"voucher_number": "V-9", "because": "Slået op"}
    assert "Bilaget er noteret." in leader.does(path, said).text
    assert "K-17" not in leader.page(PAGE)

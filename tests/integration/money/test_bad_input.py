"""Bad input about money: it is told in words that say what, where and what to do, and it moves no øre."""

from __future__ import annotations

import io
from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from raaderum.cards.rules import REASON_TEXTS, Reason
from raaderum.kernel.errors import RaaderumError
from raaderum.ledger.service import budget_statement
from raaderum.payouts.decision_rules import BecauseMissing, WordsTooLong
from raaderum.persistence.unit_of_work import reading
from raaderum.plugin_api import AccountInvalid, CardEventKind, checked_account
from raaderum.provider_events.rules import EventState
from raaderum.provider_events.service import counted_events
from raaderum.provider_events.tables import ProviderEvent
from raaderum.purchases.payees import LONGEST_PAYEE_NAME, PayeeNameMissing, PayeeNameTooLong, account_of
from raaderum.receipts.sending import name_of, send_receipt
from raaderum.receipts.tables import Receipt
from raaderum.reconciliation.deciding import dismiss_line
from raaderum.reconciliation.matching import match_lines
from raaderum.reconciliation.tables import StatementLine
from raaderum.reconciliation.taking_in import take_in_statement
from raaderum.refunds.returning import book_bank_return
from raaderum.refunds.rules import RefundAbovePayment
from raaderum.refunds.service import approve_refund
from raaderum.refunds.tables import Refund
from raaderum.testing.card_cases import SECRETS, CardCase, case_with_card, give_cards
from raaderum.testing.card_issuer_simulator import IDENTIFIER, signed
from raaderum.testing.cases import PRICE, approved_purchase
from raaderum.testing.receipt_cases import paper
from raaderum.testing.sample_statements import ACCOUNT, SampleEntry, SampleStatement, statement_file
from raaderum.testing.small_transfers import bank_answer
from raaderum.transfers.status_files import StatusFileUnknown, take_in_status_file
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from raaderum.payouts.tables import Payout
    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]
    Refused = Callable[[type[RaaderumError]], Any]

RIGHT_TO_LEFT = "\u202eofni\u202c"
FULL_WIDTH = "\uff10\uff10\uff14\uff10"
TURNED = f"0040{RIGHT_TO_LEFT}"
OVERLONG = "ø" * 2_001
GOOD = statement_file(SampleStatement([SampleEntry(-5_00, "A1", text="Gebyr på konto")]))
REASONS_TO_DECLINE = sorted(set(Reason) - {Reason.APPROVED, Reason.APPROVED_PARTLY})


@pytest.mark.parametrize(
    ("written", "where", "what_to_do"),
    [
        ({"registration_number": "40", "account_number": "440116243"}, "registration_number", "fire cifre"),
        ({"registration_number": FULL_WIDTH, "account_number": "1"}, "registration_number", "fire cifre"),
        ({"registration_number": TURNED, "account_number": "1"}, "registration_number", "fire cifre"),
        ({"registration_number": "0040", "account_number": ""}, "account_number", "højst ti cifre"),
        ({"registration_number": "0040", "account_number": "1" * 11}, "account_number", "højst ti cifre"),
        ({"registration_number": "0040", "account_number": "0000000000"}, "account_number", "kontoudtoget"),
        ({"registration_number": "0040", "account_number": "1\x002"}, "account_number", "netbanken"),
        ({"registration_number": "0040", "account_number": "1e9"}, "account_number", "netbanken"),
        ({"registration_number": "0040", "account_number": "-1,5"}, "account_number", "netbanken"),
        ({"iban": "DK5000400440116244"}, "iban", "kontrolcifre"),
        ({"iban": "DK500040044011624"}, "iban", "18 tegn"),
        ({"iban": "DE89370400440532013000"}, "iban", "begynder med DK"),
        ({"iban": ACCOUNT, "account_number": "440116243"}, "iban", "ikke begge dele"),
    ],
)
def test_an_account_that_no_bank_can_have_is_refused_without_repeating_it(
    written: dict[str, str], where: str, what_to_do: str, refused: Refused
) -> None:
    with refused(AccountInvalid) as refusal:
        checked_account(**written)
    assert refusal.where == where
    assert what_to_do in refusal.danish
    assert not any(value in refusal.danish for value in written.values() if len(value) > 4)


def test_an_account_belongs_to_somebody_whose_name_a_payment_file_has_room_for(refused: Refused) -> None:
    account = checked_account(iban=ACCOUNT)
    with refused(PayeeNameMissing) as refusal:
        account_of(" \n ", account)
    assert refusal.where == "payee_name"
    with refused(PayeeNameTooLong) as refusal:
        account_of("ø" * (LONGEST_PAYEE_NAME + 1), account)
    assert str(LONGEST_PAYEE_NAME) in refusal.danish
    assert account_of(f" {RIGHT_TO_LEFT} ", account).name == RIGHT_TO_LEFT


@pytest.mark.parametrize("reason", REASONS_TO_DECLINE)
def test_each_reason_to_decline_a_card_has_words_of_its_own_in_both_languages(reason: Reason) -> None:
    told = REASON_TEXTS[reason]
    assert told.danish != told.english
    assert [one for one in REASON_TEXTS.values() if one.danish == told.danish] == [told]
    asked_for = [
        {name for _, name, _, _ in Formatter().parse(text) if name} for text in (told.danish, told.english)
    ]
    assert asked_for[0] == asked_for[1] <= {"asked", "approved", "on_card", "per_payment"}


@pytest.fixture
def stranger_with_card(
    app: Flask, new_municipality: Callable[..., Municipality], settings: Settings
) -> CardCase:
    stranger = new_municipality()
    return case_with_card(stranger, give_cards(app, stranger, settings.files_folder), on_card=300_00)


@pytest.mark.parametrize("kind", [CardEventKind.ASKED, CardEventKind.CAPTURED, CardEventKind.REFUNDED])
def test_an_event_about_another_tenants_card_moves_nothing_in_either(
    kind: CardEventKind,
    app: Flask,
    municipality: Municipality,
    stranger_with_card: CardCase,
    settings: Settings,
) -> None:
    give_cards(app, municipality, settings.files_folder)
    event = stranger_with_card.event(kind, 50_00, transaction="t1")
    headers, body = signed(SECRETS[0], event)
    answer = app.test_client().post(
        f"/webhooks/{municipality.tenant.slug}/{IDENTIFIER}", headers=headers, data=body
    )
    assert answer.status_code == 200
    with municipality.at_work():
        do_due_work("money")
        with reading() as session:
            states = {one.state for one in counted_events(session)}
    if kind is CardEventKind.ASKED:
        assert (answer.get_json()["approved"], answer.get_json()["reason"]) == (0, Reason.CARD_UNKNOWN)
    else:
        assert states == {EventState.SET_ASIDE}
    assert stranger_with_card.payments() == []
    assert stranger_with_card.statement().on_card == 300_00


def test_an_event_of_an_unknown_kind_is_kept_and_counted(app: Flask, stranger_with_card: CardCase) -> None:
    before = stranger_with_card.statement()
    for number in range(2):
        event = replace(stranger_with_card.event(CardEventKind.OTHER), raw_kind=f"issuer.news{number}")
        assert stranger_with_card.call(app, event).status_code == 200
        assert stranger_with_card.call(app, event).status_code == 200
    stranger_with_card.work()
    with stranger_with_card.municipality.at_work(), reading() as session:
        counted = {(one.kind, one.state, one.count) for one in counted_events(session)}
    assert {(f"issuer.news{number}", EventState.SET_ASIDE, 1) for number in range(2)} <= counted
    assert stranger_with_card.statement() == before


@pytest.mark.parametrize(
    ("content", "state", "lines", "told"),
    [
        (GOOD.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16"), "taken_in", 1, ""),
        (GOOD.replace(b"UTF-8", b"ISO-8859-1", 1).decode().encode("latin-1"), "taken_in", 1, ""),
        (GOOD.decode().encode("latin-1"), "refused", 0, ""),
        (statement_file(SampleStatement([SampleEntry(-5_00, "A1")], currency="EUR")), "refused", 0, "EUR"),
        (GOOD[: GOOD.index(b"<Ntry>") + 20], "refused", 0, "skåret"),
        (GOOD.replace(b"-5.00", b"1e9").replace(b">5.00<", b">1e9<"), "taken_in", 0, ""),
        (b"MZ" + b"\0" * 999, "refused", 0, "camt.053"),
    ],
    ids=["utf-16", "latin-1", "latin-1 as utf-8", "currency", "truncated", "one thousand million", "program"],
)
def test_a_statement_that_is_not_as_it_says_is_told_in_words(
    content: bytes, state: str, lines: int, told: str, municipality: Municipality, act: Act, read: Act
) -> None:
    by = municipality.finance_officer
    file = act(take_in_statement, io.BytesIO(content), file_name=f"\0{RIGHT_TO_LEFT}{OVERLONG}.xml", by=by)
    assert (file.state, file.line_count) == (state, lines)
    assert told in file.explanation["da"]
    assert file.explanation["da"] != file.explanation["en"]
    assert len(file.file_name) <= 200
    with municipality.at_work():
        match_lines(file.id)
    assert len(read(lambda session: session.scalars(select(StatementLine)).all())) == lines


def test_a_line_is_put_aside_with_a_reason_of_reasonable_length(
    municipality: Municipality, act: Act, read: Act, refused: Refused
) -> None:
    by = municipality.finance_officer
    file = act(take_in_statement, io.BytesIO(GOOD), file_name="udtog.xml", by=by)
    with municipality.at_work():
        match_lines(file.id)
    line_id = read(lambda session: session.scalars(select(StatementLine.id)).one())
    with refused(BecauseMissing) as refusal:
        act(dismiss_line, line_id, because=" \n", by=by)
    assert refusal.where == "because"
    with refused(WordsTooLong) as refusal:
        act(dismiss_line, line_id, because=OVERLONG, by=by)
    assert "2000 tegn" in refusal.danish
    assert act(dismiss_line, line_id, because=RIGHT_TO_LEFT, by=by).outcome == "not_ours"


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\0\0", b"<Document/>", b"\xff\xfe", b"x" * 10_000],
    ids=["empty", "program", "other", "cut", "text"],
)
def test_a_status_file_that_is_none_says_which_file_to_fetch_and_nothing_is_kept(
    content: bytes, municipality: Municipality, act: Act, read: Act, refused: Refused
) -> None:
    with refused(StatusFileUnknown) as refusal:
        act(take_in_status_file, content, by=municipality.finance_officer)
    assert (refusal.where, "Hent den rigtige fil" in refusal.danish) == ("file", True)
    assert read(lambda session: session.scalar(select(func.count()).select_from(ProviderEvent))) == 0


def test_a_torn_status_file_about_nothing_of_ours_settles_nothing(
    municipality: Municipality, act: Act
) -> None:
    content = bank_answer("F-NOT-OURS", "ACSC", "RD-AAAAAAAA")
    whole = act(take_in_status_file, content, by=municipality.finance_officer)
    torn = act(take_in_status_file, content[:-40], by=municipality.finance_officer)
    assert (whole.settled, whole.broke_off) == (0, None)
    assert (torn.settled, bool(torn.broke_off)) == (0, True)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (0, "amount_not_positive"),
        (-1, "amount_not_positive"),
        (PRICE + 1, "refund_above_payment"),
        (10**11, "refund_above_payment"),
    ],
)
def test_no_refund_is_negative_or_above_the_payment(
    amount: int,
    code: str,
    case: Case,
    invoice: Callable[..., Payout],
    do_work: Callable[[], int],
    act: Act,
    read: Act,
) -> None:
    payout = invoice(approved_purchase(case))
    do_work()
    before = read(budget_statement, case.enrolment_id)
    by = case.municipality.finance_officer
    with pytest.raises(RaaderumError) as returned:
        act(book_bank_return, payout.id, amount=amount, reference="RET1", by=by)
    with pytest.raises(RaaderumError) as credited:
        act(approve_refund, payout.id, amount=amount, credit_note_number="K-1", by=by)
    for error in (returned.value, credited.value):
        assert (error.code, error.where) == (code, "amount")
    assert read(budget_statement, case.enrolment_id) == before
    assert read(lambda session: session.scalar(select(func.count()).select_from(Refund))) == 0


def test_two_refunds_are_together_no_more_than_the_payment(
    case: Case, invoice: Callable[..., Payout], do_work: Callable[[], int], act: Act, refused: Refused
) -> None:
    payout = invoice(approved_purchase(case))
    do_work()
    by = case.municipality.finance_officer
    act(book_bank_return, payout.id, amount=PRICE - 1, reference="RET1", by=by)
    with refused(RefundAbovePayment) as refusal:
        act(book_bank_return, payout.id, amount=2, reference="RET2", by=by)
    assert "0,01 kr." in refusal.danish


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ" + b"\0" * 99, "receipt_kind_refused"),
        (b"PK\x03\x04" + b"\0" * 99, "receipt_kind_refused"),
        (b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF", "receipt_pdf_refused"),
    ],
    ids=["program", "packed", "script"],
)
def test_a_receipt_that_could_do_harm_is_refused_and_not_kept(
    content: bytes, code: str, case: Case, act: Act, read: Act
) -> None:
    with pytest.raises(RaaderumError) as raised:
        act(send_receipt, case.enrolment_id, content=content, file_name="bon.jpg", by=case.citizen)
    assert (raised.value.code, raised.value.where) == (code, "file")
    assert read(lambda session: session.scalar(select(func.count()).select_from(Receipt))) == 0


def test_a_receipt_with_a_name_of_any_kind_is_kept_under_a_name_that_any_disk_takes(
    case: Case, act: Act, read: Act
) -> None:
    named = f"../../\0{RIGHT_TO_LEFT}{OVERLONG}.exe"
    receipt = act(send_receipt, case.enrolment_id, content=paper(), file_name=named, by=case.citizen)
    name = read(name_of, receipt)
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 255
    assert not set(name) & set("/\\\0\u202e")

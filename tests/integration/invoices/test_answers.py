"""Suppliers are answered once for each decision, and the answer is placed for the access point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from raaderum.invoices.answering import (
    ANSWERS,
    EXPLANATIONS,
    QUESTIONS,
    answer_paid_invoices,
    response_file,
    responses_to,
)
from raaderum.invoices.asking import ask_supplier
from raaderum.invoices.rules import CannotAskSupplier, InvoiceMoveForbidden
from raaderum.invoices.service import approve_invoice, dismiss_invoice
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import RoleMayNot
from raaderum.plugin_api import AnswerReason, AnswerStatus
from raaderum.plugin_host.providers import tenant_providers
from raaderum.testing.cases import Case, approved_purchase
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.invoices.tables import InboxInvoice, InvoiceResponse

CODE = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}ResponseCode"


@pytest.fixture
def answers(case: Case, read: Callable[..., Any]) -> Callable[[UUID], list[InvoiceResponse]]:
    def do(invoice_id: UUID) -> list[InvoiceResponse]:
        return list(read(responses_to, invoice_id, by=case.municipality.finance_officer))

    return do


@pytest.mark.parametrize(("in_oioubl", "code"), [(False, "AP"), (True, "BusinessAccept")])
def test_an_approval_is_answered_and_placed_whole(
    case: Case,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    answers: Callable[[UUID], list[InvoiceResponse]],
    *,
    in_oioubl: bool,
    code: str,
) -> None:
    row = receive(invoice_for(approved_purchase(case), in_oioubl=in_oioubl))
    act(approve_invoice, row.id, by=case.municipality.finance_officer)
    [waiting] = answers(row.id)
    assert (waiting.status, waiting.placed_at) == (AnswerStatus.ACCEPTED, None)
    with case.municipality.at_work():
        assert [do_due_work(ANSWERS) for _ in range(2)] == [1, 0]
        [file] = [one for one in tenant_providers().outgoing_responses.iterdir() if waiting.id.hex]
        assert file.name == f"{waiting.id}.xml"
    assert etree.fromstring(file.read_bytes()).findtext(f".//{CODE}") == code
    assert answers(row.id)[0].placed_at is not None


def test_a_dismissal_tells_the_reason_and_never_our_own_words(
    case: Case,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
    answers: Callable[[UUID], list[InvoiceResponse]],
) -> None:
    finance = case.municipality.finance_officer
    row = receive(invoice_for(approved_purchase(case)))
    told = {"because": "Mia er flyttet.", "reason": AnswerReason.PRICES}
    act(dismiss_invoice, row.id, by=finance, **told)
    [answer] = answers(row.id)
    written = read(response_file, row.id, answer.id, by=finance).decode()
    assert ">RE<" in written
    assert ">PRI<" in written
    assert EXPLANATIONS[AnswerReason.PRICES] in written
    assert "Mia" not in written
    with refused(NotFound):
        read(response_file, answer.id, answer.id, by=finance)


def test_an_invoice_that_breaks_rules_is_answered_at_once_and_an_unreadable_file_is_not(
    case: Case,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    answers: Callable[[UUID], list[InvoiceResponse]],
) -> None:
    content = invoice_for(approved_purchase(case))
    broken = receive(content.replace(b">12500.00</cbc:PayableAmount>", b">1.00</cbc:PayableAmount>"))
    [answer] = answers(broken.id)
    assert (answer.status, answer.reason) == (AnswerStatus.REJECTED, AnswerReason.LEGAL)
    assert answers(receive(b"<torn").id) == []
    assert answers(receive(content).id) == []


def test_a_payment_is_told_once(
    case: Case,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    do_work: Callable[[], int],
    answers: Callable[[UUID], list[InvoiceResponse]],
) -> None:
    row = receive(invoice_for(approved_purchase(case)))
    act(approve_invoice, row.id, by=case.municipality.finance_officer)
    with case.municipality.at_work():
        assert answer_paid_invoices() == 0
    do_work()
    with case.municipality.at_work():
        assert [answer_paid_invoices() for _ in range(2)] == [1, 0]
    assert [one.status for one in answers(row.id)] == [AnswerStatus.ACCEPTED, AnswerStatus.PAID]


def test_a_supplier_is_asked_once_and_the_invoice_stays_open(
    case: Case,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
    answers: Callable[[UUID], list[InvoiceResponse]],
) -> None:
    finance = case.municipality.finance_officer
    row = receive(invoice_for(approved_purchase(case)))
    with refused(RoleMayNot):
        act(ask_supplier, row.id, reason=AnswerReason.PRICES, by=case.municipality.support_person)
    act(ask_supplier, row.id, reason=AnswerReason.PRICES, by=finance)
    [question] = answers(row.id)
    written = read(response_file, row.id, question.id, by=finance).decode()
    assert ">UQ<" in written
    assert QUESTIONS[AnswerReason.PRICES] in written
    with refused(CannotAskSupplier):
        act(ask_supplier, row.id, reason=AnswerReason.OTHER, by=finance)
    act(approve_invoice, row.id, by=finance)
    assert [one.status for one in answers(row.id)] == [AnswerStatus.UNDER_QUERY, AnswerStatus.ACCEPTED]
    with refused(InvoiceMoveForbidden):
        act(ask_supplier, row.id, reason=AnswerReason.OTHER, by=finance)


def test_every_reason_has_words_for_a_refusal_and_for_a_question() -> None:
    assert set(EXPLANATIONS) == set(QUESTIONS) == set(AnswerReason)
    assert not set(EXPLANATIONS.values()) & set(QUESTIONS.values())

"""The examples on the pages of the money's ways, lived through: the ledger holds what they say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.invoices.service import approve_invoice
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import TransactionKind
from raaderum.payouts.mending import give_up_payout
from raaderum.payouts.service import payouts_of
from raaderum.plans.rules import Colour
from raaderum.plans.service import approve_plan, draft_plan, propose_plan
from raaderum.plugin_api import CardEventKind
from raaderum.testing.attempts import refused_by_provider
from raaderum.testing.card_cases import case_with_card, give_cards, minutes
from raaderum.testing.cases import (
    POOL,
    SUPPLIER,
    SUPPLIER_CVR,
    approved_purchase,
    case_with_grant,
    licence_item,
)
from raaderum.testing.money_flow_pages import Posted, changes_of, example_on, pages_in, posted_in
from raaderum.testing.sample_invoices import peppol_credit_note
from raaderum.testing.small_transfers import Transfers
from raaderum.transfers.runs import get_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.payouts.tables import Payout
    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

PAGES = pages_in(Path(__file__).parents[3] / "docs" / "money-flows")
BEFORE = (TransactionKind.FUND, TransactionKind.GRANT)


@pytest.fixture
def holds(read: Callable[..., Any]) -> Callable[..., None]:
    """Check that all postings are those of an example; `whole` tells that it shows pool and grant, too."""

    def do(page: str, name: str, *, whole: bool = False) -> None:
        posted: list[Posted] = [one for one in read(posted_in) if whole or one.kind not in BEFORE]
        told = example_on(PAGES[page], name)
        # Those of one moment have no order among themselves.
        assert Counter((one.kind, frozenset(changes_of(one).items())) for one in posted) == Counter(
            (kind, frozenset(changes.items())) for kind, changes in told
        )

    return do


@pytest.fixture
def credit(
    municipality: Municipality, receive: Callable[..., InboxInvoice], act: Callable[..., Any]
) -> Callable[..., None]:
    """Have a credit note for an invoice taken in and approved."""

    def do(credited: str, amount: int) -> None:
        note = peppol_credit_note(
            number=f"K-{credited}",
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
            credited_number=credited,
            amount_with_vat=amount,
        )
        act(approve_invoice, receive(note).id, by=municipality.finance_officer)

    return do


def test_a_purchase_in_parts(
    case: Case,
    invoice: Callable[..., Payout],
    credit: Callable[..., None],
    do_work: Callable[[], int],
    holds: Callable[..., None],
) -> None:
    purchase = approved_purchase(case, Oere(12_500_00))
    invoice(purchase, amount=5_000_00, number="F-1", last=False)
    do_work()
    credit("F-1", 2_000_00)
    invoice(purchase, amount=9_000_00, number="F-2", last=True)
    do_work()
    holds("invoice.md", "parts")


def test_one_invoice(
    municipality: Municipality,
    invoice: Callable[..., Payout],
    credit: Callable[..., None],
    do_work: Callable[[], int],
    holds: Callable[..., None],
) -> None:
    case = case_with_grant(municipality, amount=Oere(30_000_00), pool=POOL)
    invoice(approved_purchase(case, Oere(14_500_00)), amount=14_300_00, number="F-1", last=True)
    do_work()
    credit("F-1", 1_430_00)
    holds("invoice.md", "one invoice", whole=True)


def test_a_plan_that_becomes_smaller(
    municipality: Municipality, act: Callable[..., Any], holds: Callable[..., None]
) -> None:
    case = case_with_grant(municipality, amount=Oere(30_000_00), pool=POOL)
    support_person = municipality.support_person
    plan_id = act(
        lambda session: (
            draft_plan(
                session,
                case.enrolment_id,
                motivation="Det blev billigere.",
                items=[licence_item(case, Oere(24_000_00))],
                by=support_person,
            ).id
        )
    )
    act(propose_plan, plan_id, by=support_person)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=municipality.coordinator)
    holds("grant-and-return.md", "a plan that becomes smaller", whole=True)


def test_credited_before_it_was_sent(
    case: Case,
    invoice: Callable[..., Payout],
    credit: Callable[..., None],
    do_work: Callable[[], int],
    holds: Callable[..., None],
) -> None:
    invoice(approved_purchase(case, Oere(12_500_00)), number="F-1", last=True)
    credit("F-1", 2_000_00)
    do_work()
    holds("refunds.md", "credited before it was sent")


def test_failed_and_given_up(
    case: Case,
    municipality: Municipality,
    invoice: Callable[..., Payout],
    act: Callable[..., Any],
    holds: Callable[..., None],
) -> None:
    payout = invoice(approved_purchase(case, Oere(12_500_00)), number="F-1", last=True)
    act(refused_by_provider, payout.id)
    act(give_up_payout, payout.id, by=municipality.finance_officer)
    holds("unknown-and-returns.md", "failed and given up")


def test_a_transfer_that_is_refused_and_paid_in_the_next_run(
    case: Case,
    municipality: Municipality,
    settings: Settings,
    act: Callable[..., Any],
    read: Callable[..., Any],
    holds: Callable[..., None],
) -> None:
    transfers = Transfers(municipality, settings.files_folder)
    transfers.approved(case, 250)
    for status in ("RJCT", "ACSC"):
        run = transfers.started(case)
        transfers.work()
        sent = act(get_run, run.id, by=municipality.finance_officer)
        (payout,) = read(payouts_of, case.enrolment_id)
        transfers.bank_says(sent, status, payout.code, reason="AC04" if status == "RJCT" else "")
    holds("small-transfer.md", "refused and paid in the next run")


def test_a_life_of_a_card_payment(
    app: Flask, municipality: Municipality, settings: Settings, holds: Callable[..., None]
) -> None:
    issuer = give_cards(app, municipality, settings.files_folder)
    card = case_with_card(municipality, issuer, on_card=300_00)
    begun = clock.now()
    assert card.ask(app, 250_00, authorisation="a1", occurred_at=begun) == (250_00, "approved")
    told = [
        card.event(
            CardEventKind.CAPTURED,
            420_00,
            authorisation="a1",
            transaction="t1",
            occurred_at=begun + minutes(5),
        ),
        card.event(
            CardEventKind.REFUNDED,
            150_00,
            authorisation="a1",
            transaction="r1",
            occurred_at=begun + minutes(9),
        ),
    ]
    for event in told:
        card.call(app, event)
        card.work()
    holds("card.md", "a life of a card payment")

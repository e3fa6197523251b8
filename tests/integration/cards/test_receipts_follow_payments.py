"""A receipt is asked for what has gone out with the card, no more and no less, whatever comes afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from raaderum.cards.tables import CardPayment
from raaderum.casework.task_sources import DAYS_TO_LOOK_AT_RECEIPT, receipts_to_look_at
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.notices.service import own_notices
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardEventKind
from raaderum.receipts.deciding import accept_receipt, turn_down_receipt
from raaderum.receipts.dues import open_receipt_dues
from raaderum.receipts.following_up import close_overdue_lanes, remind_of_receipts
from raaderum.receipts.rules import AlreadyTurnedDown, DuesNotOpened, OwnReceipt, Proof
from raaderum.receipts.sending import send_receipt_for, tie_receipt
from raaderum.receipts.tables import ReceiptDue
from raaderum.testing.receipt_cases import paid_transfer, photo

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.testing.card_cases import CardCase

CAPTURED, REFUNDED = CardEventKind.CAPTURED, CardEventKind.REFUNDED


def tell(app: Flask, card: CardCase, kind: CardEventKind, amount: int, transaction: str) -> None:
    assert card.call(app, card.event(kind, amount, transaction=transaction)).status_code == 200
    card.work()


def due_of(card: CardCase) -> ReceiptDue:
    with card.municipality.at_work(), reading() as session:
        mine = select(ReceiptDue).where(ReceiptDue.enrolment_id == card.case.enrolment_id)
        return session.scalars(mine).one()


@pytest.fixture
def locked(app: Flask, card: CardCase) -> CardCase:
    """A card that has closed because the receipt of its one payment, of 200 kroner, never came."""
    tell(app, card, CAPTURED, 200_00, "t1")
    for days in (14, 17):
        late = clock.start_of(clock.today() + timedelta(days=days)) + timedelta(hours=21)
        with card.municipality.at_work(), clock.standing_still_at(late):
            remind_of_receipts()
            close_overdue_lanes()
    assert not card.is_open()
    return card


def test_a_due_is_there_as_soon_as_the_shop_has_drawn(app: Flask, card: CardCase) -> None:
    tell(app, card, CAPTURED, 200_00, "t1")
    assert (due_of(card).state, due_of(card).amount) == (Proof.DUE, 200_00)


def test_a_payment_that_comes_back_whole_opens_the_card_it_had_closed_at_once(
    app: Flask, locked: CardCase
) -> None:
    tell(app, locked, REFUNDED, 200_00, "r1")
    assert locked.is_open()
    assert (due_of(locked).state, due_of(locked).locked_at) == (Proof.NOT_NEEDED, None)


def test_a_dispute_that_is_won_opens_it_as_well(app: Flask, locked: CardCase) -> None:
    won = locked.event(
        CardEventKind.DISPUTED, 200_00, transaction="t1", authorisation=None, card=None, status="won"
    )
    locked.call(app, won)
    locked.work()
    assert locked.is_open()
    assert locked.statement().spent == 0


def test_what_comes_back_in_part_lowers_the_amount_and_keeps_it_closed(app: Flask, locked: CardCase) -> None:
    tell(app, locked, REFUNDED, 50_00, "r1")
    assert not locked.is_open()
    assert (due_of(locked).state, due_of(locked).amount) == (Proof.DUE, 150_00)


def test_a_draw_beyond_what_was_accepted_asks_again_and_says_so(app: Flask, card: CardCase) -> None:
    tell(app, card, CAPTURED, 200_00, "t1")
    accept_what_is_sent(card)
    tell(app, card, REFUNDED, 60_00, "r1")
    assert (due_of(card).state, due_of(card).amount) == (Proof.ACCEPTED, 200_00)
    tell(app, card, CAPTURED, 90_00, "t2")
    assert (due_of(card).state, due_of(card).amount) == (Proof.DUE, 230_00)
    with card.municipality.at_work(), reading() as session:
        told = [one.words.subject.danish for one in own_notices(session, by=card.case.citizen)]
    assert told == ["Butikken har trukket mere"]


def accept_what_is_sent(card: CardCase) -> None:
    due_id = due_of(card).id
    with card.municipality.at_work(), unit_of_work() as session:
        send_receipt_for(session, due_id, content=photo(), file_name="bon.jpg", by=card.case.citizen)
        accept_receipt(session, due_id, by=card.municipality.coordinator)


def test_the_task_to_look_at_a_receipt_is_due_by_when_it_came_in(app: Flask, card: CardCase) -> None:
    tell(app, card, CAPTURED, 200_00, "t1")
    due_id, today = due_of(card).id, clock.today()
    with card.municipality.at_work():
        with unit_of_work() as session:
            send_receipt_for(session, due_id, content=photo(), file_name="bon.jpg", by=card.case.citizen)
        with reading() as session:
            later = today + timedelta(days=30)
            (task,) = receipts_to_look_at(session, card.municipality.coordinator, later)
    assert task.due_on == today + timedelta(days=DAYS_TO_LOOK_AT_RECEIPT)


def test_the_job_by_the_clock_finds_what_nobody_was_told_of(locked: CardCase) -> None:
    with locked.municipality.at_work():
        with unit_of_work() as session:
            session.execute(update(CardPayment).values(refunded=CardPayment.captured))
        assert open_receipt_dues() == 0
    assert locked.is_open()


def test_one_payment_that_cannot_be_read_stops_no_other(
    app: Flask, card: CardCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> str:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr("raaderum.receipts.dues.description_of", unreadable)
        with pytest.raises(DuesNotOpened):
            paid_transfer(card.case)
        with card.municipality.at_work(), unit_of_work() as session:
            session.execute(update(CardPayment).values(captured=0))
        tell(app, card, CAPTURED, 200_00, "t1")
        assert due_of(card).paid_by == "card"
    with card.municipality.at_work():
        assert open_receipt_dues() == 1


def test_a_file_that_was_turned_down_cannot_be_tied_to_the_same_payment_and_accepted_by_its_sender(
    app: Flask, card: CardCase
) -> None:
    tell(app, card, CAPTURED, 200_00, "t1")
    due_id, coordinator = due_of(card).id, card.municipality.coordinator
    with card.municipality.at_work():
        with unit_of_work() as session:
            receipt_id = send_receipt_for(
                session, due_id, content=photo(), file_name="bon.jpg", by=coordinator
            ).id
            turn_down_receipt(session, due_id, because="Beløbet kan ikke læses.", by=coordinator)
        with pytest.raises(AlreadyTurnedDown), unit_of_work() as session:
            tie_receipt(session, receipt_id, due_ids=[due_id], by=coordinator)
        with unit_of_work() as session:
            send_receipt_for(session, due_id, content=photo(), file_name="bon.jpg", by=coordinator)
            with pytest.raises(OwnReceipt):
                accept_receipt(session, due_id, by=coordinator)
    assert due_of(card).amount == Oere(200_00)

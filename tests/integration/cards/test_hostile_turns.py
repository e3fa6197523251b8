"""What somebody could try with a card, and what goes wrong at an issuer: the books hold, people are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update

from raaderum.cards.items import ItemOnCard, mark_item, unmark_item
from raaderum.cards.ordering import CardWanted, change_card, replace_card
from raaderum.cards.rules import (
    REASON_TEXTS,
    AboveItem,
    CardAct,
    CardStage,
    IssuersSilent,
    PaymentState,
    Reason,
)
from raaderum.cards.tables import CardItem
from raaderum.cards.told import ask_for_missed_events
from raaderum.casework.approving import approve_plan
from raaderum.casework.ending import leave_course
from raaderum.enrolments.rules import EnrolmentNotOpen
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.notices.service import own_notices
from raaderum.persistence.outbox import OutboxWork
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.rules import Colour
from raaderum.plans.service import draft_plan, propose_plan
from raaderum.plugin_api import CardEvent, CardEventKind, CardForm, CardState, ReplacementReason
from raaderum.plugin_host.providers import install_providers
from raaderum.provider_events.service import counted_events
from raaderum.testing.card_cases import SECRETS, minutes
from raaderum.testing.card_issuer_simulator import IDENTIFIER, SimulatedIssuer, Simulator
from raaderum.testing.cases import licence_item

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask
    from sqlalchemy import Select

    from raaderum.testing.card_cases import CardCase

AUTHORISED, CAPTURED, DISPUTED = CardEventKind.AUTHORISED, CardEventKind.CAPTURED, CardEventKind.DISPUTED
ON_CARD = 300_00


def let_time_pass(card: CardCase) -> None:
    """Let everything that was put off be due now."""
    with card.municipality.at_work(), unit_of_work() as session:
        session.execute(update(OutboxWork).values(due_at=func.now()))
    card.work()


def words_to_the_citizen(card: CardCase) -> list[str]:
    with card.municipality.at_work(), reading() as session:
        return [one.words.body.danish for one in own_notices(session, by=card.case.citizen)]


def dispute(card: CardCase, amount: int) -> CardEvent:
    """A dispute names nothing but the capture it is about."""
    about = {"transaction": "t1", "status": "won"}
    return card.event(DISPUTED, amount, card=None, authorisation=None, **about)


@pytest.mark.parametrize("dispute_first", [True, False])
def test_a_dispute_joins_its_payment_whichever_comes_first(
    app: Flask, card: CardCase, *, dispute_first: bool
) -> None:
    told = [dispute(card, 80_00), card.event(CAPTURED, 80_00, transaction="t1")]
    for event in told if dispute_first else reversed(told):
        card.call(app, event)
        card.work()
    let_time_pass(card)
    (payment,) = card.payments()
    assert (payment.captured, payment.refunded, payment.dispute_status) == (80_00, 80_00, "won")
    assert (card.statement().on_card, card.statement().spent) == (ON_CARD, 0)


def test_a_dispute_that_is_lost_again_takes_its_money_back(app: Flask, card: CardCase) -> None:
    won = dispute(card, 80_00)
    for event in (
        card.event(CAPTURED, 80_00, transaction="t1"),
        won,
        replace(won, event_id="evt_lost", amount=Oere(0), status="lost", occurred_at=clock.now()),
    ):
        card.call(app, event)
        card.work()
    (payment,) = card.payments()
    assert (payment.refunded, payment.dispute_status, card.statement().spent) == (0, "lost", 80_00)


def test_a_dispute_brings_back_what_the_budget_bore_not_what_was_billed(app: Flask, card: CardCase) -> None:
    card.call(app, card.event(CAPTURED, 80_00, transaction="t1", cost=Oere(88_00)))
    card.call(app, dispute(card, 44_00))
    card.work()
    let_time_pass(card)
    (payment,) = card.payments()
    assert (payment.captured, payment.refunded, payment.cost) == (80_00, 40_00, 44_00)


def test_an_item_taken_off_and_put_on_again_does_not_pay_twice(app: Flask, card: CardCase) -> None:
    by, item = card.municipality.coordinator, card.case.plan_item_ids[0]
    card.call(app, card.event(CAPTURED, 300_00, transaction="t1"))
    card.work()
    with card.municipality.at_work():
        with reading() as session:
            (marked,) = session.execute(select_open_items(card)).scalars()
        with unit_of_work() as session:
            unmark_item(session, marked, by=by)
        again = ItemOnCard(item, Oere(1_700_01), categories=())
        with pytest.raises(AboveItem), unit_of_work() as session:
            mark_item(session, card.case.enrolment_id, again, by=by)
        with unit_of_work() as session:
            mark_item(session, card.case.enrolment_id, replace(again, amount=Oere(1_700_00)), by=by)
    assert (card.statement().on_card, card.statement().available) == (1_700_00, 0)


def select_open_items(card: CardCase) -> Select[UUID]:
    return select(CardItem.id).where(
        CardItem.enrolment_id == card.case.enrolment_id, CardItem.closed_at.is_(None)
    )


def test_a_question_of_nothing_is_a_yes_that_holds_nothing_and_frightens_nobody(
    app: Flask, card: CardCase
) -> None:
    assert card.ask(app, 0) == (0, Reason.APPROVED)
    card.work()
    assert words_to_the_citizen(card) == []
    assert [one.state for one in card.payments()] == [PaymentState.RELEASED]


def test_what_the_issuer_declined_by_itself_is_told_once_with_what_to_do(app: Flask, card: CardCase) -> None:
    for event_id in ("evt_created", "evt_updated"):
        no = card.event(AUTHORISED, 0, event_id=event_id, is_open=False, status="webhook_timeout")
        card.call(app, no)
        card.work()
    assert words_to_the_citizen(card) == [REASON_TEXTS[Reason.ISSUER_DECLINED].danish]
    assert [(one.state, one.reason) for one in card.payments()] == [
        (PaymentState.DECLINED, Reason.ISSUER_DECLINED)
    ]


def test_what_the_issuer_approved_by_itself_is_held_when_it_is_told(app: Flask, card: CardCase) -> None:
    card.call(app, card.event(AUTHORISED, 120_00))
    card.work()
    assert (card.statement().on_card, card.statement().card_held) == (180_00, 120_00)
    assert words_to_the_citizen(card) == []


def test_our_own_no_is_not_told_again_when_the_issuer_repeats_it(app: Flask, card: CardCase) -> None:
    card.ask(app, ON_CARD + 1, authorisation="auth_1")
    card.call(app, card.event(AUTHORISED, 0, is_open=False, status="webhook_declined"))
    card.work()
    assert len(words_to_the_citizen(card)) == 1


def test_a_late_word_of_before_a_pause_does_not_undo_it(app: Flask, card: CardCase) -> None:
    before = clock.now() - minutes(3)
    pause(card)
    card.call(app, card.event(CardEventKind.CARD_CHANGED, card_state=CardState.ACTIVE, occurred_at=before))
    card.work()
    assert card.card().state == CardStage.PAUSED
    assert card.ask(app, 1_00)[0] == 0


def pause(card: CardCase) -> None:

    with card.municipality.at_work(), unit_of_work() as session:
        change_card(session, card.card_id, CardAct.PAUSE, by=card.municipality.coordinator)
    card.work()


def in_place_of(card: CardCase, *, single_use: bool, reason: ReplacementReason) -> CardCase:
    """Replace a card, and return the case with the new one in use."""

    by = card.municipality.coordinator
    wanted = CardWanted(CardForm.VIRTUAL, single_use=single_use, reason=reason)
    with card.municipality.at_work(), unit_of_work() as session:
        new_id = replace_card(session, card.card_id, wanted, by=by).id
    card.work()
    with card.municipality.at_work(), unit_of_work() as session:
        change_card(session, new_id, CardAct.ACTIVATE, by=by)
    card.work()
    return replace(card, card_id=new_id)


def test_a_card_for_one_purchase_closes_when_it_is_drawn_and_the_issuer_is_told(
    app: Flask, card: CardCase
) -> None:
    once = in_place_of(card, single_use=True, reason=ReplacementReason.LOST)
    assert once.ask(app, 0) == (0, Reason.APPROVED)
    assert once.ask(app, 50_00, authorisation="auth_1") == (50_00, Reason.APPROVED)
    assert once.ask(app, 10_00) == (0, Reason.CARD_USED)
    assert once.card().state == CardStage.ACTIVE
    once.call(app, once.event(CAPTURED, 50_00, transaction="t1"))
    once.work()
    assert once.card().state == CardStage.CLOSED
    assert once.issuer.cards()[-1]["state"] == CardState.CLOSED
    assert (once.statement().on_card, once.statement().available) == (0, 1_950_00)


def test_the_issuer_is_told_why_a_card_is_replaced(card: CardCase, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = []
    issue = Simulator.issue

    def noted(self: Simulator, order: object, key: str) -> object:
        reasons.append(order.replacement_reason)  # type: ignore[attr-defined] # an order
        return issue(self, order, key)  # type: ignore[arg-type] # the same

    monkeypatch.setattr(Simulator, "issue", noted)
    in_place_of(card, single_use=False, reason=ReplacementReason.STOLEN)
    assert reasons == [ReplacementReason.STOLEN]


def test_after_the_citizen_has_left_the_card_is_empty_at_once_and_none_is_ordered_in_its_place(
    app: Flask, card: CardCase
) -> None:
    with card.municipality.at_work():
        with unit_of_work() as session:
            leave_course(session, card.case.enrolment_id, by=card.case.citizen)
        assert (card.statement().on_card, card.statement().available) == (0, 2_000_00)
        with pytest.raises(EnrolmentNotOpen), unit_of_work() as session:
            replace_card(
                session, card.card_id, CardWanted(CardForm.VIRTUAL), by=card.municipality.coordinator
            )
    assert card.ask(app, 1_00) == (0, Reason.CASE_NOT_ACTIVE)


def test_a_plan_that_replaces_another_takes_its_items_off_the_card_in_the_same_act(
    app: Flask, card: CardCase
) -> None:
    by, helper, case = card.municipality.coordinator, card.municipality.support_person, card.case
    with card.municipality.at_work():
        with unit_of_work() as session:
            items = [licence_item(case, Oere(2_000_00))]
            plan_id = draft_plan(session, case.enrolment_id, motivation="Ny.", items=items, by=helper).id
            propose_plan(session, plan_id, by=helper)
        with unit_of_work() as session:
            approve_plan(session, plan_id, colour=Colour.GREEN, by=by)
    assert (card.statement().on_card, card.statement().available) == (0, 2_000_00)
    assert card.ask(app, 1_00) == (0, Reason.NOT_ENOUGH_MONEY)


def test_a_call_that_was_lost_is_found_though_others_came_after_it(app: Flask, card: CardCase) -> None:
    lost = card.event(CAPTURED, 80_00, transaction="t1", occurred_at=clock.now() - minutes(5 * 60))
    card.issuer.tell(lost)
    assert card.call(app, card.event(AUTHORISED, 10_00, authorisation="auth_2")).status_code == 200
    with card.municipality.at_work():
        assert [ask_for_missed_events() for _ in range(2)] == [1, 0]
        with reading() as session:
            assert {one.kind for one in counted_events(session)} == {
                "simulated.captured",
                "simulated.authorised",
            }
    card.work()
    assert card.statement().spent == 80_00


def test_an_issuer_that_is_away_is_said_and_silences_no_other(app: Flask, card: CardCase) -> None:
    class Away(Simulator):
        def events_since(self, since: object) -> object:  # type: ignore[override] # it never answers
            raise ConnectionError(since)

    providers = app.extensions["raaderum_providers"]
    own = providers[card.municipality.id]
    both = {"an_away_issuer": Away(SimulatedIssuer(card.issuer._folder), SECRETS), **own.card_issuers}
    install_providers(app, {**providers, card.municipality.id: replace(own, card_issuers=both)})
    card.issuer.tell(card.event(CAPTURED, 80_00, transaction="t1"))
    with card.municipality.at_work(), pytest.raises(IssuersSilent):
        ask_for_missed_events()
    card.work()
    assert card.statement().spent == 80_00


def test_a_secret_that_was_removed_proves_nothing_any_more(app: Flask, card: CardCase) -> None:
    providers = app.extensions["raaderum_providers"]
    old, new = SECRETS
    for secrets, proven in (((old,), [200, 403]), ((old, new), [200, 200]), ((new,), [403, 200])):
        own = replace(
            providers[card.municipality.id], card_issuers={IDENTIFIER: Simulator(card.issuer, secrets)}
        )
        install_providers(app, {**providers, card.municipality.id: own})
        told = [card.call(app, card.event(AUTHORISED, 1_00), secret=one).status_code for one in (old, new)]
        assert told == proven


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_and_every_no_says_what_to_do(reason: Reason) -> None:
    words = REASON_TEXTS[reason]
    assert words.danish
    assert words.english
    if reason not in (Reason.APPROVED, Reason.APPROVED_PARTLY, Reason.CARD_UNKNOWN):
        what_to_do = ("Tal ", "tal ", "Bed ", "Spørg ", "spørg ", "Prøv ", "Send ", "Tag ", "virker igen")
        assert any(one in words.danish for one in what_to_do)

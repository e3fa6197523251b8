"""A card is ordered once whatever the issuer does; its states follow what people and the issuer say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from raaderum.cards.ordering import CardWanted, change_card, order_card, replace_card
from raaderum.cards.reading import cards_of
from raaderum.cards.rules import (
    AddressMissing,
    CardAct,
    CardAlreadyThere,
    CardMoveForbidden,
    CardsNotOffered,
    CardStage,
    Reason,
)
from raaderum.kernel.money import Oere
from raaderum.people.roles import RoleMayNot
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardForm, PostalAddress
from raaderum.testing.cases import Case, case_with_grant
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask

    from raaderum.audit.actor import Actor
    from raaderum.testing.card_cases import CardCase
    from raaderum.testing.card_issuer_simulator import SimulatedIssuer
    from raaderum.testing.municipality import Municipality

HOME = PostalAddress("Havnegade 1", "5700", "Svendborg")
LATER = text("update outbox_work set due_at = now() where done_at is null")


def order(case: Case, wanted: CardWanted, *, by: Actor | None = None) -> UUID:
    coordinator = by or case.municipality.coordinator
    with case.municipality.at_work(), unit_of_work() as session:
        return order_card(session, case.enrolment_id, wanted, by=coordinator).id


def change(card: CardCase, act: CardAct, *, by: Actor | None = None) -> None:
    with card.municipality.at_work(), unit_of_work() as session:
        change_card(session, card.card_id, act, by=by or card.municipality.coordinator)


def stages(case: Case) -> list[str]:
    with case.municipality.at_work(), reading() as session:
        return [card.state for card in cards_of(session, case.enrolment_id)]


def work_on(case: Case, rounds: int = 3) -> None:
    for _ in range(rounds):
        with case.municipality.at_work():
            do_due_work("money")
            with unit_of_work() as session:
                session.execute(LATER)


@pytest.fixture
def case(municipality: Municipality, issuer: SimulatedIssuer) -> Case:
    assert issuer.cards() == []
    return case_with_grant(municipality, amount=Oere(2_000_00))


@pytest.mark.parametrize("mood", ["hang", "fail", "nonsense"])
def test_an_issuer_that_misbehaves_makes_one_card(mood: str, case: Case, issuer: SimulatedIssuer) -> None:
    issuer.set_mood(mood)
    order(case, CardWanted(CardForm.VIRTUAL))
    work_on(case)
    assert len(issuer.cards()) == 1
    assert stages(case) == [CardStage.INACTIVE]


def test_a_plastic_card_needs_an_address_and_a_second_card_is_refused(case: Case) -> None:
    with pytest.raises(AddressMissing):
        order(case, CardWanted(CardForm.PHYSICAL, PostalAddress("Havnegade 1", "", "Svendborg")))
    order(case, CardWanted(CardForm.PHYSICAL, HOME))
    with pytest.raises(CardAlreadyThere):
        order(case, CardWanted(CardForm.VIRTUAL))


def test_only_a_coordinator_orders_and_whoever_is_at_the_citizens_side_pauses(
    case: Case, card: CardCase
) -> None:
    for actor in (case.citizen, case.municipality.support_person, case.municipality.finance_officer):
        with pytest.raises(RoleMayNot):
            order(case, CardWanted(CardForm.VIRTUAL), by=actor)
        with pytest.raises(RoleMayNot):
            change(card, CardAct.CLOSE, by=actor)
    change(card, CardAct.PAUSE, by=card.case.citizen)
    change(card, CardAct.RESUME, by=card.municipality.support_person)
    with pytest.raises(RoleMayNot):
        change(card, CardAct.PAUSE, by=card.municipality.finance_officer)


def test_a_programme_that_names_no_issuer_pays_no_card(municipality: Municipality) -> None:
    with pytest.raises(CardsNotOffered):
        order(case_with_grant(municipality), CardWanted(CardForm.VIRTUAL))


def test_a_replaced_card_buys_nothing_from_then_on_and_the_money_waits_for_the_new_one(
    app: Flask, card: CardCase
) -> None:
    old = card.reference
    with card.municipality.at_work(), unit_of_work() as session:
        replace_card(
            session, card.card_id, CardWanted(CardForm.PHYSICAL, HOME), by=card.municipality.coordinator
        )
    assert card.ask(app, 1_00, card=old) == (0, Reason.CARD_CLOSED)
    card.work()
    made = card.issuer.cards()
    assert [(one["state"], one["replaces"]) for one in made] == [("closed", None), ("inactive", old)]
    assert stages(card.case) == [CardStage.INACTIVE, CardStage.CLOSED]
    assert card.statement().on_card == 300_00
    assert made[-1]["allowed_total"] == 300_00


def test_a_closed_card_gives_its_money_back_and_stays_closed(app: Flask, card: CardCase) -> None:
    card.ask(app, 50_00)
    change(card, CardAct.CLOSE)
    statement = card.statement()
    assert (statement.on_card, statement.card_held, statement.available) == (0, 50_00, 1_950_00)
    card.work()
    assert card.issuer.cards()[-1]["state"] == "closed"
    with pytest.raises(CardMoveForbidden):
        change(card, CardAct.RESUME)


def test_a_change_that_the_issuer_did_and_did_not_answer_is_asked_again_under_the_same_key(
    card: CardCase, issuer: SimulatedIssuer
) -> None:
    issuer.set_mood("hang")
    change(card, CardAct.PAUSE)
    before = len(issuer.calls("state"))
    work_on(card.case)
    assert len(issuer.calls("state")) == before + 1
    assert (card.card().state, card.card().wanted_state) == (CardStage.PAUSED, None)

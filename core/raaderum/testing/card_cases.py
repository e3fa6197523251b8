"""Cases with a card from the simulated issuer, and the calls that the issuer makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from raaderum.cards.items import ItemOnCard, mark_item
from raaderum.cards.ordering import CardWanted, change_card, order_card
from raaderum.cards.reading import card_account_of, cards_of
from raaderum.cards.rules import CardAct
from raaderum.cards.tables import Card, CardPayment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.service import BudgetStatement, budget_statement
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardEvent, CardEventKind, CardForm, Merchant
from raaderum.plugin_host.providers import install_providers
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.testing.card_issuer_simulator import (
    IDENTIFIER,
    SimulatedIssuer,
    Simulator,
    signed,
)
from raaderum.testing.cases import Case, case_with_grant
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from flask import Flask
    from werkzeug.test import TestResponse

    from raaderum.programmes.card import CardRules
    from raaderum.testing.municipality import Municipality

SECRETS: Final = ("the-old-secret", "the-new-secret")
SCHOOL: Final = Merchant("Svendborg Køreskole", "8299", network_id="m1", city="Svendborg", country="DK")


def give_cards(
    app: Flask, municipality: Municipality, files: Path, *, rules: CardRules | None = None
) -> SimulatedIssuer:
    """Let a municipality and its programmes pay by card through the simulated issuer, by `rules`."""
    issuer = SimulatedIssuer(files / municipality.tenant.slug / IDENTIFIER)
    providers = app.extensions["raaderum_providers"]
    own = replace(providers[municipality.id], card_issuers={IDENTIFIER: Simulator(issuer, SECRETS)})
    install_providers(app, {**providers, municipality.id: own})
    slug = municipality.tenant.slug
    changed = [
        replace(one, payout_methods=(*one.payout_methods, IDENTIFIER), card=rules)
        if one.tenant_slug == slug
        else one
        for one in programmes()
    ]
    install_programmes(app, ProgrammeDirectory(changed))
    return issuer


@dataclass(frozen=True, slots=True)
class CardCase:
    """A citizen with a card in use, and what its issuer can tell."""

    case: Case
    card_id: UUID
    issuer: SimulatedIssuer

    @property
    def municipality(self) -> Municipality:
        """Whose card it is."""
        return self.case.municipality

    @property
    def reference(self) -> str:
        """The issuer's reference of the card."""
        return str(self.issuer.cards()[-1]["reference"])

    def work(self) -> int:
        """Do the due work, as a worker does."""
        with self.municipality.at_work():
            return do_due_work("money")

    def card(self) -> Card:
        """Return the card as it is now."""
        with self.municipality.at_work(), reading() as session:
            return next(one for one in cards_of(session, self.case.enrolment_id) if one.id == self.card_id)

    def statement(self) -> BudgetStatement:
        """Return where the citizen's money is."""
        with self.municipality.at_work(), reading() as session:
            return budget_statement(session, self.case.enrolment_id)

    def payments(self) -> list[CardPayment]:
        """Return every payment, oldest first."""
        with self.municipality.at_work(), reading() as session:
            in_order = select(CardPayment).where(CardPayment.enrolment_id == self.case.enrolment_id)
            return list(session.scalars(in_order.order_by(CardPayment.first_at, CardPayment.id)))

    def is_open(self) -> bool:
        """Say whether nothing has locked the card."""
        with self.municipality.at_work(), reading() as session:
            account = card_account_of(session, self.case.enrolment_id)
            return account is not None and account.locked_because is None

    def event(self, kind: CardEventKind, amount: int = 0, **more: Any) -> CardEvent:  # noqa: ANN401 - the event's own
        """Return something that the issuer tells of this card, now."""
        told: dict[str, Any] = {
            "event_id": f"evt_{new_id().hex}",
            "raw_kind": f"simulated.{kind}",
            "occurred_at": clock.now(),
            "card": self.reference,
            "authorisation": "auth_1",
            "merchant": SCHOOL,
        }
        return CardEvent(kind=kind, amount=Oere(amount), **{**told, "cost": Oere(amount), **more})

    def call(self, app: Flask, event: CardEvent, *, secret: str = SECRETS[1]) -> TestResponse:
        """Let the issuer call our address."""
        headers, body = signed(secret, event)
        path = f"/webhooks/{self.municipality.tenant.slug}/{IDENTIFIER}"
        return app.test_client().post(path, headers=headers, data=body)

    def ask(self, app: Flask, amount: int, **more: Any) -> tuple[int, str]:  # noqa: ANN401 - the event's own
        """Let a shop ask; return what was approved, and why."""
        more = {"authorisation": f"auth_{new_id().hex}", **more}
        answer = self.call(app, self.event(CardEventKind.ASKED, amount, **more)).get_json()
        return answer["approved"], answer["reason"]


def case_with_card(
    municipality: Municipality, issuer: SimulatedIssuer, *, on_card: int, grant: int = 2_000_00
) -> CardCase:
    """Bring a new citizen to a card in use with `on_card` øre on it, for any shop."""
    case = case_with_grant(municipality, amount=Oere(grant))
    coordinator = municipality.coordinator
    with municipality.at_work():
        with unit_of_work() as session:
            card_id = order_card(session, case.enrolment_id, CardWanted(CardForm.VIRTUAL), by=coordinator).id
        do_due_work("money")
        with unit_of_work() as session:
            change_card(session, card_id, CardAct.ACTIVATE, by=coordinator)
        if on_card:
            with unit_of_work() as session:
                item = ItemOnCard(case.plan_item_ids[0], Oere(on_card), categories=())
                mark_item(session, case.enrolment_id, item, by=coordinator)
        do_due_work("money")
    return CardCase(case, card_id, issuer)


def minutes(number: int) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=number)

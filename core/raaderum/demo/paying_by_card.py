"""A made-up citizen's card: ordered, loaded from the plan, used in a shop, and refused in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.cards.deciding import decide
from raaderum.cards.items import ItemOnCard, mark_item
from raaderum.cards.ordering import CardWanted, change_card, issuer_for, order_card
from raaderum.cards.reading import cards_of, payments_of
from raaderum.cards.rules import CardAct, CardStage, PaymentState
from raaderum.cards.telling import words_of
from raaderum.cards.told import keep_card_event
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import ROLE_NAMES, Role
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.service import items_of
from raaderum.plugin_api import CardEventKind, CardForm, HasPracticeShop, Merchant
from raaderum.plugin_host.providers import tenant_providers
from raaderum.receipts.dues import open_receipt_dues
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.demo.course import Course
    from raaderum.demo.workers import Work
    from raaderum.plugin_api import Callback, CardIssuer, PracticeShop

ON_CARD: Final = Oere(1_200_00)
PAID: Final = Oere(349_50)
ASKED_IN_VAIN: Final = Oere(185_00)
_FITS: Final = Merchant("Genbrugsbutikken Havnen", "5931", city="Aarhus", country="DK")
_DOES_NOT_FIT: Final = Merchant("Kiosken på Hjørnet", "5499", city="Aarhus", country="DK")


def has_card(course: Course) -> bool:
    """Say whether the citizen's programme pays with cards that can be practised with."""
    return _practice(course) is not None


def pay_by_card(course: Course, work: Work) -> Oere:
    """Order a card, load it, pay once and be refused once; return the øre spent.

    The purchase then waits for its receipt.
    """
    found = _practice(course)
    assert found is not None  # noqa: S101 - asked before
    name, issuer, shop = found
    reference = _card_in_use(course, work)
    _load(course, work)
    question = shop.ask(reference, PAID, clock.now(), shop=_FITS)
    _visit(name, issuer, shop, question)
    authorisation = issuer.read_callback(question).authorisation or ""
    for call in shop.capture(authorisation, PAID, clock.now()):
        _deliver(name, issuer, call)
    work(_payments_stand(course, PaymentState.CAPTURED))
    course.tell(_citizen(), f"køber for {format_kroner(PAID)} med kortet i {_FITS.name}")
    _visit(name, issuer, shop, shop.ask(reference, ASKED_IN_VAIN, clock.now(), shop=_DOES_NOT_FIT))
    work(_payments_stand(course, PaymentState.CAPTURED, PaymentState.DECLINED))
    course.tell("kortet", f"siger nej til {format_kroner(ASKED_IN_VAIN)}: {_why(course)}")
    open_receipt_dues()
    return PAID


def _practice(course: Course) -> tuple[str, CardIssuer, PracticeShop] | None:
    with reading() as session:
        name = issuer_for(session.get_one(Enrolment, (current_tenant_id(), course.enrolment_id)))
    if name is None:
        return None
    issuer = tenant_providers().card_issuer(name)
    practice: object = issuer
    return (name, issuer, practice.practice_shop()) if isinstance(practice, HasPracticeShop) else None


def _card_in_use(course: Course, work: Work) -> str:
    coordinator = course.town.anybody(Role.COORDINATOR)
    with unit_of_work() as session:
        card_id = order_card(session, course.enrolment_id, CardWanted(CardForm.VIRTUAL), by=coordinator).id
    work(_card_is(course, CardStage.INACTIVE))
    with unit_of_work() as session:
        change_card(session, card_id, CardAct.ACTIVATE, by=coordinator)
    work(_card_is(course, CardStage.ACTIVE))
    course.tell(ROLE_NAMES[Role.COORDINATOR].danish, "bestiller et kort og tager det i brug")
    with reading() as session:
        reference = cards_of(session, course.enrolment_id)[0].reference
    assert reference is not None  # noqa: S101 - a card in use has one
    return reference


def _load(course: Course, work: Work) -> None:
    """Have the last item of the plan paid by card, in shops that are named as second-hand ones are."""
    assert course.plan_id is not None  # noqa: S101 - it was approved before
    coordinator = course.town.anybody(Role.COORDINATOR)
    with unit_of_work() as session:
        item = items_of(session, course.plan_id)[-1]
        wanted = ItemOnCard(item.id, ON_CARD, merchant_words=("genbrug",))
        mark_item(session, course.enrolment_id, wanted, by=coordinator)

    def is_loaded(session: Session) -> bool:
        return budget_statement(session, course.enrolment_id).on_card == ON_CARD

    work(is_loaded)
    course.tell(ROLE_NAMES[Role.COORDINATOR].danish, f"lægger {format_kroner(ON_CARD)} på kortet")


def _visit(name: str, issuer: CardIssuer, shop: PracticeShop, asked: Callback) -> None:
    """Answer a shop's question and hear what came of it; or hear that the issuer itself declined."""
    event = issuer.read_callback(asked)
    if event.kind is not CardEventKind.ASKED:
        _deliver(name, issuer, asked)
        return
    answer = issuer.answer(event, decide(name, event))
    _deliver(name, issuer, shop.hear(asked, answer.body, clock.now()))


def _deliver(name: str, issuer: CardIssuer, call: Callback) -> None:
    with unit_of_work() as session:
        keep_card_event(session, name, issuer.read_callback(call))


def _card_is(course: Course, stage: CardStage) -> Callable[[Session], bool]:
    return lambda session: [card.state for card in cards_of(session, course.enrolment_id)] == [stage]


def _payments_stand(course: Course, *states: PaymentState) -> Callable[[Session], bool]:
    def holds(session: Session) -> bool:
        return {row.state for row in payments_of(session, course.enrolment_id)} == set(states)

    return holds


def _why(course: Course) -> str:
    with reading() as session:
        payments = payments_of(session, course.enrolment_id)
        declined = next(one for one in payments if one.state == PaymentState.DECLINED)
        return words_of(session, declined).danish


def _citizen() -> str:
    return ROLE_NAMES[Role.CITIZEN].danish

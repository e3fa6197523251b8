"""Cards: states, what each allows, why a payment was declined, and errors; pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, RaaderumError, RuleBroken
from raaderum.kernel.text import Text
from raaderum.plugin_api import CardForm, ReplacementReason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

_FIRST_WAIT: Final = timedelta(seconds=2)
_LONGEST_WAIT: Final = timedelta(minutes=10)


class CardStage(StrEnum):
    """Where a card is, from the order to the end. `closed` and `refused` are final."""

    ORDERED = "ordered"
    INACTIVE = "inactive"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
    REFUSED = "refused"


CARD_STAGE_NAMES: Final[Mapping[CardStage, Text]] = {
    CardStage.ORDERED: Text("bestilt", "ordered"),
    CardStage.INACTIVE: Text("ikke taget i brug", "not yet activated"),
    CardStage.ACTIVE: Text("i brug", "in use"),
    CardStage.PAUSED: Text("på pause", "paused"),
    CardStage.CLOSED: Text("lukket", "closed"),
    CardStage.REFUSED: Text("kunne ikke udstedes", "could not be issued"),
}


CARD_FORM_NAMES: Final[Mapping[CardForm, Text]] = {
    CardForm.VIRTUAL: Text("virtuelt kort", "virtual card"),
    CardForm.PHYSICAL: Text("plastikkort", "plastic card"),
}


REPLACEMENT_REASON_NAMES: Final[Mapping[ReplacementReason, Text]] = {
    ReplacementReason.LOST: Text("tabt", "lost"),
    ReplacementReason.STOLEN: Text("stjålet", "stolen"),
    ReplacementReason.DAMAGED: Text("beskadiget", "damaged"),
    ReplacementReason.EXPIRED: Text("udløber", "expires"),
}


class CardAct(StrEnum):
    """What can be done to a card."""

    ACTIVATE = "activate"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    REPLACE = "replace"


WANTED_AFTER: Final[Mapping[CardAct, CardStage]] = {
    CardAct.ACTIVATE: CardStage.ACTIVE,
    CardAct.PAUSE: CardStage.PAUSED,
    CardAct.RESUME: CardStage.ACTIVE,
    CardAct.CLOSE: CardStage.CLOSED,
    CardAct.REPLACE: CardStage.CLOSED,
}
"""The state that each act asks the issuer for."""
ALLOWED_ACTS: Final[Mapping[CardStage, frozenset[CardAct]]] = {
    CardStage.ORDERED: frozenset(),
    CardStage.INACTIVE: frozenset({CardAct.ACTIVATE, CardAct.CLOSE, CardAct.REPLACE}),
    CardStage.ACTIVE: frozenset({CardAct.PAUSE, CardAct.CLOSE, CardAct.REPLACE}),
    CardStage.PAUSED: frozenset({CardAct.RESUME, CardAct.CLOSE, CardAct.REPLACE}),
    CardStage.CLOSED: frozenset(),
    CardStage.REFUSED: frozenset(),
}
"""What can be done from each state."""
STANDING: Final = (CardStage.ORDERED, CardStage.INACTIVE, CardStage.ACTIVE, CardStage.PAUSED)
"""The states of a card that is not over. An enrolment has at most one such card."""


class Reason(StrEnum):
    """Why a shop was answered as it was. The deciding function writes the same words."""

    APPROVED = "approved"
    APPROVED_PARTLY = "approved_partly"
    CARD_UNKNOWN = "card_unknown"
    CARD_NOT_ACTIVE = "card_not_active"
    CARD_PAUSED = "card_paused"
    CARD_CLOSED = "card_closed"
    CARD_USED = "card_used"
    CASE_NOT_ACTIVE = "case_not_active"
    PERIOD_OVER = "period_over"
    COURSE_PAUSED = "course_paused"
    RECEIPTS_MISSING = "receipts_missing"
    CATEGORY_BLOCKED = "category_blocked"
    NOT_IN_PLAN = "not_in_plan"
    ABOVE_PER_PAYMENT = "above_per_payment"
    NOT_ENOUGH_MONEY = "not_enough_money"
    UNAVAILABLE = "unavailable"
    ISSUER_DECLINED = "issuer_declined"


REASON_TEXTS: Final[Mapping[Reason, Text]] = {
    Reason.APPROVED: Text("Godkendt.", "Approved."),
    Reason.APPROVED_PARTLY: Text(
        "Der var ikke nok på kortet til hele købet, så {approved} blev godkendt.",
        "There was not enough on the card for all of it, so {approved} was approved.",
    ),
    Reason.CARD_UNKNOWN: Text("Kortet er ikke kendt her.", "The card is not known here."),
    Reason.CARD_NOT_ACTIVE: Text(
        "Kortet er ikke taget i brug endnu. Bed koordinatoren om at tage det i brug, og prøv så igen.",
        "The card has not been activated yet. Ask the coordinator to activate it, then try again.",
    ),
    Reason.CARD_PAUSED: Text(
        "Kortet er på pause. Tag det i brug igen på kortets side, og prøv så igen.",
        "The card is paused. Resume it on the card's page, then try again.",
    ),
    Reason.CARD_CLOSED: Text(
        "Kortet er lukket. Spørg koordinatoren, om der er et nyt på vej.",
        "The card is closed. Ask the coordinator whether a new one is on its way.",
    ),
    Reason.CARD_USED: Text(
        "Kortet er til ét køb, og det er brugt. Spørg koordinatoren, om der skal bestilles et nyt.",
        "The card is for one purchase, and has been used. Ask the coordinator whether to order a new one.",
    ),
    Reason.CASE_NOT_ACTIVE: Text(
        "Forløbet er ikke i gang. Tal med koordinatoren.",
        "The course is not under way. Talk to the coordinator.",
    ),
    Reason.PERIOD_OVER: Text(
        "Trækningsretten er ikke i gang på denne dag. Tal med koordinatoren om en forlængelse.",
        "The drawing right does not run on this day. Talk to the coordinator about an extension.",
    ),
    Reason.COURSE_PAUSED: Text(
        "Forløbet er på pause. Kortet virker igen, når pausen slutter.",
        "The course is paused. The card works again when the pause ends.",
    ),
    Reason.RECEIPTS_MISSING: Text(
        "Der mangler en kvittering. Send den på siden med kvitteringer, så virker kortet igen med det samme.",
        "A receipt is missing. Send it on the page of receipts, and the card works again at once.",
    ),
    Reason.CATEGORY_BLOCKED: Text(
        "Kortet kan ikke bruges i den slags butik. Tal med din støtteperson om en anden måde at købe det på.",
        "The card cannot be used in that kind of shop. Talk to your support person about another way.",
    ),
    Reason.NOT_IN_PLAN: Text(
        "Butikken passer ikke til de poster i planen, som kortet er til. "
        "Tal med din støtteperson om at få planen ændret.",
        "The shop does not fit the items of the plan that the card is for. "
        "Talk to your support person about changing the plan.",
    ),
    Reason.ABOVE_PER_PAYMENT: Text(
        "Købet var på {asked}, og kortet kan højst bruges til {per_payment} ad gangen. "
        "Bed din støtteperson om at købe det på en anden måde.",
        "The purchase was {asked}, and the card can be used for at most {per_payment} at a time. "
        "Ask your support person to have it bought in another way.",
    ),
    Reason.NOT_ENOUGH_MONEY: Text(
        "Der er {on_card} på kortet, og købet var på {asked}. "
        "Køb for mindre, eller spørg din støtteperson, hvornår der kommer flere penge på kortet.",
        "There is {on_card} on the card, and the purchase was {asked}. "
        "Buy for less, or ask your support person when more money comes on the card.",
    ),
    Reason.UNAVAILABLE: Text(
        "Der kunne ikke svares i tide. Prøv igen om lidt.",
        "No answer could be given in time. Try again in a moment.",
    ),
    Reason.ISSUER_DECLINED: Text(
        "Kortets udsteder sagde nej, uden at kommunen havde sagt nej. Prøv igen om lidt. "
        "Sker det igen, så tal med din støtteperson.",
        "The card's issuer said no, though the municipality had not. Try again in a moment. "
        "If it happens again, talk to your support person.",
    ),
}
APPROVALS: Final = (Reason.APPROVED, Reason.APPROVED_PARTLY)


class PaymentState(StrEnum):
    """Where a payment with a card stands."""

    DECLINED = "declined"
    HELD = "held"
    RELEASED = "released"
    """It was held, and came to nothing."""
    CAPTURED = "captured"
    REFUNDED = "refunded"
    OVERDRAWN = "overdrawn"
    """Drawn beyond everything the citizen had."""
    REFUNDED_TOO_MUCH = "refunded_too_much"
    """More has come back than had gone out: a person must look."""


PAYMENT_STATE_NAMES: Final[Mapping[PaymentState, Text]] = {
    PaymentState.DECLINED: Text("afvist", "declined"),
    PaymentState.HELD: Text("venter på butikken", "waiting for the shop"),
    PaymentState.RELEASED: Text("blev ikke til noget", "came to nothing"),
    PaymentState.CAPTURED: Text("betalt", "paid"),
    PaymentState.REFUNDED: Text("penge kommet tilbage", "money has come back"),
    PaymentState.OVERDRAWN: Text("trukket ud over det, der var", "drawn beyond what there was"),
    PaymentState.REFUNDED_TOO_MUCH: Text(
        "mere kommet tilbage, end der var betalt", "more has come back than was paid"
    ),
}
PROBLEMS: Final = (PaymentState.OVERDRAWN, PaymentState.REFUNDED_TOO_MUCH)
"""States that a person must look into."""


class CardMoveForbidden(Conflict):
    """The card is not where the act needs it to be."""

    code = "card_move_forbidden"
    text = Text(
        "Kortet er »{state}«, så det kan ikke gøres.", "The card is “{state_english}”, so it cannot be done."
    )


class CardAlreadyThere(Conflict):
    """The citizen has a card that is not closed."""

    code = "card_already_there"
    text = Text(
        "Borgeren har et kort i forvejen. Luk det, eller bestil et andet i stedet for det.",
        "The citizen has a card already. Close it, or order another one in its place.",
    )


class CardsNotOffered(RuleBroken):
    """The programme does not pay by card."""

    code = "cards_not_offered"
    text = Text(
        "Ordningen betaler ikke med kort. Brug en af de andre måder at betale på.",
        "The programme does not pay by card. Use one of the other ways of paying.",
    )


class AddressMissing(InvalidInput):
    """A card of plastic was ordered without an address to send it to."""

    code = "card_address_missing"
    text = Text(
        "Skriv vej og husnummer, postnummer og by, som kortet skal sendes til.",
        "Write street, postal code and town that the card is to be sent to.",
    )


class AboveItem(RuleBroken):
    """More was to be paid by card than the item has left."""

    code = "card_above_item"
    text = Text(
        "Posten har {left} tilbage ud over det, der købes på andre måder. Skriv et mindre beløb.",
        "The item has {left} left beside what is bought in other ways. Write a smaller amount.",
    )


class IssuersSilent(RaaderumError):
    """A card issuer could not be asked what it has told."""

    code = "card_issuers_silent"
    text = Text(
        "{count} kortudstedere kunne ikke spørges. De bliver spurgt igen om lidt.",
        "{count} card issuers could not be asked. They are asked again in a while.",
    )


class CategoryMalformed(InvalidInput):
    """A merchant category that is not four digits."""

    code = "merchant_category_malformed"
    text = Text(
        "»{given}« er ikke en branchekode. Skriv fire cifre, for eksempel 5411.",
        "“{given}” is not a merchant category. Write four digits, for example 5411.",
    )


class ItemNotOnCard(Conflict):
    """The item is not paid by card, or no longer."""

    code = "card_item_not_open"
    text = Text("Posten betales ikke med kort.", "The item is not paid by card.")


def check_act(stage: CardStage, act: CardAct) -> None:
    """Raise `CardMoveForbidden` unless `act` can be done to a card that is at `stage`."""
    if act not in ALLOWED_ACTS[stage]:
        name = CARD_STAGE_NAMES[stage]
        raise CardMoveForbidden(where="card", state=name.danish, state_english=name.english)


def check_categories(given: tuple[str, ...]) -> list[str]:
    """Return merchant category codes, each once and in order; raise `CategoryMalformed`."""
    for code in given:
        if not (len(code) == 4 and code.isascii() and code.isdigit()):  # noqa: PLR2004 - ISO 18245
            raise CategoryMalformed(where="allowed_categories", given=code[:20])
    return sorted(set(given))


def wait_before_asking_again(tries: int) -> timedelta:
    """Return how long to wait before an issuer is asked again: doubling from 2 s to 10 min."""
    return min(_FIRST_WAIT * (1 << min(tries - 1, 10)), _LONGEST_WAIT)


def order_key(card_id: UUID) -> str:
    """Return the key under which a card is ordered: the same however often it is sent."""
    return f"card:{card_id}"


def change_key(card_id: UUID, change: int) -> str:
    """Return the key of the card's n-th change of state at the issuer."""
    return f"card-state:{card_id}:{change}"


def controls_key(card_id: UUID, version: int) -> str:
    """Return the key of the n-th version of what the issuer must keep to."""
    return f"card-controls:{card_id}:{version}"

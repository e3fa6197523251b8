"""Makes cards at Stripe and finds them again. Everything here may raise what the library raises."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from raaderum.plugin_api import IssuedCard
from raaderum_prepaid_card.events import card_state
from raaderum_prepaid_card.json_reading import NotReadable, reference_in, text_in, whole_in, word_in
from raaderum_prepaid_card.parameters import new_card, new_cardholder
from raaderum_prepaid_card.references import (
    HOLDER_NOTE,
    KEY_NOTE,
    derived_key,
    has_note,
    not_before,
    noted_key,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    import stripe

    from raaderum.plugin_api import CardOrder
    from raaderum_prepaid_card.settings import IssuerSettings

_PAGE: Final = 100
_DECEMBER: Final = 12


class CardsAtStripe:
    """The cardholders and cards of one tenant's account.

    Stripe's lists cannot be filtered by a note, and come newest first: a search ends at the first
    hit, and goes back no further than the ids it looks for.
    """

    def __init__(self, client: stripe.StripeClient, settings: IssuerSettings) -> None:
        self._issuing = client.v1.issuing
        self._settings = settings

    def find(self, idempotency_key: str, order: CardOrder | None = None) -> str | None:
        """Return the reference of the card made for the key, or None."""
        filters = _filters(idempotency_key, "" if order is None else str(order.card_id))
        for card in self._issuing.cards.list(filters).auto_paging_iter():  # type: ignore[arg-type] # made here
            found = card.to_dict()
            if has_note(found, KEY_NOTE, noted_key(idempotency_key)):
                return word_in(found, "id")
        return None

    def make(self, order: CardOrder, idempotency_key: str) -> str:
        """Make a card, and its holder where there is none yet; return the card's reference."""
        cardholder = self._find_cardholder(order) or self._make_cardholder(order, idempotency_key)
        made = self._issuing.cards.create(
            new_card(order, cardholder, idempotency_key, self._settings),  # type: ignore[arg-type] # made elsewhere
            {"idempotency_key": derived_key(idempotency_key, "card")},
        )
        return word_in(made.to_dict(), "id")

    def _make_cardholder(self, order: CardOrder, idempotency_key: str) -> str:
        made = self._issuing.cardholders.create(
            new_cardholder(order),  # type: ignore[arg-type] # made elsewhere
            {"idempotency_key": derived_key(idempotency_key, "holder")},
        )
        return word_in(made.to_dict(), "id")

    def _find_cardholder(self, order: CardOrder) -> str | None:
        """A card that is replaced knows its holder; else the holder of this enrolment is looked for."""
        if order.replaces is not None:
            return reference_in(self._issuing.cards.retrieve(order.replaces).to_dict(), "cardholder")
        return self._search_cardholder(order.holder_id)

    def _search_cardholder(self, holder_id: UUID) -> str | None:
        filters = _filters(str(holder_id))
        for holder in self._issuing.cardholders.list(filters).auto_paging_iter():  # type: ignore[arg-type] # made here
            found = holder.to_dict()
            if has_note(found, HOLDER_NOTE, str(holder_id)):
                return word_in(found, "id")
        return None


def read_card(card: Mapping[str, object]) -> IssuedCard:
    """Return a card as the core knows it; raise `NotReadable`. It is good to the end of its month."""
    year, month = whole_in(card, "exp_year"), whole_in(card, "exp_month")
    if not (date.min.year <= year <= date.max.year and 1 <= month <= _DECEMBER):
        raise NotReadable("the card has no expiry date")
    return IssuedCard(
        reference=word_in(card, "id"),
        state=card_state(card),
        last_four=text_in(card, "last4", longest=4),
        expires_on=date(year, month, calendar.monthrange(year, month)[1]),
        currency=word_in(card, "currency"),
    )


def _filters(*ids: str) -> dict[str, Any]:
    since = not_before(*ids)
    return {"limit": _PAGE} | ({} if since is None else {"created": since})

"""Stripe Issuing as a card issuer, for one tenant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import stripe

from raaderum.plugin_api import CallbackForged, CardState, Completed, Oere, ProviderMovement, Refused, Unknown
from raaderum_prepaid_card.answers import answer_to
from raaderum_prepaid_card.cardholders import name_on_card
from raaderum_prepaid_card.cards_at_stripe import CardsAtStripe, read_card
from raaderum_prepaid_card.categories import CategoryUnknown
from raaderum_prepaid_card.events import OTHER_CURRENCY, TOLD, billed_in, read_event
from raaderum_prepaid_card.json_reading import NotReadable, moment_in, read_object, whole_in, word_in
from raaderum_prepaid_card.outcomes import outcome_of
from raaderum_prepaid_card.parameters import NoCategoryLeft, new_controls, new_state
from raaderum_prepaid_card.references import derived_key
from raaderum_prepaid_card.refusals import refused
from raaderum_prepaid_card.signature import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from raaderum.plugin_api import (
        Callback,
        CallbackAnswer,
        CardControls,
        CardDecision,
        CardEvent,
        CardOrder,
        IssuedCard,
        Outcome,
    )
    from raaderum_prepaid_card.settings import IssuerSettings

_PAGE: Final = 100


class StripeIssuer:
    """A `CardIssuer` that also `TellsMovements`. Keeps nothing between calls; safe in several threads."""

    def __init__(self, client: stripe.StripeClient, settings: IssuerSettings) -> None:
        self._client = client
        self._settings = settings
        self._cards = CardsAtStripe(client, settings)

    def issue(self, order: CardOrder, idempotency_key: str) -> Outcome:
        """Make the cardholder, where there is none, and an inactive card, once for the key.

        Asks before it makes: Stripe forgets keys after a day, and would then make a second card.
        """
        if not name_on_card(order.holder_name):
            return refused("name_not_printable")
        try:
            reference = self._cards.find(idempotency_key, order) or self._cards.make(order, idempotency_key)
        except Exception as error:  # noqa: BLE001 - an answer that cannot be read is as unclear as none
            return self._after(error, idempotency_key)
        return Completed(reference)

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say by the key noted on each card what became of an order; None: it never arrived."""
        try:
            reference = self._cards.find(idempotency_key)
        except Exception as error:  # noqa: BLE001 - the same
            return Unknown(f"the look-up failed ({type(error).__name__})")
        return None if reference is None else Completed(reference)

    def retrieve_card(self, reference: str) -> IssuedCard:
        """Ask Stripe how a card stands; raises what the library raises, and `NotReadable`."""
        return read_card(self._client.v1.issuing.cards.retrieve(reference).to_dict())

    def set_controls(self, reference: str, controls: CardControls, idempotency_key: str) -> Outcome:
        """Put all limits and categories in place of the earlier ones."""
        try:
            wanted = new_controls(controls, self._settings)
        except CategoryUnknown:
            return refused("category_unknown")
        except NoCategoryLeft:
            return refused("no_category_left")
        return self._update(reference, wanted, derived_key(idempotency_key, "controls"))

    def change_state(self, reference: str, state: CardState, idempotency_key: str) -> Outcome:
        """Activate, pause, resume or close a card. One that is closed already cannot be told so again."""
        outcome = self._update(reference, new_state(state), derived_key(idempotency_key, "state"))
        if isinstance(outcome, Refused) and state is CardState.CLOSED and self._is_closed(reference):
            return Completed(reference)
        return outcome

    def read_callback(self, callback: Callback) -> CardEvent:
        """Prove and read one call; raise `CallbackForged`."""
        verify(callback, self._settings.webhook_secrets)
        try:
            return read_event(read_object(callback.body), self._settings)
        except NotReadable:
            raise CallbackForged from None

    def answer(self, event: CardEvent, decision: CardDecision | None) -> CallbackAnswer:
        """Return what Stripe is answered."""
        return answer_to(event, decision, self._settings.rate)

    def events_since(self, since: datetime) -> Iterator[CardEvent]:
        """Go through what Stripe has told since then, oldest first; it keeps thirty days.

        Stripe lists the newest first, so all are read before the first is told. One that cannot be
        read is passed over: it was no better when it came as a call.
        """
        told = self._client.v1.events.list(
            {"types": list(TOLD), "created": {"gte": int(since.timestamp())}, "limit": _PAGE}
        )
        events = [self._read_listed(event.to_dict()) for event in told.auto_paging_iter()]
        return iter([event for event in reversed(events) if event is not None])

    def movements(self, since: datetime, until: datetime) -> Iterator[ProviderMovement]:
        """Go through the captures and refunds within the time, oldest first; may raise `NotReadable`."""
        moved = self._client.v1.issuing.transactions.list(
            {"created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())}, "limit": _PAGE}
        )
        listed = [transaction.to_dict() for transaction in moved.auto_paging_iter()]
        return iter([self._movement(transaction) for transaction in reversed(listed)])

    def _update(self, reference: str, wanted: Mapping[str, Any], key: str) -> Outcome:
        try:
            self._client.v1.issuing.cards.update(reference, {**wanted}, {"idempotency_key": key})  # type: ignore[arg-type] # made elsewhere
        except Exception as error:  # noqa: BLE001 - an answer that cannot be read is as unclear as none
            return outcome_of(error)
        return Completed(reference)

    def _is_closed(self, reference: str) -> bool:
        try:
            return self.retrieve_card(reference).state is CardState.CLOSED
        except Exception:  # noqa: BLE001 - then it is not known to be closed, and the refusal stands
            return False

    def _after(self, error: Exception, idempotency_key: str) -> Outcome:
        """A key that was used with other content has made a card, or is about to: then that one counts."""
        outcome = outcome_of(error)
        if isinstance(error, stripe.IdempotencyError):
            return self.look_up(idempotency_key) or outcome
        return outcome

    def _read_listed(self, event: Mapping[str, object]) -> CardEvent | None:
        try:
            return read_event(event, self._settings)
        except NotReadable:
            return None

    def _movement(self, transaction: Mapping[str, object]) -> ProviderMovement:
        """A movement in another currency is not guessed at: then the whole list is not to be trusted."""
        if word_in(transaction, "currency") != self._settings.currency:
            raise NotReadable(OTHER_CURRENCY)
        borne = billed_in(transaction).borne(self._settings.rate)
        return ProviderMovement(
            reference=word_in(transaction, "id"),
            amount=borne if whole_in(transaction, "amount") < 0 else Oere(-borne),
            moved_at=datetime.fromtimestamp(moment_in(transaction, "created"), UTC),
        )

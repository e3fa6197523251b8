"""An account at Stripe as it behaves: cards, limits, balance, what a shop may do and what is told of it."""

from __future__ import annotations

import copy
import json
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from raaderum.plugin_api import CallbackAnswer
from raaderum_prepaid_card.testing import objects
from raaderum_prepaid_card.testing.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from raaderum_prepaid_card.testing.objects import Thing

_ALL_TIME: Final = "all_time"
_ONCE: Final = "per_authorization"
_OK: Final = 200


class StripeAccount:
    """Everything of one account, in memory. Threads may use it at the same time.

    `now` gives the seconds since 1970. `ask` puts a question of a shop to the municipality and
    returns its answer; None where nobody listens, and then Stripe approves by itself. `decided_by`
    and `told` are for the one who looks on.
    """

    def __init__(self, now: Callable[[], int], balance: int = 10_000_00) -> None:
        self.now = now
        self.balance = balance
        self.ask: Callable[[Thing], CallbackAnswer | None] | None = None
        self.cardholders: dict[str, Thing] = {}
        self.cards: dict[str, Thing] = {}
        self.authorisations: dict[str, Thing] = {}
        self.transactions: dict[str, Thing] = {}
        self.events: list[Thing] = []
        self.lock = RLock()
        self._numbers = count(1)

    def make_cardholder(self, form: Mapping[str, Any]) -> Thing:
        """Make a cardholder."""
        if not form.get("name") or "billing" not in form:
            raise Refusal("parameter_missing", "name, billing")
        made = objects.cardholder(self._new("ich"), self.now(), form)
        self.cardholders[made["id"]] = made
        self._tell("issuing_cardholder.created", made)
        return made

    def make_card(self, form: Mapping[str, Any]) -> Thing:
        """Make a card."""
        holder = self.cardholders.get(form.get("cardholder", ""))
        if holder is None:
            raise Refusal("resource_missing", "cardholder")
        if form.get("type") not in {"virtual", "physical"} or "currency" not in form:
            raise Refusal("parameter_invalid", "type, currency")
        if form["type"] == "physical" and "shipping" not in form:
            raise Refusal("parameter_missing", "shipping")
        if "replacement_for" in form and form["replacement_for"] not in self.cards:
            raise Refusal("resource_missing", "replacement_for")
        made = objects.card(self._new("ic"), self.now(), holder, form)
        self.cards[made["id"]] = made
        self._tell("issuing_card.created", made)
        return made

    def change_card(self, reference: str, form: Mapping[str, Any]) -> Thing:
        """Change a card's state, notes and limits."""
        card = self.card(reference)
        if card["status"] == "canceled":
            raise Refusal("card_canceled", "status")
        card["status"] = form.get("status", card["status"])
        card["metadata"] |= form.get("metadata", {})
        if "spending_controls" in form:
            card["spending_controls"] = _controls(form["spending_controls"], card["currency"])
        self._tell("issuing_card.updated", card)
        return card

    def card(self, reference: str) -> Thing:
        """Return a card."""
        return _found(self.cards, reference)

    def authorise(self, form: Mapping[str, Any]) -> Thing:
        """Let a shop ask for money for the first time."""
        card = self.card(form.get("card", ""))
        made = objects.authorisation(self._new("iauth"), self.now(), card, form)
        self.authorisations[made["id"]] = made
        self._decide(made, objects.pending(form, card["currency"]))
        self._tell("issuing_authorization.created", made)
        return made

    def increment(self, reference: str, form: Mapping[str, Any]) -> Thing:
        """Let a shop ask for more under the same authorisation."""
        told = _found(self.authorisations, reference)
        asked = {"merchant_currency": told["merchant_currency"], **form, "amount": form["increment_amount"]}
        self._decide(told, objects.pending(asked, told["currency"]))
        self._tell("issuing_authorization.updated", told)
        return told

    def capture(self, reference: str, form: Mapping[str, Any]) -> Thing:
        """Draw the money, or more than was held, or a part; nobody can stop that."""
        told = _found(self.authorisations, reference)
        drawn = int(form.get("capture_amount", told["amount"]))
        in_shop = drawn * told["merchant_amount"] // told["amount"] if told["amount"] else drawn
        self._move(told["card"], told, amount=-drawn, merchant_amount=-in_shop)
        if form.get("close_authorization", "true") == "true":
            told["status"] = "closed"
        self._tell("issuing_authorization.updated", told)
        return told

    def give_up(self, reference: str, status: str) -> Thing:
        """Let a hold go: reversed by the shop, or expired."""
        told = _found(self.authorisations, reference)
        told["status"] = status
        self._tell("issuing_authorization.updated", told)
        return told

    def force_capture(self, form: Mapping[str, Any]) -> Thing:
        """Draw money without having asked."""
        return self._unlinked(form, sign=-1)

    def unlinked_refund(self, form: Mapping[str, Any]) -> Thing:
        """Give money back that nothing was drawn for."""
        return self._unlinked(form, sign=1)

    def refund(self, reference: str, form: Mapping[str, Any]) -> Thing:
        """Give money back for a capture."""
        drawn = _found(self.transactions, reference)
        amount = int(form.get("refund_amount", -drawn["amount"]))
        in_shop = amount * drawn["merchant_amount"] // drawn["amount"]
        linked = self.authorisations.get(drawn["authorization"] or "")
        return self._move(
            self.card(drawn["card"]), linked, amount=amount, merchant_amount=in_shop, like=drawn
        )

    def dispute(self, reference: str, status: str = "submitted") -> Thing:
        """Dispute a capture; only told of."""
        told = objects.dispute(self._new("idp"), self.now(), _found(self.transactions, reference), status)
        self._tell("issuing_dispute.updated", told)
        return told

    def _unlinked(self, form: Mapping[str, Any], *, sign: int) -> Thing:
        card = self.card(form.get("card", ""))
        asked = objects.pending(form, card["currency"])
        like = {
            "merchant_currency": asked["merchant_currency"],
            "merchant_data": objects.merchant(form.get("merchant_data", {})),
        }
        amounts = {"amount": sign * asked["amount"], "merchant_amount": sign * asked["merchant_amount"]}
        return self._move(card, None, **amounts, like=like)

    def _move(
        self, card: Thing, of: Thing | None, *, amount: int, merchant_amount: int, like: Thing | None = None
    ) -> Thing:
        pattern = like or of or {}
        moved = objects.transaction(
            self._new("ipi"),
            self.now(),
            card,
            {
                "amount": amount,
                "merchant_amount": merchant_amount,
                "merchant_currency": pattern["merchant_currency"],
                "authorization": of["id"] if of else None,
            },
            pattern["merchant_data"],
        )
        self.transactions[moved["id"]] = moved
        self.balance += amount
        if of is not None:
            of["transactions"].append(moved)
        self._tell("issuing_transaction.created", moved)
        return moved

    def _decide(self, told: Thing, asked: Thing) -> None:
        """Decline by Stripe's own rules first; then ask, and approve by itself where nobody listens."""
        reason = self._against(told, asked)
        approved = 0
        if reason is None:
            approved, reason = self._answered(told, asked)
        told["request_history"].append(
            objects.request(self.now(), approved=approved > 0, reason=reason, asked=asked)
        )
        if approved:
            in_shop = asked["merchant_amount"] * approved // asked["amount"]
            told |= {"approved": True, "status": "pending"}
            told["amount"] += approved
            told["merchant_amount"] += in_shop
        elif not told["approved"]:
            told |= {"amount": asked["amount"], "merchant_amount": asked["merchant_amount"]}

    def _answered(self, told: Thing, asked: Thing) -> tuple[int, str]:
        if self.ask is None:
            return asked["amount"], "card_active"
        question = {**copy.deepcopy(told), "pending_request": asked}
        answer = self.ask(
            objects.event(self._new("evt"), self.now(), "issuing_authorization.request", question)
        )
        if answer is None:
            return 0, "webhook_timeout"
        return _read_answer(answer, asked)

    def _against(self, told: Thing, asked: Thing) -> str | None:
        card, amount = told["card"], asked["amount"]
        if card["status"] != "active":
            return "card_inactive"
        if card["cardholder"]["status"] != "active":
            return "cardholder_inactive"
        if self.balance - self._held() < amount:
            return "insufficient_funds"
        return (
            None if self._is_within(card, told["merchant_data"]["category"], amount) else "spending_controls"
        )

    def _is_within(self, card: Thing, category: str, amount: int) -> bool:
        controls = card["spending_controls"]
        if controls["allowed_categories"] and category not in controls["allowed_categories"]:
            return False
        if category in (controls["blocked_categories"] or []):
            return False
        spent = self._spent(card["id"])
        before = {_ONCE: 0, _ALL_TIME: spent}
        return all(
            before[limit["interval"]] + amount <= limit["amount"] for limit in controls["spending_limits"]
        )

    def _spent(self, card: str) -> int:
        moved = -sum(int(one["amount"]) for one in self.transactions.values() if one["card"] == card)
        return moved + self._held(card)

    def _held(self, card: str | None = None) -> int:
        return sum(
            max(0, int(one["amount"]) - _captured(one))
            for one in self.authorisations.values()
            if one["status"] == "pending" and card in {None, one["card"]["id"]}
        )

    def _tell(self, kind: str, thing: Thing) -> None:
        self.events.append(objects.event(self._new("evt"), self.now(), kind, copy.deepcopy(thing)))

    def _new(self, kind: str) -> str:
        return f"{kind}_{next(self._numbers):012}"


def _found(things: Mapping[str, Thing], reference: str) -> Thing:
    if reference not in things:
        raise Refusal("resource_missing", "id", status=404)
    return things[reference]


def _captured(told: Thing) -> int:
    return sum(max(0, -int(moved["amount"])) for moved in told["transactions"])


def _controls(form: Mapping[str, Any], currency: str) -> Thing:
    limits = [
        {"amount": int(limit["amount"]), "categories": [], "interval": limit["interval"]}
        for limit in form.get("spending_limits") or []
    ]
    if form.get("allowed_categories") and form.get("blocked_categories"):
        raise Refusal("parameter_invalid", "spending_controls")
    return {
        "allowed_categories": form.get("allowed_categories") or None,
        "blocked_categories": form.get("blocked_categories") or None,
        "spending_limits": limits,
        "spending_limits_currency": currency if limits else None,
    }


def _read_answer(answer: CallbackAnswer, asked: Thing) -> tuple[int, str]:
    """Demand what Stripe demands of an answer, and take anything else for an error."""
    try:
        content = json.loads(answer.body)
        fits = answer.status == _OK and "Stripe-Version" in answer.headers
        approved = content["approved"] if fits else None
    except (ValueError, KeyError, TypeError):
        return 0, "webhook_error"
    if approved is False:
        return 0, "webhook_declined"
    amount = content.get("amount", asked["amount"])
    may = asked["is_amount_controllable"] or "amount" not in content
    if approved is not True or not may or not 0 < amount <= asked["amount"]:
        return 0, "webhook_error"
    return amount, "webhook_approved"

"""What a payment comes to by everything told of it: the same for every order and any repetition; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from raaderum.cards.rules import PaymentState
from raaderum.kernel.money import Oere
from raaderum.plugin_api import CardEventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

EXPIRED: Final = "expired"
"""The kind of our own fact that a hold has stood too long without news."""
_STANDS: Final = (CardEventKind.AUTHORISED.value, EXPIRED)


class Fact(Protocol):
    """One thing told of a payment, as it is stored."""

    @property
    def event_id(self) -> str:
        """Whose repetition it would be."""
        ...

    @property
    def kind(self) -> str:
        """A `CardEventKind`, or `EXPIRED`."""
        ...

    @property
    def occurred_at(self) -> datetime:
        """When it happened at the issuer."""
        ...

    @property
    def amount(self) -> int:
        """Øre: approved, held, drawn or come back, after its kind."""
        ...

    @property
    def cost(self) -> int:
        """Øre that the municipality is billed."""
        ...

    @property
    def transaction(self) -> str | None:
        """The issuer's reference of a movement."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether a hold still stands."""
        ...

    @property
    def status(self) -> str | None:
        """Where a dispute is."""
        ...


@dataclass(frozen=True, slots=True)
class Folded:
    """Where a payment stands, in øre. `cost` is what was billed less what was given back."""

    hold: Oere
    captured: Oere
    refunded: Oere
    cost: Oere
    dispute_status: str | None
    was_approved: bool

    @property
    def spent(self) -> Oere:
        """What the budget bears: never below zero, even where more has come back than went out."""
        return Oere(max(0, self.captured - self.refunded))

    def state(self, *, overdrawn: bool) -> PaymentState:
        """Return the payment's state; `overdrawn` where it took more than everything there was."""
        if self.refunded > self.captured:
            return PaymentState.REFUNDED_TOO_MUCH
        if overdrawn:
            return PaymentState.OVERDRAWN
        if self.refunded > 0:
            return PaymentState.REFUNDED
        if self.captured > 0:
            return PaymentState.CAPTURED
        if self.hold > 0:
            return PaymentState.HELD
        return PaymentState.RELEASED if self.was_approved else PaymentState.DECLINED


def fold(facts: Iterable[Fact]) -> Folded:
    """Return what all that was told comes to. Each event counts once, the later account of a thing wins.

    What is held is what the latest account of the authorisation says, or what was approved where there
    is none yet; less what has been captured since.
    """
    in_order = sorted({fact.event_id: fact for fact in facts}.values(), key=_when)
    captures = _latest_by_transaction(in_order, CardEventKind.CAPTURED)
    refunds = _latest_by_transaction(in_order, CardEventKind.REFUNDED)
    disputes = [fact for fact in in_order if fact.kind == CardEventKind.DISPUTED]
    back, cost_back = _come_back_by_dispute(disputes, captures)
    return Folded(
        hold=Oere(_held(in_order, captures)),
        captured=Oere(sum(fact.amount for fact in captures)),
        refunded=Oere(sum(fact.amount for fact in refunds) + back),
        cost=Oere(sum(map(_cost, captures)) - sum(map(_cost, refunds)) - cost_back),
        dispute_status=disputes[-1].status if disputes else None,
        was_approved=any(
            fact.is_open for fact in in_order if fact.kind in (CardEventKind.ASKED, CardEventKind.AUTHORISED)
        ),
    )


def _come_back_by_dispute(disputes: Sequence[Fact], captures: Sequence[Fact]) -> tuple[int, int]:
    """Return what disputes have brought back, to the budget and of the bill; never more than was captured.

    A dispute is told in what was billed: the budget gets the same part of what it bore.
    """
    latest = {fact.transaction: fact for fact in disputes}
    back = cost_back = 0
    for capture in captures:
        dispute, billed = latest.get(capture.transaction), _cost(capture)
        if dispute is None or dispute.amount == 0 or billed == 0:
            continue
        returned = min(_cost(dispute), billed)
        back += capture.amount * returned // billed
        cost_back += returned
    return back, cost_back


def _cost(fact: Fact) -> int:
    """Return what was billed; an issuer that does not say bills what the budget bears."""
    return fact.cost or fact.amount


def _when(fact: Fact) -> tuple[datetime, bool, bool, str]:
    """Order two accounts of the same moment too: our own word first, an end last."""
    return fact.occurred_at, fact.kind != CardEventKind.ASKED, not fact.is_open, fact.event_id


def _latest_by_transaction(in_order: Sequence[Fact], kind: CardEventKind) -> list[Fact]:
    return list({fact.transaction or fact.event_id: fact for fact in in_order if fact.kind == kind}.values())


def _held(in_order: Sequence[Fact], captures: Sequence[Fact]) -> int:
    told = [number for number, fact in enumerate(in_order) if fact.kind in _STANDS]
    after = told[-1] + 1 if told else 0
    base = in_order[told[-1]] if told else None
    held = base.amount if base is not None and base.is_open else 0
    held += sum(fact.amount for fact in in_order[after:] if fact.kind == CardEventKind.ASKED)
    drawn = sum(fact.amount for fact in captures if base is None or fact.occurred_at >= base.occurred_at)
    return max(0, held - drawn)

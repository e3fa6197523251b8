"""Prepaid cards, whoever issues them. Core owns budget, holds and decision; an issuer owns the plastic.

All amounts are in øre. An issuer whose cards are in another currency converts at a rate that it
states in its settings: `amount` is what the citizen's budget bears (the merchant's own DKK amount
where there is one), `cost` what the municipality is billed for it; core books the difference apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable
from uuid import UUID

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from raaderum.plugin_api.callbacks import Callback, CallbackAnswer
    from raaderum.plugin_api.configuration import ProviderContext, Setting
    from raaderum.plugin_api.outcomes import Outcome

_NOTHING: Final = Oere(0)
APPROVED: Final = "approved"
"""The reason of a plain yes."""


class CardForm(StrEnum):
    """What the holder gets."""

    VIRTUAL = "virtual"
    PHYSICAL = "physical"


class CardState(StrEnum):
    """Whether the card can be used. A closed one stays closed."""

    INACTIVE = "inactive"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class ReplacementReason(StrEnum):
    """Why a card is replaced. One that others may have got hold of is closed at once by core."""

    LOST = "lost"
    STOLEN = "stolen"
    DAMAGED = "damaged"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a card is sent to, or the municipality's own address."""

    line: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class CardOrder:
    """A card to be issued to one citizen. Never holds a CPR number.

    `holder_id` is the same for all cards of one enrolment. `replaces` is the issuer's reference of
    a lost or worn card, `replacement_reason` why. A new card is made so that it cannot be used:
    core sets its controls and activates it.
    """

    card_id: UUID
    holder_id: UUID
    holder_name: str = field(repr=False)
    address: PostalAddress = field(repr=False)
    form: CardForm
    replaces: str | None = None
    replacement_reason: ReplacementReason = ReplacementReason.LOST


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A card as the issuer knows it; never its whole number."""

    reference: str
    state: CardState
    last_four: str
    expires_on: date
    currency: str


@dataclass(frozen=True, slots=True)
class CardControls:
    """What the issuer itself must keep to, as a second wall behind our own decision.

    `limit` is how much may be spent on the card in all since it was issued, `per_payment` how much
    at once. Categories are merchant category codes (ISO 18245, four digits); an empty tuple of
    allowed ones allows all that are not blocked.
    """

    limit: Oere
    per_payment: Oere | None = None
    allowed_categories: tuple[str, ...] = ()
    blocked_categories: tuple[str, ...] = ()


class CardEventKind(StrEnum):
    """What an issuer tells."""

    ASKED = "asked"
    """A shop asks now, and waits for our answer."""
    AUTHORISED = "authorised"
    """Where an authorisation stands: `amount` is held, or nothing any longer (reversed, expired)."""
    CAPTURED = "captured"
    """Money has gone out. Cannot be refused; may be more than was held, or come without any hold."""
    REFUNDED = "refunded"
    """Money has come back."""
    DISPUTED = "disputed"
    """A dispute of `transaction` has moved: `status` is the issuer's own word for where it is, `amount`
    what it has brought back (0: nothing yet, or no longer)."""
    CARD_CHANGED = "card_changed"
    """The card's state has changed at the issuer."""
    OTHER = "other"
    """Something else: kept and counted, nothing else."""


@dataclass(frozen=True, slots=True)
class Merchant:
    """The shop, as the card network calls it."""

    name: str
    category: str
    """Merchant category code, four digits."""
    network_id: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class CardEvent:
    """One thing that an issuer tells, proven. The same event has the same `event_id` whenever it comes.

    `authorisation` and `transaction` are the issuer's references; a forced capture has no
    authorisation. `amount` is always 0 or above. For ASKED it is what the shop asks for now, on top of
    what it may hold under the same authorisation already; for AUTHORISED what is held when this is
    told, without what has been captured, and 0 when `is_open` says that the hold stands no longer
    (captured, reversed, expired, declined): `status` then says why it was declined, in the issuer's own
    word. `partial_allowed` says for ASKED whether less than `amount` can be approved. `occurred_at`
    orders two accounts of the same authorisation: the later one is right, and counts the captures
    that came before it.
    """

    event_id: str
    kind: CardEventKind
    raw_kind: str
    occurred_at: datetime
    card: str | None = None
    authorisation: str | None = None
    transaction: str | None = None
    amount: Oere = _NOTHING
    cost: Oere = _NOTHING
    merchant: Merchant | None = None
    is_open: bool = True
    partial_allowed: bool = False
    card_state: CardState | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class CardDecision:
    """Our answer to a shop: how much is approved, in øre (0: declined), and the word for why."""

    approved: Oere
    reason: str

    @property
    def says_yes(self) -> bool:
        """Whether the shop gets a yes: also to a question of 0 øre, by which it only checks the card."""
        return self.approved > 0 or self.reason == APPROVED


class CardIssuer(Protocol):
    """An issuer of cards, configured for one tenant. Called from several threads at once.

    Every call that changes something carries a key and has its effect at most once for it. An
    exception or a time-out counts as `Unknown`.
    """

    def issue(self, order: CardOrder, idempotency_key: str) -> Outcome:
        """Make the holder and the card; `Completed.reference` is the issuer's reference of the card."""
        ...

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of the card ordered with the key; None: it never arrived."""
        ...

    def retrieve_card(self, reference: str) -> IssuedCard:
        """Ask the issuer how a card stands."""
        ...

    def set_controls(self, reference: str, controls: CardControls, idempotency_key: str) -> Outcome:
        """Put the card's limits and categories in place of the earlier ones."""
        ...

    def change_state(self, reference: str, state: CardState, idempotency_key: str) -> Outcome:
        """Activate, pause, resume or close a card."""
        ...

    def read_callback(self, callback: Callback) -> CardEvent:
        """Prove and read one call, without any call of its own; raise `CallbackForged`."""
        ...

    def answer(self, event: CardEvent, decision: CardDecision | None) -> CallbackAnswer:
        """Return what the caller is answered; `decision` is None for everything but ASKED."""
        ...

    def events_since(self, since: datetime) -> Iterator[CardEvent]:
        """Go through everything the issuer has told since then, oldest first: for what was missed."""
        ...


@runtime_checkable
class CardIssuerKind(Protocol):
    """An issuer that can be switched on: what it needs, and how to make one for a tenant."""

    @property
    def identifier(self) -> str:
        """The name that files and other programs call it by; never changes."""
        ...

    @property
    def name(self) -> Text:
        """What people call it."""
        ...

    @property
    def settings(self) -> Sequence[Setting]:
        """What must be known before one can be made for a tenant."""
        ...

    def configure(self, context: ProviderContext) -> CardIssuer:
        """Return the issuer for one tenant; raise `SettingsInvalid` where it cannot work."""
        ...


class PracticeShop(Protocol):
    """A made-up shop that pays with practice cards: it gives back the calls that its issuer would send."""

    def ask(self, card: str, amount: int, at: datetime, *, shop: Merchant) -> Callback:
        """Ask for `amount` øre; return the question, or what is told where the issuer itself declines."""
        ...

    def hear(self, question: Callback, answer: bytes, at: datetime) -> Callback:
        """Take the answer to a question; return what is told of the authorisation then."""
        ...

    def capture(self, authorisation: str, amount: int, at: datetime) -> Sequence[Callback]:
        """Draw `amount` øre; return what is told then."""
        ...


@runtime_checkable
class HasPracticeShop(Protocol):
    """An issuer whose cards are for practice only, so that a demo can pay with them."""

    def practice_shop(self) -> PracticeShop:
        """Return a shop that takes its cards."""
        ...

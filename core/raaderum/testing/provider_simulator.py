"""A way of paying that misbehaves where the amount asks for it; its money is in `SimulatedBank`.

What it has done survives the death of every process that talked to it, so that afterwards the
books can be held against it. The module is a plugin itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from raaderum.kernel.crash_points import crash_point
from raaderum.plugin_api import (
    API_VERSION,
    Accepted,
    Capability,
    Completed,
    Manifest,
    Mode,
    Oere,
    Outcome,
    PaymentBatch,
    PaymentOrder,
    PayoutMethod,
    PayoutProvider,
    PayoutProviderKind,
    ProviderContext,
    ProviderMovement,
    RecipientField,
    Refused,
    Setting,
    SettingsInvalid,
    Text,
    Unknown,
    hookimpl,
)
from raaderum.testing.simulated_bank import Behaviour, Movement, SimulatedBank
from raaderum.testing.simulator_messages import (
    REFUSED,
    is_status_file,
    read_signed,
    read_status_file,
    reference_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import BinaryIO
    from uuid import UUID

    from raaderum.plugin_api import Callback, CallbackMessage, Told

__all__ = ["IDENTIFIER", "Behaviour", "Movement", "SimulatedBank", "Simulator", "SimulatorKind"]
IDENTIFIER: Final = "simulator"
_LOOK_UPS_UNTIL_TOLD: Final = {
    Behaviour.ACCEPTS: 2,
    Behaviour.ACCEPTS_THEN_REFUSES: 2,
    Behaviour.TELLS_BY_CALL: 4,
}
_LARGEST: Final = Oere(10**13)


class Simulator:
    """The simulator, configured for one tenant: idempotent, unless the amount says otherwise."""

    def __init__(
        self, bank: SimulatedBank, *, hang_seconds: float, slow_seconds: float, callback_secret: str
    ) -> None:
        self._bank = bank
        self._hang_seconds = hang_seconds
        self._slow_seconds = slow_seconds
        self._callback_secret = callback_secret

    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Carry out `order` as its amount asks for."""
        return self._asked("send", order, idempotency_key, order.amount)

    def take_back(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Book a refund as its amount asks for."""
        return self._asked("take_back", order, idempotency_key, -order.amount)

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of an order."""
        self._answer_the_line()
        calls = self._bank.note_call(idempotency_key, "look_up")
        if self._bank.has_refused(idempotency_key):
            return REFUSED
        taken_in = self._bank.find(idempotency_key)
        if taken_in is None:
            return None
        if taken_in.mood is Behaviour.LOOKS_UP_BADLY and calls == 1:
            raise ConnectionResetError
        if calls < _LOOK_UPS_UNTIL_TOLD.get(taken_in.mood, 0):
            return Accepted(reference_of(idempotency_key))
        if taken_in.mood is Behaviour.ACCEPTS_THEN_REFUSES:
            self._bank.refuse(idempotency_key)
            return REFUSED
        return Completed(reference_of(idempotency_key))

    def send_batch(self, batch: PaymentBatch) -> Mapping[str, Outcome] | Outcome:
        """Carry out each order as its amount asks for, unless the control sums are wrong."""
        orders = list(batch.orders)
        if (len(orders), sum(one.order.amount for one in orders)) != (batch.count, batch.total):
            return Refused("control_sums", Text("Kontrolsummerne passer ikke.", "The sums do not match."))
        return {one.idempotency_key: self._one_of_many(one.order, one.idempotency_key) for one in orders}

    def read_callback(self, callback: Callback) -> CallbackMessage:
        """Prove and read a call of the bank's; raise `CallbackForged`."""
        return read_signed(callback, secret=self._callback_secret)

    def recognises_status(self, head: bytes) -> bool:
        """Say whether a file is one of the bank's."""
        return is_status_file(head)

    def read_status(self, content: BinaryIO) -> Iterator[Told]:
        """Go through a file of the bank's."""
        return read_status_file(content)

    def movements(self, since: datetime, until: datetime) -> Iterator[ProviderMovement]:
        """Go through what has moved; some of it is left out, changed or told twice, as amounts ask for."""
        for one in sorted(self._bank.movements(), key=lambda moved: moved.moved_at):
            if since <= one.moved_at < until:
                yield from _as_told(one)

    def erase(self, payout_ids: Sequence[UUID]) -> None:
        """Forget the payees' names."""
        self._bank.erase(payout_ids)

    def _asked(self, what: str, order: PaymentOrder, key: str, amount: int) -> Outcome:
        self._answer_the_line()
        calls = self._bank.note_call(key, what, order.due_on.isoformat())
        if not 0 < order.amount <= _LARGEST:
            return Refused("amount", Text("Beløbet kan ikke betales.", "The amount cannot be paid."))
        if not _is_writable(order.payee.name + order.code + key):
            return Refused("words", Text("Ordene kan ikke skrives.", "The words cannot be written."))
        if self._bank.has_refused(key):
            return REFUSED
        return self._carry_out(order, key, amount, calls)

    def _carry_out(self, order: PaymentOrder, key: str, amount: int, calls: int) -> Outcome:
        known = self._bank.find(key)
        mood = known.mood if known is not None else self._bank.mood_for(order)
        if mood is Behaviour.REFUSES:
            self._bank.refuse(key)
            return REFUSED
        if mood is Behaviour.RAISES_FIRST and calls == 1:
            raise ConnectionRefusedError
        if mood is Behaviour.ACCEPTS_THEN_REFUSES:
            self._bank.take_in(key, order, mood)
            return Accepted(reference_of(key))
        self._bank.move(key, order, amount, mood, even_again=mood is Behaviour.FORGETS_KEYS)
        crash_point("send:after-request-bytes")
        return Completed(reference_of(key)) if known else self._answer(mood, key)

    def _answer(self, mood: Behaviour, key: str) -> Outcome:
        match mood:
            case (
                Behaviour.MOVES_THEN_RAISES
                | Behaviour.LOOKS_UP_BADLY
                | Behaviour.FORGETS_KEYS
                | Behaviour.TELLS_BY_CALL
            ):
                raise TimeoutError
            case Behaviour.MOVES_THEN_HANGS:
                time.sleep(self._hang_seconds)
                return Unknown("hung")
            case Behaviour.SLOW:
                time.sleep(self._slow_seconds)
                return Completed(reference_of(key))
            case Behaviour.ACCEPTS:
                return Accepted(reference_of(key))
            case Behaviour.TALKS_NONSENSE:
                return Completed(reference="\x00")
            case Behaviour.EXITS:
                raise SystemExit
            case _:
                return Completed(reference_of(key))

    def _one_of_many(self, order: PaymentOrder, key: str) -> Outcome:
        try:
            return self.send(order, key)
        except (OSError, TimeoutError) as error:
            return Unknown(type(error).__name__)

    def _answer_the_line(self) -> None:
        if self._bank.is_away():
            raise ConnectionRefusedError


class SimulatorKind:
    """The simulator as a way of paying that a tenant can switch on."""

    identifier = IDENTIFIER
    name = Text("simulator", "simulator")
    manifest = Manifest(
        PayoutMethod.INVOICE,
        frozenset({RecipientField.NAME, RecipientField.CVR}),
        frozenset(
            {
                Capability.BATCHES,
                Capability.CALLBACKS,
                Capability.STATUS_FILES,
                Capability.MOVEMENTS,
                Capability.ERASE,
            }
        ),
    )
    settings: Sequence[Setting] = (
        Setting(
            "hang_seconds",
            Text("hvor længe den hænger, når den hænger", "how long it hangs when it does"),
            required=False,
            default="5",
        ),
        Setting(
            "slow_seconds",
            Text(
                "hvor længe den er om et svar, når den er langsom", "how long an answer takes when it is slow"
            ),
            required=False,
            default="0.3",
        ),
        Setting(
            "callback_secret",
            Text("det, som dens opkald er underskrevet med", "what its calls are signed with"),
            required=False,
            secret=True,
        ),
    )

    def configure(self, context: ProviderContext) -> PayoutProvider:
        """Return the simulator for one tenant, with its money in the tenant's folder."""
        if context.mode is Mode.DISABLED:
            raise SettingsInvalid(
                where=context.tenant_slug, setting="mode", reason="disabled; sandbox / live"
            )
        return Simulator(
            SimulatedBank(context.files),
            hang_seconds=float(context.settings["hang_seconds"]),
            slow_seconds=float(context.settings["slow_seconds"]),
            callback_secret=context.settings.get("callback_secret", ""),
        )


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Answer with the version this was written against."""
    return API_VERSION


@hookimpl
def raaderum_payout_providers() -> Sequence[PayoutProviderKind]:
    """Offer the simulator."""
    return [SimulatorKind()]


def _is_writable(words: str) -> bool:
    """Say whether there is no half of a surrogate pair in it."""
    return words == words.encode(errors="ignore").decode()


def _as_told(moved: Movement) -> Iterator[ProviderMovement]:
    mood = abs(moved.amount) % 100
    told = ProviderMovement(
        reference=reference_of(moved.key),
        amount=Oere(moved.amount + (mood == Behaviour.MOVEMENT_CHANGED)),
        moved_at=moved.moved_at,
        idempotency_key=moved.key,
        code=moved.code,
    )
    if mood != Behaviour.MOVEMENT_LEFT_OUT:
        yield told
    if mood == Behaviour.MOVEMENT_TWICE:
        yield ProviderMovement(f"{told.reference}:again", told.amount, told.moved_at, moved.key, moved.code)

"""The contract as the simulator keeps it; whoever inherits it can plant a fault and see it caught."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.plugin_api import Mode, PayoutProviderKind, ProviderContext
from raaderum.testing.payout_contract import PayoutContract
from raaderum.testing.provider_simulator import SimulatorKind
from raaderum.testing.simulated_bank import Behaviour, SimulatedBank
from raaderum.testing.simulator_messages import callbacks_about, signed, status_file_about

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from raaderum.plugin_api import Callback

SECRET: Final = "whsec-of-the-simulator"  # noqa: S105 - a made-up one
_TENANT: Final = UUID(int=98)


class SimulatorContract(PayoutContract):
    """The simulator in all its moods."""

    kind: PayoutProviderKind = SimulatorKind()

    def context(self, folder: Path, mode: Mode) -> ProviderContext:
        """Return the context of a simulator whose bank is in `folder`."""
        settings = {"hang_seconds": "0.2", "slow_seconds": "0.05", "callback_secret": SECRET}
        return ProviderContext(_TENANT, "eksempel", mode, settings, folder / "files")

    def effects_of(self, folder: Path, idempotency_key: str) -> int:
        """Count the movements under a key."""
        return sum(one.key == idempotency_key for one in self.bank(folder).movements())

    @contextmanager
    def silence(self, folder: Path, *, after_doing: bool) -> Iterator[None]:
        """Let the bank time out, or be out of reach."""
        bank = self.bank(folder)
        with bank.behaving(Behaviour.MOVES_THEN_RAISES) if after_doing else bank.away():
            yield

    @contextmanager
    def refusal(self, folder: Path) -> Iterator[None]:
        """Let the bank refuse."""
        with self.bank(folder).behaving(Behaviour.REFUSES):
            yield

    @contextmanager
    def half_a_batch(self, folder: Path) -> Iterator[None]:
        """Let the bank complete one order, refuse the next, and time out on the third."""
        moods = (Behaviour.COMPLETES, Behaviour.REFUSES, Behaviour.MOVES_THEN_RAISES)
        with self.bank(folder).behaving(*moods):
            yield

    def callbacks_about(self, folder: Path, idempotency_key: str) -> Sequence[Callback]:
        """Return what the bank calls about."""
        return callbacks_about(self.bank(folder), idempotency_key, secret=SECRET)

    def callback_of_unknown_kind(self, folder: Path) -> Callback:
        """Return a call about the bank's opening hours."""
        return signed({"id": f"{folder.name}:1", "kind": "bank.closes_early", "key": ""}, secret=SECRET)

    def status_files_about(self, folder: Path, idempotency_keys: Sequence[str]) -> Sequence[bytes]:
        """Return two files, the second of which repeats one order."""
        bank = self.bank(folder)
        return [status_file_about(bank, idempotency_keys), status_file_about(bank, idempotency_keys[:1])]

    def bank(self, folder: Path) -> SimulatedBank:
        """Return the bank behind the simulator."""
        return SimulatedBank(folder / "files")

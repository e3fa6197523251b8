"""What a plugin's tests say of the plugin, so that the contract can be tried on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

import pytest

from raaderum.plugin_api import (
    Accepted,
    BankAccount,
    Capability,
    Completed,
    Mode,
    Oere,
    Outcome,
    Payee,
    PaymentOrder,
    PayoutProvider,
    PayoutProviderKind,
    RecipientField,
    Refused,
    Unknown,
    today,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from raaderum.plugin_api import Callback, ProviderContext

KRONER = 100
_NAME, _CVR, _CPR = "Mette Modtager Mikkelsen", "12345674", "6101901234"
_ACCOUNT = BankAccount(registration_number="9570", account_number="0012345678")


class Subject:
    """A way of paying under test. Methods below `order` have defaults that skip what needs them."""

    kind: PayoutProviderKind

    def context(self, folder: Path, mode: Mode) -> ProviderContext:
        """Return what `kind` is configured with; the same folder is the same counterpart, memory and all.

        `files` of the context must lie in `folder`. Called again, it must find what was there.
        """
        raise NotImplementedError

    def effects_of(self, folder: Path, idempotency_key: str) -> int:
        """Count at the counterpart how often the order sent with the key was carried out or taken in.

        Must not ask the provider under test: it is what the provider is checked against.
        """
        raise NotImplementedError

    def order(self, number: int = 1) -> PaymentOrder:
        """Return a good order: another one for each number, the same one for the same number."""
        return PaymentOrder(
            payout_id=UUID(int=number),
            attempt=1,
            amount=Oere(number * 100 * KRONER),
            payee=self.payee(),
            code=f"RD-{number:08d}",
            purpose="Kørekort",
            account="5.38.38.003.4.9",
            due_on=today(),
            invoice_number=f"F-{number}",
        )

    def payee(self) -> Payee:
        """Return a good payee with exactly the fields that the manifest asks for."""
        fields = self.kind.manifest.recipient_fields
        return Payee(
            _NAME,
            cvr=_CVR if RecipientField.CVR in fields else None,
            cpr=_CPR if RecipientField.CPR in fields else None,
            account=_ACCOUNT if RecipientField.ACCOUNT in fields else None,
        )

    def silence(self, folder: Path, *, after_doing: bool) -> AbstractContextManager[None]:
        """While it lasts the counterpart does not answer: it has done what was asked, or never got it."""
        lacks(f"no way to silence the counterpart in {folder} (after doing: {after_doing})")

    def refusal(self, folder: Path) -> AbstractContextManager[None]:
        """While it lasts the counterpart definitely refuses every order."""
        lacks(f"no way to make the counterpart in {folder} refuse")

    def half_a_batch(self, folder: Path) -> AbstractContextManager[None]:
        """While it lasts the counterpart takes some orders of a batch and refuses the others."""
        lacks(f"no way to make the counterpart in {folder} take half a batch")

    def callbacks_about(self, folder: Path, idempotency_key: str) -> Sequence[Callback]:
        """Return the genuine calls that the counterpart makes about one order, in its order."""
        lacks(f"no callbacks about {idempotency_key} in {folder}")

    def callback_of_unknown_kind(self, folder: Path) -> Callback:
        """Return a genuine call of a kind that the plugin does not know."""
        lacks(f"no callback of an unknown kind in {folder}")

    def status_files_about(self, folder: Path, idempotency_keys: Sequence[str]) -> Sequence[bytes]:
        """Return the genuine files in which the counterpart answers these orders, in its order."""
        lacks(f"no status files about {len(idempotency_keys)} orders in {folder}")

    def provider(self, folder: Path) -> PayoutProvider:
        """Return a provider made anew, as after a restart of the process."""
        return self.kind.configure(self.context(folder, Mode.SANDBOX))

    def needs(self, capability: Capability) -> None:
        """Skip the test where the manifest does not name the capability."""
        if capability not in self.kind.manifest.capabilities:
            lacks(f"{self.kind.identifier} does not declare {capability}")


def lacks(reason: str) -> NoReturn:
    """Skip the test, with the reason."""
    pytest.skip(reason)


def as_the_core_takes_it(call: Callable[[], object]) -> Outcome:
    """Return the outcome that the core makes of a call: an exception is `Unknown`."""
    try:
        answer = call()
    except Exception as error:  # noqa: BLE001 - the core catches whatever a plugin raises
        return Unknown(type(error).__name__)
    assert isinstance(answer, Completed | Accepted | Refused | Unknown), f"{answer!r} is no outcome"
    return answer


def is_done(outcome: Outcome | None) -> bool:
    """Say whether the outcome says that the order was taken in or carried out."""
    return isinstance(outcome, Completed | Accepted)


def final_of(outcomes: Iterable[Outcome]) -> Outcome | None:
    """Fold what is told of one order as the core does: what is final stays; Accepted goes before Unknown."""
    standing: Outcome | None = None
    for outcome in outcomes:
        if isinstance(standing, Completed | Refused):
            continue
        if isinstance(standing, Accepted) and isinstance(outcome, Unknown):
            continue
        standing = outcome
    return standing

"""Run by the tests as a process of its own: sends batches and dies when asked to.

Arguments: folder, how many batches, and at which system call to be killed.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.plugin_api import (
    Accepted,
    KeyedOrder,
    Mode,
    Oere,
    Payee,
    PaymentBatch,
    PaymentOrder,
    ProviderContext,
)
from raaderum_small_transfers.plugin import SmallTransfersKind

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = {
    "debtor_name": "Eksempel Kommune",
    "debtor_iban": "DK5000400440116243",
    "debtor_bic": "DABADKKK",
    "file_version": "pain.001.001.03",
    "service_level": "NURG",
    "charge_bearer": "SHAR",
}


def main(folder: str, count: str, killed_at: str = "0") -> None:
    context = ProviderContext(UUID(int=1), "lejre", Mode.SANDBOX, SETTINGS, Path(folder))
    provider = SmallTransfersKind().configure(context)
    if int(killed_at):
        _be_killed_at(int(killed_at))
    for number in range(int(count)):
        outcome = provider.send_batch(batch(number))
        assert isinstance(outcome, Accepted), outcome
        sys.stdout.write(f"{outcome.reference}\n")
        sys.stdout.flush()


def batch(number: int) -> PaymentBatch:
    """Return the batch with this number: always the same."""
    order = PaymentOrder(
        UUID(int=number + 1), 1, Oere(100), Payee("Mia", cpr="6101904321"), f"RD-{number}", "", "", _DAY
    )
    keyed = (KeyedOrder(order, f"payout:{number}:1"),)
    made_at = datetime(2026, 3, 1, tzinfo=UTC)
    return PaymentBatch(UUID(int=number + 1), f"run:{number}", made_at, _DAY, 1, Oere(100), keyed)


_DAY = date(2026, 3, 2)


def _be_killed_at(wanted: int) -> None:
    """Die before the wanted call to the disk."""
    calls = itertools.count(1)

    def dying(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - passes on whatever the call takes
            if next(calls) == wanted:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return wrapped

    for name in ("open", "fsync", "rename", "close"):
        setattr(os, name, dying(getattr(os, name)))


if __name__ == "__main__":
    main(*sys.argv[1:])

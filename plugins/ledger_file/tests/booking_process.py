"""Run by the tests as a process of its own: books vouchers, tells each number, and dies when asked to.

Arguments: folder, name of the keys, how many, and optionally at which system call to be killed.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from raaderum.plugin_api import Completed, Oere, Voucher, VoucherLine
from raaderum_ledger_file.export import FileLedgerExport
from raaderum_ledger_file.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable


def main(folder: str, name: str, count: str, killed_at: str = "0") -> None:
    export = FileLedgerExport(Journal(Path(folder)))
    if int(killed_at):
        _be_killed_at(int(killed_at))
    for number in range(int(count)):
        outcome = export.export(_voucher(number), f"{name}-{number}")
        assert isinstance(outcome, Completed), outcome
        sys.stdout.write(f"{name}-{number} {outcome.reference}\n")
        sys.stdout.flush()


def _voucher(number: int) -> Voucher:
    amount = Oere(number + 1)
    lines = (VoucherLine("5.38.38", amount, ""), VoucherLine("9.52.56", Oere(-amount), ""))
    return Voucher("RD-7K3QW9XC", date(2026 + number % 2, 1, 1), "x" * 5000, lines)


def _be_killed_at(wanted: int) -> None:
    """Die before the wanted system call; a write gets half done first."""
    calls = itertools.count(1)

    def dying(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any) -> Any:  # noqa: ANN401 -- passes on whatever the call takes
            if next(calls) == wanted:
                if call is real_write:
                    real_write(arguments[0], arguments[1][: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments)

        return wrapped

    real_write = os.write
    for name in ("open", "write", "fsync", "ftruncate", "close"):
        setattr(os, name, dying(getattr(os, name)))
    fcntl.flock = dying(fcntl.flock)


if __name__ == "__main__":
    main(*sys.argv[1:])

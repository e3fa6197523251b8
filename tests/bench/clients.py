"""Client processes of one kind, started once and measured several times."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.client_loop import READY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class ClientFailed(RuntimeError):
    """A client process ended before it had answered."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Processes that wait to be told to work."""

    processes: Sequence[subprocess.Popen[str]]

    def rate(self, clients: int, seconds: int) -> float:
        """Let the first `clients` of them work at once; return what they did together, per second."""
        working = self.processes[:clients]
        for process in working:
            assert process.stdin is not None
            print(seconds, file=process.stdin, flush=True)
        return sum(float(_line(process)) for process in working)


@contextmanager
def client_processes(
    module: str, number: int, environment: Mapping[str, str], *, python: str = sys.executable
) -> Iterator[Clients]:
    """Start `number` processes of a client module, with `environment` added; end them afterwards."""
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [python, "-m", f"tests.bench.{module}"],
                    env={**os.environ, **environment},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(number)
        ]
        for process in processes:
            if (said := _line(process)) != READY:
                raise ClientFailed(said)
        # Leaving the context closes their input, which ends them, and waits.
        yield Clients(processes)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise ClientFailed(" ".join(map(str, process.args)))  # type: ignore[arg-type] # always a list here
    return line.strip()

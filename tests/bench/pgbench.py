"""Driving PostgreSQL with pgbench, which comes with the wheel."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from raaderum.embedded.programs import locate_postgresql

if TYPE_CHECKING:
    from tests.bench.workbench import Login

_RATE: Final = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_THREADS: Final = 2


def rate(script: Path, login: Login, *, clients: int, seconds: int) -> float:
    """Return how often per second `clients` connections ran the script; statements are prepared."""
    outcome = subprocess.run(
        [
            _program(),
            "--no-vacuum",
            "--protocol=prepared",
            f"--file={script}",
            f"--client={clients}",
            f"--jobs={min(clients, _THREADS)}",
            f"--time={seconds}",
        ],
        env={**os.environ, **login.as_environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    found = _RATE.search(outcome.stdout)
    if outcome.returncode != 0 or found is None:
        raise RuntimeError(outcome.stderr)
    return float(found[1])


@cache
def _program() -> str:
    """Return the server version's own pgbench, else that of an older version in the same wheel."""
    programs = locate_postgresql()
    beside = [programs.path_to("pgbench"), *map(str, programs.root.glob("*/pginstall/bin/pgbench"))]
    return next(path for path in beside if Path(path).is_file())

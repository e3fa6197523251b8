"""Part: payment files for 1,000, 10,000 and 100,000 payments, in time and memory, beside `sepaxml`.

Each file is written in a process of its own, so that its peak is its own. Ours counts everything that
sending does: going through the orders twice, the journal, and the file on the disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from tests.bench.posting import PEERS_PYTHON
from tests.bench.rows import Row, Unit, measure_in_turn

if TYPE_CHECKING:
    from tests.bench.rows import Effort, Figure
    from tests.bench.workbench import Workbench

_PART: Final = "Payment files: payments per second, one process"
_OURS: Final = Path(__file__).with_name("payment_file_process.py")
_PEER: Final = Path(__file__).with_name("sepaxml_process.py")
_SIZES: Final = (1_000, 10_000, 100_000)
_WITH_VALIDATION: Final = 10_000
_TARGET_SIZE: Final = 100_000
_OF_PEER: Final = 2.5
_OF_VALIDATING_PEER: Final = 20.0
_MOST_MILLISECONDS: Final = 2_500.0


def measure_payment_files(bench: Workbench, effort: Effort) -> list[Row]:
    """Measure a file of each size; the peer stands beside it where it is installed."""
    del bench
    rows = [_row(size, effort, with_validation=False, least=_OF_PEER) for size in _SIZES]
    rows.append(_row(_WITH_VALIDATION, effort, with_validation=True, least=_OF_VALIDATING_PEER))
    return [*rows, _whole_time(effort)]


def _row(size: int, effort: Effort, *, with_validation: bool, least: float) -> Row:
    told: dict[str, Any] = {}
    measures = {"small_transfers": partial(_rate, sys.executable, _OURS, size, told)}
    peer = f"sepaxml, {'validating' if with_validation else 'no validation'}"
    if _has_peer():
        flag = "validate" if with_validation else ""
        measures[peer] = partial(_rate, str(PEERS_PYTHON), _PEER, size, told, flag)
    figures = measure_in_turn(measures, effort)
    return Row(
        part=_PART,
        what=f"{size:,} payments",
        ours=figures["small_transfers"],
        other=figures.get(peer),
        least_ratio=least if peer in figures else None,
        settings="; ".join(f"{name}: {words}" for name, words in sorted(told.items())),
    )


def _whole_time(effort: Effort) -> Row:
    told: dict[str, Any] = {}
    figures: dict[str, Figure] = measure_in_turn(
        {"small_transfers": partial(_milliseconds, _TARGET_SIZE, told)}, effort
    )
    return Row(
        part=_PART,
        what=f"{_TARGET_SIZE:,} payments, time of the whole",
        ours=figures["small_transfers"],
        most=_MOST_MILLISECONDS,
        unit=Unit.MILLISECONDS,
        settings="; ".join(f"{name}: {words}" for name, words in sorted(told.items())),
    )


def _milliseconds(size: int, told: dict[str, Any]) -> float:
    return size / _rate(sys.executable, _OURS, size, told) * 1_000


def _rate(python: str, script: Path, size: int, told: dict[str, Any], flag: str = "") -> float:
    """Write one file in a process of its own; return payments per second, and note its peak of memory."""
    with TemporaryDirectory() as folder:
        ended = subprocess.run(
            [python, str(script), str(size), folder, flag],
            capture_output=True,
            text=True,
            check=True,
            timeout=600,
        )
    answer = json.loads(ended.stdout)
    told[script.stem.removesuffix("_process")] = answer["words"]
    return float(size / answer["seconds"])


def _has_peer() -> bool:
    if not PEERS_PYTHON.exists():
        return False
    asked = [str(PEERS_PYTHON), "-c", "import sepaxml"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0

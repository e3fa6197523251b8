"""Measures ours, the limit and a peer in one run, and prints the ratios with the settings they hold for."""

from __future__ import annotations

import argparse
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.bank_lines import measure_bank_lines
from tests.bench.cards import measure_cards
from tests.bench.intake import measure_intake
from tests.bench.pages import measure_pages
from tests.bench.payment_files import measure_payment_files
from tests.bench.payouts import measure_payouts
from tests.bench.posting import NO_HORDAK, NO_PGLEDGER, has_hordak, measure_posting
from tests.bench.report import Report
from tests.bench.rows import Effort
from tests.bench.workbench import workbench

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.rows import Row
    from tests.bench.workbench import Workbench

PARTS: Final[dict[str, Callable[[Workbench, Effort], list[Row]]]] = {
    "posting": measure_posting,
    "pages": measure_pages,
    "intake": measure_intake,
    "payouts": measure_payouts,
    "card": measure_cards,
    "statements": measure_bank_lines,
    "payment files": measure_payment_files,
}
_QUICK: Final = Effort(seconds=1, repeats=1)
_THOROUGH: Final = Effort(seconds=1, repeats=5)


def main() -> None:
    """Measure what the command line asks for."""
    options = _options()
    effort = _QUICK if options.quick else _THOROUGH
    rows: list[Row] = []
    conditions: list[str] = []
    for part in options.only or PARTS:
        # Each part begins with an empty database: a programme has so many places, and a table's size counts.
        with workbench() as bench:
            rows += PARTS[part](bench, effort)
            conditions = bench.conditions()
    report = Report([*conditions, _load()], rows, _not_run())
    print(report.as_text())
    if options.json:
        options.json.write_text(report.as_json(), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short look at each figure")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="one part; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample to FILE")
    return parser.parse_args()


def _load() -> str:
    """Return how busy the machine was: where others used it too, the ratios hold better than the figures."""
    return f"{os.cpu_count()} cores, load average at the end {os.getloadavg()[0]:.1f}"


def _not_run() -> list[str]:
    return [NO_PGLEDGER] if has_hordak() else [NO_PGLEDGER, NO_HORDAK]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()

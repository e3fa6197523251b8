"""`make crashtest`: payments made while everything is killed, and then every øre counted.

`python -m raaderum.testing.crashtest --payouts 10000 --kills 5000 --seed 1` runs it on engines of
its own and fails where a payment was made twice, was lost, or is not where the books say. The same
seed draws the same fates; which process is reached by which is up to the machine.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from raaderum.embedded import Engines
from raaderum.kernel.crash_points import CRASH_POINTS
from raaderum.testing.crash_run import CrashPlan, CrashReport, CrashRun
from raaderum.testing.simulated_installation import simulated_app, simulated_settings

if TYPE_CHECKING:
    from collections.abc import Sequence


def run_crash_test(
    engines: Engines,
    folder: Path,
    plan: CrashPlan,
    *,
    database: str = "crashtest",
    shows_progress: bool = False,
) -> CrashReport:
    """Run `plan` over a new database of `engines`, which are emptied and restarted meanwhile."""
    settings = simulated_settings(
        engines.administrator_url, engines.queue_url, folder, database=database, hang_seconds=0.3
    )
    app = simulated_app(settings)
    with app.app_context():
        run = CrashRun(app, settings, engines, plan, folder)
        return run.run(progress=_Bar(plan) if shows_progress else lambda *_: None)


def told(report: CrashReport) -> str:
    """Return what happened and what was found, for people."""
    proof, plan = report.proof, report.plan
    by_cause = [f"    {name:<40}{times:>8,}" for name, times in sorted(report.kills.items())]
    mishaps = [f"  {name:<42}{times:>8,}" for name, times in sorted(report.mishaps.items())]
    lines = [
        f"  {'payouts accepted':<42}{proof.payouts:>8,}  ({proof.paid:,} paid, the others refused)",
        f"  {'kills (SIGKILL)':<42}{report.kills.total():>8,}",
        *by_cause,
        *mishaps,
        f"  {'double':<42}{proof.double:>8,}",
        f"  {'lost':<42}{proof.lost:>8,}",
        f"  {'difference ledger / provider / budget, øre':<42}{proof.difference:>8,}",
        f"  {'seed':<42}{plan.seed:>8}",
        f"  {'seconds':<42}{report.seconds:>8,.0f}",
        *(f"  ! {words}" for words in proof.in_words),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the crash test as asked on the command line; return 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(prog="crashtest", description=__doc__)
    parser.add_argument("--payouts", type=int, default=10_000, help="go on until so many are accepted")
    parser.add_argument("--kills", type=int, default=5_000, help="and so many processes are killed")
    parser.add_argument("--seed", type=int, default=1, help="what chance is drawn from")
    wanted = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)  # everything goes wrong here, as it should
    plan = CrashPlan(payouts=wanted.payouts, kills=wanted.kills, seed=wanted.seed)
    with tempfile.TemporaryDirectory(prefix="crash") as folder:
        engines = Engines.start(Path(folder) / "engines")
        try:
            report = run_crash_test(engines, Path(folder), plan, shows_progress=True)
        finally:
            engines.stop()
    click.echo(told(report))
    untried = [point for point in CRASH_POINTS[:16] if not report.kills[point]]
    if untried:
        click.echo(f"  nobody died at: {', '.join(untried)}")
    return 0 if report.proof.holds else 1


class _Bar:
    """Shows how far the run is: by the one of the two goals that is further away."""

    def __init__(self, plan: CrashPlan) -> None:
        self._plan = plan
        self._shown = -1

    def __call__(self, payouts: int, kills: int) -> None:
        share = min(payouts / max(1, self._plan.payouts), kills / max(1, self._plan.kills), 1.0)
        percent = int(share * 100)
        if percent != self._shown and sys.stderr.isatty():
            self._shown = percent
            filled = "█" * (percent // 4)
            click.echo(
                f"\r  {filled:<25} {percent:>3} %  {payouts:,} payouts, {kills:,} kills", nl=False, err=True
            )
        if share >= 1 and sys.stderr.isatty():
            click.echo(err=True)


if __name__ == "__main__":
    sys.exit(main())

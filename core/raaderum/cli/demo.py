"""The demo in the browser, and the walkthrough of the main job."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from raaderum.bootstrap import create_worker
from raaderum.cli.options import state_option
from raaderum.demo.cohort.import_files import import_files
from raaderum.demo.cohort.loading import load_cohort
from raaderum.demo.cohort.made_history import make_history
from raaderum.demo.living_cases import settle_living_cases
from raaderum.demo.services import background_services
from raaderum.demo.walkthrough import as_data, walk_through
from raaderum.installation import opened_installation
from raaderum.kernel.money import format_kroner

if TYPE_CHECKING:
    from subprocess import Popen

    from raaderum.demo.walkthrough import TenantReport


_BETWEEN_KNOCKS: Final = 0.1
"""Seconds."""


@click.command()
@state_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(state_folder: Path, host: str, port: int) -> None:
    """Serve four municipalities with a made-up cohort, worker and all, until interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with (
        contextlib.suppress(KeyboardInterrupt),
        opened_installation(state_folder, demo=True) as installation,
    ):
        with create_worker(installation.settings).app_context():
            load_cohort(list(import_files(make_history())), advance=_say_nothing)
            settle_living_cases(lambda name: click.echo(f"  {name} er klar"))
        address = ("--host", host, "--port", str(port))
        with background_services(installation.settings, ("serve", *address)) as processes:
            _wait_for(processes[-1], host, port)
            _invite(host, port)
            status = processes[-1].wait()
            if status:
                raise click.exceptions.Exit(status)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document at the end.")
def walkthrough(*, as_json: bool) -> None:
    """Run the main job for every municipality on fresh engines; exit with 1 if one øre is wrong."""
    with (
        tempfile.TemporaryDirectory(prefix="raaderum-") as folder,
        opened_installation(Path(folder) / "state") as installation,
        background_services(installation.settings),
        create_worker(installation.settings).app_context(),
    ):
        reports = walk_through(_ignore if as_json else _print_step)
    if as_json:
        click.echo(json.dumps([as_data(report) for report in reports], ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print_report(report)
    sys.exit(1 if any(report.wrong for report in reports) else 0)


def _wait_for(server: Popen[bytes], host: str, port: int) -> None:
    """Wait until the server takes visitors, or has ended: nobody is invited to a closed door."""
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(_BETWEEN_KNOCKS)


def _invite(host: str, port: int) -> None:
    click.echo(f"\nRåderum kører på  http://{host}:{port}/")
    click.echo("Vælg en kommune og log ind som en af de opdigtede personer – uden adgangskode.")
    click.echo(f"API: http://{host}:{port}/api/v1/openapi.json     Stop med Ctrl-C.\n")


def _say_nothing(_rows: int) -> None:
    """Show no progress: it is over in seconds."""


def _ignore(_tenant: str, _who: str, _what: str) -> None:
    """Say nothing: the machine reads the end."""


def _print_step(tenant: str, who: str, what: str) -> None:
    click.echo(f"{tenant:<9} {who:<22} {what}")


def _print_report(report: TenantReport) -> None:
    click.echo(f"\n== {report.tenant}")
    for account in report.accounts:
        money = account.statement
        click.echo(
            f"  {account.citizen:<18} bevilget {format_kroner(money.granted):>14}"
            f"  brugt {format_kroner(money.spent):>14}  tilbage {format_kroner(money.available):>14}"
        )
    for row in report.trial_balance:
        click.echo(f"  {row.kind:<12} {row.accounts:>3} konti {format_kroner(row.summed):>20}")
    total = sum(row.summed for row in report.trial_balance)
    click.echo(f"  {'i alt':<22} {format_kroner(total):>20}   bilag: {report.vouchers}")
    for problem in report.wrong:
        click.echo(f"  FORKERT: {problem}")
    if not report.wrong:
        click.echo("  alt stemmer, på øren")

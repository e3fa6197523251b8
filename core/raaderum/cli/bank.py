"""The bank's statements and the proof of the books from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from raaderum.audit.actor import SYSTEM
from raaderum.bootstrap import create_worker
from raaderum.cli.options import state_option, tenant_option
from raaderum.installation import opened_installation
from raaderum.kernel.money import format_kroner
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.reconciliation.matching import match_lines
from raaderum.reconciliation.proof import prove_tonight
from raaderum.reconciliation.proof_rules import AGAINST_NAMES, LEFT_NAMES, Against, Left
from raaderum.reconciliation.reading import line_counts
from raaderum.reconciliation.rules import LINE_OUTCOME_NAMES
from raaderum.reconciliation.taking_in import REFUSED_STATE, take_in_statement
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from raaderum.reconciliation.tables import ProofRun


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@tenant_option
@state_option
def statement(file: Path, tenant_slug: str, state_folder: Path) -> None:
    """Take FILE (camt.052, .053 or .054) in for a municipality and match its lines; of any size.

    Exits with 1 where the file is none of the municipality's statements.
    """
    with (
        opened_installation(state_folder) as installation,
        create_worker(installation.settings).app_context(),
        working_for(tenants().by_slug(tenant_slug).id),
    ):
        with file.open("rb") as content, unit_of_work() as session:
            taken = take_in_statement(
                session, content, file_name=file.name, by=SYSTEM, progress=_tell("læst / read")
            )
            file_id, explanation, state = taken.id, taken.explanation, taken.state
        click.echo(explanation["da"])
        if state == REFUSED_STATE:
            click.echo(explanation["en"])
            sys.exit(1)
        match_lines(file_id, progress=_tell("afstemt / matched"))
        with reading() as session:
            counts = line_counts(session, file_id)
        for outcome, count in counts.items():
            click.echo(f"{LINE_OUTCOME_NAMES[outcome]}: {count}")


@click.command()
@state_option
def prove(state_folder: Path) -> None:
    """Prove for every municipality that ledger, providers and bank agree; exit with 1 where they do not."""
    holds = True
    with (
        opened_installation(state_folder) as installation,
        create_worker(installation.settings).app_context(),
    ):
        for tenant in tenants().tenants:
            with working_for(tenant.id):
                run = prove_tonight()
            holds = holds and run.holds
            _show(tenant.name, run)
    sys.exit(0 if holds else 1)


def _show(name: str, run: ProofRun) -> None:
    verdict = "alt stemmer til øren" if run.holds else f"{run.figures['remainders']} ting stemmer ikke"
    click.echo(f"{name}: {verdict} ({run.first_day} – {run.last_day})")
    for one in run.remainders:
        against, left = AGAINST_NAMES[Against(one["against"])], LEFT_NAMES[Left(one["left"])]
        amounts = f"{format_kroner(one['ours'])} / {format_kroner(one['theirs'])}"
        click.echo(f"    {left} · {against} {one['provider']} · {one['thing']} {one['label']} · {amounts}")
    for breach, count in run.figures["breaches"].items():
        if count:
            click.echo(f"    {breach}: {count}")
    for provider in run.figures["silent_providers"]:
        click.echo(f"    kunne ikke spørges / could not be asked: {provider}")


class _Told:
    """Tells how far it has come, now and then: a line on the screen for each ten thousand lines."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._last = 0

    def __call__(self, done: int) -> None:
        if done - self._last >= 10_000:  # noqa: PLR2004 - a round number of lines
            self._last = done
            click.echo(f"{done} {self._what}", err=True)


def _tell(what: str) -> _Told:
    return _Told(what)

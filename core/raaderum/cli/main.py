"""The command's entry: every error of ours is told in two languages, without a traceback."""

from __future__ import annotations

import sys

import click

from raaderum.cli.bank import prove, statement
from raaderum.cli.cohort import cohort
from raaderum.cli.database import database
from raaderum.cli.demo import demo, walkthrough
from raaderum.cli.imports import import_files, import_template
from raaderum.cli.invoices import invoices
from raaderum.cli.keys import keys
from raaderum.cli.permissions import permissions
from raaderum.cli.processes import serve, sweeper, worker
from raaderum.cli.tokens import token
from raaderum.kernel.errors import RaaderumError


@click.group()
@click.version_option(package_name="raaderum")
def raaderum() -> None:
    """Råderum: personal citizen-directed budgets for Danish municipalities."""


for command in (
    cohort,
    database,
    demo,
    import_files,
    import_template,
    invoices,
    keys,
    permissions,
    prove,
    serve,
    statement,
    sweeper,
    token,
    walkthrough,
    worker,
):
    raaderum.add_command(command)


def main() -> None:
    """Run the command; exit with 1 on an error of ours, told in Danish and English."""
    try:
        raaderum(prog_name="raaderum")
    except RaaderumError as error:
        place = f" [{error.where}]" if error.where else ""
        click.echo(f"{error.message.danish}{place}\n{error.message.english}", err=True)
        sys.exit(1)

"""Spreadsheets from the command line."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy import select

from raaderum.audit.actor import Actor
from raaderum.bootstrap import create_worker
from raaderum.cli.options import state_option
from raaderum.exchange.exports import FileFormat, template
from raaderum.exchange.imports import take_in
from raaderum.exchange.rules import KIND_NAMES, LARGEST_FILE, Kind, SpreadsheetTooLarge
from raaderum.installation import opened_installation
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import PERMISSIONS, Act, Role
from raaderum.people.tables import Staff, StaffRole
from raaderum.persistence.unit_of_work import reading
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from raaderum.exchange.report import ImportReport

_MEGABYTE = 1_000_000
_SHOWN_ERRORS = 50


@click.command("import")
@click.argument("tenant_slug", metavar="MUNICIPALITY")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--as", "email", required=True, help="E-mail of the administrator or coordinator who imports.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What a CSV file holds.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and save nothing.")
@state_option
def import_files(
    tenant_slug: str,
    files: Sequence[Path],
    email: str,
    kind: str | None,
    state_folder: Path,
    *,
    dry_run: bool,
) -> None:
    """Take FILES (CSV or XLSX) into MUNICIPALITY, each whole or not at all; stop at the first faulty one.

    The exit status is 1 where a file has errors.
    """
    with (
        opened_installation(state_folder) as installation,
        create_worker(installation.settings).app_context(),
        working_for(tenants().by_slug(tenant_slug).id),
    ):
        by = _importer(email)
        for file in files:
            with _progress(file) as progress:
                report = take_in(
                    kind, _content(file), file_name=file.name, dry_run=dry_run, by=by, progress=progress
                )
            _tell(file, report)
            if report.errors:
                sys.exit(1)


@click.command("import-template")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def import_template(file: Path) -> None:
    """Write a workbook with a sheet for each kind, its headers and an example row, to FILE (.xlsx)."""
    file.write_bytes(template(None, FileFormat.XLSX).content)


def _importer(email: str) -> Actor:
    """Return the member of staff, in a role that may import."""
    held = (
        select(StaffRole.staff_id, StaffRole.role)
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(Staff.email == email.strip().lower())
    )
    with reading() as session:
        for staff_id, role in session.execute(held):
            if Role(role) in PERMISSIONS[Act.IMPORT_DATA]:
                return Actor(staff_id, role)
    raise NotFound(where="email")


def _content(file: Path) -> bytes:
    """Return what a file holds; one beyond the limit is not read at all."""
    if file.stat().st_size > LARGEST_FILE:
        raise SpreadsheetTooLarge(where=file.name, most=LARGEST_FILE // _MEGABYTE)
    return file.read_bytes()


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on the screen that is there for people, and nothing where it is a file."""
    label = click.format_filename(file, shorten=True)
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield show


def _tell(file: Path, report: ImportReport) -> None:
    name = click.format_filename(file, shorten=True)
    for count in report.counts:
        click.echo(
            f"{name}: {KIND_NAMES[count.kind].danish}: {count.new} nye/new, "
            f"{count.already_there} er der allerede/already there, {count.errors} med fejl/faulty"
        )
    for error in report.errors[:_SHOWN_ERRORS]:
        place = ", ".join(part for part in (error.sheet, f"række/row {error.row}", error.column) if part)
        click.echo(f"    {place}: {error.reason.danish} {error.remedy.danish}")
    left_out = len(report.errors[_SHOWN_ERRORS:]) + report.errors_left_out
    if left_out:
        click.echo(f"    … og {left_out} fejl mere / and {left_out} more errors")
    if report.errors:
        click.echo("Intet er gemt. / Nothing was saved.")
    elif report.dry_run:
        click.echo("En prøve: intet er gemt. / A trial: nothing was saved.")

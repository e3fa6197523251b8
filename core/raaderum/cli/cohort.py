"""The cohort of 2015–2019: made, loaded, counted, and held beside the published figures."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from raaderum.bootstrap import create_worker
from raaderum.demo.cohort.books import prove_the_cohorts_books
from raaderum.demo.cohort.comparison import compare
from raaderum.demo.cohort.counted_cases import count_cohort
from raaderum.demo.cohort.history_counts import checked_counts
from raaderum.demo.cohort.import_files import import_files
from raaderum.demo.cohort.loading import load_cohort
from raaderum.demo.cohort.made_history import make_history
from raaderum.demo.cohort.printing import lines_of
from raaderum.demo.cohort.register_extract import FILE_NAME, make_register_extract
from raaderum.installation import opened_installation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.demo.cohort.import_files import ImportFile


@click.command()
@click.option(
    "--state",
    "state_folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".state/cohort"),
    show_default=True,
    help="Folder of the cohort's own installation and of the files it hands in.",
)
@click.option("--english", is_flag=True, help="Print in English.")
def cohort(state_folder: Path, *, english: bool) -> None:
    """Load the made-up cohort and print every published figure beside the computed one.

    Exits with 1 where a figure is further off than the tables allow, or the books do not hold.
    """
    history, register_extract = make_history(), make_register_extract()
    checked_counts(history, register_extract)
    files = list(import_files(history))
    with (
        opened_installation(state_folder) as installation,
        create_worker(installation.settings).app_context(),
    ):
        _hand_in(state_folder / "handed-in", files, register_extract)
        _load(files, english=english)
        counts = count_cohort(register_extract)
        books = prove_the_cohorts_books(counts)
    compared = compare(counts)
    for line in lines_of(compared, english=english):
        click.echo(line)
    click.echo(books.told.in_language("en" if english else "da"))
    sys.exit(0 if all(one.is_near for one in compared) and not books.wrong else 1)


def _hand_in(folder: Path, files: Sequence[ImportFile], register_extract: str) -> None:
    """Write the files down, to be looked at; the register extract lies beside them and is never imported."""
    for file in files:
        path = folder / file.municipality / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (folder / FILE_NAME).write_text(register_extract, encoding="utf-8")


def _load(files: Sequence[ImportFile], *, english: bool) -> None:
    began, rows = time.monotonic(), sum(file.rows for file in files)
    label = "Taking in" if english else "Indlæser"
    with click.progressbar(length=rows, label=label, file=sys.stderr) as bar:
        new = load_cohort(files, advance=bar.update)
    seconds = time.monotonic() - began
    if not new:
        click.echo("All rows were there already." if english else "Alle rækker var der i forvejen.")
    elif english:
        click.echo(f"{new:,} of {rows:,} rows taken in, in {seconds:.1f} s")
    else:
        told = f"{new:,} af {rows:,} rækker indlæst på {seconds:.1f} s"
        click.echo(told.translate(str.maketrans(",.", ".,")))

"""Suppliers' files from the command line: checked by anybody, or taken in for a municipality."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from raaderum.audit.actor import SYSTEM
from raaderum.bootstrap import create_worker
from raaderum.cli.options import state_option, tenant_option
from raaderum.installation import opened_installation
from raaderum.invoices.service import read_file, take_in
from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.money import format_kroner
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_host.registry import PluginRegistry
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.plugin_api import Finding, InvoiceReader

_OURS = "RD-"
_PROGRESS_FROM = 20

files_argument = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def invoices() -> None:
    """Check suppliers' electronic invoices, or take them in."""


@invoices.command()
@files_argument
@json_option
def check(files: Sequence[Path], *, as_json: bool) -> None:
    """Read FILES and say what they are and which rules they break; needs no municipality, no database.

    The exit status is 0 however the files come out: what is wrong stands in the answer.
    """
    readers = list(PluginRegistry.load_installed().invoice_readers.values())
    answers = [_checked(file, readers) for file in _with_progress(files, quiet=as_json)]
    if as_json:
        click.echo(json.dumps(answers, ensure_ascii=False, indent=2))
        return
    for answer in answers:
        click.echo(_one_line(answer))
        for finding in answer["findings"]:
            click.echo(f"    {finding['rule']}: {finding['message']}")


@invoices.command()
@files_argument
@tenant_option
@state_option
@json_option
def ingest(files: Sequence[Path], tenant_slug: str, state_folder: Path, *, as_json: bool) -> None:
    """Take FILES into the inbox of a municipality; each is kept, also the broken ones."""
    answers = []
    with (
        opened_installation(state_folder) as installation,
        create_worker(installation.settings).app_context(),
        working_for(tenants().by_slug(tenant_slug).id),
    ):
        for file in _with_progress(files, quiet=as_json):
            answers.append(_ingested(file))
            if not as_json:
                name = click.format_filename(file, shorten=True)
                click.echo(f"{name}: {answers[-1]['outcome']} – {answers[-1]['explanation']}")
    if as_json:
        click.echo(json.dumps(answers, ensure_ascii=False, indent=2))


def _checked(file: Path, readers: Sequence[InvoiceReader]) -> dict[str, Any]:
    try:
        reading = read_file(file.read_bytes(), readers)
    except InvalidInput as error:
        return _unread(file, error)
    invoice = reading.invoice
    return {
        "file": click.format_filename(file),
        "format": reading.format,
        "kind": reading.kind.value,
        "outcome": reading.verdict.value,
        "supplier": {
            "name": invoice.supplier_name if invoice else None,
            "cvr": invoice.supplier_cvr if invoice else None,
        },
        "number": invoice.number if invoice else None,
        "issued_on": invoice.issued_on.isoformat() if invoice and invoice.issued_on else None,
        "due_on": invoice.due_on.isoformat() if invoice and invoice.due_on else None,
        "currency": invoice.currency if invoice else None,
        "payable_oere": invoice.payable if invoice else None,
        "order_reference": invoice.order_reference if invoice else None,
        "references": list(invoice.references) if invoice else [],
        "rules_broken": [rule for rule in reading.broken_rules if not rule.startswith(_OURS)],
        "our_rules_broken": [rule for rule in reading.broken_rules if rule.startswith(_OURS)],
        "warnings": sorted({finding.rule for finding in reading.findings if not finding.fatal}),
        "findings": [_finding(finding) for finding in reading.findings],
    }


def _unread(file: Path, error: InvalidInput) -> dict[str, Any]:
    """Return the answer for a file that was too large to be read."""
    finding = {
        "rule": "RD-SIZE",
        "fatal": True,
        "where": "",
        "message": error.message.danish,
        "message_english": error.message.english,
    }
    nothing = dict.fromkeys(("number", "issued_on", "due_on", "currency", "payable_oere", "order_reference"))
    return {
        "file": click.format_filename(file),
        "format": "unknown",
        "kind": "unreadable",
        "outcome": "rejected",
        "supplier": {"name": None, "cvr": None},
        **nothing,
        "references": [],
        "rules_broken": [],
        "our_rules_broken": ["RD-SIZE"],
        "warnings": [],
        "findings": [finding],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "fatal": finding.fatal,
        "where": finding.where,
        "message": finding.message.danish,
        "message_english": finding.message.english,
    }


def _one_line(answer: dict[str, Any]) -> str:
    amount = "–" if answer["payable_oere"] is None else format_kroner(answer["payable_oere"])
    rules = ", ".join([*answer["rules_broken"], *answer["our_rules_broken"]]) or "ingen regler brudt"
    facts = [answer["outcome"], answer["format"], f"nr. {answer['number'] or '–'}", amount, rules]
    return f"{answer['file']}: {' · '.join(facts)}"


def _ingested(file: Path) -> dict[str, Any]:
    try:
        with unit_of_work() as session:
            row = take_in(session, file.read_bytes(), file_name=file.name, by=SYSTEM)
    except InvalidInput as error:
        return {
            "file": click.format_filename(file),
            "id": None,
            "outcome": "refused",
            "explanation": error.message.danish,
        }
    return {"file": click.format_filename(file), **_row(row)}


def _row(row: InboxInvoice) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "format": row.format,
        "kind": row.kind,
        "outcome": row.outcome,
        "explanation": row.explanation["da"],
        "supplier": row.supplier_name,
        "number": row.number,
        "payable_oere": row.payable,
        "rules_broken": [finding["rule"] for finding in row.findings if finding["fatal"]],
        "purchase_id": str(row.purchase_id) if row.purchase_id else None,
    }


def _with_progress(files: Sequence[Path], *, quiet: bool) -> Iterator[Path]:
    """Go through the files, with a progress bar where there are many and somebody looks on."""
    if quiet or len(files) < _PROGRESS_FROM:
        yield from files
        return
    with click.progressbar(files, label="Fakturaer / invoices") as bar:
        yield from bar

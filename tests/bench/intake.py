"""Part 3: suppliers' invoices per second, beside the bare transaction and beside a bare XML parse."""

from __future__ import annotations

import itertools
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from psycopg.types.json import Json
from tests.bench.books import lay_out_invoices
from tests.bench.client_loop import rate_of
from tests.bench.rows import Row, measure_in_turn
from tests.bench.town import PRICE, town_at_work

from raaderum.invoices.rules import InvoiceOutcome
from raaderum.invoices.service import read_file, take_in
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_host.installed import plugins
from raaderum.testing.cases import SUPPLIER_CVR
from raaderum.testing.sample_invoices import oioubl_invoice, peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from uuid import UUID

    import psycopg
    from tests.bench.rows import Effort
    from tests.bench.town import Town
    from tests.bench.workbench import Workbench

_PART: Final = "Invoices: files per second, one process"
_OF_BARE_TRANSACTION: Final = 0.5
_OF_BARE_PARSE: Final = 0.4
_PURCHASES: Final = 20
_SAMPLES: Final = Path("../shared/contracts/invoice")

_LOOK_UP: Final = """
    select id, amount, supplier_cvr, state from by_hand.purchase where tenant_id = %s and code = %s
"""
_STORE: Final = """
    insert into by_hand.inbox_invoice (
        tenant_id, id, format, kind, outcome, explanation, findings, supplier_name, supplier_cvr,
        supplier_key, number, issued_on, due_on, currency, payable, order_reference, file_name,
        content_sealed, content_hash, received_by, received_at, purchase_id
    ) values (
        %(tenant)s, %(id)s, 'peppol-bis-3', 'invoice', 'matched', %(nothing)s, %(nothing)s, 'Supplier ApS',
        %(cvr)s, %(cvr)s, %(number)s, %(today)s, %(today)s, 'DKK', 100000, %(code)s, 'invoice.xml',
        %(content)s, '', %(by)s, %(now)s, %(purchase)s
    )
"""


def measure_intake(bench: Workbench, effort: Effort) -> list[Row]:
    """Measure taking in from the file to the commit, and reading alone."""
    with town_at_work(bench.settings, cases=_PURCHASES) as town:
        lay_out_invoices(bench)
        with bench.application.connect() as connection:
            return [_taking_in(town, connection, effort), *_reading(effort)]


def _taking_in(town: Town, connection: psycopg.Connection[tuple[Any, ...]], effort: Effort) -> Row:
    files = _numbered_invoices(town)
    figures = measure_in_turn(
        {
            "take_in, matched by code": partial(
                rate_of, lambda: _take_in(next(files)[1], town), effort.seconds
            ),
            "look up and insert, bare psycopg": partial(
                rate_of, lambda: _store_bare(connection, *next(files), town), effort.seconds
            ),
        },
        effort,
    )
    ours, bare = figures.values()
    return Row(
        part=_PART,
        what="taken in, one transaction each",
        ours=ours,
        other=bare,
        least_ratio=_OF_BARE_TRANSACTION,
        settings="ours reads, checks, seals, audits, row security on; the other none of it; both durable; "
        f"1 client; {effort}",
    )


def _take_in(content: bytes, town: Town) -> None:
    with unit_of_work() as session:
        row = take_in(session, content, file_name="invoice.xml", by=town.municipality.finance_officer)
    assert row.outcome == InvoiceOutcome.MATCHED, row.explanation


def _store_bare(
    connection: psycopg.Connection[tuple[Any, ...]], code: str, content: bytes, town: Town
) -> None:
    tenant = town.municipality.id
    with connection.transaction():
        found = connection.execute(_LOOK_UP, (tenant, code)).fetchone()
        assert found is not None
        connection.execute(_STORE, _bare_row(tenant, code, content, purchase=found[0]))


def _bare_row(tenant: UUID, code: str, content: bytes, *, purchase: UUID) -> dict[str, object]:
    identifier = new_id()
    return {
        "tenant": tenant,
        "id": identifier,
        "nothing": Json({}),
        "cvr": SUPPLIER_CVR,
        "number": str(identifier),
        "today": clock.today(),
        "now": clock.now(),
        "code": code,
        "content": content,
        "by": identifier,
        "purchase": purchase,
    }


def _numbered_invoices(town: Town) -> Iterator[tuple[str, bytes]]:
    """Give the code of a purchase and an invoice for it, a new number each time; made beforehand is cheap."""
    template = peppol_invoice(
        number="NUMBER", order_reference="CODE", supplier_cvr=SUPPLIER_CVR, amount_with_vat=PRICE
    )
    for number, purchase in enumerate(itertools.cycle(town.purchases)):
        content = template.replace(b"NUMBER", b"%d" % number)
        yield purchase.code, content.replace(b"CODE", purchase.code.encode())


def _reading(effort: Effort) -> list[Row]:
    sets = {"made-up Peppol and OIOUBL invoices": [peppol_invoice(), oioubl_invoice()], **_official_samples()}
    return [_reading_of(name, files, effort) for name, files in sets.items()]


def _official_samples() -> dict[str, list[bytes]]:
    """Return the official samples where they lie beside the checkout."""
    files = sorted(_SAMPLES.glob("*/*/*.xml"))
    return {f"{len(files)} official samples": [file.read_bytes() for file in files]} if files else {}


def _reading_of(name: str, files: Sequence[bytes], effort: Effort) -> Row:
    readers = list(plugins().invoice_readers.values())
    figures = measure_in_turn(
        {
            "read_file: parse and all checks": partial(
                _rate_over, files, lambda content: read_file(content, readers), effort.seconds
            ),
            "lxml.etree.fromstring": partial(_rate_over, files, etree.fromstring, effort.seconds),
        },
        effort,
    )
    ours, bare = figures.values()
    return Row(
        part=_PART,
        what=f"read: {name}",
        ours=ours,
        other=bare,
        least_ratio=_OF_BARE_PARSE,
        settings=f"no database; 1 process; {effort}",
    )


def _rate_over(files: Iterable[bytes], act: Callable[[bytes], object], seconds: float) -> float:
    turns = itertools.cycle(files)
    return rate_of(lambda: act(next(turns)), seconds)

"""The file is sealed: it can hold a CPR number, and suppliers write it where they please."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.invoices.rules import InvoiceOutcome
from raaderum.testing.cases import Case, approved_purchase
from raaderum.testing.sample_invoices import oioubl_invoice, peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from raaderum.invoices.tables import InboxInvoice

CPR = "6101701234"
HYPHENED = "610170-1234"
OIOUBL = oioubl_invoice(supplier_name="Peter Privat", supplier_cvr="10000009")
PRIVATE_SUPPLIER = OIOUBL.replace(b'schemeID="DK:CVR">DK10000009', f'schemeID="DK:CPR">{CPR}'.encode())


@pytest.fixture
def held(raw: Callable[[str], list[dict[str, Any]]]) -> Callable[[], bytes]:
    """Return all that the inbox's and the log's rows hold, in clear."""

    def do() -> bytes:
        rows = raw("inbox_invoice") + raw("audit_entry")
        values = [value for row in rows for value in row.values()]
        return b" ".join(bytes(one) if isinstance(one, bytes) else str(one).encode() for one in values)

    return do


def test_the_original_comes_back_to_the_byte(
    case: Case,
    receive: Callable[..., InboxInvoice],
    original: Callable[[UUID], bytes],
    invoice_for: Callable[..., bytes],
) -> None:
    content = (
        invoice_for(approved_purchase(case), note="Æøå 🌱 – tak for handlen") + b"\n\n<!-- \xc3\xa6 -->\r\n"
    )
    row = receive(content)
    assert row.outcome == InvoiceOutcome.MATCHED
    assert original(row.id) == content


def test_the_file_stands_sealed_in_the_database(
    receive: Callable[..., InboxInvoice], held: Callable[[], bytes]
) -> None:
    content = peppol_invoice(note="Et meget genkendeligt ord: kvæsthus")
    first, second = receive(content), receive(content)
    assert "kvæsthus".encode() not in held()
    assert b"<cbc:" not in held()
    assert first.content_sealed != second.content_sealed
    assert first.content_hash == second.content_hash


def test_a_private_suppliers_cpr_number_is_nowhere_in_clear(
    receive: Callable[..., InboxInvoice], original: Callable[[UUID], bytes], held: Callable[[], bytes]
) -> None:
    assert PRIVATE_SUPPLIER != OIOUBL
    row = receive(PRIVATE_SUPPLIER, f"faktura {HYPHENED}.xml")
    assert row.supplier_name == "Peter Privat"
    assert CPR.encode() in original(row.id)
    assert CPR.encode() not in held()
    assert HYPHENED.encode() not in held()
    assert row.file_name == "faktura 610170-xxxx.xml"


@pytest.mark.parametrize("written", [CPR, HYPHENED, "610170 1234"])
def test_a_cpr_number_in_a_reference_or_name_is_masked_in_the_row(
    receive: Callable[..., InboxInvoice], held: Callable[[], bytes], written: str
) -> None:
    row = receive(
        peppol_invoice(
            order_reference=f"Mia {written}",
            supplier_name=f"Køreskolen {written}",
            note=written,
            description=written,
        )
    )
    assert row.order_reference == "Mia 610170-xxxx"
    assert row.supplier_name == "Køreskolen 610170-xxxx"
    assert written.encode() not in held()


def test_the_published_invoice_of_a_private_person_shows_no_cpr_number(
    official_samples: list[Path],
    receive: Callable[..., InboxInvoice],
    held: Callable[[], bytes],
) -> None:
    [path] = [path for path in official_samples if path.name == "cpr-supplier.xml"]
    content = path.read_bytes()
    numbers = {
        text
        for text in content.decode().replace("<", " ").replace(">", " ").split()
        if len(text) == 10 and text.isdigit() and f'"DK:CPR">{text}'.encode() in content
    }
    assert numbers
    row = receive(content, path.name)
    assert row.supplier_cvr is None
    assert not [number for number in numbers if number.encode() in held()]

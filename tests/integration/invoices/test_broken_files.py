"""Nothing that arrives is thrown away: what cannot be read is kept to the byte and explained."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.invoices.rules import LARGEST_FILE, FileTooLarge, InvoiceOutcome
from raaderum.invoices.service import inbox_counts, take_in
from raaderum.kernel.text import Text
from raaderum.people.roles import RoleMayNot
from raaderum.plugin_api import InvoiceReading
from raaderum.plugin_host.installed import install_plugins, plugins
from raaderum.testing.sample_invoices import peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from flask import Flask

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.testing.municipality import Municipality

GOOD = peppol_invoice()
BROKEN = {
    "empty": b"",
    "blanks": b" \n ",
    "not XML at all": b"%PDF-1.7 \x00\xff\xfe",
    "text": "Kære kommune, hermed faktura på 500 kr.".encode("latin-1"),
    "torn": GOOD[: len(GOOD) // 2],
    "no end": GOOD[:-3],
    "another document": GOOD.replace(b"Invoice", b"Statement"),
    "other XML": b"<?xml version='1.0'?><html xmlns='urn:oasis:names:specification:ubl'/>",
    "wrong characters": GOOD.replace(b'encoding="UTF-8"', b'encoding="EBCDIC-CP-DK"'),
    "half a character": GOOD.replace("ø".encode(), b"\xc3"),
    "an entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + GOOD[38:],
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_kept_to_the_byte_and_explained(
    receive: Callable[..., InboxInvoice], original: Callable[[UUID], bytes], content: bytes
) -> None:
    row = receive(content, "faktura.pdf")
    assert (row.outcome, row.purchase_id, row.number) == (InvoiceOutcome.REJECTED, None, None)
    assert original(row.id) == content
    [finding] = [finding for finding in row.findings if finding["fatal"]]
    assert finding["rule"].startswith("RD-")
    assert row.explanation == {"da": finding["da"], "en": finding["en"]}
    assert row.explanation["da"] != row.explanation["en"]


def test_an_invoice_in_another_currency_is_rejected(receive: Callable[..., InboxInvoice]) -> None:
    row = receive(GOOD.replace(b"DKK", b"EUR"))
    assert (row.outcome, row.currency) == (InvoiceOutcome.REJECTED, "EUR")
    assert "RD-CURRENCY" in {finding["rule"] for finding in row.findings if finding["fatal"]}
    assert "RD-CURRENCY" in row.explanation["da"]


def test_a_file_that_is_too_large_is_not_taken_in(
    receive: Callable[..., InboxInvoice], refused: Callable[..., Any], read: Callable[..., Any]
) -> None:
    with refused(FileTooLarge) as refusal:
        receive(GOOD + b" " * LARGEST_FILE)
    assert (refusal.code, refusal.where) == ("file_too_large", "file")
    assert "der er plads til 10000000. Bed leverandøren" in refusal.danish
    assert read(inbox_counts) == {}


def test_only_finance_takes_files_in(
    municipality: Municipality, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    for by in (municipality.support_person, municipality.coordinator, municipality.administrator):
        with refused(RoleMayNot):
            act(take_in, GOOD, file_name="f.xml", by=by)


@pytest.mark.parametrize(
    "name", ["a\x00b.xml", "f\udcf8lles.xml", "x" * 5000, "", "../../etc/passwd", "🧾.xml"]
)
def test_a_file_may_be_called_anything(receive: Callable[..., InboxInvoice], name: str) -> None:
    row = receive(GOOD, name)
    assert row.outcome == InvoiceOutcome.UNMATCHED
    assert len(row.file_name) <= 200


class FailingReader:
    """A vendor's reader that breaks its promise never to raise."""

    identifier = "aaa-failing"
    name = Text("fejlende", "failing")

    def recognises(self, _content: bytes) -> bool:
        return True

    def read(self, content: bytes) -> InvoiceReading:
        raise RuntimeError(content.decode())


@pytest.fixture
def with_failing_reader(app: Flask) -> Iterator[None]:
    before = plugins()
    readers = {"aaa-failing": FailingReader(), **before.invoice_readers}
    install_plugins(app, replace(before, invoice_readers=readers))
    yield
    install_plugins(app, before)


@pytest.mark.usefixtures("with_failing_reader")
def test_a_file_on_which_a_reader_fails_is_kept_too(
    receive: Callable[..., InboxInvoice], original: Callable[[UUID], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        row = receive(b"610170-1234")
    assert (row.outcome, row.findings[0]["rule"]) == (InvoiceOutcome.REJECTED, "RD-READER")
    assert "Læseren »aaa-failing« fejlede på filen. Kontakt driften" in row.explanation["da"]
    assert original(row.id) == b"610170-1234"
    assert "aaa-failing raised RuntimeError" in caplog.text
    assert "1234" not in caplog.text

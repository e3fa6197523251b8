"""Official examples of each format, against the verdicts of the official rule sets."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from raaderum_invoice.amounts import minor_units
from raaderum_invoice.not_checked import is_checked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from raaderum.plugin_api import InvoiceReader, InvoiceReading

NO_ORDER = {"NA", "n/a"}


@pytest.fixture
def verdicts(contracts: Path) -> list[dict[str, str]]:
    with (contracts / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def readings(
    contracts: Path, verdicts: list[dict[str, str]], reader: InvoiceReader
) -> list[tuple[dict[str, str], InvoiceReading]]:
    return [(row, reader.read((contracts / row["file"]).read_bytes())) for row in verdicts]


def official(rules: Iterator[str] | tuple[str, ...] | list[str]) -> set[str]:
    return {rule for rule in rules if is_checked(rule) and not rule.startswith("RD-")}


def test_every_example_is_recognised(
    contracts: Path, verdicts: list[dict[str, str]], reader: InvoiceReader
) -> None:
    assert verdicts
    for row in verdicts:
        assert reader.recognises((contracts / row["file"]).read_bytes()), row["file"]


def test_every_example_breaks_the_rules_that_it_officially_breaks(
    readings: list[tuple[dict[str, str], InvoiceReading]],
) -> None:
    for row, reading in readings:
        assert official(reading.broken_rules) == official(row["rules_broken"].split()), row["file"]


def test_every_example_has_its_official_warnings(
    readings: list[tuple[dict[str, str], InvoiceReading]],
) -> None:
    for row, reading in readings:
        warnings = [finding.rule for finding in reading.findings if not finding.fatal]
        assert official(warnings) == official(row["warnings"].split()), row["file"]


def test_what_is_paid_is_what_the_example_says(
    readings: list[tuple[dict[str, str], InvoiceReading]],
) -> None:
    for row, reading in readings:
        if reading.invoice is None:
            assert row["document"] not in {"Invoice", "CreditNote"}
            continue
        assert reading.invoice.currency == row["currency"], row["file"]
        assert reading.invoice.payable == minor_units(row["payable"]), row["file"]


def test_the_order_reference_is_what_the_example_says(
    readings: list[tuple[dict[str, str], InvoiceReading]],
) -> None:
    for row, reading in readings:
        if reading.invoice is None:
            continue
        expected = row["order_reference"] or None
        if row["customization"].startswith("OIOUBL-2") and expected in NO_ORDER:
            expected = None
        assert reading.invoice.order_reference == expected, row["file"]


def test_a_private_suppliers_personal_number_stays_in_the_file(
    contracts: Path, reader: InvoiceReader
) -> None:
    reading = reader.read((contracts / "oioubl-2.1/real/cpr-supplier.xml").read_bytes())
    assert reading.invoice is not None
    assert reading.invoice.supplier_cvr is None
    assert reading.invoice.supplier_key.startswith("name:")
    content = (contracts / "oioubl-2.1/real/cpr-supplier.xml").read_text(encoding="utf-8")
    personal = content.partition('schemeID="DK:CPR"')[2].partition(">")[2].partition("<")[0]
    assert personal
    assert personal not in repr(reading)

"""What lines a statement comes as, in every version of the message."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import StatementFault, StatementHead, StatementLine
from raaderum.testing.sample_statements import (
    ACCOUNT,
    SampleDetail,
    SampleEntry,
    SampleStatement,
    statement_file,
)
from raaderum_bank_statements.elements import minor_units
from raaderum_bank_statements.reader import CamtReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import StatementPart

    Read = Callable[[bytes], list[StatementPart]]

VERSIONS = ["02", "03", "04", "06", "08", "10", "13"]


def lines_of(parts: list[StatementPart]) -> list[StatementLine]:
    return [part for part in parts if isinstance(part, StatementLine)]


@pytest.mark.parametrize("kind", ["053", "054"])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_line_says_the_same_in_every_version(read: Read, kind: str, version: str) -> None:
    detail = SampleDetail(
        -125_50, "RD-7K3QW9XC", text="tak", batch_id="B7", counterparty="Svend Sø", reference="R1"
    )
    entry = SampleEntry(-125_50, "R1", (detail,), text="Overførsel")
    content = statement_file(SampleStatement([entry]), kind=kind, version=version)
    assert CamtReader().recognises(content[:1000])
    head, line = read(content)
    assert isinstance(head, StatementHead)
    assert isinstance(line, StatementLine)
    assert (head.account, head.currency, head.is_final) == (ACCOUNT, "DKK", kind == "053")
    assert (head.opening, head.closing) == (1_000_000_00, 1_000_000_00 - 125_50)
    assert (head.number, head.until) == (1, date(2026, 3, 2))
    assert (line.amount, line.booked_on, line.value_on) == (-125_50, date(2026, 3, 2), date(2026, 3, 2))
    assert (line.reference, line.end_to_end_id, line.batch_id) == ("R1", "RD-7K3QW9XC", "B7")
    assert (line.text, line.counterparty) == ("tak\nOverførsel", "Svend Sø")


def test_a_booking_of_many_payments_comes_as_a_line_for_each(read: Read) -> None:
    details = tuple(SampleDetail(-amount, f"E{amount}") for amount in (100, 200, 300))
    (_, *lines) = read(statement_file(SampleStatement([SampleEntry(-600, "B", details, batch_id="RUN")])))
    assert [line.amount for line in lines_of(lines)] == [-100, -200, -300]
    assert {(line.entry, line.entry_amount, line.batch_id) for line in lines_of(lines)} == {(1, -600, "RUN")}


def test_what_the_details_leave_out_comes_as_a_line_of_its_own(read: Read) -> None:
    details = (
        SampleDetail(-100, "E1"),
        SampleDetail(None, "E2", text="uden beløb"),
        SampleDetail(-200, "E3"),
    )
    (_, *parts) = read(statement_file(SampleStatement([SampleEntry(-1000, "B", details)])))
    lines = lines_of(parts)
    assert [line.amount for line in lines] == [-100, -200, -700]
    assert lines[-1].text == "E2\nuden beløb"


def test_a_single_detail_without_an_amount_has_the_bookings(read: Read) -> None:
    (_, *parts) = read(
        statement_file(SampleStatement([SampleEntry(-1000, "B", (SampleDetail(None, "E1"),))]))
    )
    (line,) = lines_of(parts)
    assert (line.amount, line.end_to_end_id) == (-1000, "E1")


def test_reversals_returns_and_what_is_only_announced_say_so(read: Read) -> None:
    entries = [
        SampleEntry(100, "A", is_reversal=True),
        SampleEntry(200, "B", (SampleDetail(200, return_reason="AC04"),)),
        SampleEntry(300, "C", status="PDNG"),
    ]
    for version in VERSIONS:
        (_, *parts) = read(statement_file(SampleStatement(entries), version=version))
        told = [(line.is_reversal, line.return_reason, line.is_booked) for line in lines_of(parts)]
        assert told == [(True, None, True), (False, "AC04", True), (False, None, False)]


def test_several_statements_in_one_file_each_have_their_head(read: Read) -> None:
    statements = [SampleStatement([SampleEntry(n)], number=n) for n in (1, 2, 3)]
    parts = read(statement_file(*statements))
    assert [type(part) for part in parts] == [StatementHead, StatementLine] * 3


@pytest.mark.parametrize(
    ("written", "amount"),
    [("0.00", 0), ("12", 1200), ("12.3", 1230), ("200.0000", 20000), (" 7.05 ", 705), ("0.01", 1)],
)
def test_amounts_are_exact(written: str, amount: int) -> None:
    assert minor_units(written) == amount


@pytest.mark.parametrize("written", ["", "1,5", "-1", "1e3", "0.005", "1.", "9" * 19, "٣", "9" * 18, "NaN"])
def test_what_is_no_amount_in_hundredths_is_none(written: str) -> None:
    assert minor_units(written) is None


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (b'<Amt Ccy="DKK">1.00</Amt>', b'<Amt Ccy="DKK">1.005</Amt>', "1.005"),
        (b'<Amt Ccy="DKK">1.00</Amt>', b'<Amt Ccy="EUR">1.00</Amt>', "EUR"),
        (b'<Amt Ccy="DKK">1.00</Amt>', b"", "beløb"),
        (b"<CdtDbtInd>DBIT</CdtDbtInd><Sts>", b"<Sts>", "CdtDbtInd"),
        (b"<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt>", b"", "dato"),
    ],
    ids=["decimals", "currency", "no amount", "no direction", "no date"],
)
def test_a_line_that_cannot_be_read_is_a_fault_and_the_others_go_on(
    read: Read, before: bytes, after: bytes, word: str
) -> None:
    content = statement_file(
        SampleStatement([SampleEntry(-1_00, "A"), SampleEntry(-2_00, "B")], opening=None)
    )
    spoilt = content.replace(before, after, 1)
    assert spoilt != content
    _, fault, line = read(spoilt)
    assert isinstance(fault, StatementFault)
    assert word in fault.message.danish
    assert isinstance(line, StatementLine)
    assert line.amount == -2_00

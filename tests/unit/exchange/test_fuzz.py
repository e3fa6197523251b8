"""Whatever bytes come, the reader answers with a table or with one of the house's own refusals."""

from __future__ import annotations

import csv
import io

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.report import Findings
from raaderum.exchange.rules import SHEET_NAMES, Kind
from raaderum.exchange.sheets import read_file
from raaderum.kernel.errors import InvalidInput

ALL_HEADERS = sorted({column.name for columns in COLUMNS.values() for column in columns})
CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["6101904000", "1.234,50", "2018-01-31", "=1+1", "start", "borger", "\x00", "'", "\ufeff"]
    ),
)
SAMPLE = io.BytesIO()
with xlsxwriter.Workbook(SAMPLE) as _book:
    _book.add_worksheet("borgere").write_row(0, 0, ("cpr", "navn"))
XLSX = SAMPLE.getvalue()


def read(content: bytes, name: str, kind: Kind | None) -> None:
    findings = Findings()
    try:
        file = read_file(content, kind=kind, file_name=name, findings=findings)
    except InvalidInput as refusal:
        assert refusal.message.danish != refusal.message.english  # noqa: PT017 - it is told in both languages
    else:
        assert file.tables or findings.errors


@given(st.binary(max_size=300), st.sampled_from([None, *Kind]))
def test_any_bytes(content: bytes, kind: Kind | None) -> None:
    read(content, "ark.csv", kind)
    read(b"PK" + content, "ark.xlsx", kind)
    read(bytes.fromhex("d0cf11e0a1b11ae1") + content, "ark.xls", kind)


@given(
    st.sampled_from(list(Kind)),
    st.lists(st.one_of(st.sampled_from(ALL_HEADERS), CELLS), max_size=8),
    st.lists(st.lists(CELLS, max_size=8), max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([";", ",", "\t"]),
)
def test_any_table(
    kind: Kind, headers: list[str], rows: list[list[str]], encoding: str, separator: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([headers, *rows])
    read(text.getvalue().encode(encoding, "replace"), f"{SHEET_NAMES[kind]}.csv", None)


@settings(max_examples=200)
@given(st.data())
def test_a_workbook_with_any_byte_changed(data: st.DataObject) -> None:
    content = bytearray(XLSX)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(content), "ark.xlsx", None)
    read(bytes(content[: data.draw(st.integers(2, len(content)))]), "ark.xlsx", None)

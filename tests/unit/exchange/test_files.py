"""Whatever comes as a spreadsheet is read, or refused with words that say what to do."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from raaderum.exchange import archive
from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.delimited import decoded
from raaderum.exchange.exports import FileFormat, template
from raaderum.exchange.report import Findings
from raaderum.exchange.rules import (
    LARGEST_FILE,
    MOST_ERRORS,
    EncodingUnclear,
    Kind,
    KindUnclear,
    NoSheetToTakeIn,
    NotATable,
    OldWorkbook,
    OpenDocumentWorkbook,
    SpreadsheetBroken,
    SpreadsheetTooLarge,
    TooManyColumns,
    TooManyRows,
    WorkbookEncrypted,
    WorkbookSwells,
)
from raaderum.exchange.sheets import ReadFile, read_file
from raaderum.exchange.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.kernel.errors import InvalidInput

CITIZENS = "cpr;navn\r\n610190-4000;Søren Ærø Åse\r\n620190-4001;Mia\r\n"


def read(content: bytes, name: str = "borgere.csv", kind: Kind | None = None) -> tuple[ReadFile, Findings]:
    findings = Findings()
    return read_file(content, kind=kind, file_name=name, findings=findings), findings


def workbook(fill: Callable[[Any], None], **options: object) -> bytes:
    """Write a workbook; `fill` is given it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        fill(book)
    return file.getvalue()


def sheet_of(*rows: tuple[object, ...], name: str = "borgere") -> bytes:
    def fill(book: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(fill)


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a workbook with one of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == part else text)
    return file.getvalue()


def names(file: ReadFile) -> list[str]:
    return [row.text("name") for row in file.tables[0].rows]


@pytest.mark.parametrize(
    ("encoding", "called"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
def test_danish_letters_come_through_every_encoding_that_can_be_told(encoding: str, called: str) -> None:
    file, findings = read(CITIZENS.encode(encoding))
    assert not findings.errors
    assert names(file) == ["Søren Ærø Åse", "Mia"]
    assert file.format == f"CSV, {called}"


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "mac-roman", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_encoding_that_cannot_be_told_is_refused_before_a_letter_is_spoilt(encoding: str) -> None:
    with pytest.raises((EncodingUnclear, NotATable)) as refusal:
        read(CITIZENS.encode(encoding))
    assert "CSV UTF-8" in refusal.value.message.danish


@pytest.mark.parametrize("letter", "æøåÆØÅ")
@pytest.mark.parametrize("encoding", ["cp850", "cp865", "mac-roman"])
def test_no_danish_letter_of_another_encoding_is_taken_for_one_of_windows(letter: str, encoding: str) -> None:
    with pytest.raises(EncodingUnclear):
        decoded(f"navn\n{letter}\n".encode(encoding))


def test_utf_8_that_was_cut_in_the_middle_of_a_letter_is_refused() -> None:
    with pytest.raises(EncodingUnclear):
        decoded("cpr;navn\n1;Sø".encode()[:-1])


@pytest.mark.parametrize("separator", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
def test_the_separator_is_seen_from_the_headers(separator: str) -> None:
    file, findings = read(CITIZENS.replace(";", separator).encode())
    assert not findings.errors
    assert len(file.tables[0].rows) == 2


def test_columns_may_stand_in_any_order_under_either_name() -> None:
    file, findings = read(b"name;CPR\nMia;6101904000\n")
    assert not findings.errors
    assert names(file) == ["Mia"]


def test_empty_rows_are_passed_over_and_counted_as_the_spreadsheet_counts() -> None:
    file, _ = read(b"\ncpr;navn\n;\n\n6101904000;Mia\n;;\n")
    assert [row.number for row in file.tables[0].rows] == [5]


def test_a_line_break_within_quotes_does_not_begin_a_row() -> None:
    file, findings = read(
        'sagsnummer;droem;kategorier\nA;"én\r\nto ""tre""";housing\nB;x;bolig\n'.encode(), "maal.csv"
    )
    assert not findings.errors
    assert [row.text("dream") for row in file.tables[0].rows] == ['én\r\nto "tre"', "x"]
    assert [row.number for row in file.tables[0].rows] == [2, 3]


def test_every_wrong_cell_is_told_with_its_row_and_column() -> None:
    _, findings = read(b"cpr;navn\n999999-9999;Mia\n;\n6101904000;\n1;2;3\n")
    assert [(error.row, error.column) for error in findings.errors] == [
        (2, "cpr"),
        (4, "navn"),
        (5, ""),
        (5, "cpr"),
    ]


def test_an_unknown_column_is_told_with_those_that_are_allowed() -> None:
    _, findings = read(b"cpr;navn;skonummer\n6101904000;Mia;42\n")
    [error] = [error for error in findings.errors if error.row == 1]
    assert error.column == "skonummer"
    assert "cpr, navn" in error.remedy.danish


def test_a_column_that_is_there_twice_or_not_at_all_is_told() -> None:
    _, findings = read(b"cpr;CPR\n6101904000;6101904000\n")
    assert [(error.row, error.column) for error in findings.errors][:2] == [(1, "CPR"), (1, "navn")]


def test_a_nul_byte_is_told_as_an_invisible_sign() -> None:
    _, findings = read(b"cpr;navn\n6101904000;Mi\x00a\n")
    assert [(error.row, error.column) for error in findings.errors] == [(2, "navn")]


def test_right_to_left_text_and_emoji_come_through() -> None:
    file, findings = read("cpr;navn\n6101904000;\u202eمنى\u202c 👩🏽‍🌾\n".encode())
    assert not findings.errors
    assert names(file) == ["\u202eمنى\u202c 👩🏽‍🌾"]


def test_a_million_rows_are_refused_early() -> None:
    with pytest.raises(TooManyRows):
        read(b"cpr;navn\n" + b"1;2\n" * 1_000_000)


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(SpreadsheetTooLarge):
        read(b"x" * (LARGEST_FILE + 1))


def test_a_row_without_end_is_refused() -> None:
    with pytest.raises(TooManyColumns):
        read(b"cpr;navn\n" + b";1" * 5_000)


def test_beyond_a_thousand_errors_only_their_number_is_told() -> None:
    _, findings = read(b"cpr;navn\n" + b"1;2\n" * (MOST_ERRORS + 7))
    assert len(findings.errors) == MOST_ERRORS
    assert findings.left_out == 7


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(b"", NotATable, id="nothing"),
        pytest.param(b"\x00\x00\n", NotATable, id="nothing visible"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), EncodingUnclear, id="a picture"),
        pytest.param(b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", EncodingUnclear, id="a PDF"),
        pytest.param("Kære borger. Hermed et brev.".encode(), NotATable, id="a letter"),
        pytest.param(b'cpr;navn\n1;"open', SpreadsheetBroken, id="an open quote"),
        pytest.param(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), OldWorkbook, id="an old .xls"),
        pytest.param(
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            WorkbookEncrypted,
            id="behind a password",
        ),
        pytest.param(b"PK\x03\x04" + b"x" * 100, SpreadsheetBroken, id="a broken archive"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, refusal: type[InvalidInput]) -> None:
    with pytest.raises(refusal):
        read(content)


def test_a_table_that_could_be_anything_asks_what_it_is() -> None:
    with pytest.raises(KindUnclear):
        read(b"a;b\n1;2\n", "ark.csv")


def test_a_table_is_known_by_its_headers_alone() -> None:
    file, _ = read(CITIZENS.encode(), "udtræk 2018.csv")
    assert file.tables[0].kind is Kind.CITIZENS


def archive_of(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


def test_an_ods_and_any_other_archive_are_told_apart() -> None:
    with pytest.raises(OpenDocumentWorkbook):
        read(archive_of(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"))
    with pytest.raises(NotATable):
        read(archive_of(word__document_xml="<x/>"))


def test_a_workbook_gives_texts_numbers_and_days() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet = book.add_worksheet("køb")
        for place, value in enumerate((" Sø <&> _x0041_ 🌱", 12.3, 610190400)):
            sheet.write(0, place, value)
        sheet.write_datetime(0, 3, date(2018, 1, 31), book.add_format({"num_format": "dd-mm-yyyy"}))
        sheet.write_rich_string(0, 4, "én ", book.add_format({"bold": True}), "fed", " tekst")
        sheet.write_number(0, 5, 43131.5, book.add_format({"num_format": '"dage" 0'}))
        sheet.write_boolean(0, 6, True)  # noqa: FBT003 - the library's own signature
        sheet.write_blank(0, 7, None, book.add_format({"bg_color": "red"}))

    [sheet] = read_workbook(workbook(fill))
    assert sheet.name == "køb"
    assert sheet.rows[0].cells == {
        0: " Sø <&> _x0041_ 🌱",
        1: Decimal("12.3"),
        2: Decimal(610190400),
        3: date(2018, 1, 31),
        4: "én fed tekst",
        5: Decimal("43131.5"),
        6: "TRUE",
    }


def test_days_of_an_old_mac_are_four_years_later() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet = book.add_worksheet("ark")
        sheet.write_datetime(0, 0, date(2018, 1, 31), book.add_format({"num_format": 14}))

    [sheet] = read_workbook(workbook(fill, date_1904=True))
    assert sheet.rows[0].cells == {0: date(2018, 1, 31)}


def test_a_cpr_number_in_a_number_cell_gets_its_zero_back() -> None:
    file, findings = read(sheet_of(("cpr", "navn"), (101904000, "Mia")), "ark.xlsx")
    assert not findings.errors
    assert file.tables[0].rows[0].cpr().digits == "0101904000"


def faulty_sheet(book: Any) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet("borgere")
    sheet.write_row(0, 0, ("cpr", "navn"))
    sheet.write_row(1, 0, ("6101904000", "Mia"))
    sheet.merge_range(2, 1, 4, 1, "Bo")
    sheet.write(2, 0, "6201904001")
    sheet.write_row(5, 0, ("6301904002",))
    sheet.write_formula(5, 1, '="Ida"', None, "Ida")
    sheet.write_row(6, 0, ("6401904003",))
    sheet.write_formula(6, 1, "=1/0", None, "#DIV/0!")


def test_merged_cells_formulas_and_errors_are_told_where_they_stand() -> None:
    content = changed(
        workbook(faulty_sheet),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<f>1/0</f>", ""),
    )
    _, findings = read(content, "ark.xlsx")
    told = {(error.row, error.column): error.reason.danish for error in findings.errors}
    assert told[3, "B3:B5"].startswith("Cellerne er flettet")
    assert told[6, "navn"] == "Cellen indeholder en formel."
    assert told[7, "navn"] == "Cellen viser fejlen #DIV/0!."


def test_a_hidden_sheet_with_rows_is_never_passed_over_in_silence() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401 - the library has no types
        book.add_worksheet("borgere").write_row(0, 0, ("cpr", "navn"))
        hidden = book.add_worksheet("forloeb")
        hidden.write_row(0, 0, [column.name for column in COLUMNS[Kind.ENROLMENTS]])
        hidden.hide()

    _, findings = read(workbook(fill), "ark.xlsx")
    assert [(error.sheet, error.row) for error in findings.errors] == [("forloeb", 1)]
    assert "skjult" in findings.errors[0].reason.danish


def test_a_sheet_that_nobody_knows_is_told_and_an_empty_one_is_not() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401 - the library has no types
        for name in ("borgere", "noter"):
            book.add_worksheet(name).write_row(0, 0, ("cpr", "navn"))
        book.add_worksheet("Ark3")

    _, findings = read(workbook(fill), "ark.xlsx")
    assert [error.sheet for error in findings.errors] == ["noter"]


def test_two_sheets_of_one_kind_are_told() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401 - the library has no types
        for name in ("borgere", "citizens"):
            book.add_worksheet(name).write_row(0, 0, ("cpr", "navn"))

    _, findings = read(workbook(fill), "ark.xlsx")
    assert [error.sheet for error in findings.errors] == ["citizens"]


def test_an_empty_workbook_says_what_the_sheets_are_called() -> None:
    with pytest.raises(NoSheetToTakeIn):
        read(sheet_of(), "ark.xlsx")


def test_a_workbook_of_a_million_rows_is_refused_early() -> None:
    rows = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(2, 20_010))
    content = changed(
        sheet_of(("cpr", "navn")),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("</sheetData>", f"{rows}</sheetData>"),
    )
    with pytest.raises(TooManyRows):
        read(content, "ark.xlsx")


@pytest.mark.parametrize(
    "filling",
    [
        pytest.param("<!-- -->" + " " * 90_000_000, id="space"),
        pytest.param("<x/>" * 300_000, id="elements outside rows"),
        pytest.param('<row r="2">' + "<c/>" * 300_000 + "</row>", id="one endless row"),
    ],
)
def test_a_bomb_is_refused_before_it_fills_the_memory(filling: str) -> None:
    content = changed(
        sheet_of(("cpr", "navn")),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("</sheetData>", f"{filling}</sheetData>"),
    )
    assert len(content) < LARGEST_FILE
    with pytest.raises((WorkbookSwells, TooManyColumns, SpreadsheetBroken)):
        read(content, "ark.xlsx")


def test_an_archive_that_lies_about_its_sizes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = sheet_of(("cpr", "navn"), *(("6101904000", f"Mia {number}") for number in range(2_000)))
    monkeypatch.setattr(archive, "_LARGEST_PART", 50_000)
    with pytest.raises(WorkbookSwells):
        read(content, "ark.xlsx")


def test_entities_are_neither_resolved_nor_fetched() -> None:
    def change(text: str) -> str:
        head, body = text.split("?>", 1)
        entity = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        return f"{head}?>{entity}" + re.sub("<t>navn</t>", "<t>&x;</t>", body)

    content = changed(sheet_of(("cpr", "navn")), "xl/sharedStrings.xml", change)
    with pytest.raises(SpreadsheetBroken):
        read(content, "ark.xlsx")


def test_an_encrypted_archive_is_told() -> None:
    content = bytearray(sheet_of(("cpr", "navn")))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(WorkbookEncrypted):
        read(bytes(content), "ark.xlsx")


@pytest.mark.parametrize("kind", [None, *Kind], ids=str)
@pytest.mark.parametrize("file_format", list(FileFormat))
def test_a_template_can_be_taken_in_as_it_is(kind: Kind | None, file_format: FileFormat) -> None:
    file = template(kind, file_format)
    found, findings = read(file.content, file.name)
    assert not findings.errors
    assert [table.kind for table in found.tables] == ([kind] if kind else list(Kind))
    assert all(len(table.rows) == 1 for table in found.tables)

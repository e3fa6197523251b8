from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from raaderum.exchange.columns import COLUMNS, column_named, find_column
from raaderum.exchange.rules import Kind, find_kind, plain_name
from raaderum.exchange.safe_cells import guarded, without_guard
from raaderum.exchange.values import CellWrong, Words, canonical, read_amount, read_cpr, read_cvr, read_day

if TYPE_CHECKING:
    from raaderum.exchange.values import Cell


@pytest.mark.parametrize(
    ("cell", "oere"),
    [
        pytest.param("1.234,50", 123450, id="Danish"),
        pytest.param("1234,5", 123450, id="Danish without a point"),
        pytest.param("1234.5", 123450, id="a decimal point"),
        pytest.param("1.234", 123400, id="a point before thousands"),
        pytest.param("50.000 kr.", 5000000, id="with the currency"),
        pytest.param(Decimal("1234.5"), 123450, id="a number"),
        pytest.param(Decimal("12.299999999999999"), 1230, id="a binary fraction"),
    ],
)
def test_an_amount_is_read_as_it_was_meant(cell: Cell, oere: int) -> None:
    assert read_amount(cell) == oere


@pytest.mark.parametrize(
    "cell",
    [
        "1,234.50",
        "0",
        "-5",
        "femten",
        "1.2345",
        "12.345.67",
        Decimal("12.345"),
        Decimal("1E+400"),
        Decimal(0),
        "9" * 50,
    ],
    ids=str,
)
def test_what_may_be_another_amount_is_refused(cell: Cell) -> None:
    with pytest.raises(CellWrong):
        read_amount(cell)


@pytest.mark.parametrize("written", ["2018-01-31", "31-01-2018", "31.1.2018", "31/01/2018"])
def test_a_day_is_read_the_danish_way(written: str) -> None:
    assert read_day(written) == date(2018, 1, 31)


@pytest.mark.parametrize("written", ["2018-02-30", "31-13-2018", "01-02-18", "i går", "0001-01-01", "43131"])
def test_a_day_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(CellWrong):
        read_day(written)


def test_a_cpr_number_that_lost_its_zero_as_a_number_gets_it_back() -> None:
    assert canonical(read_cpr(Decimal(101904321))) == "0101904321"


def test_a_text_of_nine_digits_is_told_instead_of_mended() -> None:
    with pytest.raises(CellWrong) as refusal:
        read_cpr("101904321")
    assert "nul" in refusal.value.reason.danish


def test_a_refusal_never_repeats_a_cpr_number() -> None:
    with pytest.raises(CellWrong) as refusal:
        read_cpr("990190-4321")
    assert "990190" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_cvr_number_may_have_been_a_number() -> None:
    assert read_cvr(Decimal(12345674)) == "12345674"
    assert read_cvr("DK 12 34 56 74") == "12345674"


def test_words_are_kept_to_the_letter_where_they_are_the_citizens() -> None:
    dream = "  Jeg vil ha' \u202eרוצה\u202c 🌱\n\nét hus  "
    assert Words(verbatim=True)(dream) == dream
    assert Words()("  Mia \n Mortensen ") == "Mia Mortensen"


@pytest.mark.parametrize("header", ["støtteperson", " Stoetteperson", "SUPPORT_PERSON", "support person"])
def test_a_header_is_known_however_it_is_written(header: str) -> None:
    assert find_column(Kind.ENROLMENTS, header) is column_named(Kind.ENROLMENTS, "support_person")


@pytest.mark.parametrize(
    ("written", "kind"), [("Forløb", Kind.ENROLMENTS), ("goals", Kind.GOALS), ("x", None)]
)
def test_a_sheet_is_known_by_its_name(written: str, kind: Kind | None) -> None:
    assert find_kind(written) is kind


def test_no_two_columns_of_a_table_share_a_name() -> None:
    for columns in COLUMNS.values():
        names = [name for column in columns for name in {column.name, column.english}]
        assert len(names) == len(set(names))
        assert names == [plain_name(name) for name in names]


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n＝＋－＠"], ids=ascii)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe_and_loses_it_again(sign: str) -> None:
    for text in (f"{sign}1+1", f"'{sign}x", f"''{sign}"):
        assert guarded(text) == f"'{text}"
        assert without_guard(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "'", "''", "Hus og have", "'citat'", "1-2", "a=b"])
def test_a_harmless_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert without_guard(text) == text

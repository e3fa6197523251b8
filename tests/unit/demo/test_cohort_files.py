from __future__ import annotations

import random

import pytest
from stdnum.dk import cvr as cvr_numbers

from raaderum.demo.cohort.chances import numbers_with_sum
from raaderum.demo.cohort.import_files import import_files
from raaderum.demo.cohort.made_history import make_history
from raaderum.exchange.columns import find_column
from raaderum.exchange.delimited import read_delimited
from raaderum.exchange.rules import Kind


def test_each_municipality_hands_in_one_file_of_each_kind_in_the_order_of_taking_in() -> None:
    files = list(import_files(make_history()))
    assert [file.kind for file in files] == [*Kind] * 4
    assert [file.municipality for file in files[::6]] == ["aarhus", "halsnaes", "kolding", "lejre"]
    assert sum(file.rows for file in files if file.kind is Kind.ENROLMENTS) == 198


def test_the_files_are_read_as_any_municipalitys_are_and_every_cell_fits_its_column() -> None:
    for file in import_files(make_history()):
        sheet, encoding = read_delimited(file.content, name=file.name)
        assert encoding == "UTF-8"
        header, *rows = sheet.rows
        columns = {place: find_column(file.kind, str(cell)) for place, cell in header.cells.items()}
        assert len(rows) == file.rows > 0
        for row in rows:
            for place, cell in row.cells.items():
                column = columns[place]
                assert column is not None
                assert column.read(cell) is not None


def test_every_supplier_has_a_number_of_its_own_with_a_valid_check_digit() -> None:
    numbers: dict[str, set[str]] = {}
    for file in import_files(make_history()):
        if file.kind is Kind.PURCHASES:
            for line in file.content.decode("utf-8-sig").splitlines()[1:]:
                *_, supplier, number, _, _, _, _ = line.split(";")
                numbers.setdefault(supplier, set()).add(number)
    assert len(numbers) > 20
    assert all(len(held) == 1 and cvr_numbers.is_valid(*held) for held in numbers.values())
    assert len(set.union(*numbers.values())) == len(numbers)


def test_numbers_are_drawn_to_a_sum_or_not_at_all() -> None:
    chance = random.Random(1)  # noqa: S311 - nothing is secret
    among = [(1, 5), (10, 20), (0, 100)]
    drawn = numbers_with_sum(chance, 60, among=among)
    assert sum(drawn) == 60
    assert all(low <= number <= high for number, (low, high) in zip(drawn, among, strict=True))
    with pytest.raises(ValueError, match="reach"):
        numbers_with_sum(chance, 126, among=among)

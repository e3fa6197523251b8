"""The CPR office's century table, and numbers that others have published as test persons."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from raaderum.people.cpr import Cpr, CprImpossible

CONTRACTS = Path(__file__).parents[4] / "shared" / "contracts" / "cpr"

pytestmark = pytest.mark.skipif(not CONTRACTS.is_dir(), reason="the folder of contract samples is not there")


def rows_of(name: str) -> list[dict[str, str]]:
    path = CONTRACTS / name
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_digit_and_year_lies_in_the_century_of_the_table() -> None:
    checked = 0
    for row in rows_of("century-table.csv"):
        for seventh in range(int(row["digit7_from"]), int(row["digit7_to"]) + 1):
            for year in range(int(row["yy_from"]), int(row["yy_to"]) + 1):
                born_on = Cpr.parse(f"6101{year:02d}{seventh}001").born_on
                assert born_on == date(int(row["century"]) + year, 1, 1)
                checked += 1
    assert checked == 10 * 100


@pytest.mark.parametrize(
    "row", rows_of("constructed-boundary-cases.csv"), ids=lambda row: row["why"].replace(" ", "-")
)
def test_the_boundary_cases_come_out_as_published(row: dict[str, str]) -> None:
    if row["expected"].startswith("erstatning"):
        cpr = Cpr.parse(row["input"])
        assert cpr.is_replacement
        assert cpr.born_on.year == int(row["birth_year"])
    else:
        with pytest.raises(CprImpossible):
            Cpr.parse(row["input"])


def test_the_published_test_persons_are_who_they_are_said_to_be() -> None:
    rows = rows_of("mitid-pp-test-cpr.csv")
    assert len(rows) > 10
    for row in rows:
        cpr = Cpr.parse(row["cpr"])
        assert (str(cpr.born_on.year), "K" if cpr.is_female else "M") == (row["birth_year"], row["gender"])
        assert not cpr.is_replacement

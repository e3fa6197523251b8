"""The cohort goes in through the real import on engines of its own, and its figures come out of the cases."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from raaderum.demo.cohort.published import PLACES, PUBLISHED

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

ALL = len(PUBLISHED)
TENANTS = {"RAADERUM_TENANTS": str(Path("tenants").resolve())}


def test_the_cohort_comes_out_as_published_and_a_second_time_changes_nothing(
    raaderum: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    first = raaderum("cohort", "--state", tmp_path / "state", environment=TENANTS)
    assert first.returncode == 0, first.stdout + first.stderr
    assert f"{ALL} af {ALL} tal er så nær" in first.stdout
    assert "UDEN FOR" not in first.stdout
    assert "Bøgerne stemmer på øren" in first.stdout
    assert seconds_told(first.stdout) < 30

    again = raaderum("cohort", "--english", "--state", tmp_path / "state", environment=TENANTS)
    assert again.returncode == 0
    assert "All rows were there already." in again.stdout
    assert f"{ALL} of {ALL} figures" in again.stdout
    assert len(figures(again.stdout)) == len(figures(first.stdout)) == ALL

    extract = tmp_path / "state/handed-in/made-up-register-extract.csv"
    with extract.open(encoding="utf-8") as lines:
        assert len(list(csv.reader(lines))) == 102
    handed_in = {
        path.relative_to(tmp_path / "state/handed-in").as_posix() for path in extract.parent.rglob("*.csv")
    }
    assert len(handed_in) == 4 * 6 + 1
    assert "aarhus/koeb.csv" in handed_in


def seconds_told(output: str) -> float:
    (line,) = [line for line in output.splitlines() if "rækker indlæst på" in line]
    return float(line.removesuffix(" s").rpartition(" ")[2].replace(",", "."))


def figures(output: str) -> list[str]:
    places = {place.danish for place in PLACES.values()} | {place.english for place in PLACES.values()}
    return [line for line in output.splitlines() if line[14:24].strip() in places]

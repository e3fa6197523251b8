"""A bank's file is taken in, and the books are proven, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.kernel import clock
from raaderum.reconciliation.rules import LINE_OUTCOME_NAMES, LineOutcome
from raaderum.testing.sample_statements import SampleEntry, SampleStatement, statement_file

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.settings import Settings

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The tests' own installation, from whatever folder the command runs in."""
    return {**settings.as_environment(), "RAADERUM_TENANTS": str(settings.tenants_folder.resolve())}


def test_the_proof_holds_until_the_bank_tells_of_money_that_the_books_do_not_know(
    environment: dict[str, str], tmp_path: Path, raaderum: Run
) -> None:
    before = raaderum("prove", environment=environment)
    assert (before.returncode, before.stderr) == (0, "")
    assert before.stdout.count("alt stemmer til øren") == len(before.stdout.splitlines()) > 1

    file = tmp_path / "kontoudtog.xml"
    entry = SampleEntry(-25_00, "GEBYR1", text="Kvartalsgebyr", booked_on=clock.today())
    file.write_bytes(statement_file(SampleStatement([entry], until=clock.today())))
    taken = raaderum("statement", "--tenant", "kolding", file, environment=environment)
    assert (taken.returncode, taken.stderr) == (0, "")
    assert f"{LINE_OUTCOME_NAMES[LineOutcome.UNMATCHED]}: 1" in taken.stdout

    again = raaderum("statement", "--tenant", "kolding", file, environment=environment)
    assert again.returncode == 0
    assert f"{LINE_OUTCOME_NAMES[LineOutcome.UNMATCHED]}: 1" not in again.stdout

    after = raaderum("prove", environment=environment)
    assert after.returncode == 1
    assert "Kolding Kommune: 1 ting stemmer ikke" in after.stdout
    assert "25,00 kr." in after.stdout
    assert after.stdout.count("alt stemmer til øren") == len(before.stdout.splitlines()) - 1


def test_a_file_that_is_no_statement_is_refused_in_words(
    environment: dict[str, str], tmp_path: Path, raaderum: Run
) -> None:
    file = tmp_path / "program.exe"
    file.write_bytes(b"MZ" + b"\0" * 999)
    ended = raaderum("statement", "--tenant", "lejre", file, environment=environment)
    assert "camt.053" in ended.stdout
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1

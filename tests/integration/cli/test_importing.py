"""Spreadsheets from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from raaderum.cli.main import raaderum as command
from raaderum.people.roles import Role
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import reading
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants
from raaderum.testing.cases import made_up_cpr
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from flask import Flask

    from raaderum.settings import Settings

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def email(app: Flask) -> str:
    """Return the address of an administrator of Halsnæs."""
    assert app
    with working_for(tenants().by_slug("halsnaes").id):
        actor = hire("Anders And", Role.ADMINISTRATOR)
        with reading() as session:
            return session.scalars(select(Staff.email).where(Staff.id == actor.person_id)).one()


@pytest.fixture
def importing(raaderum: Run, settings: Settings, email: str) -> Run:
    environment = {**settings.as_environment(), "RAADERUM_TENANTS": str(Path("tenants").resolve())}

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return raaderum("import", "halsnaes", *words, "--as", email, environment=environment)

    return run


def test_a_file_is_tried_out_taken_in_and_known_again(importing: Run, tmp_path: Path) -> None:
    file = tmp_path / "borgere.csv"
    file.write_text(f"cpr;navn\n{made_up_cpr(serial=uuid4().int).digits};Mia\n", encoding="utf-8")
    tried, taken, again = importing(file, "--dry-run"), importing(file), importing(file)
    assert [ended.returncode for ended in (tried, taken, again)] == [0, 0, 0], tried.stderr
    assert "1 nye/new" in tried.stdout
    assert "intet er gemt" in tried.stdout
    assert "1 nye/new" in taken.stdout
    assert "1 er der allerede/already there" in again.stdout
    assert "borgere.csv" in taken.stderr


def test_a_faulty_file_is_told_row_by_row_and_ends_with_1(importing: Run, tmp_path: Path) -> None:
    file = tmp_path / "borgere.csv"
    file.write_text("cpr;navn\n12;Mia\n", encoding="utf-8")
    ended = importing(file)
    assert ended.returncode == 1
    assert "række/row 2, cpr: Sådan kan et CPR-nummer ikke se ud." in ended.stdout
    assert "Nothing was saved." in ended.stdout


def test_a_file_that_is_no_table_is_told_in_both_languages(importing: Run, tmp_path: Path) -> None:
    file = tmp_path / "borgere.xls"
    file.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    ended = importing(file)
    assert ended.returncode == 1
    assert "det gamle format (.xls)" in ended.stderr
    assert "the old format (.xls)" in ended.stderr


def test_the_template_is_written(tmp_path: Path) -> None:
    ended = CliRunner().invoke(command, ["import-template", str(tmp_path / "start.xlsx")])
    assert ended.exit_code == 0, ended.output
    assert (tmp_path / "start.xlsx").read_bytes().startswith(b"PK")

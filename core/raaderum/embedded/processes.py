"""Runs a program of an engine, as the engine's account and with nothing of our environment."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from raaderum.embedded.accounts import Account
from raaderum.embedded.errors import EngineDidNotStart, ProgramNotRunnable

_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""No PGDATA, PGOPTIONS, HOME or secrets of the caller reach a server."""
_PATIENCE_SECONDS = 120.0


def run_as(
    account: Account,
    command: Sequence[str],
    *,
    folder: Path,
    standard_input: bytes = b"",
    inherited: Sequence[int] = (),
) -> subprocess.CompletedProcess[bytes]:
    """Run `command` in `folder` to its end, whatever its exit status, in a session of its own.

    `inherited` are the open descriptors that it and what it leaves behind keep.
    The folder is entered before our rights are given up, so the account need not be able to
    reach it from the outside. Raises `ProgramNotRunnable`.
    """
    try:
        return subprocess.run(  # noqa: S603 - programs of our own wheels, arguments of our own making
            command,
            cwd=folder,
            input=standard_input,
            capture_output=True,
            pass_fds=inherited,
            env=_ENVIRONMENT,
            umask=0o077,
            start_new_session=True,
            user=None if account.is_ours else account.uid,
            group=None if account.is_ours else account.gid,
            extra_groups=None if account.is_ours else [],
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise ProgramNotRunnable(program=command[0], account=account.uid, reason=reason) from problem


def seen_from_within(folder: Path, account: Account) -> str:
    """Return the path by which a program that `run_as` starts in `folder` finds that folder.

    As root the folder may lie below one that the account cannot enter (/root, a private
    temporary folder), so the program gets the one name that needs no way there.
    """
    return str(folder) if account.is_ours else "/proc/self/cwd"


def demand_success(outcome: subprocess.CompletedProcess[bytes], *, engine: str, log: Path) -> None:
    """Raise `EngineDidNotStart` with what the program said, unless it ended well."""
    if outcome.returncode != 0:
        said = (outcome.stdout + outcome.stderr).decode(errors="replace").strip()
        reason = f"{Path(outcome.args[0]).name} → {outcome.returncode}"
        raise EngineDidNotStart(engine=engine, reason=reason, log=log, last_lines=said)

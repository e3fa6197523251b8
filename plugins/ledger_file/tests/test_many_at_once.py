"""Threads and processes that book at the same time, and processes that are killed while they do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from raaderum.plugin_api import Completed
from raaderum_ledger_file.export import FileLedgerExport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from raaderum.plugin_api import Voucher

    Restarted = Callable[[], FileLedgerExport]
    AssertSound = Callable[[Mapping[str, str]], None]

SCRIPT = Path(__file__).with_name("booking_process.py")
MOST_SYSTEM_CALLS = 100


def _start(folder: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, SCRIPT, folder, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def _told(output: str) -> dict[str, str]:
    """What the process has said it booked; a last line torn by its death was never said."""
    whole_lines = [line for line in output.splitlines(keepends=True) if line.endswith("\n")]
    return dict(line.split() for line in whole_lines)


def test_eight_processes_with_the_same_keys_book_each_once(
    export: FileLedgerExport, folder: Path, assert_sound: AssertSound
) -> None:
    names = ["shared", "shared", "shared", "shared", "left", "left", "right", "own"]
    processes = [_start(folder, name, 50) for name in names]
    told = [_told(process.communicate(timeout=60)[0]) for process in processes]
    assert [process.returncode for process in processes] == [0] * 8
    assert [len(one) for one in told] == [50] * 8
    assert told[0] == told[1] == told[2] == told[3]
    assert told[4] == told[5]
    assert len(list(export.receipts())) == 4 * 50
    for one in told:
        assert_sound(one)


def test_threads_that_share_an_export_book_each_key_once(
    export: FileLedgerExport, a_voucher: Callable[[int], Voucher], assert_sound: AssertSound
) -> None:
    def book(number: int) -> tuple[str, str]:
        outcome = export.export(a_voucher(number), f"key-{number}")
        assert isinstance(outcome, Completed)
        return f"key-{number}", outcome.reference

    with ThreadPoolExecutor(16) as threads:
        told = list(threads.map(book, [*range(1, 101)] * 3))
    assert len(set(told)) == 100
    assert_sound(dict(told))


def test_two_exports_in_one_process_see_each_others_vouchers(
    restarted: Restarted, a_voucher: Callable[[int], Voucher]
) -> None:
    one, other = restarted(), restarted()
    numbers = [
        export.export(a_voucher(n), f"key-{n}") for n, export in enumerate([one, other, one, other], 1)
    ]
    assert numbers == [Completed(f"2026-00000{number}") for number in (1, 2, 3, 4)]


def test_a_kill_at_any_system_call_loses_and_doubles_nothing(
    export: FileLedgerExport, folder: Path, assert_sound: AssertSound
) -> None:
    told: dict[str, str] = {}
    for killed_at in range(1, MOST_SYSTEM_CALLS):
        process = _start(folder, f"run-{killed_at}", 2, killed_at)
        told |= _told(process.communicate(timeout=60)[0])
        assert_sound(told)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL
        again = _start(folder, f"run-{killed_at}", 2)
        told_again = _told(again.communicate(timeout=60)[0])
        assert told_again.keys() == {f"run-{killed_at}-0", f"run-{killed_at}-1"}
        assert all(told.get(key, number) == number for key, number in told_again.items())
        told |= told_again
    assert killed_at > 10
    assert process.returncode == 0
    assert len(list(export.receipts())) == 2 * killed_at


def test_killed_writers_leave_a_sound_journal_to_those_who_go_on(
    export: FileLedgerExport, folder: Path, assert_sound: AssertSound
) -> None:
    told: dict[str, str] = {}
    for attempt in range(6):
        processes = [_start(folder, name, 100_000) for name in ("a", "a", "b")]
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        time.sleep(0.01 + 0.013 * attempt)
        for process in processes:
            process.kill()
        for process in processes:
            output = process.communicate(timeout=60)[0]
            for key, number in _told(output).items():
                assert told.setdefault(key, number) == number
        assert_sound(told)
    assert len(told) > 20
    assert len(list(export.receipts())) >= len(told)

"""What a disk can do to the journal: torn lines, no room, missing and damaged files."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Completed, Unknown
from raaderum_ledger_file.year_file import JournalDamaged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from raaderum.plugin_api import Voucher
    from raaderum_ledger_file.export import FileLedgerExport

    MakeVoucher = Callable[..., Voucher]
    Restarted = Callable[[], FileLedgerExport]

FIRST = Completed("2026-000001")
SECOND = Completed("2026-000002")


@pytest.fixture
def journal_file(folder: Path) -> Path:
    return folder / "vouchers-2026.jsonl"


def test_a_torn_last_line_is_cut_off_at_any_byte(
    export: FileLedgerExport,
    restarted: Restarted,
    journal_file: Path,
    a_voucher: MakeVoucher,
    assert_sound: Callable[[Mapping[str, str]], None],
) -> None:
    export.export(a_voucher(1), "first")
    first = journal_file.read_bytes()
    export.export(a_voucher(2), "second")
    both = journal_file.read_bytes()
    for length in range(len(first), len(both), 7):
        journal_file.write_bytes(both[:length])
        fresh = restarted()
        assert fresh.look_up("second") is None
        assert fresh.look_up("first") == FIRST
        assert journal_file.read_bytes() == first
        assert fresh.export(a_voucher(2), "second") == SECOND
    assert journal_file.read_bytes() == both
    assert_sound({"first": "2026-000001", "second": "2026-000002"})


def test_a_running_export_cuts_off_what_another_process_tore(
    export: FileLedgerExport, journal_file: Path, a_voucher: MakeVoucher
) -> None:
    export.export(a_voucher(1), "first")
    with journal_file.open("ab") as file:
        file.write(b'{"number": "2026-000002", "idempo')
    assert export.export(a_voucher(2), "second") == SECOND
    assert [receipt.idempotency_key for receipt in export.receipts()] == ["first", "second"]


def test_an_empty_file_left_by_a_crash_begins_at_number_one(
    export: FileLedgerExport, journal_file: Path, a_voucher: MakeVoucher
) -> None:
    journal_file.touch()
    assert export.export(a_voucher(), "key") == FIRST


@pytest.mark.parametrize("failing", ["write", "fsync", "open"])
def test_a_full_disk_is_unknown_and_a_repeat_books_once(
    export: FileLedgerExport,
    restarted: Restarted,
    a_voucher: MakeVoucher,
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
) -> None:
    def fail(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, failing, fail)
        outcome = export.export(a_voucher(), "key")
    assert outcome == Unknown("The voucher journal cannot be used: No space left on device.")
    assert export.look_up("key") is None
    assert export.export(a_voucher(), "key") == FIRST
    assert restarted().export(a_voucher(2), "other") == SECOND


def test_half_a_line_on_a_full_disk_is_taken_back(
    export: FileLedgerExport, journal_file: Path, a_voucher: MakeVoucher, monkeypatch: pytest.MonkeyPatch
) -> None:
    export.export(a_voucher(1), "first")
    before = journal_file.read_bytes()
    real_write = os.write
    sizes = iter([10, 0])

    def write_a_little(descriptor: int, content: bytes) -> int:
        size = next(sizes)
        if size == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real_write(descriptor, content[:size])

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", write_a_little)
        assert isinstance(export.export(a_voucher(2), "second"), Unknown)
    assert journal_file.read_bytes() == before
    assert export.export(a_voucher(2), "second") == SECOND


def test_a_voucher_whose_write_could_not_be_taken_back_keeps_its_number(
    export: FileLedgerExport, a_voucher: MakeVoucher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        broken.setattr(os, "ftruncate", fail)
        assert isinstance(export.export(a_voucher(1), "first"), Unknown)
        assert isinstance(export.look_up("first"), Unknown)
    assert export.look_up("first") == FIRST
    assert export.export(a_voucher(2), "second") == SECOND


def test_a_folder_that_is_gone_is_unknown_and_not_begun_anew(
    export: FileLedgerExport, folder: Path, a_voucher: MakeVoucher
) -> None:
    export.export(a_voucher(), "key")
    shutil.rmtree(folder)
    assert isinstance(export.export(a_voucher(2), "other"), Unknown)
    assert isinstance(export.look_up("key"), Unknown)
    assert not folder.exists()
    with pytest.raises(FileNotFoundError):
        next(export.receipts())


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: os.truncate(file, 100)])
def test_a_file_that_has_lost_vouchers_stops_the_booking(
    export: FileLedgerExport, journal_file: Path, a_voucher: MakeVoucher, spoil: Callable[[Path], None]
) -> None:
    export.export(a_voucher(), "key")
    spoil(journal_file)
    assert isinstance(export.export(a_voucher(2), "other"), Unknown)


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [b"{}\n", *lines[1:]],
        lambda lines: [b"[1]\n", *lines[1:]],
        lambda lines: [b"\x00\xff\n", *lines[1:]],
        lambda lines: [lines[0].replace(b'"lines": [', b'"lines": [7, '), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0]],
        lambda lines: [*lines, lines[1]],
    ],
    ids=["no voucher", "list", "rubbish", "line", "missing", "swapped", "doubled"],
)
def test_a_damaged_file_stops_the_booking_until_somebody_looks(
    export: FileLedgerExport,
    restarted: Restarted,
    journal_file: Path,
    a_voucher: MakeVoucher,
    damage: Callable[[list[bytes]], list[bytes]],
) -> None:
    for number in (1, 2, 3):
        export.export(a_voucher(number), f"key-{number}")
    whole = journal_file.read_bytes()
    journal_file.write_bytes(b"".join(damage(whole.splitlines(keepends=True))))
    fresh = restarted()
    outcome = fresh.export(a_voucher(4), "key-4")
    assert isinstance(outcome, Unknown)
    assert "vouchers-2026.jsonl, byte " in outcome.reason
    with pytest.raises(JournalDamaged):
        list(fresh.receipts())
    journal_file.write_bytes(whole)
    assert fresh.export(a_voucher(4), "key-4") == Completed("2026-000004")

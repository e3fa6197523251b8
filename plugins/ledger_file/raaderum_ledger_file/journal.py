"""The vouchers of one tenant in one folder: a file per accounting year, and one lock for them all."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from raaderum_ledger_file.year_file import Position, YearFile, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from raaderum.plugin_api import Voucher, VoucherReceipt

_FILE_NAME = re.compile(r"vouchers-(\d{4})\.jsonl")


class Journal:
    """Finds and appends vouchers under an exclusive lock that threads and processes share.

    Keeps in memory only where each key's voucher stands; what others have appended is read
    at each call. No file stays open between calls, so a fork may happen at any time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._years: dict[int, YearFile] = {}
        self._positions: dict[str, Position] = {}

    def prepare(self) -> None:
        """Make the folder and its lock; raise `OSError` where it cannot be written to.

        Only here: a folder that vanishes later (a disk that is not mounted) must not start anew.
        """
        _make_folder(self.folder)
        with self._alone():
            pass

    def find(self, idempotency_key: str) -> VoucherReceipt | None:
        """Return the voucher booked under `idempotency_key`, or None."""
        with self._alone():
            self._read_on()
            return self._find(idempotency_key)

    def find_or_append(self, voucher: Voucher, idempotency_key: str) -> VoucherReceipt:
        """Return the voucher booked under `idempotency_key`; book `voucher` where there is none."""
        with self._alone():
            self._read_on()
            found = self._find(idempotency_key)
            if found is not None:
                return found
            receipt, position = self._file_of(voucher.booked_on.year).append(voucher, idempotency_key)
            self._years[position.file.year] = position.file
            self._positions[idempotency_key] = position
            return receipt

    def receipts(self) -> Iterator[VoucherReceipt]:
        """Go through what is booked when the walk begins; others may write meanwhile."""
        with self._alone():
            self._read_on()
            ends = [(file, file.read_until) for _, file in sorted(self._years.items())]
        for file, end in ends:
            yield from file.receipts(end)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock. Opened anew each time: `flock` then keeps threads apart as well as processes."""
        lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                # Closing alone would leave it locked where a fork has copied the descriptor.
                fcntl.flock(lock, fcntl.LOCK_UN)
        finally:
            os.close(lock)

    def _read_on(self) -> None:
        for path in self.folder.iterdir():
            match = _FILE_NAME.fullmatch(path.name)
            if match and int(match[1]) not in self._years:
                self._years[int(match[1])] = YearFile(path, int(match[1]))
        for file in self._years.values():
            self._positions.update(file.read_on())

    def _find(self, idempotency_key: str) -> VoucherReceipt | None:
        position = self._positions.get(idempotency_key)
        return None if position is None else position.file.receipt_at(position.start)

    def _file_of(self, year: int) -> YearFile:
        """Return the year's file, or a new one, which is not kept until it stands on the disk."""
        return self._years.get(year) or YearFile(self.folder / f"vouchers-{year:04d}.jsonl", year)


def _make_folder(folder: Path) -> None:
    """Make `folder` and its parents, each on the disk before the next."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)

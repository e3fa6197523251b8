"""One accounting year's vouchers: a file of lines, numbered from 1 without gaps.

Nothing here locks: the journal calls it while it holds the lock.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.plugin_api import Voucher, VoucherReceipt
from raaderum_ledger_file.lines import LineUnreadable, line_of, receipt_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class JournalDamaged(Exception):
    """A file does not hold what was written to it; a person must look before anything is booked."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a voucher stands: its file, and its line from byte `start` on."""

    file: YearFile
    start: int


class YearFile:
    """The file of one year, and how far it has been read and is known to be on the disk."""

    def __init__(self, path: Path, year: int) -> None:
        self.path = path
        self.year = year
        self.read_until = 0
        self._last_number = 0

    def read_on(self) -> dict[str, Position]:
        """Return where the vouchers stand that were added since the last time, by idempotency key.

        A last line torn by a crash is cut off. The lines are on the disk when this returns:
        whoever wrote them may have been killed before it could see to that.
        """
        with self.path.open("r+b") as file:
            size = os.fstat(file.fileno()).st_size
            if size < self.read_until:
                raise JournalDamaged(f"{self.path.name} has become shorter")
            if size == self.read_until:
                return {}
            added: dict[str, Position] = {}
            start, number = self.read_until, self._last_number
            file.seek(start)
            for line in file:
                if not line.endswith(b"\n"):
                    file.truncate(start)
                    break
                number += 1
                added[self._key_on(line, start, number)] = Position(self, start)
                start += len(line)
            os.fsync(file.fileno())
        if self.read_until == 0:
            sync_folder(self.path.parent)
        self.read_until, self._last_number = start, number
        return added

    def append(self, voucher: Voucher, idempotency_key: str) -> tuple[VoucherReceipt, Position]:
        """Write `voucher` under the next number and return once it is on the disk.

        Everything in the file must have been read. After an `OSError` it is open whether the
        voucher stands there; the next `read_on` will tell.
        """
        receipt = VoucherReceipt(self._numbered(self._last_number + 1), idempotency_key, voucher)
        line = line_of(receipt)
        position = Position(self, self.read_until)
        self._write(line)
        if position.start == 0:
            sync_folder(self.path.parent)
        self.read_until += len(line)
        self._last_number += 1
        return receipt, position

    def receipt_at(self, start: int) -> VoucherReceipt:
        """Return the voucher whose line begins at byte `start`."""
        with self.path.open("rb") as file:
            file.seek(start)
            return self._receipt_on(file.readline(), start)

    def receipts(self, end: int) -> Iterator[VoucherReceipt]:
        """Go through the vouchers up to byte `end`, which must be the end of a line."""
        start = 0
        with self.path.open("rb") as file:
            while start < end:
                line = file.readline()
                yield self._receipt_on(line, start)
                start += len(line)

    def _write(self, line: bytes) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        except OSError:
            # A full disk leaves half a line: take it back now, or the next reader cuts it off.
            with suppress(OSError):
                os.ftruncate(descriptor, self.read_until)
            raise
        finally:
            os.close(descriptor)

    def _key_on(self, line: bytes, start: int, number: int) -> str:
        receipt = self._receipt_on(line, start)
        if receipt.number != self._numbered(number):
            raise JournalDamaged(f"{self.path.name}, byte {start}: number {number} is missing")
        return receipt.idempotency_key

    def _receipt_on(self, line: bytes, start: int) -> VoucherReceipt:
        try:
            return receipt_from(line)
        except LineUnreadable as error:
            raise JournalDamaged(f"{self.path.name}, byte {start}: the line cannot be read") from error

    def _numbered(self, number: int) -> str:
        return f"{self.year:04d}-{number:06d}"


def sync_folder(folder: Path) -> None:
    """See to it that the names in `folder` are on the disk, not only the files' content."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

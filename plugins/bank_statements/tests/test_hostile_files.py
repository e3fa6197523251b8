"""Whatever the bytes are: faults in words, never an exception, never more memory."""

from __future__ import annotations

import io
import random
import resource
from typing import TYPE_CHECKING, BinaryIO, cast

import pytest

from raaderum.plugin_api import StatementFault, StatementHead, StatementLine
from raaderum.testing.sample_statements import SampleEntry, SampleStatement, statement_file, statement_pieces
from raaderum_bank_statements.reader import MOST_UNREAD, CamtReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from raaderum.plugin_api import StatementPart

    Read = Callable[[bytes], list[StatementPart]]

WHOLE = statement_file(SampleStatement([SampleEntry(-100 - n, f"R{n}", text="Æbler") for n in range(20)]))
BOMB = b'<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
HUNDRED_MEGABYTES = 100_000_000
MOST_GROWTH = 60_000
"""Kilobytes."""


class Pieces(io.RawIOBase):
    """A file that is made while it is read: it is never held."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        del size
        piece = next(self._pieces, b"")
        self.given += len(piece)
        return piece


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n ",
        b"\x00" * 1000,
        b"PK\x03\x04" + bytes(range(256)),
        b"<a/>",
        b"<Document/>",
        BOMB + b"<Document>&b;</Document>",
        WHOLE.replace(b"<Document", BOMB + b"<Document", 1),
        WHOLE.replace(b"UTF-8", b"UTF-9", 1),
        WHOLE.replace(b"UTF-8", b"US-ASCII", 1),
        WHOLE.decode().encode("latin-1"),
        WHOLE.replace(b"R7<", b"&unknown;<"),
        b"<Document>" + b"<a>" * 100_000,
        b"<Document><BkToCstmrStmt>" + b"<x/>" * 1_000_000,
        b"<Document><BkToCstmrStmt><Stmt><Ntry>" + b"<x/>" * 1_000_000,
    ],
    ids=[
        "empty", "blank", "nothing", "zip", "other xml", "no statement", "bomb", "dtd", "unknown encoding",
        "wrong encoding", "latin-1 as utf-8", "entity", "deep", "wide", "wide entry",
    ],
)  # fmt: skip
def test_bad_content_is_a_fault_in_two_languages(read: Read, content: bytes) -> None:
    faults = [part for part in read(content) if isinstance(part, StatementFault)]
    assert faults
    assert all(fault.message.danish and fault.message.english for fault in faults)


def test_sixteen_bits_a_character_are_read_too(read: Read) -> None:
    content = WHOLE.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")
    assert CamtReader().recognises(content[:4096])
    assert read(content) == read(WHOLE)


def test_what_stands_before_the_place_where_a_file_is_cut_off_counts(read: Read) -> None:
    whole = read(WHOLE)
    for length in range(0, len(WHOLE) - 40, 97):
        parts = read(WHOLE[:length])
        assert isinstance(parts[-1], StatementFault)
        assert parts[:-1] == whole[: len(parts) - 1]


@pytest.mark.parametrize("seed", range(8))
def test_no_change_of_bytes_raises(read: Read, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's own chance
    for _ in range(60):
        content = bytearray(WHOLE)
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        for part in read(bytes(content)):
            assert isinstance(part, StatementFault | StatementHead | StatementLine)


def test_a_hundred_megabytes_of_one_entry_are_refused_early() -> None:
    def endless() -> Iterator[bytes]:
        yield b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt><Ntry>"
        for _ in range(HUNDRED_MEGABYTES // 64_000):
            yield b"<AddtlNtryInf>" + b"x" * 63_970 + b"</AddtlNtryInf>"

    file = Pieces(endless())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parts = list(CamtReader().read(cast("BinaryIO", file)))
    assert isinstance(parts[-1], StatementFault)
    assert file.given < 2 * MOST_UNREAD
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_GROWTH


def test_the_memory_does_not_grow_with_the_file() -> None:
    def entries(count: int) -> Iterator[SampleEntry]:
        return (SampleEntry(-100 - n, f"R{n}") for n in range(count))

    def read_through(count: int) -> int:
        file = Pieces(statement_pieces(SampleStatement(entries(count), opening=None)))
        return sum(isinstance(part, StatementLine) for part in CamtReader().read(cast("BinaryIO", file)))

    assert read_through(500) == 500
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_through(20_000) == 20_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000

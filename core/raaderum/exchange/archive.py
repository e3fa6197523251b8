"""Opening an XLSX file with care: it is a stranger's ZIP archive full of XML.

Nothing is unpacked beyond a limit whatever the archive says of its sizes, no entity is resolved,
nothing is fetched, and nothing outside the archive is named.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final

from lxml import etree

from raaderum.exchange.rules import (
    NotATable,
    OldWorkbook,
    OpenDocumentWorkbook,
    SpreadsheetBroken,
    WorkbookEncrypted,
    WorkbookSwells,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

ZIP_MARK: Final = b"PK"
_OLD_MARK: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""Of Microsoft's compound files: workbooks of Excel 97–2003, and new ones behind a password."""
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS: Final = 500
_LARGEST_PART: Final = 80_000_000
"""Bytes of one part, unpacked; 20,000 rows of our widest table take a fifth."""
_MOST_ELEMENTS: Final = 2_000_000
"""Of one part; 20,000 rows of our widest table have less than half of them."""
_MOST_ELEMENTS_APART: Final = 200_000
"""In one row, or outside of all rows."""
_IS_ENCRYPTED: Final = 0x1
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)
"""What the library raises over a broken file; `NotImplementedError` is a compression it does not know."""


def is_workbook(content: bytes) -> bool:
    """Say whether a file is some kind of workbook, ours or one to be refused."""
    return content.startswith((ZIP_MARK, _OLD_MARK))


class Archive:
    """The parts of one XLSX file, by name."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLD_MARK):
            raise (WorkbookEncrypted if _ENCRYPTED_STREAM in content else OldWorkbook)(where="file")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
        except _UNREADABLE:
            raise SpreadsheetBroken(where="file", place="zip") from None
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > 2 * _LARGEST_PART:
            raise WorkbookSwells(where="file")
        if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
            raise WorkbookEncrypted(where="file")
        self._names = {part.filename for part in parts}
        self._refuse_others()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def elements(self, name: str, *wanted: str) -> Iterator[_Element]:
        """Go through the elements called one of `wanted` in a part, each whole, and forget each afterwards.

        Raises `SpreadsheetBroken`, or `WorkbookSwells` where there is too much of it.
        """
        try:
            with self._zip.open(name) as packed:
                yield from _elements(_Limited(packed), frozenset(wanted), part=name)
        except (etree.XMLSyntaxError, *_UNREADABLE):
            raise SpreadsheetBroken(where="file", place=name) from None

    def targets(self, part: str) -> dict[str, str]:
        """Return the parts that `part` points to, by the id of the relation."""
        folder, _, file = part.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self:
            return {}
        return {
            element.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))[
                1:
            ]
            for element in self.elements(relations, "Relationship")
        }

    def _refuse_others(self) -> None:
        """Raise where the archive is something else than an XLSX workbook."""
        if "xl/workbook.xml" in self:
            return
        if "mimetype" in self or "content.xml" in self:
            raise OpenDocumentWorkbook(where="file")
        raise NotATable(where="file")


def _elements(source: _Limited, wanted: frozenset[str], *, part: str) -> Iterator[_Element]:
    """Go through the wanted elements; whatever lies outside them is forgotten as soon as it ends."""
    parser = etree.iterparse(
        source,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    inside: _Element | None = None
    seen = held = outside = 0
    for number, (event, element) in enumerate(parser):
        if number == 0 and element.getroottree().docinfo.internalDTD is not None:
            raise SpreadsheetBroken(where="file", place=part)
        if event == "start":
            if inside is None and str(element.tag).rpartition("}")[2] in wanted:
                inside, held = element, 0
            seen, held, outside = seen + 1, held + 1, outside + (inside is None)
            if seen > _MOST_ELEMENTS or max(held, outside) > _MOST_ELEMENTS_APART:
                raise WorkbookSwells(where="file")
        elif inside is None or element is inside:
            if inside is not None:
                yield element
            inside, held = None, 0
            _forget(element)


class _Limited:
    """Reads a part, and no more of it than a table can need, whatever the archive says."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._taken = 0

    def read(self, size: int = 65_536) -> bytes:
        """Return the next bytes; raise `WorkbookSwells` beyond the limit."""
        piece = self._packed.read(size)
        self._taken += len(piece)
        if self._taken > _LARGEST_PART:
            raise WorkbookSwells(where="file")
        return piece


def _forget(element: _Element) -> None:
    """Free an element and those before it, so that a long table never lies in memory as a tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]

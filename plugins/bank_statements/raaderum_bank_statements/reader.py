"""Goes through a camt file piece by piece: what has been read is forgotten at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final

from lxml import etree

from raaderum.plugin_api import StatementFault, Text
from raaderum_bank_statements.elements import name_of
from raaderum_bank_statements.entries import Entry, begin_entry
from raaderum_bank_statements.heads import read_head
from raaderum_bank_statements.messages import (
    DTD,
    EMPTY,
    ENCODING,
    MALFORMED,
    NOT_A_STATEMENT,
    TOO_MUCH_IN_ONE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from raaderum.plugin_api import StatementPart

_CHUNK: Final = 64 * 1024
MOST_UNREAD: Final = 2 * 1024 * 1024
"""Bytes that may lie between two things we know: more is no entry, but an attempt to fill the memory."""
_STATEMENTS: Final = frozenset({"Stmt", "Ntfctn", "Rpt"})
_ROOT: Final = "Document"
_TOLD_OF: Final = tuple(f"{{*}}{name}" for name in (_ROOT, *sorted(_STATEMENTS), "Ntry", "TxDtls"))
_NAMES: Final = re.compile(rb"camt\.05[234]\.001\.|BkToCstmr(?:Stmt|DbtCdtNtfctn|AcctRpt)")


class CamtReader:
    """Reads camt.052, camt.053 and camt.054, every version from .02 on."""

    identifier = "camt"

    def recognises(self, head: bytes) -> bool:
        """Say by a file's first kilobytes whether it is of this format, also in 16 bits a character."""
        return _NAMES.search(head.replace(b"\0", b"")) is not None

    def read(self, content: BinaryIO) -> Iterator[StatementPart]:
        """Go through a file in constant memory. Never raises on bad content: what is wrong is a fault."""
        return _Walk().through(content)


class _Walk:
    """Where the reading of one file is."""

    def __init__(self) -> None:
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=_TOLD_OF,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        self._entry: Entry | StatementFault | None = None
        self._entries = 0
        self._lines = 0
        self._has_head = False
        self._currency = ""
        self._has_statement = False
        self._is_over = False

    def through(self, content: BinaryIO) -> Iterator[StatementPart]:
        unread = 0
        is_empty = True
        while not self._is_over and (chunk := content.read(_CHUNK)):
            is_empty = False
            progress = self._entries, self._lines, self._has_statement, self._entry is None
            yield from self._fed(chunk)
            seen = self._entries, self._lines, self._has_statement, self._entry is None
            unread = unread + len(chunk) if seen == progress else 0
            if unread > MOST_UNREAD and not self._is_over:
                yield self._broken_off(StatementFault(self._lines + 1, TOO_MUCH_IN_ONE))
        if is_empty:
            yield StatementFault(0, EMPTY)
        elif not self._is_over:
            yield from self._closed()

    def _fed(self, chunk: bytes) -> Iterator[StatementPart]:
        fault = None
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            fault = StatementFault(self._lines + 1, _why(error))
        except (etree.LxmlError, ValueError, LookupError):
            fault = StatementFault(self._lines + 1, ENCODING)
        yield from self._told()
        if fault is not None and not self._is_over:
            yield self._broken_off(StatementFault(self._lines + 1, fault.message))

    def _closed(self) -> Iterator[StatementPart]:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            yield from self._told()
            yield StatementFault(self._lines + 1, _why(error))
            return
        except (etree.LxmlError, ValueError, LookupError):
            yield StatementFault(self._lines + 1, ENCODING)
            return
        yield from self._told()
        if not self._has_statement and not self._is_over:
            yield StatementFault(0, NOT_A_STATEMENT)

    def _told(self) -> Iterator[StatementPart]:
        for event, element in self._parser.read_events():
            if self._is_over:
                return
            name = name_of(element)
            if event == "start":
                yield from self._started(name, element)
            else:
                yield from self._ended(name, element)

    def _started(self, name: str, element: _Element) -> Iterator[StatementPart]:
        if name == _ROOT and element.getroottree().docinfo.internalDTD is not None:
            yield self._broken_off(StatementFault(0, DTD))
        elif name in _STATEMENTS:
            self._has_statement, self._has_head = True, False

    def _ended(self, name: str, element: _Element) -> Iterator[StatementPart]:
        if name == "TxDtls":
            yield from self._detail(element)
        elif name == "Ntry":
            yield from self._finished(element)
        elif name in _STATEMENTS:
            yield from self._head(element)
            _forget(element)

    def _detail(self, element: _Element) -> Iterator[StatementPart]:
        entry = next((one for one in element.iterancestors() if name_of(one) == "Ntry"), None)
        if entry is None:
            return
        yield from self._begun(entry)
        if isinstance(self._entry, Entry):
            yield from self._counted(self._entry.add(element, self._lines + 1))
        _forget(element)

    def _finished(self, element: _Element) -> Iterator[StatementPart]:
        yield from self._begun(element)
        if isinstance(self._entry, Entry):
            yield from self._counted(self._entry.finish(self._lines + 1))
        self._entry = None
        _forget(element)

    def _begun(self, element: _Element) -> Iterator[StatementPart]:
        """Read what stands before the details, once an entry."""
        if self._entry is not None:
            return
        statement = element.getparent()
        if statement is not None:
            yield from self._head(statement)
        self._entries += 1
        self._entry = begin_entry(element, self._entries, self._currency)
        if isinstance(self._entry, StatementFault):
            self._lines += 1
            yield StatementFault(self._lines, self._entry.message, self._entry.raw)

    def _head(self, statement: _Element) -> Iterator[StatementPart]:
        if self._has_head or name_of(statement) not in _STATEMENTS:
            return
        self._has_head = True
        for part in read_head(statement, name_of(statement)):
            if not isinstance(part, StatementFault):
                self._currency = part.currency
            yield part

    def _counted(self, lines: Iterator[StatementPart]) -> Iterator[StatementPart]:
        for line in lines:
            self._lines += 1
            yield line

    def _broken_off(self, fault: StatementFault) -> StatementFault:
        self._is_over = True
        return fault


def _forget(element: _Element) -> None:
    """Let go of what an element holds and of what stands before it; the parser is still at the element."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    if parent is None or name_of(element) in _STATEMENTS:
        return
    while (before := element.getprevious()) is not None and name_of(before) == name_of(element):
        parent.remove(before)


def _why(error: etree.XMLSyntaxError) -> Text:
    if "encoding" in str(error).lower():
        return ENCODING
    return MALFORMED.filled(line=error.lineno or 1)

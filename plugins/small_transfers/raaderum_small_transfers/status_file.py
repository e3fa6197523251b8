"""The bank's answers (ISO 20022 `pain.002`, payment status report), read as they stream.

Elements are known by their local names, so every version is read alike. Only our own shape of an
answer is believed: no document type, no entities, nothing deeper or longer than the parser allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, Final

from lxml import etree

from raaderum.plugin_api import StatusUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_CODE: Final = 35


class Level(StrEnum):
    """What an answer is about: the whole file, its group of payments, or one payment."""

    GROUP = "OrgnlGrpInfAndSts"
    PAYMENT_INFO = "OrgnlPmtInfAndSts"
    TRANSACTION = "TxInfAndSts"


@dataclass(frozen=True, slots=True)
class StatusWord:
    """One status: of the file with `message_id`, or of one payment in it. '' is what was not told."""

    level: Level
    message_id: str
    status: str
    reason: str
    instruction_id: str = ""
    code: str = ""


@dataclass(slots=True)
class _Seen:
    """What has been read of the elements around the present one."""

    message_id: str = ""
    status: str = ""
    reason: str = ""
    instruction_id: str = ""
    code: str = ""


def looks_like_status(head: bytes) -> bool:
    """Say by a file's first kilobytes whether it is a payment status report."""
    return b"CstmrPmtStsRpt" in head or b":pain.002." in head


def status_words(content: BinaryIO) -> Iterator[StatusWord]:
    """Go through what a file says, in its order; raises `StatusUnreadable` where it breaks off."""
    reading = _Reading()
    try:
        events = etree.iterparse(
            content, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in events:
            name = _local_name(element)
            if event == "start":
                _refuse_document_type(element)
                yield from reading.begin(name)
            else:
                yield from reading.end(name, (element.text or "").strip(), _local_name(element.getparent()))
                _let_go(element)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error.lineno or 0) from None
    if not reading.message_id:
        raise StatusUnreadable(
            "Filen siger ikke, hvilken betalingsfil den svarer på. / "
            "The file does not say which payment file it answers."
        )


class _Reading:
    """Collects what stands in the elements of each level; a level within another ends the outer's words."""

    def __init__(self) -> None:
        self.message_id = ""
        self._level: Level | None = None
        self._seen = _Seen()

    def begin(self, name: str) -> Iterator[StatusWord]:
        """Take in the beginning of one element."""
        if name in list(Level):
            yield from self._said()
            self._level, self._seen = Level(name), _Seen()

    def end(self, name: str, text: str, parent: str) -> Iterator[StatusWord]:
        """Take in the end of one element."""
        seen, text = self._seen, text[:_MOST_CODE]
        match name:
            case Level.GROUP | Level.PAYMENT_INFO | Level.TRANSACTION:
                yield from self._said()
            case "OrgnlMsgId":
                self.message_id = text
            case "GrpSts" | "PmtInfSts" | "TxSts":
                seen.status = text
            case "OrgnlInstrId":
                seen.instruction_id = text
            case "OrgnlEndToEndId":
                seen.code = text
            case "Cd" | "Prtry" if parent == "Rsn" and not seen.reason:
                seen.reason = text
            case _:
                pass

    def _said(self) -> Iterator[StatusWord]:
        level, seen = self._level, self._seen
        self._level, self._seen = None, _Seen()
        if level is not None and seen.status:
            yield StatusWord(level, self.message_id, seen.status, seen.reason, seen.instruction_id, seen.code)


def _refuse_document_type(element: etree._Element) -> None:
    if element.getparent() is None and element.getroottree().docinfo.doctype:
        raise _unreadable(1)


def _let_go(element: etree._Element) -> None:
    """Keep nothing that has been read: a file may hold any number of payments."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local_name(element: etree._Element | None) -> str:
    """Return the name without its namespace; '' for what is no element, such as a comment."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2]


def _unreadable(line: int) -> StatusUnreadable:
    return StatusUnreadable(
        f"Svarfilen kan ikke læses fra linje {line}. Hent den igen i banken. / "
        f"The status file cannot be read from line {line} on. Fetch it from the bank again."
    )

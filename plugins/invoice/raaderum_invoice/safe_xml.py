"""Bytes from anywhere to a tree, or to the reason why not. No DTD, no entities, no network, no bombs.

Cheap counts over the bytes come first, so that a file that would cost hundreds of megabytes as
a tree is refused for a few milliseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_FILE: Final = 10_000_000
"""Bytes. Invoices carry attachments inside them."""
MOST_ELEMENTS: Final = 200_000
MOST_ATTRIBUTES: Final = 200_000

_ENCODINGS: Final = frozenset(
    {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"},
)
"""Encodings that write XML's own signs as ASCII, so that the counts below see what the parser sees."""
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_BYTE_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SIXTEEN_BITS: Final = (*_BYTE_ORDER_MARKS, b"<\0", b"\0<")

_PARSER: Final = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    huge_tree=False,
    load_dtd=False,
    dtd_validation=False,
    remove_comments=True,
    remove_pis=True,
    remove_blank_text=True,
    collect_ids=False,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not parsed: a rule of ours, and the line where it went wrong, if known."""

    rule: str
    line: int | None = None


def parse(content: bytes) -> _Element | Refusal:
    """Return the root of the tree; never raises, whatever the bytes are."""
    readable = _as_ascii_compatible(content)
    if isinstance(readable, Refusal):
        return readable
    refusal = _too_big(readable) or _unsafe(readable)
    if refusal is not None:
        return refusal
    try:
        return etree.fromstring(readable, _PARSER)
    except etree.XMLSyntaxError as error:
        return Refusal("RD-XML-MALFORMED", error.lineno)
    except (ValueError, LookupError):
        return Refusal("RD-XML-ENCODING")


def _as_ascii_compatible(content: bytes) -> bytes | Refusal:
    if not content or content.isspace():
        return Refusal("RD-XML-EMPTY")
    if len(content) > LARGEST_FILE:
        return Refusal("RD-XML-SIZE")
    if content.startswith(_SIXTEEN_BITS):
        return _from_sixteen_bits(content)
    return content


def _from_sixteen_bits(content: bytes) -> bytes | Refusal:
    codec = "utf-16"
    if not content.startswith(_BYTE_ORDER_MARKS):
        codec = "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return Refusal("RD-XML-ENCODING")
    return _DECLARATION.sub("", text, count=1).encode()


def _too_big(content: bytes) -> Refusal | None:
    if len(content) < MOST_ELEMENTS * len("<a/>"):
        return None
    if content.count(b"<") - content.count(b"</") > MOST_ELEMENTS:
        return Refusal("RD-XML-ELEMENTS")
    if content.count(b"=") > MOST_ATTRIBUTES:
        return Refusal("RD-XML-ELEMENTS")
    return None


def _unsafe(content: bytes) -> Refusal | None:
    if b"<!DOCTYPE" in content:
        return Refusal("RD-XML-DTD")
    if b"\0" in content:
        return Refusal("RD-XML-ENCODING")
    declared = _DECLARED.match(content)
    if declared is not None and declared[1].lower() not in _ENCODINGS:
        return Refusal("RD-XML-ENCODING")
    return None

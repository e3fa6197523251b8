"""One walk over the tree into plain structures; nothing reads the tree afterwards.

The walk is most of what reading an invoice costs, so it asks the tree for as little as it can:
tag, parent and text of each element, and attributes only where a rule looks at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.document import Aggregate, Attributes, Document
from raaderum_invoice.vocabulary import VOCABULARY, Sort

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLAIN, _PART, _AMOUNT = int(Sort.PLAIN), int(Sort.PART), int(Sort.AMOUNT)
_WITHOUT: Final[Attributes] = []


class NotUbl(ValueError):
    """The tree holds elements where UBL has only text, so nothing can be said about it."""


def extract(root: _Element) -> Document:
    """Return the structure below `root`; raise `NotUbl` where a value holds elements.

    Elements of other namespaces (extensions, signatures) keep their whole tag as their name, so
    that no rule mistakes them for UBL.
    """
    document = Document(Aggregate(str(root.tag).rpartition("}")[2]))
    try:
        _walk(root, document)
    except IndexError as error:
        raise NotUbl from error
    return document


def _walk(root: _Element, document: Document) -> None:
    vocabulary = VOCABULARY
    everywhere, amounts = document.everywhere, document.amounts
    kept = (amounts, amounts, amounts, document.numbers, document.identifiers, document.dates)
    here, element_here, texts = document.top, root, document.top.texts
    above: list[tuple[Aggregate, _Element, dict[str, str]]] = []
    for element in root.iterdescendants():
        parent = element.getparent()
        while parent is not element_here:
            here, element_here, texts = above.pop()
        sort, name = vocabulary[element.tag]  # type: ignore[index]  # comments are not parsed: a str
        if sort == _PART:
            above.append((here, element_here, texts))
            here = _open(here, name)
            everywhere[name].append(here)
            element_here, texts = element, here.texts
            if not len(element):
                document.empty.append(name)
            continue
        raw = element.text
        text = raw.strip() if raw else ""
        if text is not raw:
            _note_spaces(document, here, name, raw or "")
        if name in texts:
            here.add_repeat(name, text)
        else:
            texts[name] = text
        if sort != _PLAIN:
            attributes = element.items()
            kept[sort].append((here, name, text, attributes))
            if attributes and sort != _AMOUNT and name not in here.repeats:
                here.add_attributes(name, attributes)


def _open(here: Aggregate, name: str) -> Aggregate:
    child = Aggregate(name)
    siblings = here.parts.get(name)
    if siblings is None:
        here.parts[name] = [child]
    else:
        siblings.append(child)
    return child


def _note_spaces(document: Document, here: Aggregate, name: str, raw: str) -> None:
    if not raw or raw.isspace():
        document.empty.append(name)
    else:
        document.padded.append((here, name, raw, _WITHOUT))

"""The extracted structure of a UBL document: what the rules look at, and the only thing they see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Attributes = list[tuple[str, str]]
_NONE: Final[Sequence[Aggregate]] = ()
_NO_ATTRIBUTES: Final[dict[str, Attributes]] = {}
_NO_REPEATS: Final[dict[str, list[str]]] = {}


class Aggregate:
    """One element that holds others (`cac:Party`, `cac:TaxTotal`, the document itself).

    `texts` has the text of the first child of each name, stripped; `parts` the child aggregates
    of each name, in order; `repeats` the texts of further children of a name; `attributes` those
    of a first child that has any. Names are without namespace.
    """

    __slots__ = ("attributes", "name", "parts", "repeats", "texts")

    def __init__(self, name: str) -> None:
        self.name = name
        self.texts: dict[str, str] = {}
        self.parts: dict[str, list[Aggregate]] = {}
        self.attributes = _NO_ATTRIBUTES
        self.repeats = _NO_REPEATS

    def add_attributes(self, name: str, attributes: Attributes) -> None:
        """Keep the attributes of the first child called `name`."""
        if self.attributes is _NO_ATTRIBUTES:
            self.attributes = {name: attributes}
        else:
            self.attributes.setdefault(name, attributes)

    def add_repeat(self, name: str, text: str) -> None:
        """Keep the text of a further child called `name`."""
        if self.repeats is _NO_REPEATS:
            self.repeats = {name: [text]}
        else:
            self.repeats.setdefault(name, []).append(text)

    def text(self, name: str) -> str:
        """Return the text of the first child called `name`, or an empty text."""
        return self.texts.get(name, "")

    def all_texts(self, name: str) -> list[str]:
        """Return the texts of all children called `name`."""
        if name not in self.texts:
            return []
        return [self.texts[name], *self.repeats.get(name, ())]

    def count(self, name: str) -> int:
        """Count the children without children called `name`."""
        return 1 + len(self.repeats.get(name, ())) if name in self.texts else 0

    def part(self, name: str) -> Aggregate | None:
        """Return the first child aggregate called `name`, or None."""
        found = self.parts.get(name)
        return found[0] if found else None

    def all_parts(self, *names: str) -> Sequence[Aggregate]:
        """Return all aggregates that the path `names` leads to."""
        found: Sequence[Aggregate] = (self,)
        for name in names:
            if len(found) == 1:
                found = found[0].parts.get(name, _NONE)
            else:
                found = [child for aggregate in found for child in aggregate.parts.get(name, _NONE)]
        return found

    def first_text(self, *path: str) -> str:
        """Return the first text at the end of `path` (aggregates, then the text), or an empty text."""
        for aggregate in self.all_parts(*path[:-1]):
            if path[-1] in aggregate.texts:
                return aggregate.texts[path[-1]]
        return ""

    def has(self, *path: str) -> bool:
        """Say whether there is a text at the end of `path`."""
        return any(path[-1] in aggregate.texts for aggregate in self.all_parts(*path[:-1]))

    def attribute(self, name: str, attribute: str) -> str | None:
        """Return an attribute of the first child called `name`, or None where it is absent."""
        for key, value in self.attributes.get(name, ()):
            if key == attribute:
                return value
        return None


Leaf = tuple[Aggregate, str, str, Attributes]
"""One element without children: what it stands in, its name, its text, its attributes."""


@dataclass(slots=True)
class Document:
    """A whole document, and its elements of one sort wherever they stand.

    `everywhere` are the aggregates of a name; `amounts`, `numbers`, `dates` speak for themselves;
    `identifiers` are those with attributes; `padded` are those with spaces around a text that
    may not have any; `empty` are the names of elements that hold nothing at all.
    """

    top: Aggregate
    everywhere: defaultdict[str, list[Aggregate]] = field(default_factory=lambda: defaultdict(list))
    amounts: list[Leaf] = field(default_factory=list)
    numbers: list[Leaf] = field(default_factory=list)
    identifiers: list[Leaf] = field(default_factory=list)
    dates: list[Leaf] = field(default_factory=list)
    padded: list[Leaf] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    def all(self, name: str) -> Sequence[Aggregate]:
        """Return the aggregates called `name`, wherever they stand."""
        return self.everywhere.get(name, _NONE)

    @property
    def is_credit_note(self) -> bool:
        """Say whether the document gives money back."""
        return self.top.name == "CreditNote"

    @property
    def lines(self) -> Sequence[Aggregate]:
        """Return the lines of the invoice or credit note."""
        return self.top.parts.get("CreditNoteLine" if self.is_credit_note else "InvoiceLine", _NONE)

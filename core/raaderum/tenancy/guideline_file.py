"""A municipality's guidelines: what its plans can hold, what needs judgement, and what lies outside.

`tenants/_guidelines.toml` has those of all municipalities; `tenants/<slug>/guidelines.toml` adds
its own and says otherwise, key by key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text
from raaderum.tenancy.setup_errors import NameNotAllowed
from raaderum.tenancy.setup_file import SetupTable

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "guidelines.toml"
COMMON_FILE_NAME: Final = "_guidelines.toml"
_IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_WORD: Final = re.compile(r"[a-zæøåé0-9][a-zæøåé0-9 -]{0,39}\*?")


class Verdict(StrEnum):
    """What a guideline says of the items that touch it."""

    INSIDE = "inside"
    NEEDS_JUDGEMENT = "needs_judgement"
    OUTSIDE = "outside"


VERDICT_NAMES: Final = {
    Verdict.INSIDE: Text("inden for rammerne", "inside"),
    Verdict.NEEDS_JUDGEMENT: Text("kræver en vurdering", "needs judgement"),
    Verdict.OUTSIDE: Text("uden for rammerne", "outside"),
}


@dataclass(frozen=True, slots=True)
class Guideline:
    """One guideline. An item touches it by its category, or by a word of its description.

    `words` are in small letters, without the endings of Danish inflection; one that ends in `*`
    takes any ending. An item with one of `not_words` does not touch it by a word.
    """

    identifier: str
    verdict: Verdict
    title: Text
    reason: Text
    categories: tuple[str, ...]
    words: tuple[str, ...]
    not_words: tuple[str, ...]


def read_guidelines(folder: Path, slug: str) -> tuple[Guideline, ...]:
    """Read a municipality's guidelines in `folder`, the common ones under its own, in their order.

    Either file may be missing. Raises a `SetupInvalid` that names the file, the key and what to write.
    """
    common = _table(folder / COMMON_FILE_NAME, called=COMMON_FILE_NAME)
    own = _table(folder / slug / FILE_NAME, called=f"{slug}/{FILE_NAME}", defaults=common)
    identifiers = dict.fromkeys([*common.content, *own.content])
    return tuple(_read(own, identifier) for identifier in identifiers)


def _table(path: Path, *, called: str, defaults: SetupTable | None = None) -> SetupTable:
    if not path.exists():
        return SetupTable(called, {}, defaults=defaults)
    return SetupTable.read(path, called=called, defaults=defaults)


def _read(file: SetupTable, identifier: str) -> Guideline:
    if not _IDENTIFIER.fullmatch(identifier):
        raise NameNotAllowed(where=file.file, file=f"{file.file}: [{identifier}]", example="[debt]")
    table = file.get_table(identifier, example=f'[{identifier}] verdict = "needs_judgement"')
    guideline = Guideline(
        identifier=identifier,
        verdict=table.get_choice("verdict", Verdict),
        title=_text(table, "title"),
        reason=_text(table, "reason"),
        categories=_texts(table, "categories", example='categories = ["debt"]'),
        words=_words(table, "words"),
        not_words=_words(table, "not_words"),
    )
    if not guideline.categories and not guideline.words:
        raise table.wrong("words", example='words = ["gæld*"]')
    table.refuse_other_keys()
    return guideline


def _text(table: SetupTable, key: str) -> Text:
    example = f'{key} = {{da = "på dansk", en = "in English"}}'
    inner = table.get_table_alone(key, example=example)
    text = Text(inner.get_text("da", example=example), inner.get_text("en", example=example))
    inner.refuse_other_keys()
    return text


def _words(table: SetupTable, key: str) -> tuple[str, ...]:
    example = f'{key} = ["bil", "varebil*"]'
    words = _texts(table, key, example=example)
    if not all(_WORD.fullmatch(word) for word in words):
        raise table.wrong(key, example=example)
    return words


def _texts(table: SetupTable, key: str, *, example: str) -> tuple[str, ...]:
    return table.get_texts(key, example=example) if table.has(key) else ()

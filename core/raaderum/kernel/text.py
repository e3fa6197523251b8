"""A text in the two languages of the screens: Danish first, English second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Danish and English; `{name}` placeholders are filled by `filled`."""

    danish: str
    english: str

    def filled(self, **values: object) -> Text:
        """Return the text with its placeholders replaced by `values`."""
        return Text(_filled(self.danish, values), _filled(self.english, values))

    def in_language(self, language: str) -> str:
        """Return the English wording for `en`, else the Danish."""
        return self.english if language == "en" else self.danish

    def __str__(self) -> str:
        return self.danish


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    """An amount brings the full stop of its “kr.”: a sentence that ends there needs no second one."""
    return sentence.format(**values).replace("kr..", "kr.")

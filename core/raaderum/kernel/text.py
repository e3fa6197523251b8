"""A text in the two languages of the screens: Danish first, English second."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Danish and English; `{name}` placeholders are filled by `filled`."""

    danish: str
    english: str

    def filled(self, **values: object) -> Text:
        """Return the text with its placeholders replaced by `values`."""
        return Text(self.danish.format(**values), self.english.format(**values))

    def in_language(self, language: str) -> str:
        """Return the English wording for `en`, else the Danish."""
        return self.english if language == "en" else self.danish

    def __str__(self) -> str:
        return self.danish

"""Every word of the portal in Danish and English, by the page it stands on.

Names of states, roles and kinds that belong to a room stand there, in its `rules`.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from raaderum.portal.texts import books, case, course, done, errors, frame, invoices, lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.kernel.text import Text

TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        **frame.TEXTS,
        **errors.TEXTS,
        **done.TEXTS,
        **lists.TEXTS,
        **case.TEXTS,
        **course.TEXTS,
        **invoices.TEXTS,
        **books.TEXTS,
    }
)


def say(language: str, key: str, **values: object) -> str:
    """Return a text in `language` with its placeholders filled."""
    if not values:
        return _fixed(language, key)
    return TEXTS[key].filled(**values).in_language(language)


@cache
def _fixed(language: str, key: str) -> str:
    """Return a text without placeholders; a page says some 150 of them."""
    return TEXTS[key].filled().in_language(language)


def has_text(key: str) -> bool:
    """Say whether there is a text of this name."""
    return key in TEXTS

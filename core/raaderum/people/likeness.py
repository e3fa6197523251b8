"""When two registered citizens look like one person; pure."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from uuid import UUID

_SPELT_OUT: Final = str.maketrans(
    {
        "æ": "ae",
        "ä": "ae",
        "ø": "oe",
        "ö": "oe",
        "å": "aa",
        "ü": "ue",
        "đ": "d",
        "ł": "l",
        "þ": "th",
        "ð": "d",
    }
)
_WORD: Final = re.compile(r"\w+")


class LikenessSign(StrEnum):
    """Why two citizens look like one person."""

    SAME_NAME_AND_BIRTH_DATE = "same_name_and_birth_date"
    REPLACEMENT_NUMBER = "replacement_number"
    SAME_NAME_AND_ONE_DIGIT = "same_name_and_one_digit"


SIGN_NAMES: Final[Mapping[LikenessSign, Text]] = {
    LikenessSign.SAME_NAME_AND_BIRTH_DATE: Text("samme navn og fødselsdag", "same name and date of birth"),
    LikenessSign.REPLACEMENT_NUMBER: Text(
        "den ene har et erstatnings-CPR-nummer", "one of them has a replacement CPR number"
    ),
    LikenessSign.SAME_NAME_AND_ONE_DIGIT: Text(
        "samme navn, og fødselsdagen afviger i ét ciffer",
        "same name, and one digit of the birth date differs",
    ),
}


def folded_name(name: str) -> str:
    """Return a name without what people write in different ways.

    Case, accents, hyphens and the order of the names do not count; `å` is `aa`, `ø` is `oe`, `æ` is `ae`.
    A name of other letters than ours keeps them.
    """
    spelt_out = unicodedata.normalize("NFC", name).casefold().translate(_SPELT_OUT)
    decomposed = unicodedata.normalize("NFKD", spelt_out)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(sorted(_WORD.findall(bare)))


def like_pairs(people: Iterable[tuple[UUID, str, date]]) -> Iterator[tuple[UUID, UUID, LikenessSign]]:
    """Go through the pairs that look like one person: an id, a name and a date of birth each.

    The smaller id of a pair comes first. Only those of one name are held against each other, so that
    a whole municipality costs little more than reading it.
    """
    namesakes: dict[str, list[tuple[UUID, date]]] = {}
    for citizen_id, name, born_on in people:
        namesakes.setdefault(folded_name(name), []).append((citizen_id, born_on))
    for name, of_one_name in namesakes.items():
        for (first, its_day), (second, other_day) in combinations(sorted(of_one_name), 2) if name else ():
            sign = _sign(its_day, other_day)
            if sign is not None:
                yield first, second, sign


def _sign(one: date, other: date) -> LikenessSign | None:
    if one == other:
        return LikenessSign.SAME_NAME_AND_BIRTH_DATE
    differing = sum(a != b for a, b in zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=True))
    return LikenessSign.SAME_NAME_AND_ONE_DIGIT if differing == 1 else None

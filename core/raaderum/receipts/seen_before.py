"""Whether a file, or the same picture saved anew, was sent before: a signal, never a refusal."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, literal, or_, select
from sqlalchemy.dialects.postgresql import BIT

from raaderum.kernel.text import Text
from raaderum.receipts.tables import LIKENESS_BITS, Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

_AS_GOOD_AS_EQUAL: Final = 12
"""Of 256 bits: a picture saved anew or made smaller differs in fewer, two receipts in many more."""
_ALL_BITS: Final = LIKENESS_BITS
_FEWEST_BITS: Final = 24
"""A picture of nearly nothing has hardly any bits, and is like every other such picture."""


class SeenBefore(StrEnum):
    """Where the same was used already. Of another case nothing more is ever told."""

    THIS_CASE = "this_case"
    ANOTHER_CASE = "another_case"


SEEN_BEFORE_NAMES: Final[Mapping[SeenBefore, Text]] = {
    SeenBefore.THIS_CASE: Text("er sendt før i denne sag", "was sent before in this case"),
    SeenBefore.ANOTHER_CASE: Text("er allerede brugt et andet sted", "has been used elsewhere already"),
}


def find_seen_before(
    session: Session, enrolment_id: UUID, *, original_index: bytes, likeness: str | None
) -> SeenBefore | None:
    """Return where the same file or picture was sent before within the municipality; None: nowhere."""
    same = [Receipt.original_index == original_index]
    if likeness is not None and _FEWEST_BITS <= likeness.count("1") <= _ALL_BITS - _FEWEST_BITS:
        other = func.cast(literal(likeness), BIT(LIKENESS_BITS))
        same.append(func.bit_count(Receipt.likeness.op("#")(other)) <= _AS_GOOD_AS_EQUAL)
    cases = set(session.scalars(select(Receipt.enrolment_id).where(or_(*same)).distinct().limit(2)))
    if not cases:
        return None
    return SeenBefore.THIS_CASE if cases == {enrolment_id} else SeenBefore.ANOTHER_CASE

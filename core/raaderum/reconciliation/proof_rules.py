"""Holding our books against somebody else's list, line by line: what is left over has a name; pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID


class Against(StrEnum):
    """Whose list our books are held against."""

    PROVIDER = "provider"
    BANK = "bank"
    STATES = "states"
    """Our own payouts and refunds, summed: the second way to compute a balance."""
    STATEMENT = "statement"
    """The bank's statements against themselves: opening + lines = closing = the next opening."""


AGAINST_NAMES: Final[Mapping[Against, Text]] = {
    Against.PROVIDER: Text("betalingsvejens liste", "the way of paying's list"),
    Against.BANK: Text("banken", "the bank"),
    Against.STATES: Text("sagernes betalinger og tilbagebetalinger", "the cases' payments and refunds"),
    Against.STATEMENT: Text("kontoudtogene selv", "the statements themselves"),
}


class Left(StrEnum):
    """The three remainders."""

    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"
    AMOUNT_DIFFERS = "amount_differs"


LEFT_NAMES: Final[Mapping[Left, Text]] = {
    Left.ONLY_OURS: Text("kun i vores regnskab", "only in our books"),
    Left.ONLY_THEIRS: Text("kun hos dem", "only there"),
    Left.AMOUNT_DIFFERS: Text("andet beløb", "another amount"),
}
LEFT_ADVICE: Final[Mapping[Left, Text]] = {
    Left.ONLY_OURS: Text(
        "Vi har bogført den som betalt, men den står ikke på listen. Spørg, om den er udført.",
        "We booked it as paid, but the list does not have it. Ask whether it was carried out.",
    ),
    Left.ONLY_THEIRS: Text(
        "Den er flyttet, uden at vi har bogført den. Find betalingen, eller sig, at den ikke er vores.",
        "It was moved without our booking it. Find the payment, or say that it is not ours.",
    ),
    Left.AMOUNT_DIFFERS: Text(
        "Begge kender den, men ikke over samme beløb. Find ud af, hvem der har ret.",
        "Both know it, but not over the same amount. Find out who is right.",
    ),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that one side says has moved, in øre, above 0 for money out.

    Two sides mean the same by the same `key`; without one nobody knows what it belongs to. `thing` and
    `thing_id` say what it is, `label` how people find it.
    """

    key: str | None
    amount: int
    thing: str
    thing_id: UUID
    label: str = ""


@dataclass(frozen=True, slots=True)
class Remainder:
    """Something that does not agree: what it is on our side or theirs, and both amounts in øre."""

    against: Against
    provider: str
    left: Left
    thing: str
    thing_id: UUID
    label: str
    ours: int
    theirs: int

    def as_data(self) -> dict[str, str | int]:
        """Return it as it is stored."""
        return {
            "against": self.against.value,
            "provider": self.provider,
            "left": self.left.value,
            "thing": self.thing,
            "thing_id": str(self.thing_id),
            "label": self.label,
            "ours": self.ours,
            "theirs": self.theirs,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides' sums in øre, how many lines each has, and what does not agree."""

    against: Against
    provider: str
    our_sum: int
    their_sum: int
    our_count: int
    their_count: int
    remainders: tuple[Remainder, ...]

    def as_data(self) -> dict[str, str | int]:
        """Return its figures as they are stored."""
        return {
            "against": self.against.value,
            "provider": self.provider,
            "ours": self.our_sum,
            "theirs": self.their_sum,
            "our_count": self.our_count,
            "their_count": self.their_count,
            "remainders": len(self.remainders),
        }


def compare(against: Against, provider: str, *, ours: Iterable[Moved], theirs: Iterable[Moved]) -> Comparison:
    """Hold two lists against each other. A thing told twice on one side counts twice, and so differs."""
    our_list, their_list = list(ours), list(theirs)
    our_keys, _ = _by_key(our_list)
    their_keys, strangers = _by_key(their_list)
    remainders = [
        _remainder(against, provider, our_keys.get(key, ()), their_keys.get(key, ()))
        for key in dict.fromkeys([*our_keys, *their_keys])
    ]
    unknown = [_remainder(against, provider, (), (one,)) for one in strangers]
    return Comparison(
        against,
        provider,
        sum(one.amount for one in our_list),
        sum(one.amount for one in their_list),
        len(our_list),
        len(their_list),
        tuple(one for one in [*remainders, *unknown] if one is not None),
    )


def _by_key(moved: Iterable[Moved]) -> tuple[dict[str, list[Moved]], list[Moved]]:
    known: dict[str, list[Moved]] = defaultdict(list)
    strangers: list[Moved] = []
    for one in moved:
        if one.key is None:
            strangers.append(one)
        else:
            known[one.key].append(one)
    return known, strangers


def _remainder(
    against: Against, provider: str, ours: Iterable[Moved], theirs: Iterable[Moved]
) -> Remainder | None:
    our_lines, their_lines = list(ours), list(theirs)
    our_sum, their_sum = (sum(one.amount for one in lines) for lines in (our_lines, their_lines))
    if our_lines and their_lines and our_sum == their_sum:
        return None
    left = Left.AMOUNT_DIFFERS
    if not their_lines:
        left = Left.ONLY_OURS
    elif not our_lines:
        left = Left.ONLY_THEIRS
    thing = (our_lines or their_lines)[0]
    return Remainder(against, provider, left, thing.thing, thing.thing_id, thing.label, our_sum, their_sum)

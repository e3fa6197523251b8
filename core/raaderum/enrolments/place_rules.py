"""Where referrals come from, how places are given, and who stands in line; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_WORDS_OF_A_REFERRAL: Final = 5_000
MOST_WORDS_OF_AN_AUTHORITY: Final = 200


class ReferralSource(StrEnum):
    """Who brought the citizen and the programme together."""

    AUTHORITY = "authority"
    STAFF = "staff"
    CITIZEN = "citizen"


SOURCE_NAMES: Final[Mapping[ReferralSource, Text]] = {
    ReferralSource.AUTHORITY: Text("en anden myndighed", "another authority"),
    ReferralSource.STAFF: Text("borgerens egne medarbejdere", "the citizen's own staff"),
    ReferralSource.CITIZEN: Text("borgeren selv", "the citizen"),
}


class AuthorityWithoutReferral(InvalidInput):
    """An authority was named for a referral that does not come from one."""

    code = "authority_without_referral"
    text = Text(
        "Skriv kun myndighedens navn, når indstillingen kommer fra en anden myndighed.",
        "Write the authority's name only where the referral comes from another authority.",
    )


class ProgrammeFull(RuleBroken):
    """All places of the programme in this calendar year are taken."""

    code = "programme_full"
    text = Text(
        "Alle {capacity} pladser i {year} er taget. {way_on}",
        "All {capacity} places in {year} are taken. {way_on_english}",
    )


class OfferOutOfTurn(InvalidInput):
    """An offer to somebody while others, who were referred earlier, wait."""

    code = "offer_out_of_turn"
    text = Text(
        "På ventelisten står {earlier} før borgeren. Giv den første et tilbud, eller skriv, hvorfor det er "
        "denne borgers tur.",
        "{earlier} on the waiting list stand before the citizen. Make the first one an offer, or write why "
        "it is this citizen's turn.",
    )


_ONTO_THE_LIST: Final = Text("Sæt borgeren på ventelisten.", "Put the citizen on the waiting list.")
_STAY_ON_THE_LIST: Final = Text(
    "Lad borgeren blive på ventelisten, til en plads bliver ledig, eller året skifter.",
    "Leave the citizen on the waiting list until a place becomes free or the year turns.",
)


def check_source(source: ReferralSource, authority: str) -> None:
    """Raise `AuthorityWithoutReferral` where an authority is named that has not referred."""
    if authority.strip() and source is not ReferralSource.AUTHORITY:
        raise AuthorityWithoutReferral(where="authority")


def check_place(capacity: int | None, *, taken: int, year: int, is_waiting: bool) -> None:
    """Raise `ProgrammeFull`, with the way on, unless there is a place left; no capacity is no limit."""
    if capacity is not None and taken >= capacity:
        way_on = _STAY_ON_THE_LIST if is_waiting else _ONTO_THE_LIST
        raise ProgrammeFull(
            where="programme",
            capacity=capacity,
            year=year,
            way_on=way_on.danish,
            way_on_english=way_on.english,
        )


def check_turn(earlier: int, because: str) -> None:
    """Raise `OfferOutOfTurn` where others wait who were referred earlier, and nobody has said why."""
    if earlier and not because.strip():
        raise OfferOutOfTurn(where="because", earlier=earlier)

"""Small transfers: whose lane, how much at most, and why a lane can be locked; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput, RuleBroken
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from raaderum.programmes.small_transfers import PocketMoney, SmallTransfers


class Lane(StrEnum):
    """Who asks for a small transfer, and who approves it."""

    SUPPORTED = "supported"
    """A support person asks, a person approves."""
    OWN = "own"
    """The citizen asks; approved by rule where it keeps within the lane and nothing is unusual."""


LANE_NAMES: Final[Mapping[Lane, Text]] = {
    Lane.SUPPORTED: Text("småudbetaling", "small transfer"),
    Lane.OWN: Text("lommepenge", "pocket money"),
}


class LockReason(StrEnum):
    """Why nobody can ask for a small transfer for a citizen just now."""

    RECEIPT_OVERDUE = "receipt_overdue"
    ACTIVITY_UNCONFIRMED = "activity_unconfirmed"
    DECIDED = "decided"


LOCK_REASON_NAMES: Final[Mapping[LockReason, Text]] = {
    LockReason.RECEIPT_OVERDUE: Text("en kvittering mangler", "a receipt is missing"),
    LockReason.ACTIVITY_UNCONFIRMED: Text(
        "det mangler at blive bekræftet, at en aktivitet fandt sted",
        "it has not been confirmed that an activity took place",
    ),
    LockReason.DECIDED: Text("en medarbejder har besluttet det", "a member of staff has decided so"),
}


class LaneLocked(RuleBroken):
    """Small transfers wait until something is in order; cards and invoices are not touched by it."""

    code = "lane_locked"
    text = Text(
        "Små overførsler er sat på pause, fordi {reason}. De åbner igen, så snart det er i orden; "
        "kort og fakturaer virker som før.",
        "Small transfers are paused because {reason_english}. They open again as soon as it is in order; "
        "cards and invoices work as before.",
    )


class LaneClosed(RuleBroken):
    """The programme does not pay in this way."""

    code = "lane_closed"
    text = Text(
        "Ordningen har ikke slået {lane} til. Bed om et køb på faktura i stedet.",
        "The programme has not switched {lane_english} on. Ask for a purchase by invoice instead.",
    )


class TransferTooLarge(RuleBroken):
    """One transfer above what the lane takes."""

    code = "transfer_too_large"
    text = Text(
        "Højst {most} ad gangen; du skrev {wanted}. Sæt beløbet ned.",
        "At most {most} at a time; you wrote {wanted}. Lower the amount.",
    )


class MonthUsedUp(RuleBroken):
    """More in a calendar month than the lane takes."""

    code = "month_used_up"
    text = Text(
        "Højst {most} på en måned; der er {left} tilbage i denne. Sæt beløbet ned, eller vent til den næste.",
        "At most {most} in a month; {left} is left of this one. Lower the amount, or wait for the next.",
    )


class ActivityInvalid(InvalidInput):
    """Pocket money for something that the programme does not give it for."""

    code = "activity_invalid"
    text = Text("{reason}", "{reason_english}")


@dataclass(frozen=True, slots=True)
class LaneCaps:
    """What a lane takes, in øre: one transfer, and all of a calendar month."""

    at_most: Oere
    per_month: Oere


@dataclass(frozen=True, slots=True)
class Activity:
    """What pocket money is for, and on which day."""

    name: str
    on: date


def caps_of(rules: SmallTransfers | None, lane: Lane) -> LaneCaps:
    """Return what a lane takes under a programme's rules; raise `LaneClosed`."""
    if rules is not None and lane is Lane.SUPPORTED:
        return LaneCaps(rules.at_most_oere, rules.per_month_oere)
    if rules is not None and rules.own_lane is not None:
        return LaneCaps(rules.own_lane.at_most_oere, rules.own_lane.per_month_oere)
    name = LANE_NAMES[lane]
    raise LaneClosed(where="lane", lane=name.danish, lane_english=name.english)


def check_caps(caps: LaneCaps, *, amount: Oere, used: Oere) -> None:
    """Raise where `amount` does not fit beside what the month has `used` of the lane already."""
    if amount > caps.at_most:
        raise TransferTooLarge(where="amount", most=format_kroner(caps.at_most), wanted=format_kroner(amount))
    left = max(caps.per_month - used, 0)
    if amount > left:
        raise MonthUsedUp(where="amount", most=format_kroner(caps.per_month), left=format_kroner(left))


def check_activity(rules: PocketMoney | None, activity: Activity | None, *, today: date) -> None:
    """Raise `ActivityInvalid` unless the activity is one that the programme gives pocket money for.

    It may lie ahead or be over since at most the days of the follow-up.
    """
    if rules is None:
        if activity is not None:
            raise ActivityInvalid(
                where="activity",
                reason="Ordningen giver ikke lommepenge til aktiviteter. Lad feltet stå tomt.",
                reason_english="The programme gives no pocket money for activities. Leave the field empty.",
            )
        return
    if activity is None or activity.name not in rules.activities:
        names = ", ".join(rules.activities)
        raise ActivityInvalid(
            where="activity",
            reason=f"Vælg, hvad pengene skal bruges til: {names}.",
            reason_english=f"Choose what the money is for: {names}.",
        )
    if (today - activity.on).days > rules.follow_up_days:
        raise ActivityInvalid(
            where="activity_on",
            reason=f"Dagen ligger mere end {rules.follow_up_days} dage tilbage. Vælg en senere dag.",
            reason_english=f"The day is more than {rules.follow_up_days} days ago. Choose a later day.",
        )


def locked_because(reason: LockReason) -> LaneLocked:
    """Return the refusal of a lane that is locked."""
    name = LOCK_REASON_NAMES[reason]
    return LaneLocked(where="lane", reason=name.danish, reason_english=name.english)

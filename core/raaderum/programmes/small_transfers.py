"""What a programme says about small transfers to its citizens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from raaderum.tenancy.setup_file import SetupTable

_KEY: Final = "small_transfers"
_MOST_KRONER: Final = 1_000_000
_MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class OwnLane:
    """What the citizen can ask for without anybody else, in øre: at a time and in a calendar month."""

    at_most_oere: Oere
    per_month_oere: Oere


@dataclass(frozen=True, slots=True)
class PocketMoney:
    """What the citizen's own transfers are for, and within how many days it is told that it took place."""

    activities: tuple[str, ...]
    follow_up_days: int


@dataclass(frozen=True, slots=True)
class SmallTransfers:
    """Transfers to the citizen's NemKonto or an account, in øre: at a time and in a calendar month.

    Where there is an `own_lane` the citizen can ask without anybody else; where there is
    `pocket_money` too, only for one of its activities.
    """

    at_most_oere: Oere
    per_month_oere: Oere
    own_lane: OwnLane | None = None
    pocket_money: PocketMoney | None = None


def read_small_transfers(table: SetupTable) -> SmallTransfers | None:
    """Read the table `small_transfers` of a programme's file; None where there is none."""
    if not table.has(_KEY):
        return None
    inner = table.get_table(
        _KEY, example="small_transfers = {at_most_kroner = 1000, per_month_kroner = 2000}"
    )
    at_most, per_month = _caps(inner)
    rules = SmallTransfers(at_most, per_month, _own_lane(inner), _pocket_money(inner))
    inner.refuse_other_keys()
    return rules


def _own_lane(table: SetupTable) -> OwnLane | None:
    if not table.has("own_lane"):
        return None
    inner = table.get_table("own_lane", example="own_lane = {at_most_kroner = 300, per_month_kroner = 600}")
    lane = OwnLane(*_caps(inner))
    inner.refuse_other_keys()
    return lane


def _pocket_money(table: SetupTable) -> PocketMoney | None:
    if not table.has("pocket_money"):
        return None
    example = 'pocket_money = {activities = ["biograf", "café"], follow_up_days = 7}'
    inner = table.get_table("pocket_money", example=example)
    days = inner.get_whole_number(
        "follow_up_days", at_least=1, at_most=_MOST_DAYS, example="follow_up_days = 7"
    )
    activities = inner.get_texts("activities", example='activities = ["biograf", "café"]')
    inner.refuse_other_keys()
    return PocketMoney(activities, days)


def _caps(table: SetupTable) -> tuple[Oere, Oere]:
    """A month that takes less than one transfer is a slip of the pen."""
    at_most = table.get_whole_number(
        "at_most_kroner", at_least=1, at_most=_MOST_KRONER, example="at_most_kroner = 300"
    )
    per_month = table.get_whole_number(
        "per_month_kroner", at_least=at_most, at_most=_MOST_KRONER, example=f"per_month_kroner = {at_most}"
    )
    return Oere(at_most * 100), Oere(per_month * 100)

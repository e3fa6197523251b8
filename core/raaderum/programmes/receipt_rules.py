"""What a programme says about receipts for what the citizen pays for with the municipality's money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from raaderum.tenancy.setup_file import SetupTable

_KEY: Final = "receipts"
_MOST_KRONER: Final = 1_000_000
_MOST_HOURS: Final = 720
_MOST_DAYS: Final = 60
_MOST_DECLARATIONS: Final = 100
_NOTHING: Final = Oere(0)


@dataclass(frozen=True, slots=True)
class ReceiptRules:
    """Which payments need a receipt, and what follows where it does not come.

    A payment below `needed_from_oere` needs none, unless the month's payments together have reached
    `needed_from_oere_per_month` with it. How many days there are stands in the programme's own
    `receipt_days`. Where `overdue_locks`, a receipt that is missing `grace_hours` after it was due
    stops the card or the lane it belongs to, and nothing else.
    """

    needed_from_oere: Oere = _NOTHING
    needed_from_oere_per_month: Oere | None = None
    grace_hours: int = 24
    remind_days_before: int = 3
    days_after_rejection: int = 7
    lost_declarations_allowed: int = 3
    overdue_locks: bool = True


def read_receipt_rules(table: SetupTable) -> ReceiptRules | None:
    """Read the table `receipts` of a programme's file; None where there is none."""
    if not table.has(_KEY):
        return None
    inner = table.get_table(_KEY, example="receipts = {needed_from_kroner = 100}")
    usual = ReceiptRules()
    overdue_locks = inner.find_yes("overdue_locks")
    rules = ReceiptRules(
        needed_from_oere=_kroner(inner, "needed_from_kroner") or usual.needed_from_oere,
        needed_from_oere_per_month=_kroner(inner, "needed_from_kroner_per_month"),
        grace_hours=_number(inner, "grace_hours", usual.grace_hours, most=_MOST_HOURS),
        remind_days_before=_number(inner, "remind_days_before", usual.remind_days_before, most=_MOST_DAYS),
        days_after_rejection=_number(
            inner, "days_after_rejection", usual.days_after_rejection, most=_MOST_DAYS
        ),
        lost_declarations_allowed=_number(
            inner,
            "lost_declarations_allowed",
            usual.lost_declarations_allowed,
            most=_MOST_DECLARATIONS,
            least=0,
        ),
        overdue_locks=usual.overdue_locks if overdue_locks is None else overdue_locks,
    )
    inner.refuse_other_keys()
    return rules


def _kroner(table: SetupTable, key: str) -> Oere | None:
    kroner = table.find_whole_number(key, at_least=1, at_most=_MOST_KRONER, example=f"{key} = 300")
    return None if kroner is None else Oere(kroner * 100)


def _number(table: SetupTable, key: str, usual: int, *, most: int, least: int = 1) -> int:
    found = table.find_whole_number(key, at_least=least, at_most=most, example=f"{key} = {usual}")
    return usual if found is None else found

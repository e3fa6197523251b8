"""The ways of paying beside the invoice, for one citizen, as far as their programme has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.demo.paying_by_card import ON_CARD, PAID, has_card, pay_by_card
from raaderum.demo.paying_by_transfer import (
    Errand,
    account_for,
    ask_for_pocket_money,
    ask_for_transfer,
    run_transfers,
    small_transfers_of,
    take_in_the_banks_statement,
)
from raaderum.demo.paying_in_parts import INVOICES, pay_in_parts
from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from raaderum.demo.course import Course
    from raaderum.demo.workers import Work

BOUGHT: Final = Errand("Badetøj og svømmebriller", Oere(279_95), "Sport & Fritid")
WAITS_FOR_RUN: Final = Errand("Cykelhjelm", Oere(425_00), "Cykelsmeden")
WAITS_FOR_APPROVAL: Final = Errand("Buskort til november", Oere(390_00), "Midttrafik")


@dataclass(slots=True)
class OtherWays:
    """What was paid in other ways than by one invoice, in øre, and whether the bank proves it.

    `spent` makes no voucher; `in_parts` makes `vouchers`; `on_card` is what lies on the card still.
    """

    spent: int = 0
    in_parts: int = 0
    vouchers: int = 0
    on_card: int = 0
    is_proven: bool | None = None


def pay_every_way(course: Course, work: Work) -> OtherWays:
    """Pay by card, by small transfer with its run, by pocket money and in parts; prove it by the bank."""
    ways = OtherWays()
    if len(course.character.wishes) > INVOICES:
        ways.in_parts = pay_in_parts(course, work, number=1)
        ways.vouchers = INVOICES
    if has_card(course):
        ways.spent += pay_by_card(course, work)
        ways.on_card = ON_CARD - PAID
    rules = small_transfers_of(course)
    if rules is not None:
        ask_for_transfer(course, BOUGHT)
        ways.spent += BOUGHT.amount
        if rules.pocket_money is not None:
            ways.spent += ask_for_pocket_money(course, rules.pocket_money.activities[0])
        run_id = run_transfers(course.town, course, work)
        account_for(course, BOUGHT)
        ways.is_proven = take_in_the_banks_statement(course.town, course, run_id, work).holds
    return ways


def leave_waiting(course: Course) -> None:
    """Leave one transfer for the next run, and one for somebody to approve."""
    if small_transfers_of(course) is not None:
        ask_for_transfer(course, WAITS_FOR_RUN)
        ask_for_transfer(course, WAITS_FOR_APPROVAL, approved=False)

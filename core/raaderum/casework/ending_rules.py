"""What has to be seen to around the end of a course; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.kernel.money import Oere


class ChecklistItem(StrEnum):
    """One thing to see to."""

    CITIZENS_QUESTIONNAIRE = "citizens_questionnaire"
    SUPPORT_PERSONS_QUESTIONNAIRE = "support_persons_questionnaire"
    PURCHASES_TO_DECIDE = "purchases_to_decide"
    PURCHASES_WITHOUT_INVOICE = "purchases_without_invoice"
    INVOICES_TO_APPROVE = "invoices_to_approve"
    PAYOUTS_UNDER_WAY = "payouts_under_way"
    OPEN_RECEIPTS = "open_receipts"
    REMAINDER = "remainder"


CHECKLIST_NAMES: Final[Mapping[ChecklistItem, Text]] = {
    ChecklistItem.CITIZENS_QUESTIONNAIRE: Text(
        "borgerens slutspørgeskema", "the citizen's questionnaire at the end"
    ),
    ChecklistItem.SUPPORT_PERSONS_QUESTIONNAIRE: Text(
        "støttepersonens slutspørgeskema", "the support person's questionnaire at the end"
    ),
    ChecklistItem.PURCHASES_TO_DECIDE: Text(
        "køb, der venter på godkendelse", "purchases that await a decision"
    ),
    ChecklistItem.PURCHASES_WITHOUT_INVOICE: Text(
        "godkendte køb uden faktura", "approved purchases without an invoice"
    ),
    ChecklistItem.INVOICES_TO_APPROVE: Text(
        "fakturaer, der ikke er godkendt", "invoices that are not approved"
    ),
    ChecklistItem.PAYOUTS_UNDER_WAY: Text(
        "udbetalinger, der ikke er færdige", "payouts that are not finished"
    ),
    ChecklistItem.OPEN_RECEIPTS: Text(
        "kvitteringer, der mangler eller ikke er godkendt", "receipts that are missing or not accepted"
    ),
    ChecklistItem.REMAINDER: Text("penge, der er tilbage", "money that is left"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: how many are open, and what they come to in øre."""

    item: ChecklistItem
    open: int
    amount: Oere | None = None

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left to see to."""
        return self.open == 0

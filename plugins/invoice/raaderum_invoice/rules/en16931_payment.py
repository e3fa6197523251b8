"""EN 16931 on how the invoice wants to be paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

CREDIT_TRANSFERS: Final = frozenset({"30", "58"})
LONGEST_CARD_NUMBER: Final = 10


def check_payment(document: Document, report: Report) -> None:
    """Check all payment means."""
    means = document.all("PaymentMeans")
    for one in means:
        _check_means(one, report)
    if len(means) > 1 or (means and means[0].repeats):
        _check_that_all_agree(means, document, report)
    for card in document.all("CardAccount"):
        if len(card.text("PrimaryAccountNumberID")) > LONGEST_CARD_NUMBER:
            report("BR-51")


def _check_means(means: Aggregate, report: Report) -> None:
    code = means.texts.get("PaymentMeansCode")
    if code is None:
        report("BR-49", means)
    if code in CREDIT_TRANSFERS:
        accounts = means.parts.get("PayeeFinancialAccount", ())
        if not any("ID" in account.texts for account in accounts):
            report("BR-61", means)
        for account in accounts:
            if not account.text("ID"):
                report("BR-50", means)
    if not means.repeats and "PaymentMandate" not in means.parts:
        return
    if means.count("PaymentID") > 1:
        report("UBL-SR-26", means)
    if means.count("PaymentMeansCode") > 1:
        report("UBL-SR-27", means)
    if sum(one.count("ID") for one in means.parts.get("PaymentMandate", ())) > 1:
        report("UBL-SR-28", means)


def _check_that_all_agree(means: Sequence[Aggregate], document: Document, report: Report) -> None:
    if len({text for one in means for text in one.all_texts("PaymentID")}) > 1:
        report("UBL-SR-44")
    if len({text for one in means for text in one.all_texts("PaymentMeansCode")}) > 1:
        report("UBL-SR-47")
    at_top = document.top.parts.get("PaymentMeans", ())
    if sum(one.count("PaymentDueDate") for one in at_top) > 1:
        report("UBL-SR-45")
    if sum(one.attribute("PaymentMeansCode", "name") is not None for one in at_top) > 1:
        report("UBL-SR-46")
    if sum(len(one.parts.get("CardAccount", ())) for one in at_top) > 1:
        report("UBL-SR-54")
    if sum(len(one.parts.get("PaymentMandate", ())) for one in at_top) > 1:
        report("UBL-SR-55")

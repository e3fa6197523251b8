"""Asking the supplier about an invoice that stays open meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.invoices.answering import answer_supplier
from raaderum.invoices.records import forbidden, locked_row
from raaderum.invoices.rules import OPEN_OUTCOMES, CannotAskSupplier
from raaderum.people.roles import Act, require
from raaderum.plugin_api import AnswerReason, AnswerStatus

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.invoices.tables import InvoiceResponse


def ask_supplier(session: Session, invoice_id: UUID, *, reason: AnswerReason, by: Actor) -> InvoiceResponse:
    """Tell the supplier that an invoice is under query, and why; nothing becomes of the invoice yet.

    It is told in set words: what colleagues write may be about the citizen. Raises `NotFound`,
    `InvoiceMoveForbidden` for one that is decided, and `CannotAskSupplier` where it has been asked
    already, or its format has no answer.
    """
    require(by, Act.APPROVE_INVOICE)
    row = locked_row(session, invoice_id)
    if row.outcome not in OPEN_OUTCOMES:
        raise forbidden(row)
    response = answer_supplier(session, row, AnswerStatus.UNDER_QUERY, reason=reason, by=by)
    if response is None:
        raise CannotAskSupplier(where="invoice")
    return response

"""Locking one file of the inbox, and recording what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import defer

from raaderum.audit.service import record
from raaderum.invoices.rules import OUTCOME_NAMES, InvoiceMoveForbidden, InvoiceOutcome
from raaderum.invoices.tables import InboxInvoice
from raaderum.kernel.errors import NotFound
from raaderum.purchases.tables import Purchase
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.audit.events import AuditEvent


def locked_row(session: Session, invoice_id: UUID) -> InboxInvoice:
    """Return one file of the inbox, as it is now, locked until the act is done; raise `NotFound`."""
    sought = select(InboxInvoice).where(InboxInvoice.id == invoice_id).with_for_update()
    without_file = sought.options(defer(InboxInvoice.content_sealed))
    row = session.scalar(without_file.execution_options(populate_existing=True))
    if row is None:
        raise NotFound(where="invoice")
    return row


def forbidden(row: InboxInvoice) -> InvoiceMoveForbidden:
    """Return the error that says where the file is."""
    name = OUTCOME_NAMES[InvoiceOutcome(row.outcome)]
    return InvoiceMoveForbidden(where="invoice", state=name.danish, state_english=name.english)


def record_invoice(
    session: Session,
    event: AuditEvent,
    row: InboxInvoice,
    by: Actor,
    *,
    enrolment_id: UUID | None = None,
    **detail: str | int | None,
) -> None:
    """Record an act on a file, on the timeline of the case it belongs to where it belongs to one."""
    if enrolment_id is None and row.purchase_id:
        purchase = session.get(Purchase, (current_tenant_id(), row.purchase_id))
        enrolment_id = purchase.enrolment_id if purchase else None
    record(
        session,
        event,
        by=by,
        subject_type="inbox_invoice",
        subject_id=row.id,
        enrolment_id=enrolment_id,
        **detail,
    )

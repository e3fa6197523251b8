"""Answering suppliers: an electronic response is kept, and placed where the access point fetches it.

A response is made in the transaction of the decision it tells of; a worker places the file afterwards,
at least once and always under the same name, so that a second copy takes the place of the first.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select
from sqlalchemy.orm import defer

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.invoices.records import record_invoice
from raaderum.invoices.rules import InvoiceOutcome
from raaderum.invoices.tables import InboxInvoice, InvoiceResponse
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import ClaimedWork, add_work, finish_work
from raaderum.persistence.sealed_fields import open_file, seal_file
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import AnswerReason, AnswersInvoices, AnswerStatus, DocumentKind, InvoiceAnswer
from raaderum.plugin_host.installed import plugins
from raaderum.plugin_host.providers import tenant_providers
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

log = logging.getLogger(__name__)
ANSWERS: Final = "answers"
PLACE: Final = "response.place"
_ANSWERED_KINDS: Final = frozenset({DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE})
_AT_ONCE: Final = 200
EXPLANATIONS: Final[Mapping[AnswerReason, str]] = {
    AnswerReason.REFERENCES: "Vores ordrekode mangler eller er forkert. Send fakturaen igen med koden.",
    AnswerReason.LEGAL: "Dokumentet bryder reglerne for sit format. Ret det, og send et nyt.",
    AnswerReason.UNRECOGNISED: "Kommunen kender ikke til købet.",
    AnswerReason.PRICES: "Beløbet svarer ikke til det aftalte.",
    AnswerReason.OTHER: "Fakturaen betales ikke. Kontakt kommunen.",
}
"""What the supplier reads; never a word that staff wrote, which may be about the citizen."""
QUESTIONS: Final[Mapping[AnswerReason, str]] = {
    AnswerReason.REFERENCES: "Hvilken ordre hører fakturaen til? Send os vores ordrekode.",
    AnswerReason.LEGAL: "Dokumentet ser ikke ud til at følge reglerne for sit format. Se det efter.",
    AnswerReason.UNRECOGNISED: "Vi kan ikke genkende købet. Skriv, hvem der bestilte det hos jer.",
    AnswerReason.PRICES: "Beløbet svarer ikke til det aftalte. Forklar forskellen.",
    AnswerReason.OTHER: "Vi har et spørgsmål til fakturaen. Kontakt kommunen.",
}
"""The same of an invoice that is under query, and may be paid yet."""


def answer_supplier(
    session: Session,
    row: InboxInvoice,
    status: AnswerStatus,
    *,
    by: Actor,
    reason: AnswerReason | None = None,
    content: bytes | None = None,
) -> InvoiceResponse | None:
    """Make the answer to a file and write down that it is to be placed; once for each status.

    `content` is the file where the caller has it at hand. None where the file's format has no answer.
    """
    if row.kind not in _ANSWERED_KINDS:
        return None
    response_id = new_id()
    words = QUESTIONS if status is AnswerStatus.UNDER_QUERY else EXPLANATIONS
    answer = InvoiceAnswer(
        id=str(response_id),
        answered_at=clock.now().astimezone(clock.COPENHAGEN),
        status=status,
        reason=reason,
        explanation=words[reason] if reason else "",
    )
    written = _written(content if content is not None else open_file(session, row, "content"), answer)
    if written is None or _is_answered(session, row.id, status):
        return None
    response = InvoiceResponse(
        id=response_id,
        tenant_id=current_tenant_id(),
        invoice_id=row.id,
        status=status,
        reason=reason,
    )
    seal_file(session, response, "content", written)
    insert(session, response)
    add_work(session, queue=ANSWERS, kind=PLACE, subject_id=response.id)
    record_invoice(session, AuditEvent.INVOICE_ANSWERED, row, by, status=status, reason=reason)
    return response


def responses_to(session: Session, invoice_id: UUID, *, by: Actor) -> Sequence[InvoiceResponse]:
    """Return what the supplier of a file has been answered, first one first, without the files."""
    require(by, Act.SEE_INVOICES)
    in_order = select(InvoiceResponse).where(InvoiceResponse.invoice_id == invoice_id)
    without_file = in_order.options(defer(InvoiceResponse.content_sealed))
    return session.scalars(without_file.order_by(InvoiceResponse.id)).all()


def response_file(session: Session, invoice_id: UUID, response_id: UUID, *, by: Actor) -> bytes:
    """Return one answer to a file as it is sent; raise `NotFound`."""
    require(by, Act.SEE_INVOICES)
    response = session.get(InvoiceResponse, (current_tenant_id(), response_id))
    if response is None or response.invoice_id != invoice_id:
        raise NotFound(where="response")
    return open_file(session, response, "content")


def place_responses(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `response.place` for the current tenant."""
    for work in works:
        _place(work)


def answer_paid_invoices() -> int:
    """Tell the suppliers of the current tenant what has been paid since; return how many were told."""
    with reading() as session:
        waiting = session.scalars(_paid_without_answer()).all()
    for invoice_id in waiting:
        with unit_of_work() as session:
            row = session.get_one(InboxInvoice, (current_tenant_id(), invoice_id), with_for_update=True)
            answer_supplier(session, row, AnswerStatus.PAID, by=SYSTEM)
    return len(waiting)


def _paid_without_answer() -> Select[UUID]:
    """Return approved invoices whose payment is done, that were told so far only that they are accepted."""
    told = exists().where(
        InvoiceResponse.invoice_id == InboxInvoice.id, InvoiceResponse.status == AnswerStatus.PAID
    )
    accepted = exists().where(
        InvoiceResponse.invoice_id == InboxInvoice.id, InvoiceResponse.status == AnswerStatus.ACCEPTED
    )
    return (
        select(InboxInvoice.id)
        .join(Payout, Payout.id == InboxInvoice.payout_id)
        .where(InboxInvoice.outcome == InvoiceOutcome.APPROVED, Payout.state == PayoutState.PAID)
        .where(accepted, ~told)
        .order_by(InboxInvoice.id)
        .limit(_AT_ONCE)
    )


def _written(content: bytes, answer: InvoiceAnswer) -> bytes | None:
    for reader in plugins().invoice_readers.values():
        if not isinstance(reader, AnswersInvoices):
            continue
        try:
            if reader.recognises(content):
                return reader.response(content, answer)
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything; the decision must stand all the same
            # The error's text stays out of the log: it may hold what stands in the file.
            log.warning("no response by %s: it raised %s", reader.identifier, type(error).__name__)
            return None
    return None


def _is_answered(session: Session, invoice_id: UUID, status: AnswerStatus) -> bool:
    sought = select(InvoiceResponse.id).where(
        InvoiceResponse.invoice_id == invoice_id, InvoiceResponse.status == status
    )
    return session.scalar(sought) is not None


def _place(work: ClaimedWork) -> None:
    folder = tenant_providers().outgoing_responses
    with reading() as session:
        response = session.get_one(InvoiceResponse, (current_tenant_id(), work.subject_id))
        name, content = f"{response.id}.xml", open_file(session, response, "content")
    _write_whole(folder, name, content)
    with unit_of_work() as session:
        placed = session.get_one(InvoiceResponse, (current_tenant_id(), work.subject_id))
        placed.placed_at = placed.placed_at or clock.now()
        finish_work(session, [work])


def _write_whole(folder: Path, name: str, content: bytes) -> None:
    """Write a file that is either there whole or not at all, and that only its owner can read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f".{name}.{os.getpid()}"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / name)

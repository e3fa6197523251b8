"""Sending a receipt in: looked at, kept sealed, tied to what it proves, and the card is open again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.file_kinds import FileKind, safe_file_name
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.file_store import keep_file, open_kept_file
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.receipts.file_rules import check_pdf, kind_of_receipt
from raaderum.receipts.locks import open_again
from raaderum.receipts.pictures import draw_anew
from raaderum.receipts.rules import (
    MOST_RECEIPTS_A_DAY,
    OPEN,
    AlreadyTurnedDown,
    Proof,
    TooManyReceipts,
    check_proof,
)
from raaderum.receipts.seen_before import find_seen_before
from raaderum.receipts.tables import Receipt, ReceiptDue, ReceiptLink
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.kernel.money import Oere

_TAKES_A_RECEIPT: Final = (*OPEN, Proof.RECEIVED, Proof.DECLARED_LOST, Proof.ACTIVITY_NOT_HELD)
_ENDINGS: Final = {FileKind.PDF: ("pdf",), FileKind.JPEG: ("jpg", "jpeg", "png", "webp", "heic")}


@dataclass(frozen=True, slots=True)
class _Examined:
    """A file as it will be kept; `likeness` of a picture only."""

    kind: FileKind
    content: bytes
    likeness: str | None


def send_receipt(
    session: Session,
    enrolment_id: UUID,
    *,
    content: bytes,
    file_name: str,
    due_ids: Collection[UUID] = (),
    amount: Oere | None = None,
    bought_on: date | None = None,
    by: Actor,
) -> Receipt:
    """Keep a receipt, and tie it to the payments that it is for; what they had closed opens at once.

    A picture is drawn anew; raises an `InvalidInput` where the file can be no receipt.
    """
    require(by, Act.SEND_RECEIPT)
    get_enrolment(session, enrolment_id, by=by)
    examined = _examined(content)
    row = Receipt(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment_id,
        kind=examined.kind,
        size=len(examined.content),
        original_index=tenant_seal(session).look_up_index(hashlib.sha256(content).hexdigest()),
        likeness=examined.likeness,
        amount=amount,
        bought_on=bought_on,
        sent_by=person_of(by),
        sent_role=by.role,
    )
    row.seen_before = find_seen_before(
        session, enrolment_id, original_index=row.original_index, likeness=row.likeness
    )
    name = safe_file_name(file_name, endings=_ENDINGS[examined.kind], unnamed="kvittering")
    seal_field(session, row, "file_name", name)
    row.file_id = keep_file(session, examined.content)
    # Locked only now: nothing waits while a picture is drawn and a file finds its place.
    locked_enrolment(session, enrolment_id, by=by)
    _check_number(session, enrolment_id)
    insert(session, row)
    _record(
        session, AuditEvent.RECEIPT_SENT, row, by, kind=row.kind, size=row.size, seen_before=row.seen_before
    )
    _tie(session, row, due_ids, by)
    return row


def send_receipt_for(session: Session, due_id: UUID, *, content: bytes, file_name: str, by: Actor) -> Receipt:
    """Keep a receipt for one payment."""
    require(by, Act.SEND_RECEIPT)
    due = session.get(ReceiptDue, (current_tenant_id(), due_id))
    if due is None:
        raise NotFound(where="receipt_due")
    get_enrolment(session, due.enrolment_id, by=by, named="receipt_due")
    return send_receipt(
        session, due.enrolment_id, content=content, file_name=file_name, due_ids=[due_id], by=by
    )


def tie_receipt(session: Session, receipt_id: UUID, *, due_ids: Collection[UUID], by: Actor) -> Receipt:
    """Say which payments a receipt that was sent is for; one can have several, and several one."""
    require(by, Act.SEND_RECEIPT)
    row = _receipt_within_reach(session, receipt_id, by)
    locked_enrolment(session, row.enrolment_id, by=by, named="receipt")
    _tie(session, row, due_ids, by)
    return row


def open_receipt(session: Session, receipt_id: UUID, *, by: Actor) -> Receipt:
    """Return a receipt that `by` may see, and record that they fetched it; raise `NotFound`."""
    row = find_receipt(session, receipt_id, by=by)
    _record(session, AuditEvent.RECEIPT_OPENED, row, by)
    return row


def find_receipt(session: Session, receipt_id: UUID, *, by: Actor) -> Receipt:
    """Return a receipt of a case that `by` may see; raise `NotFound`."""
    require(by, Act.SEE_RECEIPTS)
    return _receipt_within_reach(session, receipt_id, by)


def content_of(session: Session, row: Receipt) -> bytes:
    """Return the file as it is kept."""
    return open_kept_file(session, row.file_id)


def name_of(session: Session, row: Receipt) -> str:
    """Return the name of the file, safe to save it under."""
    return open_field(session, row, "file_name")


def _examined(content: bytes) -> _Examined:
    kind = kind_of_receipt(content)
    if kind is FileKind.PDF:
        check_pdf(content)
        return _Examined(kind, content, None)
    picture = draw_anew(content, kind)
    return _Examined(FileKind.JPEG, picture.content, picture.likeness)


def _check_number(session: Session, enrolment_id: UUID) -> None:
    today = select(func.count()).where(
        Receipt.enrolment_id == enrolment_id, Receipt.sent_at >= clock.start_of(clock.today())
    )
    if (session.scalar(today) or 0) >= MOST_RECEIPTS_A_DAY:
        raise TooManyReceipts(where="file", most=MOST_RECEIPTS_A_DAY)


def _tie(session: Session, row: Receipt, due_ids: Collection[UUID], by: Actor) -> None:
    links = session.scalars(select(ReceiptLink).where(ReceiptLink.receipt_id == row.id))
    turned_down_at = {link.receipt_due_id: link.turned_down_at for link in links}
    for due in _dues(session, row.enrolment_id, due_ids):
        check_proof(due.state, *_TAKES_A_RECEIPT)
        if turned_down_at.get(due.id) is not None:
            raise AlreadyTurnedDown(where="receipt_due")
        if due.id not in turned_down_at:
            insert(
                session,
                ReceiptLink(id=new_id(), receipt_id=row.id, receipt_due_id=due.id, linked_by=person_of(by)),
            )
        due.state = Proof.RECEIVED
        _record(session, AuditEvent.RECEIPT_LINKED, row, by, receipt_due_id=str(due.id))
        open_again(session, due, by=by)


def _dues(session: Session, enrolment_id: UUID, due_ids: Collection[UUID]) -> Sequence[ReceiptDue]:
    """Return dues of the case, in one order; raise `NotFound` for any other."""
    if not due_ids:
        return ()
    found = session.scalars(
        select(ReceiptDue)
        .where(ReceiptDue.enrolment_id == enrolment_id, ReceiptDue.id.in_(due_ids))
        .order_by(ReceiptDue.id)
        .execution_options(populate_existing=True)
    ).all()
    if len(found) != len(set(due_ids)):
        raise NotFound(where="receipt_due")
    return found


def _receipt_within_reach(session: Session, receipt_id: UUID, by: Actor) -> Receipt:
    row = session.get(Receipt, (current_tenant_id(), receipt_id))
    if row is None:
        raise NotFound(where="receipt")
    get_enrolment(session, row.enrolment_id, by=by, named="receipt")
    return row


def _record(session: Session, event: AuditEvent, row: Receipt, by: Actor, **detail: str | int | None) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="receipt",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        **detail,
    )

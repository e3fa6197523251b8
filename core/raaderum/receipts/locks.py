"""Closing a card or a lane because of a receipt that is overdue, and opening it the moment it is here.

Only that card or lane: what is approved is paid, and every other way of paying works as before. A lock
that somebody set for another reason is never opened here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select

from raaderum.cards.service import lock_card, locked_account, unlock_card
from raaderum.receipts.rules import OPEN, PaidBy
from raaderum.receipts.tables import ReceiptDue
from raaderum.transfers.locks import find_lock, lock_lane, unlock_lane
from raaderum.transfers.rules import LockReason

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_RECEIPTS_MISSING: Final = "receipts_missing"
_OURS: Final = (LockReason.RECEIPT_OVERDUE, LockReason.ACTIVITY_UNCONFIRMED)


def close_for(session: Session, due: ReceiptDue, *, by: Actor) -> None:
    """Close what the payment was made with; the enrolment must be locked."""
    if due.paid_by == PaidBy.CARD:
        lock_card(session, due.enrolment_id, _RECEIPTS_MISSING, by)
    else:
        because = LockReason.ACTIVITY_UNCONFIRMED if due.is_activity else LockReason.RECEIPT_OVERDUE
        lock_lane(session, due.enrolment_id, because, by=by)


def open_again(session: Session, due: ReceiptDue, *, by: Actor) -> None:
    """Open what was closed because of `due`, unless another receipt keeps it closed."""
    if due.locked_at is None:
        return
    due.locked_at = None
    session.flush()
    if _others_keep_closed(session, due):
        return
    if due.paid_by == PaidBy.CARD:
        _open_card(session, due.enrolment_id, by)
    else:
        _open_lane(session, due.enrolment_id, by)


def _others_keep_closed(session: Session, due: ReceiptDue) -> bool:
    still = exists().where(
        ReceiptDue.enrolment_id == due.enrolment_id,
        ReceiptDue.paid_by == due.paid_by,
        ReceiptDue.state.in_(OPEN),
        ReceiptDue.locked_at.is_not(None),
        ReceiptDue.id != due.id,
    )
    return bool(session.scalar(select(still)))


def _open_card(session: Session, enrolment_id: UUID, by: Actor) -> None:
    account = locked_account(session, enrolment_id)
    if account is not None and account.locked_because == _RECEIPTS_MISSING:
        unlock_card(session, enrolment_id, by)


def _open_lane(session: Session, enrolment_id: UUID, by: Actor) -> None:
    lock = find_lock(session, enrolment_id)
    if lock is not None and lock.because in _OURS:
        unlock_lane(session, enrolment_id, by=by)

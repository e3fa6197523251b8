"""Locking the lane of small transfers while a proof is overdue, and opening it at once when it comes.

Only asking stops: what has been approved is paid, and cards and invoices go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.persistence.database import insert
from raaderum.transfers.rules import LockReason, locked_because
from raaderum.transfers.tables import TransferLock

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def lock_lane(session: Session, enrolment_id: UUID, because: LockReason, *, by: Actor) -> bool:
    """Let nobody ask for a small transfer for a citizen until `unlock_lane`; False: it was locked.

    The enrolment must be locked, and whoever calls has checked that `by` may do it. The first
    reason stands while several apply.
    """
    if find_lock(session, enrolment_id) is not None:
        return False
    lock = TransferLock(id=new_id(), enrolment_id=enrolment_id, because=because, locked_by=by.person_id)
    insert(session, lock)
    _record(session, AuditEvent.TRANSFERS_LOCKED, lock, by)
    return True


def unlock_lane(session: Session, enrolment_id: UUID, *, by: Actor) -> bool:
    """Open the lane at once; False: it was open. What holds for `lock_lane` holds here."""
    lock = find_lock(session, enrolment_id)
    if lock is None:
        return False
    lock.unlocked_at, lock.unlocked_by = clock.now(), by.person_id
    _record(session, AuditEvent.TRANSFERS_UNLOCKED, lock, by)
    return True


def find_lock(session: Session, enrolment_id: UUID) -> TransferLock | None:
    """Return the lock that holds for a citizen now."""
    return session.scalar(
        select(TransferLock).where(
            TransferLock.enrolment_id == enrolment_id, TransferLock.unlocked_at.is_(None)
        )
    )


def check_unlocked(session: Session, enrolment_id: UUID) -> None:
    """Raise `LaneLocked` while the lane is locked."""
    lock = find_lock(session, enrolment_id)
    if lock is not None:
        raise locked_because(LockReason(lock.because))


def _record(session: Session, event: AuditEvent, lock: TransferLock, by: Actor) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="enrolment",
        subject_id=lock.enrolment_id,
        enrolment_id=lock.enrolment_id,
        reason=lock.because,
    )

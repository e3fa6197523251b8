"""What the clock does about receipts: remind, then say what will close and when, and only then close it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.service import locked_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.notices.service import tell_citizen, tell_staff
from raaderum.persistence.file_store import remove_orphans
from raaderum.persistence.scheduled_runs import each_alone
from raaderum.persistence.unit_of_work import reading
from raaderum.programmes.installed import rules_of
from raaderum.receipts import wording
from raaderum.receipts.locks import close_for
from raaderum.receipts.rules import OPEN, PaidBy, Proof, Standing, Step, closes_at, step_for
from raaderum.receipts.tables import ReceiptDue
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.kernel.text import Text
    from raaderum.notices.rules import Words
    from raaderum.programmes.rules import ProgrammeVersion

_FARTHEST_REMINDER: Final = timedelta(days=60)


def remind_of_receipts() -> int:
    """Remind and warn of the receipts that are due soon or now; return how many steps were taken."""
    return _take_steps({Step.REMIND, Step.WARN})


def close_overdue_lanes() -> int:
    """Close the cards and lanes whose warning has run out; return how many steps were taken."""
    return _take_steps({Step.LOCK})


def remove_orphan_files() -> int:
    """Remove files that were left behind by something that died before its row was committed."""
    with reading() as session:
        return remove_orphans(session)


def standing_of(row: ReceiptDue) -> Standing:
    """Return how far a receipt has come."""
    return Standing(Proof(row.state), row.due_on, row.reminded_at, row.warned_at, row.locked_at)


def closing_of(row: ReceiptDue, rules: ProgrammeVersion, *, now: datetime) -> datetime | None:
    """Return when the card or lane of an open receipt will close; None where the programme closes nothing."""
    if not rules.receipt_rules.overdue_locks:
        return None
    return closes_at(
        row.due_on, warned_at=row.warned_at, grace_hours=rules.receipt_rules.grace_hours, now=now
    )


def _take_steps(steps: Collection[Step]) -> int:
    with reading() as session:
        ids = session.execute(
            select(ReceiptDue.id, ReceiptDue.enrolment_id)
            .join(Enrolment, Enrolment.id == ReceiptDue.enrolment_id)
            .where(
                ReceiptDue.state.in_(OPEN),
                ReceiptDue.locked_at.is_(None),
                ReceiptDue.due_on <= clock.today() + _FARTHEST_REMINDER,
                Enrolment.state == EnrolmentState.ACTIVE,
            )
            .order_by(ReceiptDue.due_on, ReceiptDue.id)
        ).all()
    return sum(each_alone([(due, enrolment) for due, enrolment in ids], partial(_take_step, steps)))


def _take_step(steps: Collection[Step], session: Session, due: tuple[UUID, UUID]) -> bool:
    """Take the step of one receipt, seen again under the lock of its case."""
    due_id, enrolment_id = due
    enrolment = locked_enrolment(session, enrolment_id, by=SYSTEM)
    row = session.get_one(ReceiptDue, (current_tenant_id(), due_id))
    rules, now = rules_of(enrolment.programme, enrolment.rules_from), clock.now()
    step = step_for(rules.receipt_rules, standing_of(row), now=now)
    if step not in steps:
        return False
    _DO[step](session, row, enrolment, rules, now)
    return True


def _remind(
    session: Session, row: ReceiptDue, enrolment: Enrolment, rules: ProgrammeVersion, now: datetime
) -> None:
    row.reminded_at = now
    _tell(session, row, enrolment, wording.reminder(_foreseen(row, rules, now)), "reminder")
    _record(session, AuditEvent.RECEIPT_REMINDED, row, step=Step.REMIND)


def _warn(
    session: Session, row: ReceiptDue, enrolment: Enrolment, rules: ProgrammeVersion, now: datetime
) -> None:
    row.warned_at = now
    _tell(session, row, enrolment, wording.warning(_foreseen(row, rules, now)), "warning")
    _record(session, AuditEvent.RECEIPT_REMINDED, row, step=Step.WARN)


def _lock(
    session: Session, row: ReceiptDue, enrolment: Enrolment, rules: ProgrammeVersion, now: datetime
) -> None:
    del rules
    row.locked_at = now
    close_for(session, row, by=SYSTEM)
    _tell(session, row, enrolment, wording.closed(PaidBy(row.paid_by)), "closed")
    _record(session, AuditEvent.RECEIPT_OVERDUE, row)


_DO: Final = {Step.REMIND: _remind, Step.WARN: _warn, Step.LOCK: _lock}


def _foreseen(row: ReceiptDue, rules: ProgrammeVersion, now: datetime) -> Text:
    return wording.what_will_happen(
        PaidBy(row.paid_by), due_on=row.due_on, closing=closing_of(row, rules, now=now)
    )


def _tell(session: Session, row: ReceiptDue, enrolment: Enrolment, words: Words, step: str) -> None:
    """Tell the citizen and the support person; a new deadline after a rejection is told anew."""
    key = f"receipt:{row.id}:{row.due_on}:{step}"
    tell_citizen(session, enrolment.citizen_id, words, key=key, enrolment_id=enrolment.id)
    tell_staff(session, [enrolment.support_person_id], words, key=key, enrolment_id=enrolment.id)


def _record(session: Session, event: AuditEvent, row: ReceiptDue, **detail: str) -> None:
    record(
        session,
        event,
        by=SYSTEM,
        subject_type="receipt_due",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        paid_by=row.paid_by,
        **detail,
    )

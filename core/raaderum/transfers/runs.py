"""Payment runs: started by a finance officer, cancelled before they are sent, read afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.payouts.service import QUEUE
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import add_work
from raaderum.tenancy.context import current_tenant_id
from raaderum.transfers.candidates import dry_run
from raaderum.transfers.run_lines import fail_all, reserve_all
from raaderum.transfers.run_rules import (
    RUN_STATE_NAMES,
    UNDER_WAY,
    NothingToRun,
    RunHasChanged,
    RunMoveForbidden,
    RunState,
    RunUnderWay,
)
from raaderum.transfers.tables import PaymentRun, PaymentRunLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

SEND_RUN: Final = "run.send"
CANCELLED: Final = "run_cancelled"
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtextextended(:programme, 3))")


def start_run(
    session: Session,
    programme: str,
    *,
    by: Actor,
    expected_count: int | None = None,
    expected_total: Oere | None = None,
) -> PaymentRun:
    """Pay every transfer of a programme that passes the checks, in one file; the others stay as they are.

    Raises `RunUnderWay`, `NothingToRun`, and `RunHasChanged` where it is not what the dry run showed:
    nobody sends what they have not seen.
    """
    require(by, Act.RUN_PAYMENTS)
    session.execute(_ONE_AT_A_TIME, {"programme": f"{current_tenant_id()}:{programme}"})
    _refuse_second(session, programme)
    wanted = dry_run(session, programme, by=by, lock=True)
    if not wanted.going:
        raise NothingToRun(where="programme")
    if (expected_count, expected_total) not in {(None, None), (wanted.count, wanted.total)}:
        raise RunHasChanged(where="programme", count=wanted.count, total=format_kroner(wanted.total))
    run = PaymentRun(
        id=new_id(),
        programme=programme,
        provider=wanted.provider,
        state=RunState.READY,
        count=wanted.count,
        total=wanted.total,
        pay_on=wanted.pay_on,
        started_by=person_of(by),
    )
    insert(session, run)
    reserve_all(session, run, wanted.going, by=by)
    add_work(session, queue=QUEUE, kind=SEND_RUN, subject_id=run.id)
    record_run(session, AuditEvent.RUN_STARTED, run, by, count=run.count, amount=run.total)
    crash_point("run:start-before-commit")
    return run


def cancel_run(session: Session, run_id: UUID, *, by: Actor) -> PaymentRun:
    """Cancel a run that nobody has begun to send; its transfers wait for the next one."""
    require(by, Act.RUN_PAYMENTS)
    run = locked_run(session, run_id)
    if run.state != RunState.READY:
        name = RUN_STATE_NAMES[RunState(run.state)]
        raise RunMoveForbidden(where="run", state=name.danish, state_english=name.english)
    fail_all(session, run, code=CANCELLED, by=by)
    run.state, run.cancelled_by, run.cancelled_at = RunState.CANCELLED, by.person_id, clock.now()
    record_run(session, AuditEvent.RUN_CANCELLED, run, by)
    return run


def get_run(session: Session, run_id: UUID, *, by: Actor) -> PaymentRun:
    """Return a run; raise `NotFound`."""
    require(by, Act.RUN_PAYMENTS)
    run = session.get(PaymentRun, (current_tenant_id(), run_id))
    if run is None:
        raise NotFound(where="run")
    return run


def locked_run(session: Session, run_id: UUID) -> PaymentRun:
    """Return a run, locked until the act is done; raise `NotFound`."""
    run = session.scalar(
        select(PaymentRun)
        .where(PaymentRun.id == run_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if run is None:
        raise NotFound(where="run")
    return run


def runs_before(
    session: Session, before: UUID | None, *, programme: str | None = None, most: int, by: Actor
) -> Sequence[PaymentRun]:
    """Return a page of the runs, newest first, that lies before `before`."""
    require(by, Act.RUN_PAYMENTS)
    page = select(PaymentRun).order_by(PaymentRun.id.desc()).limit(most)
    if before is not None:
        page = page.where(PaymentRun.id < before)
    if programme is not None:
        page = page.where(PaymentRun.programme == programme)
    return session.scalars(page).all()


def states_of_run(session: Session, run_id: UUID) -> dict[str, tuple[int, Oere]]:
    """Return how many of a run's payouts are in each state now, and what they come to in øre."""
    counted = (
        select(Payout.state, func.count(), func.sum(Payout.amount))
        .join(PaymentRunLine, PaymentRunLine.payout_id == Payout.id)
        .where(PaymentRunLine.run_id == run_id)
        .group_by(Payout.state)
    )
    return {state: (count, Oere(int(total))) for state, count, total in session.execute(counted)}


def payouts_of_run(session: Session, run_id: UUID, *, states: Sequence[str], most: int) -> Sequence[Payout]:
    """Return the first `most` payouts of a run that are in one of `states`."""
    found = (
        select(Payout)
        .join(PaymentRunLine, PaymentRunLine.payout_id == Payout.id)
        .where(PaymentRunLine.run_id == run_id, Payout.state.in_(states))
        .order_by(Payout.id)
        .limit(most)
    )
    return session.scalars(found).all()


def record_run(
    session: Session, event: AuditEvent, run: PaymentRun, by: Actor, **detail: str | int | None
) -> None:
    """Record an act on a run."""
    record(session, event, by=by, subject_type="payment_run", subject_id=run.id, enrolment_id=None, **detail)


def _refuse_second(session: Session, programme: str) -> None:
    under_way = select(PaymentRun.id).where(
        PaymentRun.programme == programme, PaymentRun.state.in_(UNDER_WAY)
    )
    if session.scalar(under_way) is not None:
        raise RunUnderWay(where="programme")

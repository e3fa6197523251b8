"""What people do with lines that matched nothing by themselves; where money moves, it takes two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import format_kroner
from raaderum.payouts.claims import find_claim
from raaderum.payouts.decision_rules import MOST_WORDS, check_because, check_length
from raaderum.payouts.rules import OPEN_ATTEMPTS, PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.tables import PayoutAttempt, PayoutClaim
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import seal_field
from raaderum.reconciliation.errors import (
    LineMoveForbidden,
    NothingProposed,
    OwnLineProposal,
    PayoutDoesNotFit,
    PayoutOnTheBankAlready,
)
from raaderum.reconciliation.matching import book_return, payout_facts, settle_by_bank
from raaderum.reconciliation.rules import LINE_OUTCOME_NAMES, OPEN_LINES, Because, LineOutcome
from raaderum.reconciliation.tables import StatementLine
from raaderum.refunds.service import refunded_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.reconciliation.rules import PayoutFacts


def match_line(session: Session, line_id: UUID, *, payout_id: UUID, note: str, by: Actor) -> StatementLine:
    """Say which payout a line pays, or, for money that came in, brings back.

    A line of a payout that is known to be paid is matched at once; where money moves in the books, a
    colleague must confirm it. Raises `LineMoveForbidden`, `PayoutDoesNotFit`, `PayoutOnTheBankAlready`,
    and `WordsTooLong` for the note.
    """
    require(by, Act.SETTLE_STATEMENT_LINE)
    row = _open_line(session, line_id)
    payout = _fitting(session, row, payout_id)
    row.proposed_payout_id, row.proposed_by, row.proposed_at = payout_id, person_of(by), clock.now()
    row.decided_by = None
    written = check_length(note, where="note", most=MOST_WORDS)
    if written:
        seal_field(session, row, "note", written)
    claim = _unseen_claim(session, row, payout_id) if payout.on_the_bank else None
    if claim is not None:
        row.outcome, row.because, row.payout_id = LineOutcome.MATCHED, Because.BY_HAND, None
        row.claim_id = claim.id
        _record(session, AuditEvent.STATEMENT_LINE_MATCHED, row, by)
    elif row.amount < 0 and payout.state is PayoutState.PAID:
        _matched(row, payout)
        _record(session, AuditEvent.STATEMENT_LINE_MATCHED, row, by)
    else:
        _record(session, AuditEvent.STATEMENT_LINE_PROPOSED, row, by)
    return row


def confirm_line(session: Session, line_id: UUID, *, by: Actor) -> StatementLine:
    """Confirm what a colleague proposed, and move the money in the books.

    Raises `NothingProposed`, `OwnLineProposal` for whoever proposed it, and what `match_line` raises
    where the payout has moved on since.
    """
    require(by, Act.SETTLE_STATEMENT_LINE)
    row = _open_line(session, line_id)
    if row.proposed_payout_id is None:
        raise NothingProposed(where="line")
    if row.proposed_by == by.person_id:
        raise OwnLineProposal(where="line")
    payout = _fitting(session, row, row.proposed_payout_id)
    row.decided_by, row.decided_at = person_of(by), clock.now()
    if row.amount < 0:
        _matched(row, payout)
        session.flush()
        _settle(session, row)
    else:
        row.payout_id = payout.payout_id
        row.outcome, row.because = LineOutcome.RETURNED, Because.BY_HAND
        book_return(session, row)
    _record(session, AuditEvent.STATEMENT_LINE_MATCHED, row, by)
    return row


def dismiss_line(session: Session, line_id: UUID, *, because: str, by: Actor) -> StatementLine:
    """Say, with a reason, that a line has nothing to do with the programme. It moves no money.

    Raises `LineMoveForbidden`, and `BecauseMissing` or `WordsTooLong` for the reason.
    """
    require(by, Act.SETTLE_STATEMENT_LINE)
    row = _open_line(session, line_id)
    seal_field(session, row, "note", check_because(because))
    row.outcome, row.because = LineOutcome.NOT_OURS, Because.DISMISSED
    row.payout_id = row.run_id = row.proposed_payout_id = row.proposed_by = None
    row.decided_by, row.decided_at = person_of(by), clock.now()
    _record(session, AuditEvent.STATEMENT_LINE_DISMISSED, row, by)
    return row


def _open_line(session: Session, line_id: UUID) -> StatementLine:
    row = session.scalar(select(StatementLine).where(StatementLine.id == line_id).with_for_update())
    if row is None:
        raise NotFound(where="line")
    if row.outcome not in OPEN_LINES:
        name = LINE_OUTCOME_NAMES[LineOutcome(row.outcome)]
        raise LineMoveForbidden(where="line", state=name.danish, state_english=name.english)
    return row


def _fitting(session: Session, row: StatementLine, payout_id: UUID) -> PayoutFacts:
    """Return a payout that the line can belong to; a sum that differs fits only what is paid already."""
    payout = payout_facts(session, payout_id)
    if payout is None:
        raise NotFound(where="payout_id")
    if row.amount < 0 and payout.on_the_bank and _unseen_claim(session, row, payout_id) is None:
        raise PayoutOnTheBankAlready(where="payout_id")
    if not _fits(session, row, payout):
        name = PAYOUT_STATE_NAMES[payout.state]
        raise PayoutDoesNotFit(
            where="payout_id",
            line=format_kroner(row.amount),
            payout=format_kroner(payout.amount),
            state=name.danish,
            state_english=name.english,
        )
    return payout


def _unseen_claim(session: Session, row: StatementLine, payout_id: UUID) -> PayoutClaim | None:
    """Return the payment beside a payout that a line shows going out; None where none fits."""
    seen = select(StatementLine.id).where(
        StatementLine.claim_id == PayoutClaim.id, StatementLine.outcome == LineOutcome.MATCHED
    )
    return session.scalar(
        select(PayoutClaim)
        .where(PayoutClaim.payout_id == payout_id, PayoutClaim.amount == -row.amount, ~seen.exists())
        .order_by(PayoutClaim.id)
        .limit(1)
        .with_for_update()
    )


def _fits(session: Session, row: StatementLine, payout: PayoutFacts) -> bool:
    if row.amount > 0 and find_claim(session, payout.payout_id, amount=row.amount) is not None:
        return True
    if row.amount > 0:
        is_paid = payout.state is PayoutState.PAID
        return is_paid and row.amount <= payout.amount - refunded_of(session, payout.payout_id)
    if payout.state is PayoutState.PAID:
        return True
    return payout.state in {PayoutState.SENDING, PayoutState.UNKNOWN} and -row.amount == payout.amount


def _matched(row: StatementLine, payout: PayoutFacts) -> None:
    row.outcome, row.because, row.payout_id = LineOutcome.MATCHED, Because.BY_HAND, payout.payout_id


def _settle(session: Session, row: StatementLine) -> None:
    open_attempt = select(PayoutAttempt.idempotency_key).where(
        PayoutAttempt.payout_id == row.payout_id, PayoutAttempt.state.in_(OPEN_ATTEMPTS)
    )
    key = session.scalar(open_attempt)
    if key is not None:
        settle_by_bank(session, key, row)


def _record(session: Session, event: AuditEvent, row: StatementLine, by: Actor) -> None:
    payout_id = row.payout_id or row.proposed_payout_id
    record(
        session,
        event,
        by=by,
        subject_type="statement_line",
        subject_id=row.id,
        outcome=row.outcome,
        amount=row.amount,
        payout=str(payout_id) if payout_id else None,
    )

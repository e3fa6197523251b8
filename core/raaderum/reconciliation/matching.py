"""Matching the lines of a file: piece by piece, each piece a transaction of its own, harmless twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON, bindparam, func, select, text

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.money import Oere
from raaderum.payouts.claims import close_by_bank, find_claim
from raaderum.payouts.rules import OPEN_ATTEMPTS, PayoutState
from raaderum.payouts.settling import TOLD_BY_BANK, settle_attempt, settle_attempts
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.many_rows import among
from raaderum.persistence.outbox import finish_work
from raaderum.persistence.sealed_fields import open_field
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import Completed
from raaderum.reconciliation.rules import (
    Because,
    Judgement,
    LineFacts,
    LineOutcome,
    PayoutFacts,
    RunFacts,
    judge,
    judge_undoing,
    run_id_in,
)
from raaderum.reconciliation.tables import StatementLine
from raaderum.refunds.returning import book_bank_return
from raaderum.refunds.service import refunded_of
from raaderum.transfers.tables import PaymentRun, PaymentRunLine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.persistence.outbox import ClaimedWork

    Progress = Callable[[int], object]

LINES_AT_ONCE: Final = 2_000
_MOST_SIMILAR: Final = 3
"""More payouts of one amount make no better suggestion."""
_PAID_OR_SENT: Final = (PayoutState.SENDING, PayoutState.UNKNOWN, PayoutState.PAID)
_WRITE: Final = text("""
    update statement_line as line
    set outcome = told.outcome, because = told.because, payout_id = told.payout_id, run_id = told.run_id
    from json_to_recordset(:told) as told
        (id uuid, outcome text, because text, payout_id uuid, run_id uuid)
    where line.id = told.id
""").bindparams(bindparam("told", type_=JSON()))


def match_files(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `statement.match` for the current tenant."""
    for work in works:
        match_lines(work.subject_id)
        with unit_of_work() as session:
            finish_work(session, [work])


def match_lines(file_id: UUID, *, progress: Progress | None = None) -> int:
    """Match what of a file has not been looked at, and return how many lines that were.

    `progress` is told how many lines are done. What one line does to a payment stands or falls alone:
    where it fails, the line goes to the work queue and the others go on.
    """
    done = 0
    while waiting := _waiting(file_id):
        together_or_apart(waiting, _match_together, put_off=_put_off)
        done += len(waiting)
        if progress is not None:
            progress(done)
    return done


def _waiting(file_id: UUID) -> Sequence[UUID]:
    with reading() as session:
        first = (
            select(StatementLine.id)
            .where(StatementLine.file_id == file_id, StatementLine.outcome == LineOutcome.WAITING)
            .order_by(StatementLine.number)
            .limit(LINES_AT_ONCE)
        )
        return session.scalars(first).all()


def _put_off(session: Session, line_id: UUID, _because: str) -> None:
    told = Judgement(LineOutcome.UNMATCHED, Because.COULD_NOT_BE_DONE)
    session.execute(_WRITE, {"told": [_as_told(line_id, told)]})


def _match_together(session: Session, line_ids: Sequence[UUID]) -> list[None]:
    """Match lines in their order: those that pay first, then those that undo what was paid."""
    # Another worker at the same file waits here, and finds nothing left to do.
    rows = session.scalars(
        select(StatementLine)
        .where(among(StatementLine.id, line_ids), StatementLine.outcome == LineOutcome.WAITING)
        .order_by(StatementLine.number)
        .with_for_update()
    ).all()
    facts = {row.id: _facts_of(session, row) for row in rows}
    paying = [row for row in rows if not facts[row.id].undoes]
    judged = _judge_paying(session, paying, facts)
    _write(session, judged)
    _settle(session, [(row, judged[row.id]) for row in paying if judged[row.id].settles])
    for row in rows:
        if facts[row.id].undoes:
            undo(session, row, facts[row.id])
    session.flush()
    session.expunge_all()
    return []


def _facts_of(session: Session, row: StatementLine) -> LineFacts:
    needs_name = not row.codes and row.counterparty_sealed is not None
    return LineFacts(
        amount=row.amount,
        booked_on=row.booked_on,
        codes=tuple(row.codes),
        counterparty=open_field(session, row, "counterparty") if needs_name else "",
        is_reversal=row.is_reversal,
        return_reason=row.return_reason,
    )


def _judge_paying(
    session: Session, rows: Sequence[StatementLine], facts: Mapping[UUID, LineFacts]
) -> dict[UUID, Judgement]:
    told = [facts[row.id] for row in rows]
    by_code = payouts_by_code(session, {code for line in told for code in line.codes})
    runs = _runs(session, {row.batch_id for row in rows if row.batch_id is not None})
    found = {row.id: _distinct(facts[row.id].codes, by_code) for row in rows}
    vague = {
        -facts[row.id].amount
        for row in rows
        if not found[row.id] and row.batch_id not in runs and row.amount < 0
    }
    similar = _similar(session, vague)
    judged: dict[UUID, Judgement] = {}
    taken: set[UUID] = set()
    for row in rows:
        line = facts[row.id]
        run = runs.get(row.batch_id or "")
        candidates = [_with(one, taken) for one in found[row.id]]
        if run is not None and run.run_id in taken:
            run = RunFacts(run.run_id, run.total, on_the_bank=True)
        verdict = judge(line, by_code=candidates, run=run, similar=similar.get(-line.amount, ()))
        judged[row.id] = verdict
        if verdict.outcome is LineOutcome.MATCHED:
            taken.update(one for one in (verdict.payout_id, verdict.run_id) if one is not None)
    return judged


def _with(payout: PayoutFacts, taken: Collection[UUID]) -> PayoutFacts:
    """Return a payout as it is once the lines before have been matched."""
    if payout.payout_id not in taken:
        return payout
    return PayoutFacts(
        payout.payout_id, payout.amount, payout.state, payout.payee_name, payout.due_on, on_the_bank=True
    )


def _distinct(codes: Sequence[str], by_code: Mapping[str, PayoutFacts]) -> list[PayoutFacts]:
    found = {by_code[code].payout_id: by_code[code] for code in codes if code in by_code}
    return list(found.values())


def payouts_by_code(session: Session, codes: Collection[str]) -> dict[str, PayoutFacts]:
    """Return the payouts with these codes, in one query."""
    if not codes:
        return {}
    return dict(_payouts(session, among(Payout.code, codes)))


def payout_facts(session: Session, payout_id: UUID) -> PayoutFacts | None:
    """Return what is known of one payout."""
    return next((facts for _, facts in _payouts(session, Payout.id == payout_id)), None)


def _payouts(session: Session, condition: Any) -> list[tuple[str, PayoutFacts]]:  # noqa: ANN401 - any condition on payouts
    on_the_bank = (
        select(StatementLine.id)
        .where(StatementLine.payout_id == Payout.id, StatementLine.outcome == LineOutcome.MATCHED)
        .exists()
    )
    in_a_matched_run = (
        select(PaymentRunLine.id)
        .join(StatementLine, StatementLine.run_id == PaymentRunLine.run_id)
        .where(PaymentRunLine.payout_id == Payout.id, StatementLine.outcome == LineOutcome.MATCHED)
        .exists()
    )
    rows = session.execute(
        select(
            Payout.id,
            Payout.amount,
            Payout.state,
            Payout.payee_name,
            Payout.due_on,
            Payout.code,
            on_the_bank | in_a_matched_run,
        ).where(condition)
    )
    return [
        (code, PayoutFacts(own, amount, PayoutState(state), name or "", due_on, on_the_bank=bool(seen)))
        for own, amount, state, name, due_on, code, seen in rows
    ]


def _similar(session: Session, amounts: Collection[int]) -> dict[int, list[PayoutFacts]]:
    """Return payouts of these amounts that no line is matched with, the newest few of each amount."""
    if not amounts:
        return {}
    found: dict[int, list[PayoutFacts]] = {}
    newest = text("""
        select payout.id, payout.amount, payout.state, payout.payee_name, payout.due_on
        from unnest(cast(:amounts as bigint[])) as wanted (amount)
        cross join lateral (
            select * from payout where payout.amount = wanted.amount
                and payout.state in ('sending', 'unknown', 'paid')
                and not exists (select 1 from statement_line line where line.payout_id = payout.id)
            order by payout.id desc limit :most
        ) as payout""")
    rows = session.execute(newest, {"amounts": list(amounts), "most": _MOST_SIMILAR})
    for own, amount, state, name, due_on in rows:
        facts = PayoutFacts(own, amount, PayoutState(state), name or "", due_on, on_the_bank=False)
        found.setdefault(amount, []).append(facts)
    return found


def _runs(session: Session, batch_ids: Collection[str]) -> dict[str, RunFacts]:
    """Return the payment runs that batch references name: by our id, or as the provider called the file.

    The group of payments within a file is called as the file, and a sign more.
    """
    ids = {run_id_in(batch_id): batch_id for batch_id in batch_ids}
    names = {name: batch_id for batch_id in batch_ids for name in (batch_id[:-1], batch_id)}
    matched = (
        select(StatementLine.id)
        .where(StatementLine.run_id == PaymentRun.id, StatementLine.outcome == LineOutcome.MATCHED)
        .exists()
    )
    sent = (
        select(func.coalesce(func.sum(Payout.amount), 0))
        .join(PaymentRunLine, PaymentRunLine.payout_id == Payout.id)
        .where(PaymentRunLine.run_id == PaymentRun.id, Payout.state.in_(_PAID_OR_SENT))
        .correlate(PaymentRun)
        .scalar_subquery()
    )
    known = among(PaymentRun.id, [one for one in ids if one is not None])
    rows = session.execute(
        select(PaymentRun.id, PaymentRun.provider_reference, sent, matched).where(
            known | among(PaymentRun.provider_reference, names)
        )
    )
    return {
        ids.get(own) or names[reference or ""]: RunFacts(own, int(total), on_the_bank=bool(seen))
        for own, reference, total, seen in rows
    }


def _write(session: Session, judged: Mapping[UUID, Judgement]) -> None:
    if judged:
        told = [_as_told(line_id, verdict) for line_id, verdict in judged.items()]
        session.execute(_WRITE, {"told": told})


def _as_told(line_id: UUID, verdict: Judgement) -> dict[str, str | None]:
    return {
        "id": str(line_id),
        "outcome": verdict.outcome.value,
        "because": verdict.because.value,
        "payout_id": str(verdict.payout_id) if verdict.payout_id else None,
        "run_id": str(verdict.run_id) if verdict.run_id else None,
    }


def _settle(session: Session, matched: Sequence[tuple[StatementLine, Judgement]]) -> None:
    """Settle the open attempts that the bank has paid, in the order in which workers lock them."""
    payouts = {verdict.payout_id: row for row, verdict in matched if verdict.payout_id is not None}
    runs = {verdict.run_id: row for row, verdict in matched if verdict.run_id is not None}
    if runs:
        in_runs = select(PaymentRunLine.payout_id, PaymentRunLine.run_id).where(
            among(PaymentRunLine.run_id, list(runs))
        )
        payouts |= {payout_id: runs[run_id] for payout_id, run_id in session.execute(in_runs)}
    if not payouts:
        return
    open_attempts = (
        select(PayoutAttempt.payout_id, PayoutAttempt.idempotency_key)
        .where(among(PayoutAttempt.payout_id, list(payouts)), PayoutAttempt.state.in_(OPEN_ATTEMPTS))
        .order_by(PayoutAttempt.payout_id)
    )
    proven = {
        key: Completed(reference_of(payouts[payout_id])) for payout_id, key in session.execute(open_attempts)
    }
    settle_attempts(session, proven, told_by=TOLD_BY_BANK)


def settle_by_bank(session: Session, key: str, row: StatementLine) -> None:
    """Settle one attempt: the bank's line is the proof that it was paid."""
    settle_attempt(session, key, Completed(reference_of(row)), told_by=TOLD_BY_BANK)


def reference_of(row: StatementLine) -> str:
    """Return what a payment is known by at the bank; our own id of the line where the bank gives none."""
    return row.reference or f"line:{row.id}"


def undo(session: Session, row: StatementLine, line: LineFacts) -> None:
    """Judge a reversal or return, and book what came back."""
    first = _undone_line(session, row) if line.is_reversal else None
    payout = _undone_payout(session, line, first)
    if first is not None and first.run_id is not None and payout is None:
        # A whole run is taken back: which of its payments, only people can say.
        row.same_as_id = first.id
        _mark(row, Judgement(LineOutcome.UNMATCHED, Because.RUN_DIFFERS, run_id=first.run_id))
        return
    if first is not None and first.payout_id is None and payout is None:
        row.same_as_id = first.id
        _mark(row, Judgement(LineOutcome.REVERSED, Because.REVERSES_NOTHING_OF_OURS))
        first.outcome, first.because = LineOutcome.REVERSED, Because.REVERSES_NOTHING_OF_OURS
        return
    left = payout.amount - refunded_of(session, payout.payout_id) if payout is not None else 0
    verdict = judge_undoing(line, payout, left=left)
    if payout is not None and find_claim(session, payout.payout_id, amount=line.amount) is not None:
        # What nobody owed comes back first: the citizen was never charged for it.
        verdict = Judgement(LineOutcome.RETURNED, Because.RETURNED_BY_BANK, payout.payout_id)
    row.same_as_id = first.id if first is not None else None
    _mark(row, verdict)
    if verdict.outcome in {LineOutcome.RETURNED, LineOutcome.REVERSED} and payout is not None:
        book_return(session, row)


def book_return(session: Session, row: StatementLine) -> None:
    """Book that the payment of a line's payout came back, or first what was paid beside it."""
    if row.payout_id is None:
        return
    claim = find_claim(session, row.payout_id, amount=row.amount)
    if claim is not None:
        close_by_bank(session, claim, reference=reference_of(row))
        row.claim_id = claim.id
        return
    refund = book_bank_return(
        session, row.payout_id, amount=Oere(row.amount), reference=reference_of(row), by=SYSTEM
    )
    row.refund_id = getattr(refund, "id", None)
    record(
        session,
        AuditEvent.BANK_RETURN_FOUND,
        by=SYSTEM,
        subject_type="statement_line",
        subject_id=row.id,
        payout=str(row.payout_id),
        amount=row.amount,
    )


def _undone_line(session: Session, row: StatementLine) -> StatementLine | None:
    """Return the line that a reversal takes back: the bank's same reference, the opposite amount."""
    if row.reference is None:
        return None
    opposite = (
        select(StatementLine)
        .where(
            StatementLine.reference == row.reference,
            StatementLine.amount == -row.amount,
            StatementLine.id != row.id,
            StatementLine.outcome.not_in((LineOutcome.DUPLICATE, LineOutcome.REVERSED)),
            StatementLine.booked_on <= row.booked_on,
        )
        .order_by(StatementLine.id.desc())
        .limit(1)
    )
    return session.scalar(opposite)


def _undone_payout(session: Session, line: LineFacts, first: StatementLine | None) -> PayoutFacts | None:
    if first is not None and first.payout_id is not None:
        return payout_facts(session, first.payout_id)
    found = _distinct(line.codes, payouts_by_code(session, line.codes))
    return found[0] if len(found) == 1 else None


def _mark(row: StatementLine, verdict: Judgement) -> None:
    row.outcome, row.because = verdict.outcome, verdict.because
    row.payout_id, row.run_id = verdict.payout_id, verdict.run_id

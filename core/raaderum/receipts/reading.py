"""What can be seen of receipts: those of one case, and all that are missing or wait to be looked at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select

from raaderum.enrolments.service import cases_of, get_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import open_field
from raaderum.programmes.installed import rules_of
from raaderum.receipts import wording
from raaderum.receipts.following_up import closing_of
from raaderum.receipts.matching import Candidate, suggested
from raaderum.receipts.rules import OPEN, WAITING, PaidBy, Proof
from raaderum.receipts.seen_before import SeenBefore
from raaderum.receipts.sending import name_of
from raaderum.receipts.stating import StatementKind, declared_so_far
from raaderum.receipts.tables import Receipt, ReceiptDue, ReceiptLink, ReceiptStatement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.kernel.text import Text
    from raaderum.programmes.rules import ProgrammeVersion

MOST_SHOWN: Final = 200
"""Rows of the overview; the most urgent come first."""


@dataclass(frozen=True, slots=True)
class OpenedReceipt:
    """A file by its name; `size` in bytes. While it is tied to nothing, likeliest first: `suggested_dues`."""

    id: UUID
    file_name: str
    kind: str
    size: int
    amount: Oere | None
    bought_on: date | None
    seen_before: SeenBefore | None
    sent_by: UUID
    sent_at: datetime
    suggested_dues: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedStatement:
    """What somebody stated instead of a receipt."""

    kind: StatementKind
    answer: str | None
    words: str
    wording_version: str | None
    stated_by: UUID
    stated_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedDue:
    """One payment and its proof, with all that came in for it.

    `foreseen` says what will happen, or what has closed; None where nothing more is needed. `words` is
    why it was turned down or waived, '' otherwise.
    """

    id: UUID
    enrolment_id: UUID
    paid_by: PaidBy
    what: str
    is_activity: bool
    amount: Oere
    paid_on: date
    due_on: date
    proof: Proof
    is_locked: bool
    words: str
    foreseen: Text | None
    receipts: tuple[OpenedReceipt, ...] = ()
    statements: tuple[OpenedStatement, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseReceipts:
    """All of one case: what is missing first, then what is being looked at, then the rest, newest first."""

    dues: tuple[OpenedDue, ...]
    loose: tuple[OpenedReceipt, ...]
    declarations_left: int


def receipts_of(session: Session, enrolment_id: UUID, *, by: Actor) -> CaseReceipts:
    """Return the receipts of a case that `by` may see; raise `NotFound`."""
    require(by, Act.SEE_RECEIPTS)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    rows = session.scalars(
        select(ReceiptDue)
        .where(ReceiptDue.enrolment_id == enrolment_id)
        .order_by(ReceiptDue.paid_on.desc(), ReceiptDue.id.desc())
    ).all()
    by_due, loose = _files(session, enrolment_id, rows)
    statements = _statements(session, enrolment_id)
    dues = [_opened(session, row, rules, tuple(by_due[row.id]), tuple(statements[row.id])) for row in rows]
    allowed = rules.receipt_rules.lost_declarations_allowed
    return CaseReceipts(
        dues=tuple(sorted(dues, key=_urgency)),
        loose=tuple(loose),
        declarations_left=max(allowed - declared_so_far(session, enrolment_id), 0),
    )


def missing_receipts(session: Session, *, by: Actor) -> list[OpenedDue]:
    """Return what waits in the cases of `by`: overdue, or come in and not looked at; longest due first."""
    require(by, Act.SEE_MISSING_RECEIPTS)
    rows = session.execute(
        select(ReceiptDue, Enrolment)
        .join(Enrolment, Enrolment.id == ReceiptDue.enrolment_id)
        .where(
            cases_of(by),
            or_(
                ReceiptDue.state.in_(WAITING),
                and_(ReceiptDue.state.in_(OPEN), ReceiptDue.due_on <= clock.today()),
            ),
        )
        .order_by(ReceiptDue.due_on, ReceiptDue.id)
        .limit(MOST_SHOWN)
    ).all()
    return [
        _opened(session, row, rules_of(enrolment.programme, enrolment.rules_from), (), ())
        for row, enrolment in rows
    ]


def open_receipts(session: Session, enrolment_id: UUID) -> tuple[int, Oere]:
    """Return how many payments of a case lack an accepted proof, and what they come to."""
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(ReceiptDue.amount), 0)).where(
            ReceiptDue.enrolment_id == enrolment_id, ReceiptDue.state.in_((*OPEN, *WAITING))
        )
    ).one()
    return count, Oere(int(total))


def came_in_at() -> ColumnElement[datetime]:
    """Return, for a query of `ReceiptDue`, when the latest thing came in for it."""
    tied = (
        select(func.max(ReceiptLink.linked_at)).where(ReceiptLink.receipt_due_id == ReceiptDue.id)
    ).scalar_subquery()
    stated = (
        select(func.max(ReceiptStatement.stated_at)).where(ReceiptStatement.receipt_due_id == ReceiptDue.id)
    ).scalar_subquery()
    # The greatest ignores what is null; something always came in for what waits.
    return func.coalesce(func.greatest(tied, stated), ReceiptDue.opened_at)


def opened_receipt(session: Session, row: Receipt, *, suggested_dues: tuple[UUID, ...] = ()) -> OpenedReceipt:
    """Return a receipt with its name opened."""
    return OpenedReceipt(
        id=row.id,
        file_name=name_of(session, row),
        kind=row.kind,
        size=row.size,
        amount=None if row.amount is None else Oere(row.amount),
        bought_on=row.bought_on,
        seen_before=None if row.seen_before is None else SeenBefore(row.seen_before),
        sent_by=row.sent_by,
        sent_at=row.sent_at,
        suggested_dues=suggested_dues,
    )


def opened_due(session: Session, row: ReceiptDue, rules: ProgrammeVersion) -> OpenedDue:
    """Return a payment's proof with its words opened, without what came in for it."""
    return _opened(session, row, rules, (), ())


def _opened(
    session: Session,
    row: ReceiptDue,
    rules: ProgrammeVersion,
    receipts: tuple[OpenedReceipt, ...],
    statements: tuple[OpenedStatement, ...],
) -> OpenedDue:
    return OpenedDue(
        id=row.id,
        enrolment_id=row.enrolment_id,
        paid_by=PaidBy(row.paid_by),
        what=open_field(session, row, "what"),
        is_activity=row.is_activity,
        amount=Oere(row.amount),
        paid_on=row.paid_on,
        due_on=row.due_on,
        proof=Proof(row.state),
        is_locked=row.locked_at is not None,
        words=open_field(session, row, "words"),
        foreseen=_foreseen(row, rules),
        receipts=receipts,
        statements=statements,
    )


def _foreseen(row: ReceiptDue, rules: ProgrammeVersion) -> Text | None:
    if row.state not in OPEN:
        return None
    paid_by = PaidBy(row.paid_by)
    if row.locked_at is not None:
        return wording.what_has_closed(paid_by)
    return wording.what_will_happen(
        paid_by, due_on=row.due_on, closing=closing_of(row, rules, now=clock.now())
    )


def _urgency(due: OpenedDue) -> tuple[int, date]:
    """What is open first, the first due of it first; the sort keeps the order of all that is settled."""
    if due.proof in OPEN:
        return 0, due.due_on
    return (1, due.due_on) if due.proof in WAITING else (2, due.due_on.max)


def _files(
    session: Session, enrolment_id: UUID, dues: Sequence[ReceiptDue]
) -> tuple[dict[UUID, list[OpenedReceipt]], list[OpenedReceipt]]:
    """Return the receipts of each due, and those that are tied to none, with what they may be for."""
    files = session.scalars(
        select(Receipt).where(Receipt.enrolment_id == enrolment_id).order_by(Receipt.sent_at, Receipt.id)
    ).all()
    links = session.execute(
        select(ReceiptLink.receipt_id, ReceiptLink.receipt_due_id)
        .join(Receipt, Receipt.id == ReceiptLink.receipt_id)
        .where(Receipt.enrolment_id == enrolment_id)
        .order_by(Receipt.sent_at, Receipt.id)
    ).all()
    tied = {receipt_id for receipt_id, _ in links}
    opened = {row.id: opened_receipt(session, row) for row in files if row.id in tied}
    by_due: dict[UUID, list[OpenedReceipt]] = defaultdict(list)
    for receipt_id, due_id in links:
        by_due[due_id].append(opened[receipt_id])
    open_ones = [Candidate(one.id, Oere(one.amount), one.paid_on) for one in dues if one.state in OPEN]
    return by_due, [_loose(session, row, open_ones) for row in files if row.id not in tied]


def _loose(session: Session, row: Receipt, open_ones: Sequence[Candidate]) -> OpenedReceipt:
    amount = None if row.amount is None else Oere(row.amount)
    likely = suggested(open_ones, amount=amount, bought_on=row.bought_on or clock.day_of(row.sent_at))
    return opened_receipt(session, row, suggested_dues=tuple(one.due_id for one in likely))


def _statements(session: Session, enrolment_id: UUID) -> dict[UUID, list[OpenedStatement]]:
    found: dict[UUID, list[OpenedStatement]] = defaultdict(list)
    rows = session.scalars(
        select(ReceiptStatement)
        .where(ReceiptStatement.enrolment_id == enrolment_id)
        .order_by(ReceiptStatement.stated_at, ReceiptStatement.id)
    )
    for row in rows:
        found[row.receipt_due_id].append(
            OpenedStatement(
                kind=StatementKind(row.kind),
                answer=row.answer,
                words=open_field(session, row, "words"),
                wording_version=row.wording_version,
                stated_by=row.stated_by,
                stated_at=row.stated_at,
            )
        )
    return found

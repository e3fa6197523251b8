"""What is stated instead of a receipt: on one's honour that it is lost, or that the outing took place."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import rules_of
from raaderum.receipts.deciding import locked_due
from raaderum.receipts.locks import open_again
from raaderum.receipts.rules import (
    LONGEST_WORDS,
    OPEN,
    ActivityAnswer,
    DeclarationChanged,
    NoActivity,
    Proof,
    TooManyDeclared,
    check_proof,
    check_words,
)
from raaderum.receipts.tables import ReceiptDue, ReceiptStatement
from raaderum.receipts.wording import DECLARATION_VERSION, declaration_digest
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_WHAT_WAS_BOUGHT: Final = Text(
    "hvad der blev købt, og hvordan kvitteringen blev væk", "what was bought, and how the receipt was lost"
)
_WHAT_ELSE: Final = Text("hvad der skete i stedet", "what happened instead")


class StatementKind(StrEnum):
    """What a statement is about."""

    LOST = "lost"
    ACTIVITY = "activity"


def declare_lost(session: Session, due_id: UUID, *, words: str, digest: str, by: Actor) -> ReceiptDue:
    """Declare on one's honour that a receipt is lost; what it had closed opens at once.

    `digest` is that of the declaration as it was read. Raises `TooManyDeclared` above the programme's number.
    """
    require(by, Act.DECLARE_RECEIPT_LOST)
    row, enrolment = locked_due(session, due_id, by)
    check_proof(row.state, *OPEN)
    if digest != declaration_digest():
        raise DeclarationChanged(where="digest")
    allowed = rules_of(enrolment.programme, enrolment.rules_from).receipt_rules.lost_declarations_allowed
    if declared_so_far(session, enrolment.id, besides=row.id) >= allowed:
        raise TooManyDeclared(where="receipt_due", most=allowed)
    written = check_words(words, what=_WHAT_WAS_BOUGHT, where="words")
    _state(session, row, StatementKind.LOST, written, by, answer=None)
    row.state = Proof.DECLARED_LOST
    _record(session, AuditEvent.RECEIPT_DECLARED_LOST, row, by, wording=DECLARATION_VERSION)
    open_again(session, row, by=by)
    return row


def confirm_activity(
    session: Session, due_id: UUID, *, answer: ActivityAnswer, words: str = "", by: Actor
) -> ReceiptDue:
    """Tell whether what pocket money was for took place; what was closed until then opens at once.

    Where it did not, a coordinator sees it. Words are needed for everything but a plain yes.
    """
    require(by, Act.CONFIRM_ACTIVITY)
    row, _ = locked_due(session, due_id, by)
    if not row.is_activity:
        raise NoActivity(where="receipt_due")
    check_proof(row.state, *OPEN)
    written = words.strip()[:LONGEST_WORDS]
    if answer is not ActivityAnswer.YES:
        written = check_words(words, what=_WHAT_ELSE, where="words")
    _state(session, row, StatementKind.ACTIVITY, written, by, answer=answer)
    if answer is ActivityAnswer.NO:
        row.state = Proof.ACTIVITY_NOT_HELD
    else:
        row.state, row.settled_by, row.settled_at = Proof.ACTIVITY_CONFIRMED, person_of(by), clock.now()
    _record(session, AuditEvent.ACTIVITY_CONFIRMED, row, by, answer=answer)
    open_again(session, row, by=by)
    return row


def declared_so_far(session: Session, enrolment_id: UUID, *, besides: UUID | None = None) -> int:
    """Return of how many payments a case has had the receipt declared lost, without one of them."""
    declared = select(func.count(func.distinct(ReceiptStatement.receipt_due_id))).where(
        ReceiptStatement.enrolment_id == enrolment_id, ReceiptStatement.kind == StatementKind.LOST
    )
    if besides is not None:
        declared = declared.where(ReceiptStatement.receipt_due_id != besides)
    return session.scalar(declared) or 0


def _state(
    session: Session,
    row: ReceiptDue,
    kind: StatementKind,
    words: str,
    by: Actor,
    *,
    answer: ActivityAnswer | None,
) -> None:
    is_declaration = kind is StatementKind.LOST
    statement = ReceiptStatement(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=row.enrolment_id,
        receipt_due_id=row.id,
        kind=kind,
        answer=answer,
        wording_version=DECLARATION_VERSION if is_declaration else None,
        wording_digest=declaration_digest() if is_declaration else None,
        stated_by=person_of(by),
        stated_role=by.role,
    )
    seal_field(session, statement, "words", words)
    insert(session, statement)


def _record(session: Session, event: AuditEvent, row: ReceiptDue, by: Actor, **detail: str) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="receipt_due",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        **detail,
    )

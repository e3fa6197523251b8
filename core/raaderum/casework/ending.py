"""Ending a course with all that hangs on it: the checklist, and what is closed for whoever is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.cards.loading import refresh_card
from raaderum.casework.ending_rules import Check, ChecklistItem
from raaderum.conditions.wording import REFUND_WORDS
from raaderum.enrolments import endings
from raaderum.enrolments.ending_rules import CLOSES_PURCHASES, EndingReason, reasons_for
from raaderum.enrolments.rules import UNDER_WAY
from raaderum.enrolments.service import get_enrolment
from raaderum.invoices.rules import OPEN_OUTCOMES
from raaderum.invoices.tables import InboxInvoice
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.ledger.service import budget_statement
from raaderum.payouts.rules import SETTLED_STATES
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import open_field
from raaderum.programmes.installed import rules_of
from raaderum.purchases.closing import GivenUp, give_up_open_purchases, lock_purchases
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.questionnaires.rules import Moment, Respondent
from raaderum.questionnaires.service import answers_of
from raaderum.receipts.reading import open_receipts

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


@dataclass(frozen=True, slots=True)
class Ending:
    """How an enrolment ends or ended, what is open, and what becomes of the money that is left.

    `reasons` are those that staff can give today; none once it has ended. `note` is '' where there
    is none.
    """

    enrolment: Enrolment
    reasons: tuple[EndingReason, ...]
    note: str
    checks: tuple[Check, ...]
    refund_words: Text


def ending_of(session: Session, enrolment_id: UUID, *, by: Actor) -> Ending:
    """Return the ending of an enrolment that `by` may see, before it and after it."""
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    is_open = enrolment.state in UNDER_WAY
    return Ending(
        enrolment=enrolment,
        reasons=reasons_for(enrolment, rules, on=clock.today()) if is_open else (),
        note=open_field(session, enrolment, "ended_note"),
        checks=checklist(session, enrolment.id),
        refund_words=REFUND_WORDS[rules.refund_policy],
    )


def end_course(
    session: Session,
    enrolment_id: UUID,
    *,
    because: EndingReason,
    note: str = "",
    ended_on: date | None = None,
    by: Actor,
) -> Enrolment:
    """End an enrolment; for one who has moved or died, open purchases are given up and held money released.

    A purchase whose invoice has come is owed to the supplier and stays to be paid. What lies on a card
    and is not held comes back.
    """
    if because in CLOSES_PURCHASES:
        lock_purchases(session, enrolment_id)
    enrolment = endings.end(session, enrolment_id, because=because, note=note, ended_on=ended_on, by=by)
    if because in CLOSES_PURCHASES:
        _give_up(session, enrolment.id, by)
    session.flush()
    refresh_card(session, enrolment.id)
    return enrolment


def leave_course(session: Session, enrolment_id: UUID, *, note: str = "", by: Actor) -> Enrolment:
    """End the citizen's own enrolment, as they want; what lies on their card and is not held comes back."""
    enrolment = endings.leave_programme(session, enrolment_id, note=note, by=by)
    session.flush()
    refresh_card(session, enrolment.id)
    return enrolment


def checklist(session: Session, enrolment_id: UUID) -> tuple[Check, ...]:
    """Return what has to be seen to around the end, each with how many are open."""
    answered = answers_of(session, enrolment_id, Moment.END)
    left = budget_statement(session, enrolment_id).available
    return (
        Check(ChecklistItem.CITIZENS_QUESTIONNAIRE, int(Respondent.CITIZEN not in answered)),
        Check(ChecklistItem.SUPPORT_PERSONS_QUESTIONNAIRE, int(Respondent.SUPPORT_PERSON not in answered)),
        _summed(
            session,
            ChecklistItem.PURCHASES_TO_DECIDE,
            select(func.count(), func.coalesce(func.sum(Purchase.amount), 0)).where(
                Purchase.enrolment_id == enrolment_id, Purchase.state == PurchaseState.REQUESTED
            ),
        ),
        _summed(
            session,
            ChecklistItem.PURCHASES_WITHOUT_INVOICE,
            select(func.count(), func.coalesce(func.sum(Purchase.amount - Purchase.invoiced), 0)).where(
                Purchase.enrolment_id == enrolment_id,
                Purchase.state == PurchaseState.APPROVED,
                Purchase.id.not_in(_invoiced(enrolment_id)),
            ),
        ),
        _summed(
            session,
            ChecklistItem.INVOICES_TO_APPROVE,
            select(func.count(), func.coalesce(func.sum(InboxInvoice.payable), 0)).where(
                InboxInvoice.outcome.in_(OPEN_OUTCOMES), InboxInvoice.purchase_id.in_(_own(enrolment_id))
            ),
        ),
        _summed(
            session,
            ChecklistItem.PAYOUTS_UNDER_WAY,
            select(func.count(), func.coalesce(func.sum(Payout.amount), 0)).where(
                Payout.enrolment_id == enrolment_id,
                Payout.state.not_in(SETTLED_STATES),
            ),
        ),
        Check(ChecklistItem.OPEN_RECEIPTS, *open_receipts(session, enrolment_id)),
        Check(ChecklistItem.REMAINDER, int(left > 0), left),
    )


def _give_up(session: Session, enrolment_id: UUID, by: Actor) -> GivenUp:
    owed = session.scalars(_invoiced(enrolment_id)).all()
    return give_up_open_purchases(session, enrolment_id, kept=[one for one in owed if one], by=by)


def _invoiced(enrolment_id: UUID) -> Select[UUID | None]:
    """Return the purchases of the enrolment for which an invoice lies in the inbox."""
    return select(InboxInvoice.purchase_id).where(
        InboxInvoice.outcome.in_(OPEN_OUTCOMES), InboxInvoice.purchase_id.in_(_own(enrolment_id))
    )


def _own(enrolment_id: UUID) -> Select[UUID]:
    return select(Purchase.id).where(Purchase.enrolment_id == enrolment_id)


def _summed(session: Session, item: ChecklistItem, counting: Select[int, int | None]) -> Check:
    count, total = session.execute(counting).one()
    return Check(item, count, Oere(int(total or 0)))

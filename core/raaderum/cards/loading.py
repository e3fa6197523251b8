"""Bringing a card to what it is to hold today: loading, taking back, and what the issuer must keep to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.releasing import Line, spent_by_line, wanted_on_card
from raaderum.cards.rules import STANDING
from raaderum.cards.service import locked_account
from raaderum.cards.settling import clear_overdrawn
from raaderum.cards.tables import Card, CardAccount, CardItem, CardPayment
from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import budget_statement, post
from raaderum.persistence.outbox import add_work
from raaderum.persistence.scheduled_runs import each_alone
from raaderum.persistence.unit_of_work import reading
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.programmes.installed import rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.ledger.service import BudgetStatement
    from raaderum.programmes.card import CardRules

QUEUE: Final = "money"
CONTROLS: Final = "card.controls"


def refresh_cards() -> None:
    """Bring every card of the current tenant to what it is to hold today, each in an act of its own."""
    with reading() as session:
        enrolment_ids = session.scalars(select(CardAccount.id).order_by(CardAccount.id)).all()
    each_alone(enrolment_ids, refresh_card)


def refresh_card(session: Session, enrolment_id: UUID) -> None:
    """Bring one card to what it is to hold today, and its rules to those of today. Twice does no harm.

    The unspent rest of each due item is loaded, as far as the free budget reaches; what is beyond it
    is taken back, but never what a shop holds. An overdraft is covered first.
    """
    account = locked_account(session, enrolment_id)
    if account is None:
        return
    enrolment = session.get_one(Enrolment, (current_tenant_id(), enrolment_id))
    rules = rules_of(enrolment.programme, enrolment.rules_from).card_rules
    items = _items(session, enrolment_id)
    _close_those_over(session, enrolment, items)
    moved = _cover_overdraft(session, account)
    wanted = _wanted(session, enrolment, items, rules)
    moved = _bring_to(session, account, wanted) or moved
    still_open = [item for item, _ in items if item.closed_at is None]
    if _rules_changed(account, rules, still_open) or moved:
        account.controls_version += 1
        add_work(session, queue=QUEUE, kind=CONTROLS, subject_id=account.id)


def spent_of(session: Session, enrolment_id: UUID, *, card_id: UUID | None = None) -> Oere:
    """Return the øre spent with an enrolment's cards, or with one of them; what came back is not spent."""
    spent = func.greatest(CardPayment.captured - CardPayment.refunded, 0)
    total = select(func.coalesce(func.sum(spent), 0)).where(CardPayment.enrolment_id == enrolment_id)
    if card_id is not None:
        total = total.where(CardPayment.card_id == card_id)
    return Oere(int(session.execute(total).scalar_one()))


def close_item(session: Session, row: CardItem) -> None:
    """Let an item answer for what it has been spent so far, and take no more."""
    lines = [_as_line(item, plan_item) for item, plan_item in _items(session, row.enrolment_id)]
    row.spent = spent_by_line(lines, spent_of(session, row.enrolment_id))[row.id]
    row.closed_at = clock.now()


def _items(session: Session, enrolment_id: UUID) -> Sequence[tuple[CardItem, PlanItem]]:
    rows = session.execute(
        select(CardItem, PlanItem)
        .join(PlanItem, PlanItem.id == CardItem.plan_item_id)
        .where(CardItem.enrolment_id == enrolment_id)
        .order_by(CardItem.id)
    )
    return [(item, plan_item) for item, plan_item in rows]


def _as_line(item: CardItem, plan_item: PlanItem) -> Line:
    return Line(item.id, item.amount, plan_item.needed_on, item.until_on, item.spent)


def _close_those_over(
    session: Session, enrolment: Enrolment, items: Sequence[tuple[CardItem, PlanItem]]
) -> None:
    """Close the items whose last day is past, whose plan was replaced or whose course has ended."""
    in_force = session.scalar(
        select(BudgetPlan.id).where(
            BudgetPlan.enrolment_id == enrolment.id, BudgetPlan.state == PlanState.APPROVED
        )
    )
    runs = enrolment.state == EnrolmentState.ACTIVE
    lines = [_as_line(item, plan_item) for item, plan_item in items]
    shares = spent_by_line(lines, spent_of(session, enrolment.id))
    for (item, plan_item), line in zip(items, lines, strict=True):
        if item.closed_at is None and (
            line.is_over(on=clock.today()) or plan_item.plan_id != in_force or not runs
        ):
            item.spent, item.closed_at = shares[item.id], clock.now()
    session.flush()


def _wanted(
    session: Session,
    enrolment: Enrolment,
    items: Sequence[tuple[CardItem, PlanItem]],
    rules: CardRules,
) -> int:
    today = clock.today()
    has_card = session.scalar(
        select(Card.id).where(Card.enrolment_id == enrolment.id, Card.state.in_(STANDING))
    )
    is_over = enrolment.ends_on is not None and today > enrolment.ends_on
    if has_card is None or is_over or enrolment.state != EnrolmentState.ACTIVE:
        return 0
    return wanted_on_card(
        [_as_line(item, plan_item) for item, plan_item in items],
        spent=spent_of(session, enrolment.id),
        on=today,
        days_before=rules.release_days_before_need,
    )


def _cover_overdraft(session: Session, account: CardAccount) -> bool:
    statement = budget_statement(session, account.id)
    covered = min(statement.overdrawn, statement.available)
    if covered <= 0:
        return False
    account.drawn_available += covered
    _move(
        session,
        account,
        TransactionKind.OVERDRAFT_COVERED,
        Move(
            Oere(covered),
            Account(AccountKind.AVAILABLE, account.id),
            Account(AccountKind.OVERDRAFT, account.id),
        ),
    )
    if covered == statement.overdrawn:
        clear_overdrawn(session, account.id)
    return True


def _bring_to(session: Session, account: CardAccount, wanted: int) -> bool:
    """Load or take back until the card, with what is held, has `wanted` øre; say whether anything moved."""
    statement = budget_statement(session, account.id)
    card, free = Account(AccountKind.CARD, account.id), Account(AccountKind.AVAILABLE, account.id)
    missing = wanted - statement.on_card - statement.card_held
    load, recoup = _load(missing, statement), max(0, min(-missing, statement.on_card))
    if load > 0:
        _move(session, account, TransactionKind.LOAD, Move(Oere(load), free, card))
        _record(session, AuditEvent.CARD_LOADED, account, load)
    if recoup > 0:
        _move(session, account, TransactionKind.RECOUP, Move(Oere(recoup), card, free))
        _record(session, AuditEvent.CARD_RECOUPED, account, recoup)
    return load > 0 or recoup > 0


def _load(missing: int, statement: BudgetStatement) -> int:
    return max(0, min(missing, statement.available))


def _move(session: Session, account: CardAccount, kind: TransactionKind, move: Move) -> None:
    # The version rises with every movement under the account's lock, so each has a key of its own.
    key = f"{kind}:{account.id}:{account.controls_version}"
    post(session, kind, move, key=key, subject_id=account.id)


def _rules_changed(account: CardAccount, rules: CardRules, items: Sequence[CardItem]) -> bool:
    """Write down what the card can be used for now; say whether that is news.

    Where an item can be bought in any shop, so can they all: a shop does not say which item it is for.
    """
    anywhere = any(not item.allowed_categories and not item.merchant_words for item in items)
    categories = sorted({code for item in items for code in item.allowed_categories})
    words = sorted({word for item in items for word in item.merchant_words})
    now = (
        rules.per_payment_oere,
        list(rules.blocked_categories),
        [] if anywhere else categories,
        [] if anywhere else words,
    )
    before = (
        account.per_payment,
        list(account.blocked_categories),
        list(account.allowed_categories),
        list(account.merchant_words),
    )
    account.per_payment, account.blocked_categories, account.allowed_categories, account.merchant_words = now
    return now != before


def _record(session: Session, event: AuditEvent, account: CardAccount, amount: int) -> None:
    record(
        session,
        event,
        by=SYSTEM,
        subject_type="card_account",
        subject_id=account.id,
        enrolment_id=account.id,
        amount=amount,
    )

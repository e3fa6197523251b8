"""Taking purchases in: asked for, approved, or paid before Råderum came into use.

A paid one is entered in the books at once, by the same moves as any other, and gets a payout of
the provider `before_raaderum`: paid, without any attempt, because nothing was sent from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.exchange.cases import case_of, cases_of_table
from raaderum.exchange.plan_items import ItemKey, items_of_cases
from raaderum.exchange.portions import in_portions
from raaderum.exchange.present import present_purchases
from raaderum.exchange.register import new_rows, remember
from raaderum.kernel import clock
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text
from raaderum.ledger.rules import Account, AccountKind, Move, NotEnoughMoney, TransactionKind
from raaderum.ledger.service import Posting, budget_statements, open_accounts, post_all
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import clearing_account, digest_of
from raaderum.payouts.tables import Payout
from raaderum.payouts.words import describe_payout
from raaderum.persistence.many_rows import among, insert_all
from raaderum.plans.rules import OwnProposal, PlanState
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.purchases.codes import unused_codes
from raaderum.purchases.rules import PurchaseState, check_cvr
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import describe_purchase, description_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from raaderum.enrolments.tables import Enrolment
    from raaderum.exchange.intake import Intake
    from raaderum.exchange.sheets import Row, Table

BEFORE_RAADERUM: Final = "before_raaderum"
_NOON: Final = timedelta(hours=12)


@dataclass(slots=True)
class _There:
    """What the cases of the file have; `available` shrinks as the file is taken in.

    `codes` are new short codes, one for each of its rows.
    """

    items: dict[ItemKey, UUID]
    in_force: set[UUID]
    available: dict[UUID, int]
    codes: Iterator[str]


def take_in_purchases(intake: Intake, table: Table) -> None:
    """Take in the purchases that are not there yet."""
    cases = cases_of_table(intake, table)
    there = _what_is_there(intake, [enrolment.id for enrolment in cases.values()], rows=len(table.rows))
    own: dict[str, UUID] = {}
    for portion in in_portions([row.text("purchase_number") for row in table.rows]):
        codes = select(Purchase.code, Purchase.id).where(among(Purchase.code, portion))
        own |= {row.code: row.id for row in intake.session.execute(codes)}
    made: list[tuple[Purchase, Payout | None]] = []
    for new in new_rows(
        intake,
        table,
        key_of=lambda row: row.text("purchase_number"),
        find_there=lambda row: own.get(row.text("purchase_number")),
        present=present_purchases,
    ):
        enrolment = case_of(intake, new.row, cases)
        if enrolment is None:
            continue
        purchase = _find_made(intake, new.row, enrolment, there)
        if purchase is None:
            continue
        paid_on = new.row.find_day("paid_on")
        made.append((purchase, _payout(purchase, paid_on, intake) if paid_on else None))
        remember(intake, new, purchase.id, number=new.row.text("purchase_number"))
    _keep(intake, made)


def _find_made(intake: Intake, row: Row, enrolment: Enrolment, there: _There) -> Purchase | None:
    """Return a new purchase; None where anything in the row is wrong, all of which is noted."""
    item_id = there.items.get((enrolment.id, row.whole("version"), row.whole("item_number")))
    if item_id is None:
        if row.text("case_number") not in intake.doubtful_plans:
            intake.wrong(row, "post_nummer", *_NO_ITEM)
        return None
    paid_on, approved_on = row.find_day("paid_on"), row.find_day("approved_on")
    is_decided = paid_on is not None or approved_on is not None
    checks = (
        _dates_fit(intake, row, enrolment),
        paid_on is not None or _is_open(intake, row, enrolment, item_id, there),
        not is_decided or _is_affordable(intake, row, enrolment, there),
        not is_decided or _is_of_another(intake, row, enrolment),
    )
    cvr = _cvr(intake, row)
    if not all(checks) or (cvr is None and "supplier_cvr" in row.values):
        return None
    purchase = Purchase(
        id=new_id(),
        enrolment_id=enrolment.id,
        plan_item_id=item_id,
        code=next(there.codes),
        supplier_name=row.text("supplier_name"),
        supplier_cvr=cvr,
        amount=row.amount("amount_kr"),
        state=_state(paid_on, approved_on),
        # Money that is still to leave needs another than whoever brought the request in.
        requested_by=enrolment.support_person_id if is_decided else intake.importer,
        requested_at=clock.start_of(row.day("requested_on")) + _NOON,
        decided_by=intake.importer if is_decided else None,
        decided_at=clock.start_of(approved_on) + _NOON if approved_on else None,
    )
    describe_purchase(intake.session, purchase, row.text("description"))
    return purchase


def _state(paid_on: date | None, approved_on: date | None) -> PurchaseState:
    if paid_on is not None:
        return PurchaseState.CLOSED
    return PurchaseState.APPROVED if approved_on is not None else PurchaseState.REQUESTED


def _dates_fit(intake: Intake, row: Row, enrolment: Enrolment) -> bool:
    requested_on, today = row.day("requested_on"), clock.today()
    first, last = enrolment.started_on, enrolment.ended_on or enrolment.ends_on
    if first is None or requested_on < first or (last is not None and requested_on > last):
        intake.wrong(row, "dato", *_OUTSIDE_COURSE)
        return False
    for name, column in (
        ("requested_on", "dato"),
        ("approved_on", "godkendt_dato"),
        ("paid_on", "betalt_dato"),
    ):
        day = row.find_day(name)
        if day is not None and not requested_on <= day <= today:
            intake.wrong(row, column, *_OUT_OF_ORDER)
            return False
    return True


def _is_open(intake: Intake, row: Row, enrolment: Enrolment, item_id: UUID, there: _There) -> bool:
    """Say whether something that is not paid yet can still be bought."""
    try:
        check_under_way(EnrolmentState(enrolment.state), EnrolmentState.ACTIVE)
    except RaaderumError as error:
        intake.wrong(row, "betalt_dato", error.message, _PAY_OR_DELETE)
        return False
    if item_id not in there.in_force:
        intake.wrong(row, "version", *_ITEM_REPLACED)
        return False
    return True


def _is_affordable(intake: Intake, row: Row, enrolment: Enrolment, there: _There) -> bool:
    """Take the amount from what the citizen has left; note where there is less."""
    amount, left = row.amount("amount_kr"), there.available.get(enrolment.id, 0)
    if amount > left:
        if row.text("case_number") not in intake.doubtful_plans:
            error = NotEnoughMoney(available=format_kroner(left), wanted=format_kroner(amount))
            intake.refused(row, "beloeb_kr", error)
        return False
    there.available[enrolment.id] = left - amount
    return True


def _is_of_another(intake: Intake, row: Row, enrolment: Enrolment) -> bool:
    """Four eyes: the support person asked for it, so another takes over that it was approved."""
    if enrolment.support_person_id != intake.importer:
        return True
    intake.refused(row, "sagsnummer", OwnProposal())
    return False


def _cvr(intake: Intake, row: Row) -> str | None:
    written = row.find_text("supplier_cvr")
    try:
        return check_cvr(written) if written else None
    except RaaderumError as error:
        intake.refused(row, "cvr", error)
        return None


def _payout(purchase: Purchase, paid_on: date, intake: Intake) -> Payout:
    payout = Payout(
        id=new_id(),
        enrolment_id=purchase.enrolment_id,
        purchase_id=purchase.id,
        provider=BEFORE_RAADERUM,
        amount=purchase.amount,
        code=purchase.code,
        payee_name=purchase.supplier_name,
        payee_cvr=purchase.supplier_cvr,
        account="",
        invoice_number=None,
        due_on=paid_on,
        state=PayoutState.PAID,
        requested_by=purchase.requested_by,
        approved_by=intake.importer,
        paid_at=clock.start_of(paid_on) + _NOON,
    )
    describe_payout(intake.session, payout, description_of(intake.session, purchase))
    payout.approval_digest = digest_of(intake.session, payout)
    return payout


def _keep(intake: Intake, made: Sequence[tuple[Purchase, Payout | None]]) -> None:
    """Store the purchases, then their payouts, and enter both in the books."""
    session = intake.session
    insert_all(session, [purchase for purchase, _ in made])
    insert_all(session, [payout for _, payout in made if payout is not None])
    clearing = clearing_account(BEFORE_RAADERUM)
    open_accounts(session, clearing.owner_id, [AccountKind.CLEARING])
    postings = [_posting(purchase, payout, clearing) for purchase, payout in made]
    post_all(session, [posting for posting in postings if posting is not None])
    for purchase, payout in made:
        intake.record(
            AuditEvent.PURCHASE_IMPORTED,
            "purchase",
            purchase.id,
            enrolment_id=purchase.enrolment_id,
            code=purchase.code,
            amount=purchase.amount,
            state="paid" if payout else purchase.state,
        )


def _posting(purchase: Purchase, payout: Payout | None, clearing: Account) -> Posting | None:
    """Return what is entered in the books: nothing for what nobody has approved."""
    available = Account(AccountKind.AVAILABLE, purchase.enrolment_id)
    committed = Account(AccountKind.COMMITTED, purchase.enrolment_id)
    amount = Oere(purchase.amount)
    set_aside = Move(amount, available, committed)
    if payout is not None:
        spent = Account(AccountKind.SPENT, purchase.enrolment_id)
        moves = (set_aside, Move(amount, committed, clearing), Move(amount, clearing, spent))
        return Posting(TransactionKind.SETTLE, moves, f"import:paid:{payout.id}", payout.id)
    if purchase.state == PurchaseState.APPROVED:
        return Posting(TransactionKind.COMMIT, (set_aside,), f"import:commit:{purchase.id}", purchase.id)
    return None


def _what_is_there(intake: Intake, enrolment_ids: Sequence[UUID], *, rows: int) -> _There:
    there = _There({}, set(), {}, iter(unused_codes(intake.session, rows)))
    for portion in in_portions(enrolment_ids):
        there.items |= items_of_cases(intake, portion)
        in_force = (
            select(PlanItem.id)
            .join(BudgetPlan, BudgetPlan.id == PlanItem.plan_id)
            .where(BudgetPlan.enrolment_id.in_(portion), BudgetPlan.state == PlanState.APPROVED)
        )
        there.in_force |= set(intake.session.scalars(in_force))
        statements = budget_statements(intake.session, portion)
        there.available |= {owner: statement.available for owner, statement in statements.items()}
    return there


_NO_ITEM: Final = (
    Text("Forløbets plan har ikke den post.", "The enrolment's plan has no such item."),
    Text(
        "Ret post_nummer og version, eller skriv posten på arket plan.",
        "Correct post_nummer and version, or write the item on the sheet plan.",
    ),
)
_OUTSIDE_COURSE: Final = (
    Text("Datoen ligger uden for forløbet.", "The date lies outside the enrolment."),
    Text(
        "Ret datoen; den skal ligge mellem begyndt_dato og den dag, forløbet slutter.",
        "Correct the date; it must lie between begyndt_dato and the day the enrolment ends.",
    ),
)
_OUT_OF_ORDER: Final = (
    Text(
        "Datoen ligger før købets dato eller efter i dag.",
        "The date lies before the purchase or after today.",
    ),
    Text("Ret datoen.", "Correct the date."),
)
_PAY_OR_DELETE: Final = Text(
    "Udfyld betalt_dato, hvis købet er betalt; ellers slet rækken.",
    "Fill in betalt_dato if the purchase was paid; else delete the row.",
)
_ITEM_REPLACED: Final = (
    Text(
        "Posten står i en version af planen, der er afløst, og købet er ikke betalt.",
        "The item is in a version of the plan that has been replaced, and the purchase is not paid.",
    ),
    Text(
        "Knyt købet til en post i den nyeste version.", "Tie the purchase to an item of the newest version."
    ),
)

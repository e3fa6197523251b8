"""Granting what imported plans say, out of the programmes' pools."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from raaderum.audit.events import AuditEvent
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text
from raaderum.ledger.rules import (
    BUDGET_ACCOUNTS,
    PROGRAMME_ACCOUNTS,
    Account,
    AccountKind,
    Move,
    TransactionKind,
)
from raaderum.ledger.service import (
    Posting,
    budget_statements,
    open_accounts,
    open_accounts_of,
    post_all,
    summed_balance,
)
from raaderum.plans.rules import PlanBelowUse, PoolTooSmall
from raaderum.plans.service import lock_pool
from raaderum.programmes.installed import programme_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from raaderum.enrolments.tables import Enrolment
    from raaderum.exchange.intake import Intake
    from raaderum.exchange.register import NewRow
    from raaderum.ledger.service import BudgetStatement
    from raaderum.plans.tables import BudgetPlan


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the newest version of one case grants."""

    enrolment: Enrolment
    plan: BudgetPlan
    rows: Sequence[NewRow]

    @property
    def total(self) -> int:
        return sum(new.row.amount("amount_kr") for new in self.rows)


@dataclass(slots=True)
class Grants:
    """Collects the newest version of each case, so that each case is granted once."""

    intake: Intake
    _wanted: dict[UUID, _Wanted] = field(default_factory=dict)
    _left: dict[UUID, int] = field(default_factory=dict)
    _moves: list[tuple[BudgetPlan, TransactionKind, Move]] = field(default_factory=list)

    def want(self, enrolment: Enrolment, plan: BudgetPlan, rows: Sequence[NewRow]) -> None:
        """Note a version; those of one case come in their order."""
        self._wanted[enrolment.id] = _Wanted(enrolment, plan, rows)

    def post(self) -> None:
        """Bring what each case is granted to its plan's sum; note where a pool does not hold it."""
        session = self.intake.session
        session.flush()
        statements = budget_statements(session, list(self._wanted))
        for wanted in self._wanted.values():
            self._post_one(wanted, statements[wanted.enrolment.id])
        open_accounts_of(session, [plan.enrolment_id for plan, _, _ in self._moves], BUDGET_ACCOUNTS)
        post_all(
            session,
            [Posting(kind, (move,), f"import:grant:{plan.id}", plan.id) for plan, kind, move in self._moves],
        )
        for plan, kind, move in self._moves:
            self._record(plan, kind, move)

    def _post_one(self, wanted: _Wanted, statement: BudgetStatement) -> None:
        row, total = wanted.rows[-1].row, wanted.total
        used = statement.granted - statement.available
        if total < used:
            below = PlanBelowUse(total=format_kroner(total), used=format_kroner(used))
            self.intake.refused(row, "beloeb_kr", below)
            self.intake.doubtful_plans.add(row.text("case_number"))
            return
        difference = Oere(total - statement.granted)
        if difference > self._left_in_pool(wanted.enrolment.programme):
            left = self._left_in_pool(wanted.enrolment.programme)
            error = PoolTooSmall(left=format_kroner(left), wanted=format_kroner(difference))
            self.intake.wrong(row, "beloeb_kr", error.message, _FUND_FIRST)
            self.intake.doubtful_plans.add(row.text("case_number"))
            return
        pool = Account(AccountKind.POOL, programme_id(wanted.enrolment.programme))
        available = Account(AccountKind.AVAILABLE, wanted.enrolment.id)
        if difference > 0:
            self._moves.append((wanted.plan, TransactionKind.GRANT, Move(difference, pool, available)))
        elif difference < 0:
            move = Move(Oere(-difference), available, pool)
            self._moves.append((wanted.plan, TransactionKind.RETURN, move))
        self._left[pool.owner_id] -= difference

    def _record(self, plan: BudgetPlan, kind: TransactionKind, move: Move) -> None:
        self.intake.record(
            AuditEvent.GRANT_POSTED,
            "budget_plan",
            plan.id,
            enrolment_id=plan.enrolment_id,
            version=plan.version,
            amount=move.amount if kind is TransactionKind.GRANT else -move.amount,
        )

    def _left_in_pool(self, programme: str) -> int:
        """Return what a pool holds; from the first question on, nobody else is granted from it."""
        owner_id = programme_id(programme)
        if owner_id not in self._left:
            open_accounts(self.intake.session, owner_id, PROGRAMME_ACCOUNTS)
            pool = Account(AccountKind.POOL, owner_id)
            lock_pool(self.intake.session, pool)
            self._left[owner_id] = summed_balance(self.intake.session, pool)
        return self._left[owner_id]


_FUND_FIRST: Final = Text(
    "Bed økonomi om at tilføre puljen penge, og indlæs filen igen.",
    "Have finance fund the pool, and import the file again.",
)

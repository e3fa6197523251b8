"""The main job for every programme of every municipality, told step by step and checked to the øre."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from raaderum.audit.service import first_break
from raaderum.demo import course as acts
from raaderum.demo.characters import CITIZENS, Stage
from raaderum.demo.every_way import OtherWays, pay_every_way
from raaderum.demo.workers import wait_for_workers
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import BudgetStatement, TrialBalanceRow, budget_statement, trial_balance
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.tables import Citizen
from raaderum.persistence.unit_of_work import reading
from raaderum.plugin_host.providers import tenant_providers
from raaderum.refunds.rules import RefundState
from raaderum.refunds.tables import Refund
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.demo.characters import Character
    from raaderum.tenancy.tenant_file import Tenant


@dataclass(slots=True)
class Account:
    """One citizen's account at the end, in øre."""

    citizen: str
    programme: str
    statement: BudgetStatement


@dataclass(slots=True)
class TenantReport:
    """What happened in one municipality, how its books stand, and what is wrong (nothing, it is hoped)."""

    tenant: str
    steps: list[tuple[str, str]] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    trial_balance: list[TrialBalanceRow] = field(default_factory=list)
    vouchers: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Walk:
    """A citizen's course, and what was paid in other ways than by its first invoice."""

    course: acts.Course
    ways: OtherWays


def walk_through(listen: Callable[[str, str, str], None]) -> list[TenantReport]:
    """Run the main job for one citizen per programme; a worker must be running.

    `listen` is told each step as it happens: tenant, who, what.
    """
    reports = [_walk_tenant(tenant, listen) for tenant in tenants().tenants]
    _check_walls(reports)
    return reports


def as_data(report: TenantReport) -> dict[str, Any]:
    """Return a report for machines; amounts in øre."""
    return {
        "tenant": report.tenant,
        "steps": [{"who": who, "what": what} for who, what in report.steps],
        "accounts": [
            {
                "citizen": account.citizen,
                "programme": account.programme,
                "granted_oere": account.statement.granted,
                "available_oere": account.statement.available,
                "committed_oere": account.statement.committed,
                "in_payment_oere": account.statement.in_payment,
                "spent_oere": account.statement.spent,
                "on_card_oere": account.statement.on_card,
            }
            for account in report.accounts
        ],
        "trial_balance": [
            {"account": row.kind.value, "accounts": row.accounts, "sum_oere": row.summed}
            for row in report.trial_balance
        ],
        "trial_balance_sum_oere": sum(row.summed for row in report.trial_balance),
        "vouchers": report.vouchers,
        "wrong": report.wrong,
    }


def _walk_tenant(tenant: Tenant, listen: Callable[[str, str, str], None]) -> TenantReport:
    report = TenantReport(tenant.slug)

    def tell(who: str, what: str) -> None:
        report.steps.append((who, what))
        listen(tenant.slug, who, what)

    with working_for(tenant.id):
        town = acts.found_town(tenant.slug, tell=tell)
        walks = [
            _walk_citizen(town, character, number=number, tell=tell)
            for number, character in enumerate(_one_per_programme(CITIZENS[tenant.slug]))
        ]
        _examine(report, walks)
    return report


def _one_per_programme(characters: Sequence[Character]) -> list[Character]:
    return list({character.programme: character for character in reversed(characters)}.values())


def _walk_citizen(town: acts.Town, character: Character, *, number: int, tell: acts.Narrator) -> Walk:
    """Bring one citizen from the referral to a paid invoice and a credit note, and then every other way."""
    course = acts.refer_character(town, character, number=number, tell=tell)
    acts.bring_to(course, Stage.PAID)
    wait_for_workers(lambda session: _all_paid(session, course.enrolment_id))
    tell("arbejderen", "har betalt fakturaen og bogført bilaget")
    acts.credit(course)
    wait_for_workers(lambda session: _all_booked(session, course.enrolment_id))
    tell("arbejderen", "har bogført kreditnotaen")
    return Walk(course, pay_every_way(course, wait_for_workers))


def _all_paid(session: Session, enrolment_id: UUID) -> bool:
    states = session.scalars(select(Payout.state).where(Payout.enrolment_id == enrolment_id)).all()
    return bool(states) and set(states) == {PayoutState.PAID}


def _all_booked(session: Session, enrolment_id: UUID) -> bool:
    states = session.scalars(select(Refund.state).where(Refund.enrolment_id == enrolment_id)).all()
    return bool(states) and set(states) == {RefundState.BOOKED}


def _examine(report: TenantReport, walks: Sequence[Walk]) -> None:
    """Hold every account, the books, the chain, the bank and the accounting system against what must be."""
    with reading() as session:
        for walk in walks:
            course = walk.course
            statement = budget_statement(session, course.enrolment_id)
            report.accounts.append(Account(course.character.name, course.character.programme, statement))
            if statement != _expected(walk):
                report.wrong.append(f"{course.character.name}: {statement}")
            if walk.ways.is_proven is False:
                report.wrong.append(f"{course.character.name}: the bank and the books do not agree")
        report.trial_balance = trial_balance(session)
        if total := sum(row.summed for row in report.trial_balance):
            report.wrong.append(f"the trial balance sums to {total} øre")
        proof = prove_books(session)
        report.wrong += [f"{name}: {count}" for name, count in proof.breaches.items() if count]
        if (broken := first_break(session)) is not None:
            report.wrong.append(f"the audit chain breaks at {broken}")
        spent = sum(account.statement.spent for account in report.accounts)
    _examine_vouchers(report, walks, invoiced=spent - sum(walk.ways.spent for walk in walks))


def _examine_vouchers(report: TenantReport, walks: Sequence[Walk], *, invoiced: int) -> None:
    """Hold the accounting system against what was paid by invoice, in øre."""
    booked = list(tenant_providers().ledger_export.receipts())
    report.vouchers = len(booked)
    expected = sum(2 + walk.ways.vouchers for walk in walks)
    if len(booked) != expected:
        report.wrong.append(f"{len(booked)} vouchers for {expected} invoices and credit notes")
    debited = sum(receipt.voucher.lines[0].amount for receipt in booked)
    if debited != invoiced:
        report.wrong.append(f"the accounting system holds {debited} øre, the ledger {invoiced}")


def _expected(walk: Walk) -> BudgetStatement:
    """Return what the account must show, computed from the story alone."""
    wishes, ways = walk.course.character.wishes, walk.ways
    granted = sum(wish.amount for wish in wishes)
    spent = wishes[0].amount - wishes[0].amount // 10 + ways.in_parts + ways.spent
    return BudgetStatement(
        granted=Oere(granted),
        available=Oere(granted - spent - ways.on_card),
        committed=Oere(0),
        in_payment=Oere(0),
        spent=Oere(spent),
        on_card=Oere(ways.on_card),
    )


def _check_walls(reports: Sequence[TenantReport]) -> None:
    """Count the citizens that each municipality sees: its own, and nobody else's."""
    for report in reports:
        with working_for(tenants().by_slug(report.tenant).id), reading() as session:
            seen = session.scalar(select(func.count()).select_from(Citizen))
        if seen != len(report.accounts):
            report.wrong.append(f"sees {seen} citizens and has {len(report.accounts)}")

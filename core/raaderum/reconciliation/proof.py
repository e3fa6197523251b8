"""The nightly proof: ledger = provider = bank, and every balance computed in two ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.errors import InvalidInput, NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.ledger.proof import prove_books
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import Manifest, PayoutMethod
from raaderum.plugin_host.installed import plugins
from raaderum.plugin_host.providers import tenant_providers
from raaderum.reconciliation import proof_lists
from raaderum.reconciliation.movements import fetch_movements, telling_providers
from raaderum.reconciliation.proof_rules import Against, Comparison, Moved, compare
from raaderum.reconciliation.reading import gaps
from raaderum.reconciliation.tables import ProofRun, Statement
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

DAYS_PROVEN: Final = 35
BANK_PATIENCE: Final = timedelta(days=4)
"""A payment may stand on the statement that much later than we booked it: nights, weekends, pay dates."""
MOST_REMAINDERS: Final = 500
MOST_DAYS: Final = 400


class DaysWrong(InvalidInput):
    """A range of days that ends before it begins, lies ahead or is too long to be proven at once."""

    code = "days_wrong"
    text = Text(
        "Vælg en første og en sidste dag, højst {most} dage og ikke ud i fremtiden.",
        "Choose a first and a last day, at most {most} days and not in the future.",
    )


@dataclass(frozen=True, slots=True)
class _Proving:
    """One proof on its way."""

    session: Session
    days: proof_lists.Days
    told_by_provider: Mapping[str, bool]


def prove_tonight() -> ProofRun:
    """Fetch what the providers tell and prove the last weeks of the current tenant; harmless twice."""
    told = fetch_movements()
    today = clock.today()
    with unit_of_work() as session:
        return _prove(session, today - timedelta(days=DAYS_PROVEN), today, told)


def prove(session: Session, *, first_day: date, last_day: date, by: Actor) -> ProofRun:
    """Prove the books of a range of days with what the providers have told so far; raise `DaysWrong`."""
    require(by, Act.SEE_PROOF)
    if not first_day <= last_day <= clock.today() or (last_day - first_day).days >= MOST_DAYS:
        raise DaysWrong(where="first_day", most=MOST_DAYS)
    run = _prove(session, first_day, last_day, dict.fromkeys(telling_providers(), True))
    record(
        session,
        AuditEvent.BOOKS_PROVEN,
        by=by,
        subject_type="proof_run",
        subject_id=run.id,
        holds=int(run.holds),
    )
    return run


def proofs(session: Session, before: UUID | None, *, most: int, by: Actor) -> Sequence[ProofRun]:
    """Return a page of the proofs, newest first, that lies before `before`."""
    require(by, Act.SEE_PROOF)
    page = select(ProofRun).order_by(ProofRun.id.desc()).limit(most)
    if before is not None:
        page = page.where(ProofRun.id < before)
    return session.scalars(page).all()


def get_proof(session: Session, proof_id: UUID, *, by: Actor) -> ProofRun:
    """Return one proof; raise `NotFound`."""
    require(by, Act.SEE_PROOF)
    row = session.get(ProofRun, (current_tenant_id(), proof_id))
    if row is None:
        raise NotFound(where="proof")
    return row


def latest_proof(session: Session) -> ProofRun | None:
    """Return the newest proof; None before the first night."""
    newest: ProofRun | None = session.scalar(select(ProofRun).order_by(ProofRun.id.desc()).limit(1))
    return newest


def _prove(session: Session, first_day: date, last_day: date, told: Mapping[str, bool]) -> ProofRun:
    until = proof_lists.bank_until(session)
    told_until = until or first_day - timedelta(days=1)
    expected_until = clock.start_of(told_until + timedelta(days=1)) - BANK_PATIENCE
    days = proof_lists.Days(
        first_day,
        last_day,
        clock.start_of(first_day),
        clock.start_of(last_day + timedelta(days=1)) - timedelta(microseconds=1),
        expected_until,
    )
    proving = _Proving(session, days, told)
    comparisons = [
        *_by_provider(proving),
        *_by_bank(proving, until),
        *_two_ways(session),
        *_statements(session),
    ]
    crash_point("reconcile:mid")
    remainders = [one.as_data() for comparison in comparisons for one in comparison.remainders]
    breaches = prove_books(session).breaches
    silent = sorted(name for name, could in told.items() if not could)
    figures: dict[str, Any] = {
        "comparisons": [comparison.as_data() for comparison in comparisons],
        "breaches": breaches,
        "silent_providers": silent,
        "bank_until": until.isoformat() if until else None,
        "remainders": len(remainders),
    }
    run = ProofRun(
        id=new_id(),
        first_day=first_day,
        last_day=last_day,
        holds=not remainders and not any(breaches.values()) and not silent,
        figures=figures,
        remainders=remainders[:MOST_REMAINDERS],
    )
    insert(session, run)
    return run


def _by_provider(proving: _Proving) -> list[Comparison]:
    return [
        compare(
            Against.PROVIDER,
            provider,
            ours=proof_lists.ours_at_provider(proving.session, provider, proving.days),
            theirs=proof_lists.theirs_at_provider(proving.session, provider, proving.days),
        )
        for provider, could in sorted(proving.told_by_provider.items())
        if could
    ]


def _by_bank(proving: _Proving, until: date | None) -> list[Comparison]:
    """Compare what goes through the municipality's own account, once the bank has told of anything."""
    session = proving.session
    found = [
        compare(
            Against.BANK,
            provider,
            ours=proof_lists.ours_at_bank(session, provider, proving.days),
            theirs=proof_lists.theirs_at_bank(session, provider, proving.days),
        )
        for provider in sorted(proof_lists.providers_seen_at_bank(session) | _transferring(until))
    ]
    waiting = proof_lists.waiting_at_bank(session, proving.days)
    return [*found, compare(Against.BANK, "", ours=(), theirs=waiting)] if waiting else found


def _transferring(until: date | None) -> set[str]:
    """Return the ways of paying that send transfers: where statements come in, they must tell of them."""
    kinds = plugins().payout_providers
    if until is None:
        return set()
    manifests: dict[str, Manifest] = {
        name: kinds[name].manifest for name in tenant_providers().payout_providers if name in kinds
    }
    return {name for name, manifest in manifests.items() if manifest.method is PayoutMethod.TRANSFER}


def _two_ways(session: Session) -> list[Comparison]:
    by_entries, by_states = proof_lists.spent_two_ways(session)
    found = [compare(Against.STATES, "", ours=by_entries, theirs=by_states)]
    for provider in proof_lists.providers_in_use(session):
        account_id, entries, states = proof_lists.clearing_two_ways(session, provider)
        ours = [Moved("clearing", entries, "clearing", account_id, provider)]
        theirs = [Moved("clearing", states, "clearing", account_id, provider)]
        found.append(compare(Against.STATES, provider, ours=ours, theirs=theirs))
    return found


def _statements(session: Session) -> list[Comparison]:
    """Hold the statements against themselves: each adds up, and begins where the one before it ended."""
    ours: list[Moved] = []
    theirs: list[Moved] = []
    wrong = select(Statement).where(
        Statement.is_final, Statement.is_repeat.is_(False), func.coalesce(Statement.difference, 0) != 0
    )
    for row in session.scalars(wrong):
        added, said = (row.opening or 0) + row.line_sum, row.closing or 0
        ours.append(Moved(f"sum:{row.id}", added, "statement", row.id, row.reference))
        theirs.append(Moved(f"sum:{row.id}", said, "statement", row.id, row.reference))
    for gap in gaps(session):
        key, label = f"gap:{gap.statement_id}", str(gap.number or "")
        ours.append(Moved(key, gap.closed_before, "statement", gap.statement_id, label))
        theirs.append(Moved(key, gap.opening, "statement", gap.statement_id, label))
    return [compare(Against.STATEMENT, "", ours=ours, theirs=theirs)] if ours else []

"""A short crash test with a seed of its own: nothing doubled, nothing lost, nothing different."""

from __future__ import annotations

import secrets
import sqlite3
from typing import TYPE_CHECKING

import pytest

from raaderum.embedded import Engines
from raaderum.persistence.database import db
from raaderum.testing.crash_crew import Desk
from raaderum.testing.crash_proof import prove
from raaderum.testing.crash_run import CrashPlan, CrashRun
from raaderum.testing.crashtest import told
from raaderum.testing.provider_simulator import IDENTIFIER, Behaviour
from raaderum.testing.simulated_installation import simulated_app, simulated_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00


def test_a_short_crash_test_with_any_seed(own_engines: Engines, tmp_path: Path) -> None:
    plan = CrashPlan(payouts=60, kills=40, seed=secrets.randbelow(10**6), municipalities=2)
    print("seed", plan.seed)  # noqa: T201 - shown where the test fails, to repeat it
    settings = simulated_settings(
        own_engines.administrator_url, own_engines.queue_url, tmp_path, database="crashes", hang_seconds=0.3
    )
    app = simulated_app(settings)
    seen: list[tuple[int, int]] = []
    with app.app_context():
        run = CrashRun(app, settings, own_engines, plan, tmp_path)
        report = run.run(progress=lambda payouts, kills: seen.append((payouts, kills)))
        db.engine.dispose()
    assert report.proof.holds, told(report)
    assert report.proof.payouts >= plan.payouts
    assert report.kills.total() >= plan.kills
    assert report.mishaps["PostgreSQL restarted"]
    assert seen == sorted(seen)


def doubled(bank: sqlite3.Connection) -> None:
    bank.execute("insert into movement select key, payout, amount, moved_at, code from movement limit 1")


def lost(bank: sqlite3.Connection) -> None:
    bank.execute("delete from movement where rowid = 1")


def different(bank: sqlite3.Connection) -> None:
    bank.execute("update movement set amount = amount + 1 where rowid = 1")


def a_strangers(bank: sqlite3.Connection) -> None:
    bank.execute("insert into movement values ('key', 'nobody', 100, '2026-01-01T00:00:00+00:00', '')")


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (doubled, {"double", "difference"}),
        (lost, {"lost", "difference"}),
        (different, {"difference"}),
        (a_strangers, {"difference"}),
    ],
)
def test_the_proof_sees_what_is_planted(
    plant: Callable[[sqlite3.Connection], None],
    found: set[str],
    payments: SimulatedPayments,
    case: Case,
    own_settings: Settings,
) -> None:
    payout_ids = [str(payments.reserve(case, KRONER)) for _ in range(2)]
    payments.work()
    desks = [Desk(payments, (case,))]
    assert prove(desks, set(payout_ids)).holds
    folder = own_settings.files_folder / payments.municipality.tenant.slug / IDENTIFIER
    with sqlite3.connect(folder / "bank.sqlite") as bank:
        plant(bank)
    bank.close()
    proof = prove(desks, set(payout_ids))
    assert not proof.holds
    assert {name for name in ("double", "lost", "difference") if getattr(proof, name)} == found
    assert proof.in_words


def test_the_proof_misses_a_payment_that_somebody_was_told_of(
    payments: SimulatedPayments, case: Case
) -> None:
    payments.reserve(case, KRONER)
    payments.work()
    assert prove([Desk(payments, (case,))], {"told but not there"}).lost == 1


def test_the_proof_misses_a_payment_that_never_came_to_an_end(
    payments: SimulatedPayments, case: Case
) -> None:
    payments.reserve(case, KRONER + Behaviour.ACCEPTS)
    payments.work()
    proof = prove([Desk(payments, (case,))], set())
    assert proof.lost == 1
    assert any("is open" in words for words in proof.in_words)

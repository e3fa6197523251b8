"""A soak of the wall between municipalities: random tenants, threads and forked processes, mishaps.

`python -m raaderum.testing.soak --transactions 100000` runs it on engines of its own, prints what
was done and found, and fails where a single row was wrong.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from raaderum.bootstrap import create_worker
from raaderum.embedded import Engines
from raaderum.people.tables import Staff
from raaderum.persistence.database import db
from raaderum.persistence.sealing import MasterKey
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.settings import Settings
from raaderum.tenancy.context import working_for
from raaderum.testing.children import Child, ChildFailed, fork_child
from raaderum.testing.engines_for_tests import engines_for_tests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
TENANTS: Final = 8
_READ_AT_ONCE: Final = 40
_MOST_SECONDS: Final = 3600
_ALL_ROWS = text("select id from staff")
_SOIL = text("select set_config('raaderum.tenant', :tenant, false)")


@dataclass(frozen=True, slots=True)
class SoakPlan:
    """How much to do: `threads` in this process and in each of `forks` children of it."""

    transactions: int
    threads: int = 4
    forks: int = 2
    seed: int = 0


@dataclass(slots=True)
class Tally:
    """What was done and found. `kept` counts committed rows by tenant, as the writers know it."""

    transactions: int = 0
    wrong: int = 0
    errors_injected: int = 0
    kept: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add what another thread or process did and found."""
        self.transactions += other.transactions
        self.wrong += other.wrong
        self.errors_injected += other.errors_injected
        self.kept.update(other.kept)

    def as_list(self) -> list[object]:
        """Return everything, in the order of the constructor's arguments."""
        return [self.transactions, self.wrong, self.errors_injected, self.kept]


class Mishap(Exception):
    """Thrown in the middle of a transaction, that must then leave nothing behind."""


def soak(app: Flask, plan: SoakPlan) -> Tally:
    """Run `plan` on the application's database with new tenants; a wrong row is counted, not raised.

    Wrong is: a row of another tenant seen, changed or found by its id, another tenant's name in
    a row, and a row too many or too few at the end.
    """
    tenants = [uuid4() for _ in range(TENANTS)]
    total = Tally()
    with app.app_context():
        _warm_up(plan.threads)
        for tenant in tenants:
            with working_for(tenant), unit_of_work() as session:
                session.add(_row(tenant))
            total.kept[str(tenant)] += 1
        share = -(-plan.transactions // ((plan.forks + 1) * plan.threads))  # rounded up
        children = [
            fork_child(
                partial(_soak_in_child, app, tenants, plan, share, seed=f"{plan.seed}:{number}"),
                at_most_seconds=_MOST_SECONDS,
            )
            for number in range(plan.forks)
        ]
        total.add(_in_threads(app, tenants, plan, share, seed=f"{plan.seed}:parent"))
        for child in children:
            total.add(_tally_of(child))
        for tenant in tenants:
            with working_for(tenant), reading() as session:
                counted = session.scalar(select(func.count()).select_from(Staff)) or 0
            total.wrong += abs(counted - total.kept[str(tenant)])
    return total


def _warm_up(connections: int) -> None:
    """Fill the pool, so that children inherit open connections."""
    opened = [db.engine.connect() for _ in range(connections)]
    for connection in opened:
        connection.close()


def _soak_in_child(
    app: Flask, tenants: Sequence[UUID], plan: SoakPlan, share: int, *, seed: str
) -> list[object]:
    return _in_threads(app, tenants, plan, share, seed=seed).as_list()


def _tally_of(child: Child) -> Tally:
    """Wait for a child; one that died is wrong."""
    try:
        transactions, wrong, errors_injected, kept = child.answer()
    except ChildFailed as failure:
        log.error("a child failed: %s", failure)  # noqa: TRY400 - where it was raised is another process
        return Tally(wrong=1)
    return Tally(transactions, wrong, errors_injected, Counter(kept))


def _in_threads(app: Flask, tenants: Sequence[UUID], plan: SoakPlan, share: int, *, seed: str) -> Tally:
    total = Tally()
    with ThreadPoolExecutor(plan.threads) as pool:
        for found in pool.map(
            lambda n: _in_one_thread(app, tenants, share, random.Random(f"{seed}:{n}")),  # noqa: S311 - a seed repeats a run
            range(plan.threads),
        ):
            total.add(found)
    return total


def _in_one_thread(app: Flask, tenants: Sequence[UUID], share: int, dice: random.Random) -> Tally:
    tally = Tally()
    acts = (_look, _look, _write, _write, _change_mind, _break, _break_within, _reach_over, _soil, _forget)
    with app.app_context():
        for _ in range(share):
            tenant, other = dice.sample(tenants, 2)
            with working_for(tenant):
                dice.choice(acts)(tally, tenant, other)
            tally.transactions += 1
    return tally


def _look(tally: Tally, tenant: UUID, _other: UUID) -> None:
    with reading() as session:
        _check(session, tally, tenant)


def _write(tally: Tally, tenant: UUID, _other: UUID) -> None:
    with unit_of_work() as session:
        session.add(_row(tenant))
        _check(session, tally, tenant)
    tally.kept[str(tenant)] += 1


def _change_mind(tally: Tally, tenant: UUID, _other: UUID) -> None:
    """Roll a written row back."""
    try:
        with unit_of_work() as session:
            session.add(_row(tenant))
            session.flush()
            _think_better_of_it()
    except Mishap:
        tally.errors_injected += 1


def _think_better_of_it() -> None:
    raise Mishap


def _break(tally: Tally, tenant: UUID, _other: UUID) -> None:
    """Let the database refuse a statement after a row was written."""
    try:
        with unit_of_work() as session:
            session.add(_row(tenant))
            session.flush()
            session.execute(text("select 1 / 0"))
    except DBAPIError:
        tally.errors_injected += 1


def _break_within(tally: Tally, tenant: UUID, _other: UUID) -> None:
    """Let a savepoint fail, and go on in the transaction around it."""
    with unit_of_work() as session:
        session.add(_row(tenant))
        session.flush()
        try:
            with session.begin_nested():
                session.execute(text("select 1 / 0"))
        except DBAPIError:
            tally.errors_injected += 1
        _check(session, tally, tenant)
    tally.kept[str(tenant)] += 1


def _reach_over(tally: Tally, tenant: UUID, other: UUID) -> None:
    """Try to find and to change what is another tenant's."""
    with unit_of_work() as session:
        found = session.scalars(select(Staff).where(Staff.tenant_id == other)).all()
        changed = session.execute(
            update(Staff)
            .where(Staff.tenant_id == other)
            .values(name=f"taken by {tenant}")
            .returning(Staff.id)
        ).all()
        tally.wrong += len(found) + len(changed)


def _soil(tally: Tally, tenant: UUID, other: UUID) -> None:
    """Leave a session setting behind for whoever borrows the connection next."""
    with unit_of_work() as session:
        _check(session, tally, tenant)
        session.execute(_SOIL, {"tenant": str(other)})
    tally.errors_injected += 1


def _forget(tally: Tally, _tenant: UUID, _other: UUID) -> None:
    """Ask without saying for whom, on a connection that somebody may have soiled."""
    try:
        with db.engine.connect() as connection:
            tally.wrong += len(connection.execute(_ALL_ROWS).all())
    except DBAPIError:
        tally.errors_injected += 1


def _check(session: Session, tally: Tally, tenant: UUID) -> None:
    """Count the rows that are another's; each tenant has at least one of its own."""
    rows = session.scalars(select(Staff).order_by(Staff.id.desc()).limit(_READ_AT_ONCE)).all()
    tally.wrong += sum(row.tenant_id != tenant or row.name != _name(tenant) for row in rows)
    tally.wrong += not rows


def _row(tenant: UUID) -> Staff:
    return Staff(name=_name(tenant), email=f"{uuid4()}@kommune.example")


def _name(tenant: UUID) -> str:
    return f"of {tenant}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak on engines of its own; return 1 where anything was wrong, else 0."""
    parser = argparse.ArgumentParser(prog="python -m raaderum.testing.soak", description=__doc__)
    parser.add_argument("--transactions", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--forks", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--state", type=Path, default=Path(".state") / "soak")
    asked = parser.parse_args(arguments)
    plan = SoakPlan(asked.transactions, asked.threads, asked.forks, asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        tally = soak(_application(asked.state, Path(folder)), plan)
    sys.stdout.write(
        f"threads {plan.threads} forks {plan.forks} transactions {tally.transactions} "
        f"wrong {tally.wrong} errors_injected {tally.errors_injected} seed {plan.seed}\n"
    )
    if (asked.state / "engines").exists():
        Engines.start(asked.state / "engines").stop()
    return 1 if tally.wrong else 0


def _application(state: Path, folder: Path) -> Flask:
    state.mkdir(parents=True, exist_ok=True)
    engines = engines_for_tests(state.resolve())
    master_key_file = folder / "master.key"
    master_key_file.write_text(MasterKey.new_text())
    settings = Settings(
        database_url=engines.database("soak", state.resolve()),
        queue_url=engines.queue_url,
        master_key_file=master_key_file,
        tenants_folder=Path("tenants"),
        files_folder=folder / "files",
    )
    return create_worker(settings)


if __name__ == "__main__":
    sys.exit(main())

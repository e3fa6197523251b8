"""A payment run killed at each of its points: one file, and every payment in it once."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel.crash_points import RUN_CRASH_POINTS
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.persistence.database import db
from raaderum.testing.children import fork_child
from raaderum.transfers.run_rules import RunState
from raaderum.transfers.runs import runs_before

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.small_transfers import Transfers

    Act = Callable[..., Any]

STARTING = "run:start-before-commit"
LOOKING_UP = "run:look-up-after"


@pytest.mark.parametrize("point", [point for point in RUN_CRASH_POINTS if point != LOOKING_UP])
def test_a_run_killed_at_any_point_is_one_file_and_pays_each_once(
    point: str,
    transfers: Transfers,
    case: Case,
    read: Act,
    municipality: Municipality,
    let_time_pass: Callable[[], None],
) -> None:
    transfers.approved(case, 250)
    transfers.approved(case, 300)
    if point == STARTING:
        _killed_at(point, lambda: transfers.started(case))
        assert read(budget_statement, case.enrolment_id).committed == 550_00
    transfers.started(case)
    if point != STARTING:
        _killed_at(point, transfers.work)
    _complete(transfers, case, read, municipality, let_time_pass)


def test_a_run_killed_while_it_is_looked_up_is_one_file(
    transfers: Transfers,
    case: Case,
    read: Act,
    municipality: Municipality,
    let_time_pass: Callable[[], None],
) -> None:
    transfers.approved(case, 550)
    transfers.started(case)
    _killed_at("run:send-after", transfers.work)
    let_time_pass()
    _killed_at(LOOKING_UP, transfers.work)
    _complete(transfers, case, read, municipality, let_time_pass)


def _complete(
    transfers: Transfers,
    case: Case,
    read: Act,
    municipality: Municipality,
    let_time_pass: Callable[[], None],
) -> None:
    let_time_pass()
    transfers.work()
    (run,) = read(runs_before, None, most=5, by=municipality.finance_officer)
    assert run.state == RunState.SENT
    assert len(transfers.sent_files()) == 1
    transfers.bank_says(run, "ACSC")
    assert read(budget_statement, case.enrolment_id).spent == 550_00
    assert read(prove_books).holds


def _killed_at(point: str, act: Callable[[], object]) -> None:
    """Do `act` in a child that is killed at `point`, and see that it was."""
    db.engine.dispose()

    def doomed() -> object:
        os.environ["RAADERUM_CRASH"] = point
        act()
        return None

    assert fork_child(doomed).exit_code() == -signal.SIGKILL

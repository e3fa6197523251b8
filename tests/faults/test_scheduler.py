"""What is due by the clock is done once, however many look at the clock, and whoever dies meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from raaderum.kernel import clock
from raaderum.kernel.text import Text
from raaderum.persistence.outbox import OutboxWork, claim_due_work
from raaderum.persistence.scheduled_runs import (
    QUEUE,
    PiecesFailed,
    RunState,
    ScheduledRun,
    each_alone,
    latest_runs,
    plan_run,
    running,
    say_progress,
)
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.children import fork_child
from raaderum.worker import scheduler
from raaderum.worker.handlers import do_due_work
from raaderum.worker.schedule import Scheduled
from raaderum.worker.scheduler import Scheduler, do_scheduled

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.testing.municipality import Municipality

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Job:
    """A job that counts how often it was done, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.done = 0
        self.failures = 0

    def act(self) -> None:
        self.done += 1
        say_progress(3, total=7)
        if self.failures:
            self.failures -= 1
            raise RuntimeError


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Job:
    job = Job()
    schedule = (Scheduled("trial", Text("Prøvejob", "Trial"), job.act, every=HOUR),)
    monkeypatch.setattr(scheduler, "SCHEDULE", schedule)
    return job


def schedule_now() -> tuple[Scheduled, ...]:
    schedule: tuple[Scheduled, ...] = vars(scheduler)["SCHEDULE"]
    return schedule


def plan(now: datetime) -> int:
    """Plan as a sweeper does that has just been started."""
    return Scheduler(schedule_now()).plan_due_runs(now)


def runs(municipality: Municipality) -> list[ScheduledRun]:
    with municipality.at_work(), reading() as session:
        return [run for run in latest_runs(session) if run.job == "trial"]


def work(municipality: Municipality) -> int:
    with municipality.at_work():
        return do_due_work(QUEUE)


def let_it_come_back(municipality: Municipality) -> None:
    with municipality.at_work(), unit_of_work() as session:
        session.execute(text("update outbox_work set due_at = now() - interval '1 s', lease_until = null"))


def test_a_job_is_done_once_for_its_slot_however_many_plan_it(municipality: Municipality, job: Job) -> None:
    assert plan(NOW) >= 1
    assert plan(NOW) == 0
    assert plan(NOW + HOUR / 2) == 0
    work(municipality)
    work(municipality)
    assert job.done == 1
    (run,) = runs(municipality)
    assert (run.state, run.slot, run.done, run.total) == (RunState.DONE, NOW, 3, 7)
    assert run.title == Text("Prøvejob", "Trial")
    assert plan(NOW + HOUR) >= 1
    assert work(municipality) == 1
    assert job.done == 2


def test_schedulers_of_several_machines_plan_each_slot_once(municipality: Municipality, job: Job) -> None:
    children = [fork_child(lambda: plan(NOW)) for _ in range(6)]
    for child in children:
        child.answer()
    assert len(runs(municipality)) == 1
    work(municipality)
    assert job.done == 1


def test_one_scheduler_asks_the_database_once_for_a_slot(
    municipality: Municipality, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    one = Scheduler(schedule_now())
    one.plan_due_runs(NOW)
    monkeypatch.setattr(scheduler, "plan_run", lambda *_, **named: asked.append(named))
    assert one.plan_due_runs(NOW + HOUR / 2) == 0
    assert asked == []
    assert runs(municipality)
    assert job.done == 0


def test_what_was_missed_while_everything_was_down_is_caught_up_once(
    municipality: Municipality, job: Job
) -> None:
    plan(NOW)
    plan(NOW + 30 * HOUR)
    work(municipality)
    assert job.done == 1
    assert sorted(run.state for run in runs(municipality)) == [RunState.DONE, RunState.OVERTAKEN]


def test_a_job_that_fails_is_done_again_and_says_so_meanwhile(municipality: Municipality, job: Job) -> None:
    job.failures = 1
    plan(NOW)
    work(municipality)
    (run,) = runs(municipality)
    assert (run.state, run.failure) == (RunState.FAILED, "RuntimeError")
    assert work(municipality) == 0
    let_it_come_back(municipality)
    work(municipality)
    assert [run.state for run in runs(municipality)] == [RunState.DONE]
    assert job.done == 2


def test_a_job_whose_worker_was_killed_is_done_by_the_next_one(
    municipality: Municipality, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(NOW)
    monkeypatch.setenv("RAADERUM_CRASH", "request:before-commit@3")
    assert fork_child(lambda: work(municipality)).exit_code() < 0
    monkeypatch.delenv("RAADERUM_CRASH")
    assert [run.state for run in runs(municipality)] == [RunState.RUNNING]
    assert work(municipality) == 0
    let_it_come_back(municipality)
    work(municipality)
    assert job.done == 1
    assert [run.state for run in runs(municipality)] == [RunState.DONE]


def test_a_job_of_earlier_days_that_is_no_longer_in_the_schedule_is_skipped(
    municipality: Municipality, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(NOW)
    monkeypatch.setattr(scheduler, "SCHEDULE", ())
    work(municipality)
    assert job.done == 0
    assert [run.state for run in runs(municipality)] == [RunState.OVERTAKEN]


def test_the_lease_of_a_long_run_is_prolonged_as_long_as_its_worker_lives(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "_HEARTBEAT_SECONDS", 0.02)
    leases: list[datetime] = []

    def look_twice() -> None:
        for _ in range(2):
            before = leases[-1:] or [datetime(2000, 1, 1, tzinfo=UTC)]
            leases.append(_lease_after(municipality, before[0]))

    schedule = (Scheduled("trial", Text("Prøvejob", "Trial"), look_twice, every=HOUR),)
    monkeypatch.setattr(scheduler, "SCHEDULE", schedule)
    plan(NOW)
    with municipality.at_work():
        with unit_of_work() as session:
            works = claim_due_work(session, queue=QUEUE, most=9)
        do_scheduled(works)
    assert leases[1] > leases[0]
    assert [run.state for run in runs(municipality)] == [RunState.DONE]


def _lease_after(municipality: Municipality, earlier: datetime) -> datetime:
    while True:
        with municipality.at_work(), reading() as session:
            lease = session.scalar(select(OutboxWork.lease_until).where(OutboxWork.queue == QUEUE))
        if lease is not None and lease > earlier:
            return lease


def test_one_bad_piece_of_a_job_stops_none_of_the_others_and_the_job_says_how_many(
    municipality: Municipality,
) -> None:
    done: list[int] = []

    def act(_session: Session, piece: int) -> int:
        if piece == 1:
            raise ValueError
        done.append(piece)
        return piece

    with municipality.at_work(), pytest.raises(PiecesFailed) as told:
        each_alone([0, 1, 2], act)
    assert done == [0, 2]
    assert told.value.values["number"] == 1


def test_a_long_job_says_how_far_it_is(municipality: Municipality) -> None:
    with municipality.at_work():
        with unit_of_work() as session:
            plan_run(session, job="books.proven", title=Text("Bevis", "Prove"), slot=clock.now())
        with reading() as session:
            (run,) = latest_runs(session, most=1)
        seen: list[tuple[int | None, int | None]] = []

        def act(session: Session, _piece: int) -> None:
            row = session.get_one(ScheduledRun, (municipality.id, run.id))
            seen.append((row.done, row.total))

        with running(run.id):
            each_alone(list(range(101)), act)
        with reading() as session:
            (after,) = latest_runs(session, most=1)
    assert [seen[0], seen[49], seen[50], seen[100]] == [(0, 101), (0, 101), (50, 101), (100, 101)]
    assert (after.done, after.total) == (101, 101)

"""What the system does in the background, for those who run it: in the browser and by the API's service."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from raaderum.casework.jobs import WorkCount, counted_work
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.roles import RoleMayNot
from raaderum.persistence.outbox import add_work, claim_due_work
from raaderum.persistence.scheduled_runs import ScheduledRun, plan_run
from raaderum.persistence.unit_of_work import reading, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

SLOT = datetime(2026, 11, 22, 3, 45, tzinfo=UTC)
STATES = {
    "parked": "parked_at = now(), parked_because = 'nobody does it'",
    "later": "due_at = now() + interval '1 hour'",
    "done": "done_at = now()",
}


@pytest.fixture
def at_work(municipality: Municipality) -> Municipality:
    """Have one piece of work in every state, and two that wait."""
    with municipality.at_work():
        for state in (*STATES, "running", "waiting", "waiting"):
            with unit_of_work() as session:
                add_work(session, queue="money", kind="payout.send", subject_id=new_id())
                session.flush()
                if state in STATES:
                    session.execute(
                        text(
                            f"update outbox_work set {STATES[state]} where tries = 0 and due_at <= now()"  # noqa: S608 - our own words
                            " and parked_at is null and done_at is null"
                        )
                    )
                elif state == "running":
                    claim_due_work(session, queue="money", most=1)
        with unit_of_work() as session:
            plan_run(session, job="books.proven", title=Text("Bevis natten", "Prove the night"), slot=SLOT)
        with unit_of_work() as session:
            session.query(ScheduledRun).update({"state": "running", "done": 3, "total": 7})
    return municipality


def test_work_is_counted_by_what_it_waits_for(at_work: Municipality) -> None:
    with at_work.at_work(), reading() as session:
        counted = counted_work(session, by=at_work.administrator)
    assert counted[0] == WorkCount("money", "payout.send", running=1, waiting=2, later=1, parked=1)
    assert counted[0].title == Text("Send udbetalinger", "Send payouts")
    assert [one.kind for one in counted[1:]] == ["scheduled.run"]


def test_whoever_runs_the_system_sees_titles_and_progress(at_work: Municipality, sign_in: SignIn) -> None:
    page = sign_in(at_work, at_work.administrator).page("/koersler")
    assert "Send udbetalinger" in page
    assert "Bevis natten" in page
    assert "3 af 7" in page
    assert "i gang" in page


def test_another_municipality_sees_nothing_of_it(
    at_work: Municipality, new_municipality: Callable[[], Municipality]
) -> None:
    assert at_work
    other = new_municipality()
    with other.at_work(), reading() as session:
        assert counted_work(session, by=other.administrator) == []


def test_who_has_nothing_to_do_with_it_may_not_see_it(at_work: Municipality) -> None:
    with at_work.at_work(), reading() as session, pytest.raises(RoleMayNot):
        counted_work(session, by=at_work.support_person)

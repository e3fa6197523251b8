"""Payment runs: what would be sent, starting and cancelling one, and what the bank answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from raaderum.kernel import clock
from raaderum.payouts.rules import IN_NEED, PAYOUT_STATE_NAMES
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.addresses import asked_id
from raaderum.portal.inbox_page import FilesMissing
from raaderum.portal.rendering import render
from raaderum.programmes.installed import newest_rules, programmes
from raaderum.tenancy.installed import current_tenant
from raaderum.transfers import runs
from raaderum.transfers.candidates import dry_run
from raaderum.transfers.lanes import has_lane
from raaderum.transfers.rules import Lane
from raaderum.transfers.run_rules import RUN_FINDING_TEXTS, RUN_STATE_NAMES, RunState
from raaderum.transfers.status_files import MOST_BYTES, take_in_status_file

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

LARGEST_UPLOAD: Final = MOST_BYTES
_ROWS_A_PAGE: Final = 30
_FAILURES_SHOWN: Final = 200
_OERE: Final = 100


def show_runs(visit: Visit, session: Session) -> str:
    """Show for each programme what a run would send now, and the runs so far."""
    rows = runs.runs_before(session, asked_id("foer"), most=_ROWS_A_PAGE + 1, by=visit.actor)
    shown = rows[:_ROWS_A_PAGE]
    wanted = [dry_run(session, slug, by=visit.actor) for slug in _programmes()]
    return render(
        "runs.html",
        visit,
        wanted=[(one, f"{one.total // _OERE},{one.total % _OERE:02d}") for one in wanted],
        runs=shown,
        states=RUN_STATE_NAMES,
        findings=RUN_FINDING_TEXTS,
        most=_FAILURES_SHOWN,
        next_before=shown[-1].id if len(rows) > len(shown) else None,
    )


def show_run(visit: Visit, session: Session, run_id: UUID) -> str:
    """Show one run: its totals, its payments by state, and those that need somebody."""
    run = runs.get_run(session, run_id, by=visit.actor)
    return render(
        "run.html",
        visit,
        run=run,
        states=RUN_STATE_NAMES,
        counted=runs.states_of_run(session, run.id),
        in_need=runs.payouts_of_run(session, run.id, states=IN_NEED, most=_FAILURES_SHOWN),
        payout_states=PAYOUT_STATE_NAMES,
        can_cancel=run.state == RunState.READY,
    )


def start_run(visit: Visit, typed: Typed) -> Response:
    """Send what was shown."""
    with unit_of_work() as session:
        run = runs.start_run(
            session,
            typed.text("programme"),
            expected_count=typed.number("expected_count"),
            expected_total=typed.amount("expected_total"),
            by=visit.actor,
        )
    return visit.go_to("show_run", run_id=run.id)


def cancel_run(visit: Visit, _typed: Typed, run_id: UUID) -> Response:
    """Cancel a run that nobody has begun to send."""
    with unit_of_work() as session:
        runs.cancel_run(session, run_id, by=visit.actor)
    return visit.go_to("show_run", run_id=run_id)


def upload_status_file(visit: Visit, _typed: Typed) -> Response:
    """Take the bank's answer in."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FilesMissing(where="file")
    with unit_of_work() as session:
        take_in_status_file(session, file.read(), by=visit.actor)
    return visit.go_to("show_runs")


def _programmes() -> list[str]:
    """Return the municipality's programmes that pay by transfer now."""
    slugs = sorted({version.slug for version in programmes().of_tenant(current_tenant().slug)})
    today = clock.today()
    return [slug for slug in slugs if has_lane(newest_rules(slug, on=today), Lane.SUPPORTED)]

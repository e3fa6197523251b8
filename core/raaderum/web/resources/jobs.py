"""What the system does in the background."""

from __future__ import annotations

from typing import Any

from raaderum.casework import jobs
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource
from raaderum.web.schemas.jobs import JobsAnswer

resource = Resource("jobs", __name__, description="What the system does in the background.")


@resource.reads("/jobs", act=Act.SEE_JOBS, answer=JobsAnswer())
def show_jobs(call: Call) -> dict[str, Any]:
    """Show how much work waits, is under way or is put aside, and what the clock had done.

    The newest run comes first. Nothing of it names a person.
    """
    return {
        "work": jobs.counted_work(call.session, by=call.by),
        "runs": jobs.latest_runs(call.session, by=call.by),
    }

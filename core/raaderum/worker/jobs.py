"""The one function that RQ calls."""

from __future__ import annotations

import contextlib
from uuid import UUID

from redis.exceptions import RedisError
from rq import get_current_job

from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants
from raaderum.worker.handlers import do_due_work
from raaderum.worker.queue import silence_bell


def do_tenants_work(queue: str, tenant_id: str) -> int:
    """Do the due work of one tenant; raise `UnknownTenant` for a tenant that is not ours."""
    tenant = tenants().by_id(UUID(tenant_id))
    job = get_current_job()
    if job is not None:
        # A bell that cannot be silenced falls silent by itself after a few seconds.
        with contextlib.suppress(RedisError):
            silence_bell(job.connection, queue, tenant.id)
    with working_for(tenant.id):
        return do_due_work(queue)

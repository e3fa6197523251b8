"""Row security on every table, and who may do what to which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import op

from raaderum.persistence.row_security import (
    APPLICATION,
    AUDITOR,
    BOOKS,
    CURRENT_TENANT_FUNCTIONS,
    RELAY,
    secure,
    secure_for_books,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORKED_ON = {
    "access_token": "select, insert, update",
    "budget_plan": "select, insert, update",
    "citizen": "select, insert, update",
    "enrolment": "select, insert, update",
    "inbox_invoice": "select, insert, update",
    "long_term_goal": "select, insert, update",
    "outbox_work": "select, insert, update",
    "payout": "select, insert, update",
    "payout_attempt": "select, insert, update",
    "plan_item": "select, insert",
    "purchase": "select, insert, update",
    "refund": "select, insert, update",
    "remembered_write": "select, insert, update, delete",
    "screening": "select, insert",
    "staff": "select, insert, update",
    "staff_role": "select, insert, delete",
    "sub_goal": "select, insert, update",
    "tenant_key": "select, insert, update",
}
READ_ONLY = ("audit_entry", "audit_head", "ledger_account", "ledger_entry", "ledger_transaction")
"""Written by database functions alone."""

_DUE_WORK = """
create function tenants_with_due_work(wanted_queue text) returns setof uuid
language sql stable security definer set search_path = raaderum, pg_temp as $$
    select distinct tenant_id from outbox_work
    where queue = wanted_queue and done_at is null and parked_at is null and due_at <= now()
        and (lease_until is null or lease_until < now())
$$
"""


def upgrade() -> None:
    op.execute("alter default privileges revoke execute on functions from public")
    _run(CURRENT_TENANT_FUNCTIONS)
    for table, rights in WORKED_ON.items():
        _run(secure(table, rights=rights))
    for table in READ_ONLY:
        _run(secure(table, roles=(APPLICATION, AUDITOR), rights="select"))
        op.execute(secure_for_books(table))
        op.execute(f"grant select, insert, update on {table} to {BOOKS}")
        op.execute(f"grant select on {table} to {AUDITOR}")
    op.execute("alter table alembic_version enable row level security")
    op.execute(f"create policy everybody_reads on alembic_version for select to {APPLICATION} using (true)")
    op.execute(f"grant select on alembic_version to {APPLICATION}")
    _let_the_relay_see_whose_work_is_due()
    for function in ("refuse_without_tenant()", "current_tenant()"):
        op.execute(f"grant execute on function {function} to {APPLICATION}, {BOOKS}, {AUDITOR}, {RELAY}")


def _let_the_relay_see_whose_work_is_due() -> None:
    """The one look across tenants: which of them have due work, and nothing else."""
    op.execute("set local row_security = on")  # the function's body is checked as if it were called
    op.execute(_DUE_WORK)
    op.execute("set local row_security = off")
    op.execute(f"grant create on schema raaderum to {RELAY}")
    op.execute(f"alter function tenants_with_due_work(text) owner to {RELAY}")
    op.execute(f"revoke create on schema raaderum from {RELAY}")
    op.execute(
        f"grant select (tenant_id, queue, due_at, done_at, parked_at, lease_until) on outbox_work to {RELAY}"
    )
    op.execute(f"create policy relay_sees_due_work on outbox_work for select to {RELAY} using (true)")
    op.execute(f"set local role {RELAY}")
    op.execute(f"grant execute on function tenants_with_due_work(text) to {APPLICATION}")
    op.execute("set local role raaderum_owner")


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(statement)

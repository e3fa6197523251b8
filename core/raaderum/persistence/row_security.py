"""Row security as SQL, for migrations: forced, one policy, a pure comparison with the tenant setting."""

from __future__ import annotations

OWNER = "raaderum_owner"
MIGRATOR = "raaderum_migrator"
APPLICATION = "raaderum_app"
BOOKS = "raaderum_books"
RELAY = "raaderum_relay"
AUDITOR = "raaderum_auditor"
NATIONAL = "raaderum_national"

CURRENT_TENANT_FUNCTIONS = (
    """
create function refuse_without_tenant() returns text language plpgsql stable parallel safe cost 1
set search_path = pg_catalog as $$
begin
    raise exception 'no tenant is set for this transaction' using errcode = '42501';
end $$
""",
    """
create function current_tenant() returns uuid language sql stable parallel safe
return coalesce(nullif(current_setting('raaderum.tenant', true), ''), refuse_without_tenant())::uuid
""",
)
"""An unset setting reads back as '' after a local one has ended; both are refused.

The body of `current_tenant` is bound to its names where it is created, so it needs no search path
of its own, and the planner writes it into the query instead of calling it.
"""


def secure(table: str, *, roles: tuple[str, ...] = (APPLICATION,), rights: str) -> list[str]:
    """Return the statements that put `table` behind the wall and give `roles` their `rights`.

    The comparison stands bare, the same on every table: the planner then knows that all rows of a
    join are of one tenant, and walks an index in order. Behind a sub-select it sorted all of a
    tenant's cases to show a page of them.
    """
    reach = "tenant_id = current_tenant()"
    names = ", ".join(roles)
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy tenant_rows on {table} to {names} using ({reach}) with check ({reach})",
        f"grant {rights} on {table} to {APPLICATION}",
    ]


def secure_for_books(table: str) -> str:
    """Return the statement that lets the posting functions reach one tenant's rows of `table`.

    They touch a row or two at a time and have set the tenant themselves, so a shorter comparison
    does: it saves a twentieth of a posting. An unset setting is an error here too.
    """
    reach = "tenant_id = current_setting('raaderum.tenant')::uuid"
    return f"create policy books_of_one_tenant on {table} to {BOOKS} using ({reach}) with check ({reach})"

"""Row security as SQL, for migrations: forced, one policy, a pure comparison with the tenant setting."""

from __future__ import annotations

OWNER = "raaderum_owner"
MIGRATOR = "raaderum_migrator"
APPLICATION = "raaderum_app"
BOOKS = "raaderum_books"
RELAY = "raaderum_relay"
AUDITOR = "raaderum_auditor"
NATIONAL = "raaderum_national"

CURRENT_TENANT_FUNCTION = """
create function current_tenant() returns uuid language plpgsql stable parallel safe
set search_path = pg_catalog as $$
declare setting text := current_setting('raaderum.tenant', true);
begin
    if setting is null or setting = '' then
        raise exception 'no tenant is set for this transaction' using errcode = '42501';
    end if;
    return setting::uuid;
end $$
"""
"""An unset setting reads back as '' after a local one has ended; both are refused."""


def secure(table: str, *, roles: tuple[str, ...] = (APPLICATION,), rights: str) -> list[str]:
    """Return the statements that put `table` behind the wall and give `roles` their `rights`.

    The sub-select lets the planner evaluate the setting once per statement.
    """
    reach = "tenant_id = (select current_tenant())"
    names = ", ".join(roles)
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy tenant_rows on {table} to {names} using ({reach}) with check ({reach})",
        f"grant {rights} on {table} to {APPLICATION}",
    ]

"""The catalogue holds to every rule, and each rule finds a fault planted for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text

from raaderum.mapped_tables import metadata
from raaderum.testing.catalogue import ALLOWED, catalogue_findings, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

GOOD = """
    create table planted (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id));
    alter table planted owner to raaderum_owner;
    alter table planted enable row level security;
    alter table planted force row level security;
    create policy tenant_rows on planted to raaderum_app
        using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
"""
FAULTS = {
    "row security is off": "alter table citizen disable row level security",
    "row security is not forced on the owner": "alter table payout no force row level security",
    "a table without a policy for the application": "drop policy tenant_rows on refund",
    "a policy that is no pure comparison with the tenant": (
        "create policy planted on citizen for select to raaderum_app using (true)",
        "create policy planted on citizen for insert to raaderum_app with check (true)",
        "alter policy tenant_rows on citizen using (tenant_id = current_tenant() or born_on is null)",
        "alter policy tenant_rows on citizen with check (true)",
    ),
    "a policy for everybody": (
        "create policy planted on citizen using (tenant_id = current_tenant())"
        " with check (tenant_id = current_tenant())"
    ),
    "a tenant_id that is missing or may be null": (
        "create table planted (id uuid primary key)",
        "create table planted (id uuid primary key, tenant_id uuid)",
    ),
    "a unique index that the tenant does not lead": (
        "create unique index planted on staff (email)",
        "create unique index planted on staff (email, tenant_id)",
        "create table planted (id uuid, tenant_id uuid not null, primary key (id, tenant_id))",
    ),
    "a table without a primary key": "create table planted (tenant_id uuid not null)",
    "a foreign key that does not carry the tenant": (
        GOOD
        + "alter table planted add unique (id);"
        + "alter table refund add foreign key (id) references planted (id) not valid",
        "alter table refund add foreign key (payout_id, id) references payout (tenant_id, id) not valid",
    ),
    "a sequence, from which others' activity can be read": (
        "create sequence planted",
        "alter table staff add column number bigint generated always as identity",
        "alter table staff add column number bigserial",
    ),
    "a view that does not see with its caller's rights": (
        "create view planted as select * from citizen",
        "create view planted with (security_invoker = false) as select * from citizen",
    ),
    "a materialized view, which row security cannot cover": (
        "create materialized view planted as select tenant_id from citizen with no data"
    ),
    "a function marked leakproof": "alter function enter_tenant(uuid) leakproof",
    "a function whose names anybody could bend (no search_path)": (
        "alter function append_audit(uuid, jsonb) reset search_path",
        "create function planted() returns int language sql security definer as 'select 1'",
    ),
    "a function that everybody may call": "grant execute on function enter_tenant(uuid) to public",
    "a function with its owner's rights that the application may call": (
        "create function planted() returns int language sql security definer"
        " set search_path = pg_catalog as 'select 1'; grant execute on function planted() to raaderum_app"
    ),
    "an owner that can sign in": (
        "alter role raaderum_books login",
        "alter table staff owner to raaderum_app",
        "alter schema raaderum owner to raaderum_migrator",
    ),
    "a role of ours that row security does not hold": (
        "alter role raaderum_app bypassrls",
        "alter role raaderum_relay superuser",
        "alter role raaderum_auditor createrole",
    ),
    "a role of ours that has another's rights without asking": (
        "grant raaderum_books to raaderum_app",
        "grant raaderum_owner to raaderum_auditor with inherit true",
    ),
    "a right of the application's that row security does not cover": (
        "grant truncate on citizen to raaderum_app",
        "grant references on citizen to raaderum_app",
        "grant trigger on citizen to public",
    ),
    "something that the application could build with": (
        "grant create on schema raaderum to raaderum_app",
        "grant create on schema public to public",
        "do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$",
    ),
    "a right of the national body's": (
        "grant select (tenant_id) on outbox_work to raaderum_national",
        "grant select on citizen to public",
        "grant execute on function append_audit(uuid, jsonb) to raaderum_national",
    ),
}
PLANTED = [
    (rule, fault)
    for rule, faults in FAULTS.items()
    for fault in ((faults,) if isinstance(faults, str) else faults)
]


@pytest.fixture
def administrator(app: Flask, administrator_url: str) -> Iterator[Connection]:
    """Give a transaction that is always rolled back: what is planted in it never was."""
    assert app
    engine = create_engine(administrator_url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("set local search_path = raaderum"))
        yield connection
        connection.rollback()


def test_the_catalogue_holds_to_every_rule(administrator: Connection) -> None:
    assert catalogue_findings(administrator) == []


def test_nothing_is_allowed_that_does_not_exist(administrator: Connection) -> None:
    assert set(catalogue_findings(administrator, allowed={})) == set(ALLOWED)


def test_every_rule_has_a_planted_fault() -> None:
    assert FAULTS.keys() == rules().keys()


@pytest.mark.parametrize(("rule", "fault"), PLANTED, ids=[rule for rule, _ in PLANTED])
def test_a_planted_fault_is_found(rule: str, fault: str, administrator: Connection) -> None:
    administrator.execute(text(fault))
    assert rule in {found for found, _ in catalogue_findings(administrator)}


def test_a_good_table_is_no_finding(administrator: Connection) -> None:
    administrator.execute(text(GOOD))
    assert catalogue_findings(administrator) == []


def test_every_mapped_table_is_in_the_database_and_the_other_way_round(administrator: Connection) -> None:
    tables = text(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'raaderum'::regnamespace"
    )
    assert set(administrator.scalars(tables)) == {*metadata.tables, "alembic_version"}

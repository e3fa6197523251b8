"""The application does not start as a role, or on a database, that its walls do not hold on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from psycopg import sql
from sqlalchemy import make_url, text

from raaderum.bootstrap import create_worker
from raaderum.persistence.provisioning import (
    DatabaseNotMigrated,
    RoleTooMighty,
    administering,
    run_with_names,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from raaderum.settings import Settings
    from raaderum.testing.engines_for_tests import EnginesForTests

PASSWORD = "of-tests-only"


@pytest.fixture
def role(administrator_url: str, worker_id: str) -> Iterator[Callable[[str], str]]:
    """Return a function that makes a role with attributes and returns its way into the database."""
    name = f"mighty_{worker_id}"

    def made(attributes: str) -> str:
        with administering(administrator_url) as connection:
            run_with_names(
                connection,
                f"create role {{}} login {attributes} password {{}}",
                sql.Identifier(name),
                sql.Literal(PASSWORD),
            )
            database = make_url(administrator_url).database
            assert database is not None
            run_with_names(
                connection,
                "grant connect on database {} to {}",
                sql.Identifier(database),
                sql.Identifier(name),
            )
        url = make_url(administrator_url).set(username=name, password=PASSWORD)
        return url.render_as_string(hide_password=False)

    yield made
    with administering(administrator_url) as connection:
        run_with_names(connection, "drop owned by {}", sql.Identifier(name))
        run_with_names(connection, "drop role {}", sql.Identifier(name))


def refusal_of(settings: Settings, url: str) -> str:
    with pytest.raises(RoleTooMighty) as refusal:
        create_worker(replace(settings, database_url=url))
    return str(refusal.value.values["reason"])


def test_it_refuses_to_run_as_superuser(settings: Settings, administrator_url: str) -> None:
    assert refusal_of(settings, administrator_url) == "superuser"


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ("superuser", "superuser"),
        ("bypassrls", "BYPASSRLS"),
        ("in role raaderum_owner", "table owner"),
        ("noinherit in role raaderum_migrator", "table owner"),
        ("in role raaderum_books", "member of the roles behind the functions"),
        ("noinherit in role raaderum_relay", "member of the roles behind the functions"),
    ],
)
def test_it_refuses_to_run_as_a_role_that_row_security_does_not_hold(
    attributes: str, reason: str, role: Callable[[str], str], settings: Settings
) -> None:
    assert refusal_of(settings, role(attributes)) == reason


def test_it_refuses_a_database_without_tables(
    settings: Settings, test_engines: EnginesForTests, worker_id: str
) -> None:
    name = f"empty_{worker_id}"
    url = make_url(settings.database_url).set(database=name).render_as_string(hide_password=False)
    with administering(test_engines.administrator_url) as connection:
        run_with_names(connection, "create database {} template template0", sql.Identifier(name))
    try:
        with pytest.raises(DatabaseNotMigrated) as refusal:
            create_worker(replace(settings, database_url=url))
        assert refusal.value.values["found"] == "0"
    finally:
        with administering(test_engines.administrator_url) as connection:
            run_with_names(connection, "drop database {} with (force)", sql.Identifier(name))


def test_it_refuses_a_database_of_another_version(
    settings: Settings, test_engines: EnginesForTests, state_folder: Path, worker_id: str
) -> None:
    name = f"old_{worker_id}"
    url = test_engines.database(name, state_folder)
    inside = make_url(test_engines.administrator_url).set(database=name).render_as_string(hide_password=False)
    try:
        with administering(inside) as connection:
            connection.execute(text("update alembic_version set version_num = '0001'"))
        with pytest.raises(DatabaseNotMigrated) as refusal:
            create_worker(replace(settings, database_url=url))
        assert refusal.value.values["found"] == "0001"
    finally:
        with administering(test_engines.administrator_url) as connection:
            run_with_names(connection, "drop database {} with (force)", sql.Identifier(name))

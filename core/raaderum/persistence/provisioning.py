"""Making a database ready for Råderum: roles, rights and migrations. Done by an administrator, once.

The application itself never runs as any of the roles that own or migrate.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from raaderum.kernel.errors import SetupInvalid
from raaderum.kernel.text import Text
from raaderum.persistence import row_security as roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

_LOGIN: Final = (roles.MIGRATOR, roles.APPLICATION)
_NO_LOGIN: Final = (roles.OWNER, roles.BOOKS, roles.RELAY, roles.AUDITOR, roles.NATIONAL)
_SCHEMA: Final = "raaderum"


class DatabaseAway(SetupInvalid):
    """The database does not answer, or does not let the application in. Tells nothing of the address."""

    code = "database_away"
    text = Text(
        "Databasen svarer ikke, eller den afviser rollen. Se efter, om den kører, og om adressen passer.",
        "The database does not answer, or refuses the role. Check that it runs and the address is right.",
    )


class RoleTooMighty(SetupInvalid):
    """The application was about to run as a role that row security does not hold."""

    code = "role_too_mighty"
    text = Text(
        "Databasen må ikke bruges som »{role}«: {reason}. Brug rollen raaderum_app.",
        "The database must not be used as “{role}”: {reason}. Use the role raaderum_app.",
    )


class DatabaseNotMigrated(SetupInvalid):
    """The database's tables are not those of this version."""

    code = "database_not_migrated"
    text = Text(
        "Databasen er på version {found}, programmet på {wanted}. Kør »raaderum database migrate«.",
        "The database is at version {found}, the program at {wanted}. Run “raaderum database migrate”.",
    )


@dataclass(frozen=True, slots=True)
class Passwords:
    """Passwords of the two roles that sign in."""

    migrator: str
    application: str


def prepare_server(administrator_url: str, passwords: Passwords) -> None:
    """Create the roles, or renew their passwords. `administrator_url` must be able to create roles."""
    with administering(administrator_url) as connection:
        for role in _NO_LOGIN:
            _create_role(connection, role, "nologin noinherit")
        for role, password in zip(_LOGIN, (passwords.migrator, passwords.application), strict=True):
            _create_role(connection, role, "login noinherit")
            run_with_names(
                connection, "alter role {} password {}", sql.Identifier(role), sql.Literal(password)
            )
        run_with_names(connection, "grant {} to {}", _owner(), sql.Identifier(roles.MIGRATOR))
        for granted in (roles.BOOKS, roles.RELAY):
            run_with_names(connection, "grant {} to {}", sql.Identifier(granted), _owner())


def prepare_database(administrator_url: str, database: str) -> None:
    """Create `database` where it is missing, owned by the owner role and closed to everybody else."""
    with administering(administrator_url) as connection:
        exists = connection.scalar(
            text("select 1 from pg_database where datname = :name"), {"name": database}
        )
        if not exists:
            run_with_names(connection, "create database {} owner {}", sql.Identifier(database), _owner())
        run_with_names(connection, "revoke all on database {} from public", sql.Identifier(database))
        for role in _LOGIN:
            run_with_names(
                connection,
                "grant connect on database {} to {}",
                sql.Identifier(database),
                sql.Identifier(role),
            )
        run_with_names(
            connection,
            "alter database {} set search_path = {}",
            sql.Identifier(database),
            sql.Identifier(_SCHEMA),
        )
    inside = make_url(administrator_url).set(database=database).render_as_string(hide_password=False)
    with administering(inside) as connection:
        run_with_names(connection, "revoke all on schema public from public")
        run_with_names(
            connection,
            "create schema if not exists {} authorization {}",
            sql.Identifier(_SCHEMA),
            _owner(),
        )
        run_with_names(connection, "grant usage on schema {} to {}", sql.Identifier(_SCHEMA), _everyone())


def migrate(migrator_url: str) -> None:
    """Bring the database's tables to this version, as the owner role."""
    configuration = _configuration()
    configuration.attributes["url"] = migrator_url
    command.upgrade(configuration, "head")


def refuse_absent(engine: Engine) -> None:
    """Raise `DatabaseAway` where `engine` cannot connect."""
    try:
        engine.connect().close()
    except OperationalError as error:
        raise DatabaseAway(where="RAADERUM_DATABASE_URL") from error


def refuse_mighty_role(engine: Engine) -> None:
    """Raise `RoleTooMighty` where row security would not hold the role that `engine` signs in as."""
    question = text("""
        select current_user, r.rolsuper, r.rolbypassrls, pg_has_role(current_user, :owner, 'member')
            or exists (select 1 from pg_class c where c.relowner = r.oid and c.relkind = 'r'),
            pg_has_role(current_user, :books, 'member') or pg_has_role(current_user, :relay, 'member')
        from pg_roles r where r.rolname = current_user
    """)
    names = {"owner": roles.OWNER, "books": roles.BOOKS, "relay": roles.RELAY}
    with engine.connect() as connection:
        role, is_superuser, bypasses, owns, writes_books = connection.execute(question, names).one()
    reasons = {
        "superuser": is_superuser,
        "BYPASSRLS": bypasses,
        "table owner": owns,
        "member of the roles behind the functions": writes_books,
    }
    for reason, holds in reasons.items():
        if holds:
            raise RoleTooMighty(where="RAADERUM_DATABASE_URL", role=role, reason=reason)


def refuse_unmigrated(engine: Engine) -> None:
    """Raise `DatabaseNotMigrated` unless the database's tables are those of this version."""
    wanted = ScriptDirectory.from_config(_configuration()).get_current_head()
    with engine.connect() as connection:
        has_tables = connection.scalar(text("select to_regclass('alembic_version') is not null"))
        found = connection.scalar(text("select version_num from alembic_version")) if has_tables else None
    if found != wanted:
        raise DatabaseNotMigrated(where="RAADERUM_DATABASE_URL", found=found or "0", wanted=wanted)


def _create_role(connection: Connection, role: str, attributes: str) -> None:
    exists = connection.scalar(text("select 1 from pg_roles where rolname = :role"), {"role": role})
    verb = "alter" if exists else "create"
    run_with_names(connection, f"{verb} role {{}} nosuperuser nobypassrls {attributes}", sql.Identifier(role))


@contextmanager
def administering(url: str) -> Iterator[Connection]:
    """Give a connection of its own, that commits each statement, and close it at the end."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def run_with_names(connection: Connection, statement: str, *parts: sql.Composable) -> None:
    """Run a statement that takes no parameters; its names and literals are quoted by the driver."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - an open connection has one
    driver.execute(sql.SQL(statement).format(*parts))


def _owner() -> sql.Identifier:
    return sql.Identifier(roles.OWNER)


def _everyone() -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, (*_LOGIN, *_NO_LOGIN[1:])))


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()))
    return configuration


def migrations_folder() -> Path:
    """Return the folder of migrations: inside the installed package, or at the top of a checkout."""
    packaged = Path(__file__).parents[1] / "migrations"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "migrations"

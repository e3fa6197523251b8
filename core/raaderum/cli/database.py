"""Making the operator's own database ready."""

from __future__ import annotations

import click

from raaderum.installation import DATABASE
from raaderum.persistence.provisioning import Passwords, migrate, prepare_database, prepare_server


@click.group()
def database() -> None:
    """Make the database ready, and keep it so."""


@database.command()
@click.option("--administrator-url", required=True, envvar="RAADERUM_ADMINISTRATOR_URL")
@click.option("--migrator-password", required=True, envvar="RAADERUM_MIGRATOR_PASSWORD")
@click.option("--application-password", required=True, envvar="RAADERUM_APPLICATION_PASSWORD")
@click.option("--name", default=DATABASE, show_default=True)
def prepare(administrator_url: str, migrator_password: str, application_password: str, name: str) -> None:
    """Create roles and database, as an administrator of the server."""
    prepare_server(administrator_url, Passwords(migrator_password, application_password))
    prepare_database(administrator_url, name)
    click.echo(
        f"Databasen {name} er klar til at blive migreret.\nThe database {name} is ready to be migrated."
    )


@database.command(name="migrate")
@click.option("--migrator-url", required=True, envvar="RAADERUM_MIGRATOR_URL")
def migrate_command(migrator_url: str) -> None:
    """Bring the tables to this version, as raaderum_migrator."""
    migrate(migrator_url)
    click.echo("Databasen er opdateret.\nThe database is up to date.")

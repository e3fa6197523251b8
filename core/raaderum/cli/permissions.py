"""`raaderum permissions`: who may do what."""

from __future__ import annotations

import click

from raaderum.people.permission_table import permission_table


@click.command()
def permissions() -> None:
    """Print the table of acts and roles, as it stands in docs/permissions.md."""
    click.echo(permission_table(), nl=False)

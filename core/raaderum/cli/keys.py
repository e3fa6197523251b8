"""The operator's master key."""

from __future__ import annotations

import click

from raaderum.persistence.sealing import MasterKey


@click.group()
def keys() -> None:
    """Make keys."""


@keys.command()
def new() -> None:
    """Print a new master key; keep it in a file that only the application can read."""
    click.echo(MasterKey.new_text(), nl=False)

"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

state_option = click.option(
    "--state",
    "state_folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".state/demo"),
    show_default=True,
    help="Folder of the embedded installation; not used where RAADERUM_DATABASE_URL is set.",
)
tenant_option = click.option("--tenant", "tenant_slug", required=True, help="The municipality, e.g. aarhus.")

"""The processes of an installation: web server, workers, sweeper."""

from __future__ import annotations

import click

from raaderum.bootstrap import create_worker
from raaderum.cli.web_server import serve_application
from raaderum.settings import Settings
from raaderum.worker.handlers import QUEUES
from raaderum.worker.processes import run_sweeper, run_worker


@click.command()
@click.argument("queue", type=click.Choice(QUEUES))
@click.option("--until-empty", is_flag=True, help="Stop when nothing is waiting.")
def worker(queue: str, *, until_empty: bool) -> None:
    """Do the work of one QUEUE until told to stop."""
    settings = Settings.from_environment()
    run_worker(create_worker(settings), settings.queue_url, queue, until_empty=until_empty)


@click.command()
def sweeper() -> None:
    """Look for due work every few seconds, in case a doorbell was lost."""
    settings = Settings.from_environment()
    run_sweeper(create_worker(settings), settings.queue_url)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the portal and the API."""
    serve_application(Settings.from_environment(), host=host, port=port)

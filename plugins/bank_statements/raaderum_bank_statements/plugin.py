"""What Råderum finds by the entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.plugin_api import hookimpl
from raaderum_bank_statements.reader import CamtReader

if TYPE_CHECKING:
    from raaderum.plugin_api import StatementReader

WRITTEN_AGAINST = "1.1"


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Return the version of the plugin interface that this plugin was written against."""
    return WRITTEN_AGAINST


@hookimpl
def raaderum_statement_readers() -> tuple[StatementReader, ...]:
    """Return the one reader: it knows statements, advices and reports of the day."""
    return (CamtReader(),)

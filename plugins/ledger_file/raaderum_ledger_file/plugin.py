"""What Råderum finds by the entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.plugin_api import LedgerExportKind, Mode, ProviderContext, SettingsInvalid, Text, hookimpl
from raaderum_ledger_file.export import FileLedgerExport
from raaderum_ledger_file.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api import Setting

WRITTEN_AGAINST = "1.1"


class FileLedgerExportKind:
    """Vouchers in files. Sandbox and live have folders, and so numbers, of their own."""

    identifier = "file"
    name = Text("Bilag i filer", "Vouchers in files")
    settings: Sequence[Setting] = ()

    def configure(self, context: ProviderContext) -> FileLedgerExport:
        """Make the tenant's folder; raise `SettingsInvalid` where it cannot be written to."""
        if context.mode is Mode.DISABLED:
            raise SettingsInvalid(
                where=context.tenant_slug, setting="mode", reason="disabled; sandbox / live"
            )
        journal = Journal(context.files / context.mode.value)
        try:
            journal.prepare()
        except OSError as error:
            reason = f"{journal.folder}: {error.strerror}"
            raise SettingsInvalid(where=context.tenant_slug, setting="files", reason=reason) from error
        return FileLedgerExport(journal)


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Return the version of the plugin interface that this plugin was written against."""
    return WRITTEN_AGAINST


@hookimpl
def raaderum_ledger_exports() -> tuple[LedgerExportKind, ...]:
    """Return the one kind of ledger export."""
    return (FileLedgerExportKind(),)

"""What Råderum finds by the entry point."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from raaderum.plugin_api import (
    Capability,
    Limits,
    Manifest,
    Mode,
    Oere,
    PayoutMethod,
    PayoutProviderKind,
    ProviderContext,
    RecipientField,
    SettingsInvalid,
    Text,
    hookimpl,
)
from raaderum_small_transfers.checks import MOST_OERE
from raaderum_small_transfers.debtor import SETTINGS, read_debtor
from raaderum_small_transfers.journal import Journal
from raaderum_small_transfers.outgoing import Outgoing
from raaderum_small_transfers.provider import SmallTransfers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api import Setting

WRITTEN_AGAINST = "1.1"


class SmallTransfersKind:
    """Transfers by payment file. Sandbox and live have folders, and so journals, of their own."""

    identifier = "small_transfers"
    name = Text("Overførsel til NemKonto eller konto", "Transfer to NemKonto or account")
    manifest = Manifest(
        method=PayoutMethod.TRANSFER,
        recipient_fields=frozenset({RecipientField.NAME, RecipientField.CPR, RecipientField.ACCOUNT}),
        capabilities=frozenset({Capability.BATCHES, Capability.STATUS_FILES}),
        limits=Limits(per_payment=Oere(MOST_OERE - 1), per_batch=100_000),
    )
    settings: Sequence[Setting] = SETTINGS

    def configure(self, context: ProviderContext) -> SmallTransfers:
        """Make the tenant's folders; raise `SettingsInvalid` for settings or a disk that cannot be used."""
        where = context.tenant_slug
        if context.mode is Mode.DISABLED:
            raise SettingsInvalid(where=where, setting="mode", reason="disabled; sandbox / live")
        debtor = read_debtor(context.settings, where=where)
        folder = context.files / context.mode.value
        outgoing, journal = Outgoing(folder), Journal(folder / "journal.sqlite")
        try:
            outgoing.prepare()
            journal.prepare()
        except (OSError, sqlite3.Error) as error:
            reason = f"{folder}: {type(error).__name__}"
            raise SettingsInvalid(where=where, setting="files", reason=reason) from error
        return SmallTransfers(journal, outgoing, debtor)


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Return the version of the plugin interface that this plugin was written against."""
    return WRITTEN_AGAINST


@hookimpl
def raaderum_payout_providers() -> tuple[PayoutProviderKind, ...]:
    """Return the one way of paying."""
    return (SmallTransfersKind(),)

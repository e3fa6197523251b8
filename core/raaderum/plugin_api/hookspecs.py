"""All hooks on one page. Each is a collector: called once at start, never on the way of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api.cards import CardIssuerKind
    from raaderum.plugin_api.invoices import InvoiceReader
    from raaderum.plugin_api.ledger_exports import LedgerExportKind
    from raaderum.plugin_api.notifiers import NotifierKind
    from raaderum.plugin_api.payouts import PayoutProviderKind
    from raaderum.plugin_api.statements import StatementReader
    from raaderum.plugin_api.target_groups import TargetGroup

PROJECT_NAME = "raaderum"
ENTRY_POINT_GROUP = "raaderum.plugins"

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)


@hookspec
def raaderum_plugin_api_version() -> str:
    """Return the `API_VERSION` the plugin was written against. Every plugin must answer.

    Called: first of all, once per plugin. A plugin with another major version, or a newer
    minor version, stops the start-up.
    """
    raise NotImplementedError


@hookspec
def raaderum_target_groups() -> Sequence[TargetGroup]:
    """Return target groups whose criteria a programme can name.

    Called: once, at start. A programme file names one by its `identifier`.
    """
    raise NotImplementedError


@hookspec
def raaderum_payout_providers() -> Sequence[PayoutProviderKind]:
    """Return ways of paying that a tenant can switch on.

    Called: once, at start. A tenant file names one by its `identifier`, with a mode and settings.
    """
    raise NotImplementedError


@hookspec
def raaderum_ledger_exports() -> Sequence[LedgerExportKind]:
    """Return accounting systems that vouchers can be handed to.

    Called: once, at start. A tenant file names one by its `identifier`, with a mode and settings.
    """
    raise NotImplementedError


@hookspec
def raaderum_invoice_readers() -> Sequence[InvoiceReader]:
    """Return readers of suppliers' electronic invoices.

    Called: once, at start. Each file that arrives is offered to the readers in order of their
    `identifier`, until one says that it `recognises` it.
    """
    raise NotImplementedError


@hookspec
def raaderum_card_issuers() -> Sequence[CardIssuerKind]:
    """Return issuers of prepaid cards that a tenant can switch on.

    Called: once, at start. A tenant file names one by its `identifier`, with a mode and settings.
    """
    raise NotImplementedError


@hookspec
def raaderum_notifiers() -> Sequence[NotifierKind]:
    """Return ways of telling people something that a tenant can switch on.

    Called: once, at start. A tenant file names one by its `identifier`, with a mode and settings.
    """
    raise NotImplementedError


@hookspec
def raaderum_statement_readers() -> Sequence[StatementReader]:
    """Return readers of the bank's statements and advices.

    Called: once, at start. Each file that arrives is offered to the readers in order of their
    `identifier`, until one says that it `recognises` it.
    """
    raise NotImplementedError

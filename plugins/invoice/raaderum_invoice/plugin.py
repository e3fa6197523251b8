"""What Råderum finds by the entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.plugin_api import hookimpl
from raaderum_invoice.provider import SupplierInvoicePayoutKind
from raaderum_invoice.reader import UblInvoiceReader

if TYPE_CHECKING:
    from raaderum.plugin_api import InvoiceReader, PayoutProviderKind

WRITTEN_AGAINST = "1.1"


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Return the version of the plugin interface that this plugin was written against."""
    return WRITTEN_AGAINST


@hookimpl
def raaderum_invoice_readers() -> tuple[InvoiceReader, ...]:
    """Return the one reader: it knows all formats of UBL that Danish suppliers send."""
    return (UblInvoiceReader(),)


@hookimpl
def raaderum_payout_providers() -> tuple[PayoutProviderKind, ...]:
    """Return the one way of paying."""
    return (SupplierInvoicePayoutKind(),)

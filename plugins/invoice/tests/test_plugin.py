"""What Råderum finds when it starts."""

from __future__ import annotations

from importlib.metadata import entry_points

import pluggy
import pytest

from raaderum.plugin_api import ENTRY_POINT_GROUP, InvoiceReader, PayoutProviderKind, hookspecs
from raaderum_invoice import plugin


@pytest.fixture
def manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT_NAME)
    manager.add_hookspecs(hookspecs)
    manager.register(plugin)
    manager.check_pending()
    return manager


def test_it_brings_one_reader_and_one_way_of_paying(manager: pluggy.PluginManager) -> None:
    ((reader,),) = manager.hook.raaderum_invoice_readers()
    ((kind,),) = manager.hook.raaderum_payout_providers()
    assert isinstance(reader, InvoiceReader)
    assert isinstance(kind, PayoutProviderKind)
    assert (reader.identifier, kind.identifier) == ("ubl", "supplier_invoice")
    assert manager.hook.raaderum_plugin_api_version() == ["1.1"]


def test_its_entry_point_leads_to_it_where_it_is_installed() -> None:
    found = [point for point in entry_points(group=ENTRY_POINT_GROUP) if point.name == "invoice"]
    if not found:
        pytest.skip("the plugin is on the path, but not installed")
    assert found[0].load() is plugin

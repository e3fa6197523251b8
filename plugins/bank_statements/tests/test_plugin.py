"""What Råderum finds when it starts."""

from __future__ import annotations

from importlib.metadata import entry_points

import pluggy
import pytest

from raaderum.plugin_api import ENTRY_POINT_GROUP, StatementReader, hookspecs
from raaderum_bank_statements import plugin


def test_it_brings_one_reader() -> None:
    manager = pluggy.PluginManager(hookspecs.PROJECT_NAME)
    manager.add_hookspecs(hookspecs)
    manager.register(plugin)
    manager.check_pending()
    ((reader,),) = manager.hook.raaderum_statement_readers()
    assert isinstance(reader, StatementReader)
    assert reader.identifier == "camt"
    assert manager.hook.raaderum_plugin_api_version() == ["1.1"]


def test_its_entry_point_leads_to_it_where_it_is_installed() -> None:
    found = [point for point in entry_points(group=ENTRY_POINT_GROUP) if point.name == "bank_statements"]
    if not found:
        pytest.skip("the plugin is on the path, but not installed")
    assert found[0].load() is plugin

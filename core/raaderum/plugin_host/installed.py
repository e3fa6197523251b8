"""The registry of the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.plugin_host.registry import PluginRegistry

_EXTENSION: Final = "raaderum_plugins"


def install_plugins(app: Flask, registry: PluginRegistry) -> None:
    """Give `app` the collected plugins."""
    app.extensions[_EXTENSION] = registry


def plugins() -> PluginRegistry:
    """Return the plugins of the running application."""
    registry: PluginRegistry = current_app.extensions[_EXTENSION]
    return registry

"""What Råderum finds by the entry point."""

from __future__ import annotations

from raaderum.plugin_api import TargetGroup, hookimpl
from raaderum_target_groups.aarhus import LONG_TERM_UNEMPLOYED, YOUNG_HOMELESS
from raaderum_target_groups.halsnaes import DOUBLE_TROUBLE
from raaderum_target_groups.kolding import YOUNG_EXPOSED
from raaderum_target_groups.lejre import EXPOSED

WRITTEN_AGAINST = "1.1"


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Return the version of the plugin interface that this plugin was written against."""
    return WRITTEN_AGAINST


@hookimpl
def raaderum_target_groups() -> tuple[TargetGroup, ...]:
    """Return the five target groups, in the order of the municipalities' names."""
    return (YOUNG_HOMELESS, LONG_TERM_UNEMPLOYED, DOUBLE_TROUBLE, YOUNG_EXPOSED, EXPOSED)

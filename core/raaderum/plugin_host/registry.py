"""Everything that the installed plugins offer, collected once at start."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import pluggy

from raaderum.kernel.errors import SetupInvalid
from raaderum.kernel.text import Text
from raaderum.plugin_api import (
    API_VERSION,
    ENTRY_POINT_GROUP,
    CardIssuerKind,
    InvoiceReader,
    LedgerExportKind,
    NotifierKind,
    PayoutProviderKind,
    StatementReader,
    TargetGroup,
    hookspecs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from importlib.metadata import EntryPoint


class Identified(Protocol):
    """Anything a tenant file can name."""

    @property
    def identifier(self) -> str:
        """The name in the file."""
        ...


class PluginBroken(SetupInvalid):
    """A plugin cannot be loaded; nothing starts half-loaded."""

    code = "plugin_broken"
    text = Text(
        "Pluginet {plugin} kan ikke indlæses: {reason}. Fjern eller opdater det.",
        "The plugin {plugin} cannot be loaded: {reason}. Remove or update it.",
    )


class PluginVersionUnfit(SetupInvalid):
    """A plugin was written for another version of the plugin interface."""

    code = "plugin_version_unfit"
    text = Text(
        "Pluginet {plugin} er skrevet til plugin-API {theirs}; her er {ours}. Opdater pluginet.",
        "The plugin {plugin} was written for plugin API {theirs}; this is {ours}. Update the plugin.",
    )


class IdentifierTaken(SetupInvalid):
    """Two plugins offer something under the same identifier."""

    code = "identifier_taken"
    text = Text(
        "To plugins tilbyder begge »{identifier}« ({hook}). Fjern det ene.",
        "Two plugins both offer “{identifier}” ({hook}). Remove one of them.",
    )


@dataclass(frozen=True, slots=True)
class PluginRegistry:
    """What the plugins offer, by identifier.

    `target_group_versions` says which distribution each target group came in, as `name 1.2.3`; one
    that came in none is not in it.
    """

    target_groups: Mapping[str, TargetGroup]
    payout_providers: Mapping[str, PayoutProviderKind]
    ledger_exports: Mapping[str, LedgerExportKind]
    invoice_readers: Mapping[str, InvoiceReader]
    target_group_versions: Mapping[str, str] = field(default_factory=dict)
    card_issuers: Mapping[str, CardIssuerKind] = field(default_factory=dict)
    notifiers: Mapping[str, NotifierKind] = field(default_factory=dict)
    statement_readers: Mapping[str, StatementReader] = field(default_factory=dict)

    @classmethod
    def load_installed(cls) -> PluginRegistry:
        """Collect from every installed distribution with an entry point in our group."""
        found = sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name)
        versions = {
            point.name: f"{point.dist.name} {point.dist.version}" for point in found if point.dist is not None
        }
        return cls.collect(((point.name, _loaded(point)) for point in found), versions=versions)

    @classmethod
    def collect(
        cls, plugins: Iterable[tuple[str, Any]], *, versions: Mapping[str, str] = MappingProxyType({})
    ) -> PluginRegistry:
        """Collect from `plugins`, given as names and modules or objects with hooks.

        `versions` says which distribution a plugin came in, by its name.
        """
        manager = pluggy.PluginManager(hookspecs.PROJECT_NAME)
        manager.add_hookspecs(hookspecs)
        for name, plugin in plugins:
            _register(manager, name, plugin)
        hook = manager.hook
        return cls(
            _by_identifier(hook.raaderum_target_groups),
            _by_identifier(hook.raaderum_payout_providers),
            _by_identifier(hook.raaderum_ledger_exports),
            _by_identifier(hook.raaderum_invoice_readers),
            _versions_by_identifier(hook.raaderum_target_groups, versions),
            _by_identifier(hook.raaderum_card_issuers),
            _by_identifier(hook.raaderum_notifiers),
            _by_identifier(hook.raaderum_statement_readers),
        )


def _loaded(point: EntryPoint) -> Any:  # noqa: ANN401 - a plugin is any module or object
    try:
        return point.load()
    except Exception as error:
        raise PluginBroken(where=point.value, plugin=point.name, reason=str(error)) from error


def _register(manager: pluggy.PluginManager, name: str, plugin: Any) -> None:  # noqa: ANN401 - the same
    """Ask for the version first: a plugin for another one may have hooks that are not known here."""
    answer = getattr(plugin, "raaderum_plugin_api_version", None)
    if answer is None:
        raise PluginBroken(where=name, plugin=name, reason="raaderum_plugin_api_version is missing")
    theirs = str(_answered(name, answer))
    if not _fits(theirs):
        raise PluginVersionUnfit(where=name, plugin=name, theirs=theirs, ours=API_VERSION)
    try:
        manager.register(plugin, name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        raise PluginBroken(where=name, plugin=name, reason=str(error)) from error


def _fits(theirs: str) -> bool:
    """Say whether a plugin for version `theirs` works here: same major, minor not newer than ours."""
    major, _, minor = theirs.partition(".")
    our_major, _, our_minor = API_VERSION.partition(".")
    return major == our_major and minor.isdigit() and int(minor) <= int(our_minor)


def _by_identifier(hook: pluggy.HookCaller) -> Mapping[str, Any]:
    """Ask every plugin for its offers, one by one, so that the one that fails can be named."""
    found: dict[str, Identified] = {}
    for implementation in hook.get_hookimpls():
        offers: Iterable[Identified] = _answered(implementation.plugin_name, implementation.function)
        for offer in offers:
            if offer.identifier in found:
                raise IdentifierTaken(where=hook.name, identifier=offer.identifier, hook=hook.name)
            found[offer.identifier] = offer
    return MappingProxyType(dict(sorted(found.items())))


def _versions_by_identifier(hook: pluggy.HookCaller, versions: Mapping[str, str]) -> Mapping[str, str]:
    """Return the distribution of everything that is offered, where its plugin came in one."""
    return MappingProxyType(
        {
            offer.identifier: versions[implementation.plugin_name]
            for implementation in hook.get_hookimpls()
            if implementation.plugin_name in versions
            for offer in _answered(implementation.plugin_name, implementation.function)
        }
    )


def _answered(name: str, hook: Callable[[], Any]) -> Any:  # noqa: ANN401 - the same
    try:
        return hook()
    except Exception as error:
        raise PluginBroken(where=name, plugin=name, reason=str(error)) from error

"""The providers that each tenant has switched on, made once at start."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from flask import current_app

from raaderum.kernel.errors import RuleBroken, SetupInvalid
from raaderum.kernel.text import Text
from raaderum.plugin_api import Mode, ProviderContext
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from flask import Flask

    from raaderum.plugin_api import CardIssuer, LedgerExport, Notifier, PayoutProvider, Setting
    from raaderum.plugin_host.registry import PluginRegistry
    from raaderum.tenancy.tenant_file import ProviderChoice, Tenant

_EXTENSION: Final = "raaderum_providers"
Made_co = TypeVar("Made_co", covariant=True)


class Kind(Protocol[Made_co]):
    """Any kind of provider: what it needs, and how to make one for a tenant."""

    @property
    def settings(self) -> Sequence[Setting]:
        """What must be known before one can be made for a tenant."""
        ...

    def configure(self, context: ProviderContext) -> Made_co:
        """Return the provider for one tenant; raise `SettingsInvalid` where it cannot work."""
        ...


class PluginNotInstalled(SetupInvalid):
    """A tenant file names something that no installed plugin offers."""

    code = "plugin_not_installed"
    text = Text(
        "{tenant} bruger »{identifier}«, men intet installeret plugin tilbyder det. Installer pluginet.",
        "{tenant} uses “{identifier}”, but no installed plugin offers it. Install the plugin.",
    )


class SettingMissing(SetupInvalid):
    """A provider needs a setting, or a secret in the environment, that is not there."""

    code = "setting_missing"
    text = Text(
        "{tenant}: »{identifier}« mangler indstillingen {setting}. Skriv den i filen; for en hemmelighed "
        "skrives navnet på en miljøvariabel, som skal være sat.",
        "{tenant}: “{identifier}” lacks the setting {setting}. Write it in the file; for a secret "
        "write the name of an environment variable, which must be set.",
    )


class ProviderDisabled(RuleBroken):
    """The tenant has not switched this way of paying on; nothing is sent."""

    code = "provider_disabled"
    text = Text(
        "Kommunen har ikke slået »{identifier}« til.",
        "The municipality has not switched “{identifier}” on.",
    )


@dataclass(frozen=True, slots=True)
class TenantProviders:
    """What one tenant pays, books and tells people with; a card issuer only where it has one.

    `outgoing_responses` is the folder from which the access point fetches answers to suppliers.
    """

    ledger_export: LedgerExport
    payout_providers: Mapping[str, PayoutProvider]
    card_issuers: Mapping[str, CardIssuer] = field(default_factory=dict)
    notifiers: Mapping[str, Notifier] = field(default_factory=dict)
    outgoing_responses: Path = Path("outgoing-responses")

    def payout_provider(self, identifier: str) -> PayoutProvider:
        """Return the provider that pays; raise `ProviderDisabled`."""
        provider = self.payout_providers.get(identifier)
        if provider is None:
            raise ProviderDisabled(where="provider", identifier=identifier)
        return provider

    def card_issuer(self, identifier: str) -> CardIssuer:
        """Return the issuer of cards; raise `ProviderDisabled`."""
        issuer = self.card_issuers.get(identifier)
        if issuer is None:
            raise ProviderDisabled(where="card_issuer", identifier=identifier)
        return issuer


def configure_tenant(tenant: Tenant, registry: PluginRegistry, files: Path) -> TenantProviders:
    """Make the providers that `tenant` has switched on; `files` is the folder for provider files.

    Raises a `SetupInvalid` that names the tenant and what is missing.
    """
    export_kind = registry.ledger_exports.get(tenant.ledger_export.identifier)
    if export_kind is None:
        raise _not_installed(tenant, tenant.ledger_export)
    export = export_kind.configure(_context(tenant, tenant.ledger_export, export_kind.settings, files))
    make = partial(_switched_on, tenant, files, export)
    return TenantProviders(
        export,
        make(tenant.payout_providers, registry.payout_providers),
        make(tenant.card_issuers, registry.card_issuers),
        make(tenant.notifiers, registry.notifiers),
        files / tenant.slug / "outgoing-responses",
    )


def install_providers(app: Flask, providers: Mapping[UUID, TenantProviders]) -> None:
    """Give `app` the providers of every tenant."""
    app.extensions[_EXTENSION] = providers


def tenant_providers() -> TenantProviders:
    """Return the providers of the tenant being worked for."""
    everyone: Mapping[UUID, TenantProviders] = current_app.extensions[_EXTENSION]
    return everyone[current_tenant_id()]


def _switched_on(
    tenant: Tenant,
    files: Path,
    export: LedgerExport,
    choices: Sequence[ProviderChoice],
    kinds: Mapping[str, Kind[Made_co]],
) -> dict[str, Made_co]:
    """Make those of the chosen providers that are not disabled, by identifier."""
    made: dict[str, Made_co] = {}
    for choice in choices:
        kind = kinds.get(choice.identifier)
        if kind is None:
            raise _not_installed(tenant, choice)
        if choice.mode is not Mode.DISABLED:
            context = _context(tenant, choice, kind.settings, files, ledger_export=export)
            made[choice.identifier] = kind.configure(context)
    return made


def _not_installed(tenant: Tenant, choice: ProviderChoice) -> PluginNotInstalled:
    return PluginNotInstalled(
        where=f"{tenant.slug}/tenant.toml", tenant=tenant.slug, identifier=choice.identifier
    )


def _context(
    tenant: Tenant,
    choice: ProviderChoice,
    wanted: Sequence[Setting],
    files: Path,
    *,
    ledger_export: LedgerExport | None = None,
) -> ProviderContext:
    return ProviderContext(
        tenant_id=tenant.id,
        tenant_slug=tenant.slug,
        mode=choice.mode,
        settings=_settings(tenant, choice, wanted),
        files=files / tenant.slug / choice.identifier,
        ledger_export=ledger_export,
    )


def _settings(tenant: Tenant, choice: ProviderChoice, wanted: Sequence[Setting]) -> dict[str, str]:
    """Read the settings from the tenant file; a secret's value there names an environment variable."""
    found: dict[str, str] = {}
    for setting in wanted:
        value = choice.settings.get(setting.name, setting.default)
        if setting.secret and value is not None:
            value = os.environ.get(value) or None
        if value is None and setting.required:
            raise SettingMissing(
                where=f"{tenant.slug}/tenant.toml",
                tenant=tenant.slug,
                identifier=choice.identifier,
                setting=setting.name,
            )
        if value is not None:
            found[setting.name] = value
    return found

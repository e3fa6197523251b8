"""What a provider is given when a tenant switches it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.kernel.errors import SetupInvalid
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from raaderum.plugin_api.ledger_exports import LedgerExport


class Mode(StrEnum):
    """How far a provider may go for a tenant. A provider that is not named is disabled."""

    DISABLED = "disabled"
    SANDBOX = "sandbox"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a plugin: its name in the tenant file, what it is for, whether it is a secret.

    A secret's value in the tenant file is the name of an environment variable, never the secret.
    """

    name: str
    description: Text
    required: bool = True
    secret: bool = False
    default: str | None = None


class SettingsInvalid(SetupInvalid):
    """A provider cannot work with the settings that the tenant file gives it."""

    code = "settings_invalid"
    text = Text(
        "Indstillingen {setting} kan ikke bruges: {reason}.",
        "The setting {setting} cannot be used: {reason}.",
    )


@dataclass(frozen=True, slots=True)
class ProviderContext:
    """Everything a provider gets of its tenant: no session, no request, no key of another tenant.

    `settings` hold secrets, so they are not shown when the context is printed.
    `files` is a folder of the provider's own for this tenant, made on demand by `mkdir`.
    `ledger_export` is the tenant's accounting system, for payout providers that pay through it.
    """

    tenant_id: UUID
    tenant_slug: str
    mode: Mode
    settings: Mapping[str, str] = field(repr=False)
    files: Path
    ledger_export: LedgerExport | None = None

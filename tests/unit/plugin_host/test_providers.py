from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from raaderum.kernel.text import Text
from raaderum.plugin_api import Manifest, Mode, PayoutMethod, Setting
from raaderum.plugin_host.providers import (
    PluginNotInstalled,
    ProviderDisabled,
    SettingMissing,
    configure_tenant,
)
from raaderum.plugin_host.registry import PluginRegistry
from raaderum.tenancy.tenant_file import Accounts, ProviderChoice, Tenant

if TYPE_CHECKING:
    from raaderum.plugin_api import ProviderContext

SECRET = "sk_live_do_not_tell"
FILES = Path("files")


class Kind:
    """A kind of provider whose provider is the context it was made with."""

    name = Text("prøve", "sample")
    manifest = Manifest(PayoutMethod.INVOICE)

    def __init__(self, identifier: str, *settings: Setting) -> None:
        self.identifier = identifier
        self.settings = settings

    def configure(self, context: ProviderContext) -> Any:  # noqa: ANN401 - a stand-in for any provider
        return context


API_KEY = Setting("api_key", Text("Nøglen", "The key"), secret=True)
CURRENCY = Setting("currency", Text("Valuta", "Currency"), required=False, default="DKK")
NOTE = Setting("note", Text("Note", "Note"), required=False)
REGISTRY = PluginRegistry(
    target_groups={},
    payout_providers={"card": Kind("card", API_KEY, CURRENCY, NOTE), "plain": Kind("plain")},
    ledger_exports={"file": Kind("file")},
    invoice_readers={},
)


def choice(identifier: str, mode: Mode = Mode.SANDBOX, **settings: str) -> ProviderChoice:
    return ProviderChoice(identifier, mode, settings)


TENANT = Tenant(
    id=UUID(int=1),
    slug="landsby",
    name="Landsby Kommune",
    municipality_code=999,
    languages=("da",),
    ledger_export=choice("file"),
    payout_providers=(choice("card", api_key="LANDSBY_KEY"),),
    invoices_paid_by="card",
    accounts=Accounts("2", MappingProxyType({})),
)


def test_a_provider_gets_what_belongs_to_its_tenant_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDSBY_KEY", SECRET)
    made = configure_tenant(TENANT, REGISTRY, FILES)
    context: Any = made.payout_provider("card")
    assert (context.tenant_id, context.tenant_slug, context.mode) == (UUID(int=1), "landsby", Mode.SANDBOX)
    assert context.settings == {"api_key": SECRET, "currency": "DKK"}
    assert context.files == FILES / "landsby" / "card"
    assert context.ledger_export is made.ledger_export


def test_a_secret_is_read_from_the_environment_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDSBY_KEY", SECRET)
    made = configure_tenant(TENANT, REGISTRY, FILES)
    assert SECRET not in f"{made} {made!r} {TENANT!r} {made.payout_provider('card')!r}"


@pytest.mark.parametrize("value", [None, ""])
def test_a_secret_that_is_not_in_the_environment_stops_the_start(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANDSBY_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("LANDSBY_KEY", value)
    with pytest.raises(SettingMissing) as refused:
        configure_tenant(TENANT, REGISTRY, FILES)
    assert refused.value.where == "landsby/tenant.toml"
    told = refused.value.message.danish
    assert "landsby: »card« mangler indstillingen api_key" in told
    assert "miljøvariabel, som skal være sat" in told


def test_a_required_setting_that_the_file_lacks_stops_the_start() -> None:
    with pytest.raises(SettingMissing, match="lacks the setting api_key"):
        configure_tenant(replace(TENANT, payout_providers=(choice("card"),)), REGISTRY, FILES)


@pytest.mark.parametrize(
    "tenant",
    [
        replace(TENANT, ledger_export=choice("sap")),
        replace(TENANT, payout_providers=(choice("sap"),)),
        replace(TENANT, payout_providers=(choice("sap", Mode.DISABLED),)),
    ],
)
def test_a_name_that_no_plugin_offers_stops_the_start(tenant: Tenant) -> None:
    with pytest.raises(PluginNotInstalled) as refused:
        configure_tenant(tenant, REGISTRY, FILES)
    told = "landsby bruger »sap«, men intet installeret plugin tilbyder det. Installer pluginet."
    assert refused.value.message.danish == told


def test_a_disabled_provider_needs_no_settings_and_pays_nothing() -> None:
    made = configure_tenant(
        replace(TENANT, payout_providers=(choice("card", Mode.DISABLED), choice("plain"))), REGISTRY, FILES
    )
    assert set(made.payout_providers) == {"plain"}
    with pytest.raises(ProviderDisabled) as refused:
        made.payout_provider("card")
    assert "ikke slået »card« til" in refused.value.message.danish

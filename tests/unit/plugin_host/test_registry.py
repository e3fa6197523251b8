from __future__ import annotations

from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel.text import Text
from raaderum.plugin_api import API_VERSION, hookimpl
from raaderum.plugin_host import registry
from raaderum.plugin_host.registry import IdentifierTaken, PluginBroken, PluginRegistry, PluginVersionUnfit

if TYPE_CHECKING:
    from collections.abc import Callable

MAJOR, MINOR = API_VERSION.split(".")


def plugin(**hooks: Callable[[], Any]) -> Any:  # noqa: ANN401 - a plugin is any object with hooks
    answers = {**version(API_VERSION), **hooks}
    return SimpleNamespace(**{name: hookimpl(answer) for name, answer in answers.items()})


def version(written_against: str) -> dict[str, Callable[[], Any]]:
    return {"raaderum_plugin_api_version": lambda: written_against}


def nothing() -> list[Any]:
    return []


def offer(identifier: str) -> SimpleNamespace:
    return SimpleNamespace(identifier=identifier, name=Text(identifier, identifier), settings=())


def collect(*plugins: Any) -> PluginRegistry:  # noqa: ANN401 - the same
    return PluginRegistry.collect((f"plugin-{number}", one) for number, one in enumerate(plugins))


def test_what_the_plugins_offer_is_found_by_its_identifier() -> None:
    found = collect(
        plugin(raaderum_target_groups=lambda: [offer("young"), offer("exposed")]),
        plugin(
            raaderum_target_groups=lambda: [offer("old")],
            raaderum_payout_providers=lambda: [offer("card")],
            raaderum_ledger_exports=lambda: [offer("file")],
            raaderum_invoice_readers=lambda: [offer("ubl")],
        ),
        plugin(),
    )
    assert list(found.target_groups) == ["exposed", "old", "young"]
    offers = (found.payout_providers, found.ledger_exports, found.invoice_readers)
    assert [list(one) for one in offers] == [["card"], ["file"], ["ubl"]]


def test_without_plugins_nothing_is_offered() -> None:
    assert not any((collect().target_groups, collect().payout_providers, collect().invoice_readers))


@pytest.mark.parametrize(
    "written_against",
    [
        f"{int(MAJOR) + 1}.0",
        f"{int(MAJOR) - 1}.0",
        f"{MAJOR}.{int(MINOR) + 1}",
        MAJOR,
        f"{MAJOR}.",
        f"{MAJOR}.x",
        f"{MAJOR}.0.0",
        "",
        "newest",
    ],
)
def test_a_plugin_for_another_version_stops_the_start(written_against: str) -> None:
    with pytest.raises(PluginVersionUnfit) as refused:
        collect(plugin(**version(written_against)))
    told = refused.value.message.danish
    assert "plugin-0 er skrevet til plugin-API" in told
    assert f"her er {API_VERSION}. Opdater pluginet" in told


@pytest.mark.parametrize("minor", range(int(MINOR) + 1))
def test_a_plugin_for_an_earlier_minor_version_is_welcome(minor: int) -> None:
    offered = plugin(**version(f"{MAJOR}.{minor}"), raaderum_target_groups=lambda: [offer("young")])
    assert list(collect(offered).target_groups) == ["young"]


def test_a_plugin_without_a_version_stops_the_start() -> None:
    with pytest.raises(PluginBroken) as refused:
        collect(SimpleNamespace(raaderum_target_groups=hookimpl(nothing)))
    assert refused.value.message.danish == (
        "Pluginet plugin-0 kan ikke indlæses: raaderum_plugin_api_version is missing. "
        "Fjern eller opdater det."
    )


def test_a_hook_that_does_not_exist_stops_the_start() -> None:
    with pytest.raises(PluginBroken, match="raaderum_targetgroups"):
        collect(plugin(raaderum_targetgroups=nothing))


def test_a_hook_of_a_later_version_is_told_as_a_matter_of_version() -> None:
    with pytest.raises(PluginVersionUnfit):
        collect(plugin(**version(f"{int(MAJOR) + 1}.0"), raaderum_something_new=nothing))


def test_a_hook_with_other_arguments_stops_the_start() -> None:
    def raaderum_target_groups(session: object) -> list[object]:
        return [session]

    with pytest.raises(PluginBroken, match="session"):
        collect(plugin(raaderum_target_groups=raaderum_target_groups))  # type: ignore[arg-type] # that is the fault


@pytest.mark.parametrize(
    "hook",
    [
        "raaderum_target_groups",
        "raaderum_payout_providers",
        "raaderum_ledger_exports",
        "raaderum_invoice_readers",
    ],
)
def test_two_offers_under_one_identifier_stop_the_start(hook: str) -> None:
    with pytest.raises(IdentifierTaken) as refused:
        collect(plugin(**{hook: lambda: [offer("same")]}), plugin(**{hook: lambda: [offer("same")]}))
    assert refused.value.message.danish == f"To plugins tilbyder begge »same« ({hook}). Fjern det ene."


def test_the_same_identifier_for_two_kinds_of_offer_is_no_conflict() -> None:
    same = plugin(
        raaderum_payout_providers=lambda: [offer("file")], raaderum_ledger_exports=lambda: [offer("file")]
    )
    assert "file" in collect(same).payout_providers


@pytest.mark.parametrize("hook", ["raaderum_plugin_api_version", "raaderum_target_groups"])
def test_a_hook_that_fails_stops_the_start_and_names_the_plugin(hook: str) -> None:
    def fail() -> str:
        raise RuntimeError("no licence")

    healthy = plugin(raaderum_target_groups=lambda: [offer("young")])
    with pytest.raises(PluginBroken) as refused:
        collect(healthy, plugin(**{hook: fail}))
    assert "plugin-1 kan ikke indlæses: no licence" in refused.value.message.danish


def test_a_plugin_that_cannot_be_imported_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint(name="torn", value="no_such_module_anywhere", group="raaderum.plugins")
    monkeypatch.setattr(registry, "entry_points", lambda *, group: [point] if group else [])
    with pytest.raises(PluginBroken) as refused:
        PluginRegistry.load_installed()
    assert (refused.value.where, refused.value.values["plugin"]) == ("no_such_module_anywhere", "torn")
    assert "Fjern eller opdater det" in refused.value.message.danish

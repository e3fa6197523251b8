"""One of the four municipalities with staff, citizens and purchases, made by the acts that lead there."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.bootstrap import create_app
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants
from raaderum.testing.cases import approved_purchase, case_with_grant
from raaderum.testing.municipality import Municipality, hire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask import Flask

    from raaderum.plugin_host.registry import PluginRegistry
    from raaderum.purchases.tables import Purchase
    from raaderum.settings import Settings

SLUG: Final = "halsnaes"
PRICE: Final = Oere(1_000_00)


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality at work, in the application that serves it."""

    app: Flask
    municipality: Municipality
    purchases: Sequence[Purchase]


@contextmanager
def town_at_work(settings: Settings, *, cases: int, registry: PluginRegistry | None = None) -> Iterator[Town]:
    """Give a municipality that is being worked for, with this many cases of one open purchase each."""
    app = create_app(settings, registry=registry)
    with app.app_context(), working_for(tenants().by_slug(SLUG).id):
        municipality = _staffed()
        purchases = [approved_purchase(case_with_grant(municipality), PRICE) for _ in range(cases)]
        yield Town(app, municipality, purchases)


def _staffed() -> Municipality:
    return Municipality(
        tenants().by_slug(SLUG),
        support_person=hire("Signe Støtte", Role.SUPPORT_PERSON),
        coordinator=hire("Karen Koordinator", Role.COORDINATOR),
        team_leader=hire("Torben Teamleder", Role.TEAM_LEADER),
        finance_officer=hire("Frida Finans", Role.FINANCE_OFFICER),
        administrator=hire("Anders Administrator", Role.ADMINISTRATOR),
    )

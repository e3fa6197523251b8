"""A municipality of a test's own: nobody else's rows can be seen from it, so tests need no cleaning up."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from raaderum.audit.actor import SYSTEM, Actor
from raaderum.bootstrap import configured_providers
from raaderum.people.roles import Role
from raaderum.people.service import register_staff
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_host.installed import plugins
from raaderum.plugin_host.providers import install_providers
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.tenancy.context import working_for
from raaderum.tenancy.directory import TenantDirectory
from raaderum.tenancy.installed import install_tenants, tenants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from flask import Flask

    from raaderum.tenancy.tenant_file import Tenant


@dataclass(frozen=True, slots=True)
class Municipality:
    """A tenant with one member of staff in each role a case needs."""

    tenant: Tenant
    support_person: Actor
    coordinator: Actor
    team_leader: Actor
    finance_officer: Actor
    administrator: Actor

    @property
    def id(self) -> UUID:
        """The tenant's id."""
        return self.tenant.id

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work for this municipality within the block."""
        with working_for(self.id):
            yield


def found_municipality(app: Flask, *, like: str, files: Path) -> Municipality:
    """Add a municipality with the rules of the tenant `like` to the running application.

    To be called within the application's context.
    """
    tenant = _add_tenant(app, like, files)
    with working_for(tenant.id):
        return Municipality(
            tenant,
            support_person=hire("Signe Støtte", Role.SUPPORT_PERSON),
            coordinator=hire("Karen Koordinator", Role.COORDINATOR),
            team_leader=hire("Torben Teamleder", Role.TEAM_LEADER),
            finance_officer=hire("Frida Finans", Role.FINANCE_OFFICER),
            administrator=hire("Anders Administrator", Role.ADMINISTRATOR),
        )


def hire(name: str, *roles: Role) -> Actor:
    """Register a member of staff of the current tenant; return them acting in the first role."""
    with unit_of_work() as session:
        staff = register_staff(session, name=name, email=f"{uuid4()}@kommune.example", roles=roles, by=SYSTEM)
        return Actor(staff.id, roles[0])


def _add_tenant(app: Flask, like: str, files: Path) -> Tenant:
    model = tenants().by_slug(like)
    tenant = replace(model, id=uuid4(), slug=f"{like}-{uuid4().hex[:8]}")
    directory = TenantDirectory((*tenants().tenants, tenant))
    # A test that is about places sets a capacity itself; all others have as many cases as they like.
    own_programmes = [
        replace(one, tenant_slug=tenant.slug, capacity_per_year=None) for one in programmes().of_tenant(like)
    ]
    install_tenants(app, directory)
    install_programmes(app, ProgrammeDirectory((*programmes(), *own_programmes)))
    install_providers(app, configured_providers(directory, plugins(), files))
    return tenant

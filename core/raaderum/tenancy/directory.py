"""All municipalities of the installation, read once at start from the folder `tenants/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.kernel.errors import NotFound, SetupInvalid
from raaderum.kernel.text import Text
from raaderum.tenancy.setup_file import SetupTable
from raaderum.tenancy.tenant_file import FILE_NAME, Tenant, read_tenant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEFAULTS: Final = "_defaults.toml"


class UnknownTenant(NotFound):
    """No municipality of this installation goes by that slug or id."""

    code = "unknown_tenant"
    text = Text(
        "Kommunen findes ikke her. Se efter, om navnet er skrevet rigtigt, for eksempel »aarhus«.",
        "The municipality is not known here. Check that its name is written right, for example “aarhus”.",
    )


class NoTenants(SetupInvalid):
    """The folder holds no municipality."""

    code = "no_tenants"
    text = Text(
        "Mappen {folder} indeholder ingen kommuner. Opret {folder}/<kommune>/tenant.toml.",
        "The folder {folder} holds no municipality. Write {folder}/<municipality>/tenant.toml.",
    )


class TenantTwice(SetupInvalid):
    """Two municipalities share what must be one's own."""

    code = "tenant_twice"
    text = Text(
        "{file} og {other} har samme {key}. Giv den ene sin egen.",
        "{file} and {other} have the same {key}. Give one of them its own.",
    )


class TenantDirectory:
    """The municipalities, in the order of their slugs; never changes while the application runs."""

    def __init__(self, tenants: Iterable[Tenant]) -> None:
        self.tenants = tuple(sorted(tenants, key=lambda tenant: tenant.slug))
        self._by_slug: dict[str, Tenant] = {}
        self._by_id: dict[UUID, Tenant] = {}
        for tenant in self.tenants:
            _refuse_second(tenant, self._by_slug.setdefault(tenant.slug, tenant), "slug")
            _refuse_second(tenant, self._by_id.setdefault(tenant.id, tenant), "id")

    @classmethod
    def load(cls, folder: Path) -> TenantDirectory:
        """Read every `<slug>/tenant.toml` in `folder`, with `_defaults.toml` under each.

        Folders whose name begins with `_` or `.` are passed over. Raises a `SetupInvalid` that
        names the file from the folder on, the key and what to write.
        """
        defaults_file = folder / DEFAULTS
        defaults = (
            SetupTable.read(defaults_file, called=DEFAULTS)
            if defaults_file.exists()
            else SetupTable(DEFAULTS, {})
        )
        folders = sorted(folder.iterdir()) if folder.is_dir() else []
        tenants = [read_tenant(one, defaults) for one in folders if one.is_dir() and one.name[0] not in "_."]
        if not tenants:
            raise NoTenants(where=str(folder), folder=folder.name)
        return cls(tenants)

    def by_slug(self, slug: str) -> Tenant:
        """Return the municipality with this slug; raise `UnknownTenant`."""
        tenant = self._by_slug.get(slug)
        if tenant is None:
            raise UnknownTenant(where="slug")
        return tenant

    def by_id(self, tenant_id: UUID) -> Tenant:
        """Return the municipality with this id; raise `UnknownTenant`."""
        tenant = self._by_id.get(tenant_id)
        if tenant is None:
            raise UnknownTenant(where="id")
        return tenant


def _refuse_second(tenant: Tenant, first: Tenant, key: str) -> None:
    if first is not tenant:
        file, other = f"{tenant.slug}/{FILE_NAME}", f"{first.slug}/{FILE_NAME}"
        raise TenantTwice(where=file, file=file, other=other, key=key)

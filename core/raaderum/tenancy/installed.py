"""The tenants of the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.tenancy.directory import TenantDirectory
    from raaderum.tenancy.tenant_file import Tenant

_EXTENSION: Final = "raaderum_tenants"


def install_tenants(app: Flask, directory: TenantDirectory) -> None:
    """Give `app` the directory of municipalities."""
    app.extensions[_EXTENSION] = directory


def tenants() -> TenantDirectory:
    """Return the directory of the running application."""
    directory: TenantDirectory = current_app.extensions[_EXTENSION]
    return directory


def current_tenant() -> Tenant:
    """Return the municipality being worked for; raise `TenantMissing`."""
    return tenants().by_id(current_tenant_id())

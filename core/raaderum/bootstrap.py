"""Puts the application together: the only module that knows every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import make_url

from raaderum.mapped_tables import metadata
from raaderum.persistence.chosen_file_store import chosen_file_store
from raaderum.persistence.connections import ENGINE_OPTIONS, guard_connections
from raaderum.persistence.database import db
from raaderum.persistence.doorbell import install_doorbell
from raaderum.persistence.file_store import install_file_store
from raaderum.persistence.provisioning import refuse_absent, refuse_mighty_role, refuse_unmigrated
from raaderum.persistence.sealing import MasterKey
from raaderum.persistence.tenant_keys import install_keyring
from raaderum.plans.guideline_rules import check_guideline_categories
from raaderum.plugin_host.installed import install_plugins
from raaderum.plugin_host.providers import TenantProviders, configure_tenant, install_providers
from raaderum.plugin_host.registry import PluginRegistry
from raaderum.portal.blueprint import register_portal
from raaderum.programmes.directory import ProgrammeDirectory, check_names
from raaderum.programmes.installed import install_programmes
from raaderum.tenancy.directory import TenantDirectory
from raaderum.tenancy.installed import install_tenants
from raaderum.web.application import register_api
from raaderum.worker.queue import QueueDoorbell

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from raaderum.settings import Settings


def create_app(settings: Settings, *, registry: PluginRegistry | None = None) -> Flask:
    """Return the whole application: API and portal over every room, ready to serve or to work.

    Refuses to start, with an error that says what to mend, where a tenant file, plugin, key,
    role or database is not as it must be.
    """
    app = create_worker(settings, registry=registry)
    register_api(app)
    register_portal(app, demo=settings.demo)
    return app


def create_worker(settings: Settings, *, registry: PluginRegistry | None = None) -> Flask:
    """Return the application without its web side, for workers and commands."""
    app = Flask("raaderum")
    app.extensions["raaderum_tables"] = metadata
    _connect_database(app, settings)
    install_keyring(app, MasterKey.read(settings.master_key_file))
    install_file_store(app, chosen_file_store(settings.file_store, files_folder=settings.files_folder))
    install_doorbell(app, QueueDoorbell(settings.queue_url))
    _install_municipalities(app, settings, registry or PluginRegistry.load_installed())
    return app


def _connect_database(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = make_url(settings.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = dict(ENGINE_OPTIONS)
    db.init_app(app)
    with app.app_context():
        guard_connections(db.engine)
        refuse_absent(db.engine)
        refuse_mighty_role(db.engine)
        refuse_unmigrated(db.engine)


def _install_municipalities(app: Flask, settings: Settings, registry: PluginRegistry) -> None:
    tenants = TenantDirectory.load(settings.tenants_folder)
    programmes = ProgrammeDirectory.load(settings.tenants_folder, tenants)
    check_guideline_categories(tenants.tenants)
    ways_of_paying = {*registry.payout_providers, *registry.card_issuers}
    check_names(programmes, registry.target_groups.keys(), ways_of_paying)
    install_plugins(app, registry)
    install_tenants(app, tenants)
    install_programmes(app, programmes)
    install_providers(app, configured_providers(tenants, registry, settings.files_folder))


def configured_providers(
    tenants: TenantDirectory, registry: PluginRegistry, files: Path
) -> dict[UUID, TenantProviders]:
    """Make the providers of every municipality; `files` is the folder for providers' own files."""
    return {tenant.id: configure_tenant(tenant, registry, files) for tenant in tenants.tenants}

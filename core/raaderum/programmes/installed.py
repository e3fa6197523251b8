"""The programmes of the running application, seen from the tenant being worked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

from raaderum.programmes import rules
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from flask import Flask

    from raaderum.programmes.directory import ProgrammeDirectory
    from raaderum.programmes.rules import ProgrammeVersion

_EXTENSION: Final = "raaderum_programmes"


def install_programmes(app: Flask, directory: ProgrammeDirectory) -> None:
    """Give `app` the directory of programmes."""
    app.extensions[_EXTENSION] = directory


def programmes() -> ProgrammeDirectory:
    """Return the directory of the running application."""
    directory: ProgrammeDirectory = current_app.extensions[_EXTENSION]
    return directory


def programme_in_force(programme: str, *, on: date) -> ProgrammeVersion:
    """Return the rules that a new enrolment begins under; raise for an unknown or expired programme."""
    return programmes().version_in_force(current_tenant().slug, programme, on=on)


def newest_rules(programme: str, *, on: date) -> ProgrammeVersion:
    """Return the newest version that has begun by a day, else the first; also where it takes nobody now."""
    versions = programmes().versions_of(current_tenant().slug, programme)
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else versions[0]


def rules_of(programme: str, valid_from: date) -> ProgrammeVersion:
    """Return the version of the rules that an enrolment is pinned to."""
    return programmes().pinned(current_tenant().slug, programme, valid_from)


def programme_id(programme: str) -> UUID:
    """Return the id that stands for a programme of the current tenant in the books.

    Raises `ProgrammeUnknown`: money is never set aside under a name that nobody has heard of.
    """
    tenant = current_tenant()
    programmes().versions_of(tenant.slug, programme)
    return rules.programme_id(tenant, programme)

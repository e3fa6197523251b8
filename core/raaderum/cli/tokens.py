"""Tokens for programs that use the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from sqlalchemy import select

from raaderum.bootstrap import create_worker
from raaderum.cli.options import state_option, tenant_option
from raaderum.installation import opened_installation
from raaderum.kernel.errors import NotFound
from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import Role
from raaderum.people.service import require_staff_role
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@tenant_option
@state_option
@click.option("--email", required=True, help="The member of staff that the program acts for.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
def token(tenant_slug: str, state_folder: Path, email: str, role: str) -> None:
    """Issue an API token for a member of staff in one role; it is shown this once."""
    with (
        opened_installation(state_folder) as installation,
        create_worker(installation.settings).app_context(),
        working_for(tenants().by_slug(tenant_slug).id),
        unit_of_work() as session,
    ):
        person_id = session.scalar(select(Staff.id).where(Staff.email == email.strip().lower()))
        if person_id is None:
            raise NotFound(where="email")
        require_staff_role(session, person_id, Role(role))
        click.echo(issue_token(session, person_id=person_id, role=Role(role), purpose=Purpose.API))

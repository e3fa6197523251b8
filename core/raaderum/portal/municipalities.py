"""The front page: the municipalities of this installation."""

from __future__ import annotations

from raaderum.portal.languages import chosen_language
from raaderum.portal.rendering import render_outside
from raaderum.tenancy.installed import tenants


def show_municipalities() -> str:
    """Show the municipalities, each with the way to its sign-in page."""
    by_name = sorted(tenants().tenants, key=lambda tenant: tenant.name)
    return render_outside("municipalities.html", chosen_language(), municipalities=by_name)

"""How much each member of staff has to do, and how long a request waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework.load import load_of_staff
from raaderum.people.roles import ROLE_NAMES
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.portal.visits import Visit


def show_load(visit: Visit, session: Session) -> str:
    """Show the load of every support person and of those who decide."""
    return render("load.html", visit, loads=load_of_staff(session, by=visit.actor), role_names=ROLE_NAMES)

"""Payments that need somebody: those that failed, and those of which nobody knows yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.payouts import service as payouts
from raaderum.payouts.rules import PAYOUT_STATE_NAMES
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_payouts(visit: Visit, session: Session) -> str:
    """Show the payments that need somebody, oldest first."""
    return render(
        "payouts.html",
        visit,
        in_need=payouts.payouts_in_need(session),
        states=PAYOUT_STATE_NAMES,
    )


def retry_payout(visit: Visit, _typed: Typed, payout_id: UUID) -> Response:
    """Have a failed payment sent again."""
    with unit_of_work() as session:
        payouts.retry_payout(session, payout_id, by=visit.actor)
    return visit.go_to("show_payouts")

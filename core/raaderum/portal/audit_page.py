"""The log: who did, saw or changed what, and the proof that none of it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from raaderum.audit.service import first_break
from raaderum.portal.addresses import asked_number
from raaderum.portal.rendering import render
from raaderum.portal.timeline import log_before

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.portal.visits import Visit

_ENTRIES_A_PAGE: Final = 50


def show_audit(visit: Visit, session: Session) -> str:
    """Show a page of the log; the whole chain is recomputed where that is asked for, for it takes time."""
    happenings = log_before(session, asked_number("foer"), most=_ENTRIES_A_PAGE + 1)
    shown = happenings[:_ENTRIES_A_PAGE]
    is_proof_wanted = request.args.get("efterproev") == "ja"
    return render(
        "audit.html",
        visit,
        happenings=shown,
        is_proved=is_proof_wanted,
        first_break=first_break(session) if is_proof_wanted else None,
        next_before=shown[-1].entry.sequence if len(happenings) > len(shown) else None,
    )

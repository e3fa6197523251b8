"""The proof of the books: whether ledger, providers and bank agree, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from raaderum.kernel import clock
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.addresses import asked_id
from raaderum.portal.rendering import render
from raaderum.reconciliation import proof
from raaderum.reconciliation.proof_rules import (
    AGAINST_NAMES,
    LEFT_ADVICE,
    LEFT_NAMES,
    Against,
    Left,
)

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit
    from raaderum.reconciliation.tables import ProofRun

_ROWS_A_PAGE: Final = 20


def show_proofs(visit: Visit, session: Session) -> str:
    """Show the newest proof whole, and those before it."""
    rows = proof.proofs(session, asked_id("foer"), most=_ROWS_A_PAGE + 1, by=visit.actor)
    shown = rows[:_ROWS_A_PAGE]
    return render(
        "proofs.html",
        visit,
        proofs=shown,
        next_before=shown[-1].id if len(rows) > len(shown) else None,
        **_told(visit, shown[0] if shown else None),
    )


def show_proof(visit: Visit, session: Session, proof_id: UUID) -> str:
    """Show one proof whole."""
    run = proof.get_proof(session, proof_id, by=visit.actor)
    return render("proof.html", visit, **_told(visit, run))


def prove_now(visit: Visit, typed: Typed) -> Response:
    """Prove the books of the days that were typed."""
    today = clock.today()
    first_day, last_day = typed.day("first_day") or today, typed.day("last_day") or today
    with unit_of_work() as session:
        run_id = proof.prove(session, first_day=first_day, last_day=last_day, by=visit.actor).id
    return visit.go_to("show_proof", proof_id=run_id)


def _told(visit: Visit, run: ProofRun | None) -> dict[str, Any]:
    """Return a proof as the page shows it: the remainders with where each leads to."""
    if run is None:
        return {"proof": None}
    return {
        "proof": run,
        "comparisons": run.figures["comparisons"],
        "breaches": {name: count for name, count in run.figures["breaches"].items() if count},
        "silent": run.figures["silent_providers"],
        "remainders": [(one, _way_to(visit, one)) for one in run.remainders],
        "against": {kind.value: AGAINST_NAMES[kind] for kind in Against},
        "lefts": {left.value: LEFT_NAMES[left] for left in Left},
        "advice": {left.value: LEFT_ADVICE[left] for left in Left},
    }


def _way_to(visit: Visit, remainder: dict[str, Any]) -> str | None:
    """Return the address of the page that shows the thing, for whoever may see it."""
    thing_id = remainder["thing_id"]
    match remainder["thing"]:
        case "line" if visit.may("see_statements"):
            return visit.to("show_bank_line", bank_line_id=thing_id)
        case "enrolment":
            return visit.to("show_trail", enrolment_id=thing_id)
        case "payout" | "refund":
            return visit.to("show_payouts")
        case "statement" if visit.may("see_statements"):
            return visit.to("show_bank")
        case _:
            return None

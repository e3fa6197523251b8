"""Payment runs: states, what is checked before a transfer goes along, and the refusals; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, RuleBroken
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


class RunState(StrEnum):
    """Where a run is. The first three are under way: the database allows one such per programme."""

    READY = "ready"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"
    CANCELLED = "cancelled"


UNDER_WAY: Final = (RunState.READY, RunState.SENDING, RunState.UNKNOWN)
RUN_STATE_NAMES: Final[Mapping[RunState, Text]] = {
    RunState.READY: Text("klar, endnu ikke sendt", "ready, not sent yet"),
    RunState.SENDING: Text("er ved at blive sendt", "being sent"),
    RunState.UNKNOWN: Text("vi undersøger, om den er sendt", "we are finding out whether it was sent"),
    RunState.SENT: Text("sendt", "sent"),
    RunState.REFUSED: Text("afvist, intet er sendt", "refused, nothing was sent"),
    RunState.CANCELLED: Text("annulleret, intet er sendt", "cancelled, nothing was sent"),
}


class RunFinding(StrEnum):
    """Why a transfer does not go along."""

    ENROLMENT_ENDED = "enrolment_ended"
    OWN_REQUEST = "own_request"
    PAYEE_INCOMPLETE = "payee_incomplete"
    ABOVE_LIMIT = "above_limit"
    RUN_FULL = "run_full"


RUN_FINDING_TEXTS: Final[Mapping[RunFinding, Text]] = {
    RunFinding.ENROLMENT_ENDED: Text(
        "Forløbet er ikke i gang. Frigiv købet på sagen.",
        "The enrolment is not under way. Release the purchase on the case.",
    ),
    RunFinding.OWN_REQUEST: Text(
        "Du har selv bedt om den. En anden skal starte kørslen.",
        "You asked for it yourself. Somebody else must start the run.",
    ),
    RunFinding.PAYEE_INCOMPLETE: Text(
        "Modtageren er ikke fuldstændig, eller betalingsmåden kan ikke nå den. Ret det på sagen.",
        "The payee is incomplete, or this way of paying cannot reach it. Mend it on the case.",
    ),
    RunFinding.ABOVE_LIMIT: Text(
        "Beløbet er over grænsen for én overførsel.", "The amount is above the limit of one transfer."
    ),
    RunFinding.RUN_FULL: Text(
        "Kørslen er fuld; den kommer med i den næste.", "The run is full; it goes along in the next."
    ),
}


class RunUnderWay(Conflict):
    """Another run of the programme has not been sent yet."""

    code = "run_under_way"
    text = Text(
        "En anden betalingskørsel for ordningen er i gang. Vent, til den er sendt, eller annuller den.",
        "Another payment run of the programme is under way. Wait until it is sent, or cancel it.",
    )


class NothingToRun(RuleBroken):
    """No transfer passes the checks."""

    code = "nothing_to_run"
    text = Text(
        "Der er ingen godkendte overførsler, der kan sendes nu. Se listen over, hvad der mangler.",
        "There are no approved transfers that can be sent now. See the list of what is missing.",
    )


class RunMoveForbidden(Conflict):
    """The run is not where the act needs it to be."""

    code = "run_move_forbidden"
    text = Text(
        "Betalingskørslen er »{state}«, så det kan ikke gøres.",
        "The payment run is “{state_english}”, so it cannot be done.",
    )


class RunHasChanged(Conflict):
    """What would be sent is no longer what the dry run showed."""

    code = "run_has_changed"
    text = Text(
        "Der er nu {count} overførsler på {total} at sende. Se dem igennem, og start så.",
        "There are now {count} transfers of {total} to send. Look through them, then start.",
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """An approved, unpaid transfer; `payout_id` where it failed before. It goes along without a finding."""

    purchase_id: UUID
    payout_id: UUID | None
    enrolment_id: UUID
    code: str
    amount: Oere
    finding: RunFinding | None


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """What is known around a candidate. `per_payment` is the lowest limit in øre, None for no limit."""

    amount: Oere
    is_under_way: bool
    is_own: bool
    has_payee: bool
    per_payment: Oere | None


def find_obstacle(facts: CandidateFacts) -> RunFinding | None:
    """Return the weightiest reason why a transfer does not go along."""
    found = {
        RunFinding.ENROLMENT_ENDED: not facts.is_under_way,
        RunFinding.OWN_REQUEST: facts.is_own,
        RunFinding.PAYEE_INCOMPLETE: not facts.has_payee,
        RunFinding.ABOVE_LIMIT: facts.per_payment is not None and facts.amount > facts.per_payment,
    }
    return next((finding for finding in RunFinding if found.get(finding)), None)


def batch_key(run_id: UUID) -> str:
    """Return the idempotency key of a run's one file; what failed goes out in another run."""
    return f"run:{run_id}:1"

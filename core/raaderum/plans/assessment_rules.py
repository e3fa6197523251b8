"""Green, yellow, red: what each asks for, and how a plan moves between them; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.kernel.text import Text
from raaderum.people.roles import Role
from raaderum.plans.assessment_errors import (
    ColourMoveForbidden,
    ColourTooSure,
    ColourUnlikeDoubts,
    CommentsFirst,
    GuardUnexplained,
    NotOfTheTeam,
    TeamNotGathered,
    VotedTwice,
)
from raaderum.plans.rules import Colour

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from raaderum.programmes.rules import ApprovalRules

LONGEST_ASSESSMENT: Final = 20_000


class Judgement(StrEnum):
    """How one question came out."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


JUDGEMENT_NAMES: Final[Mapping[Judgement, Text]] = {
    Judgement.YES: Text("ja", "yes"),
    Judgement.UNSURE: Text("usikker", "unsure"),
    Judgement.NO: Text("nej", "no"),
}


class Criterion(StrEnum):
    """What every plan is assessed on (Aarhus' method description)."""

    REAL_CHANGE = "real_change"
    REALISTIC = "realistic"
    MEANS_FIT_ENDS = "means_fit_ends"


CRITERION_NAMES: Final[Mapping[Criterion, Text]] = {
    Criterion.REAL_CHANGE: Text(
        "Kan planen føre til en væsentlig ændring?", "Can the plan lead to a real change?"
    ),
    Criterion.REALISTIC: Text(
        "Er det realistisk, at borgeren kan gennemføre den?",
        "Is it realistic that this citizen can carry it out?",
    ),
    Criterion.MEANS_FIT_ENDS: Text("Passer midlerne til målene?", "Do the means fit the ends?"),
}


class Guard(StrEnum):
    """What a purchase can bring later; asked of every plan."""

    LATER_DEBT = "later_debt"
    FUTURE_BENEFITS = "future_benefits"


GUARD_NAMES: Final[Mapping[Guard, Text]] = {
    Guard.LATER_DEBT: Text(
        "Kan et køb føre til gæld senere (drift, afdrag, lån)?",
        "Can a purchase lead to debt later (running costs, instalments, loans)?",
    ),
    Guard.FUTURE_BENEFITS: Text(
        "Kan et køb få betydning for fremtidige ydelser?", "Can a purchase affect future benefits?"
    ),
}


class Doubt(StrEnum):
    """What a yellow is unsure of: of one of the two, and sure of the other."""

    PLAN = "plan"
    CITIZEN = "citizen"


DOUBT_NAMES: Final[Mapping[Doubt, Text]] = {
    Doubt.PLAN: Text("sikker på borgeren, usikker på planen", "sure of the citizen, unsure of the plan"),
    Doubt.CITIZEN: Text("sikker på planen, usikker på borgeren", "sure of the plan, unsure of the citizen"),
}


class Vote(StrEnum):
    """What one member of the team said."""

    FOR = "for"
    AGAINST = "against"


class Step(StrEnum):
    """What a proposed plan waits for."""

    ASSESS = "assess"
    DISCUSS = "discuss"
    DECIDE_TOGETHER = "decide_together"
    APPROVE = "approve"


STEP_NAMES: Final[Mapping[Step, Text]] = {
    Step.ASSESS: Text("en vurdering", "an assessment"),
    Step.DISCUSS: Text(
        "kollegers kommentarer, og så grøn eller rød", "colleagues' comments, then green or red"
    ),
    Step.DECIDE_TOGETHER: Text("hele teamets beslutning", "the whole team's decision"),
    Step.APPROVE: Text("at blive godkendt", "approval"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What an assessor has judged: every criterion, and the guards that were answered."""

    criteria: Mapping[Criterion, Judgement]
    guards: Mapping[Guard, Judgement]


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    """A proposed plan, the step it waits for, and until when; `escalated_to` is set once it is late."""

    enrolment_id: UUID
    plan_id: UUID
    step: Step
    due_on: date
    escalated_to: Role | None


ALL_MET: Final = Judged(criteria=dict.fromkeys(Criterion, Judgement.YES), guards={})
"""What the short way to a green says."""

_CAUTION: Final = {Colour.GREEN: 0, Colour.YELLOW: 1, Colour.RED: 2}


def suggested_colour(criteria: Mapping[Criterion, Judgement]) -> Colour:
    """Return the colour that the judgements lead to: one doubt for the plan, one for the citizen."""
    return (Colour.GREEN, Colour.YELLOW, Colour.RED)[len(_doubts(criteria))]


def check_colour(
    colour: Colour, criteria: Mapping[Criterion, Judgement], doubt: Doubt | None
) -> Doubt | None:
    """Return what a yellow is unsure of, None for the others.

    The assessor may be more careful than the judgements, never surer. A yellow that they do not
    explain must say its doubt itself. Raises `ColourTooSure` or `ColourUnlikeDoubts`.
    """
    if _CAUTION[colour] < _CAUTION[suggested_colour(criteria)]:
        raise ColourTooSure(where="colour")
    if colour is not Colour.YELLOW:
        return None
    told = _doubts(criteria)
    found = told[0] if told else doubt
    if found is None or doubt not in {None, found}:
        raise ColourUnlikeDoubts(where="doubt")
    return found


def check_guards(guards: Mapping[Guard, Judgement], words: str) -> None:
    """Raise `GuardUnexplained` where a guard came out other than no, and nobody wrote why that is right."""
    if any(answer is not Judgement.NO for answer in guards.values()) and not words.strip():
        raise GuardUnexplained(where="guard_words")


def check_colour_move(latest: Colour | None, wanted: Colour, *, colleagues_commented: int) -> None:
    """Raise unless a plan may go from its `latest` colour to `wanted`.

    A yellow ends green or red, once a colleague has commented; a red is the team's to decide.
    """
    if latest is Colour.YELLOW and colleagues_commented == 0:
        raise CommentsFirst(where="colour")
    if latest is Colour.RED or (latest is Colour.YELLOW and wanted is Colour.YELLOW):
        raise ColourMoveForbidden(where="colour")


def check_meeting(votes: Sequence[tuple[UUID, Vote]], team: Collection[UUID]) -> bool:
    """Return whether the team approves: more than half of those present are for.

    Raises `NotOfTheTeam` for a voter who is not in `team`, `VotedTwice`, and `TeamNotGathered`
    unless more than half of the team is present.
    """
    present = {staff_id for staff_id, _ in votes}
    if not present <= set(team):
        raise NotOfTheTeam(where="votes")
    if len(present) < len(votes):
        raise VotedTwice(where="votes")
    if 2 * len(present) <= len(team):
        raise TeamNotGathered(where="votes", present=len(present), needed=len(team) // 2 + 1, team=len(team))
    return 2 * sum(vote is Vote.FOR for _, vote in votes) > len(present)


def needs_team_leader(value: int, rules: ApprovalRules) -> bool:
    """Say whether a plan that grants `value` øre more is for a team leader to approve."""
    return rules.team_leader_from_oere is not None and value >= rules.team_leader_from_oere


def step_of(colour: Colour | None) -> Step:
    """Return what a proposed plan waits for under its latest colour."""
    match colour:
        case None:
            return Step.ASSESS
        case Colour.YELLOW:
            return Step.DISCUSS
        case Colour.RED:
            return Step.DECIDE_TOGETHER
        case Colour.GREEN:
            return Step.APPROVE


def due_on(step: Step, since: date, rules: ApprovalRules) -> date:
    """Return the last day of a step that began on `since`; a green has as long as the assessment had."""
    days = {
        Step.ASSESS: rules.assess_days,
        Step.DISCUSS: rules.comment_days,
        Step.DECIDE_TOGETHER: rules.team_days,
        Step.APPROVE: rules.assess_days,
    }
    return since + timedelta(days=days[step])


def escalated_to(due: date, on: date) -> Role | None:
    """Return who hears of a step on that day: the team leader, from the day after it was due."""
    return Role.TEAM_LEADER if due < on else None


def _doubts(criteria: Mapping[Criterion, Judgement]) -> list[Doubt]:
    of_plan = (criteria[Criterion.REAL_CHANGE], criteria[Criterion.MEANS_FIT_ENDS])
    doubts = []
    if any(judgement is not Judgement.YES for judgement in of_plan):
        doubts.append(Doubt.PLAN)
    if criteria[Criterion.REALISTIC] is not Judgement.YES:
        doubts.append(Doubt.CITIZEN)
    return doubts

"""What several target groups have in common: the bar of them all, and income support."""

from __future__ import annotations

from typing import Final

from raaderum.plugin_api import AnswerType, Question, Text
from raaderum_target_groups.circumstances import CAN_BENEFIT
from raaderum_target_groups.conditions import Judgement
from raaderum_target_groups.criteria import Criterion
from raaderum_target_groups.measures import AgeBetween, OneOfChoices

PROBLEMS_NOT_TOO_COMPLEX: Final = Criterion(
    "problems_not_too_complex",
    Text("Problemerne er ikke for komplekse", "The problems are not too complex"),
    Judgement(
        CAN_BENEFIT,
        Text(
            "Kræver et fagligt skøn: vurdér, om problemerne er så komplekse, at borgeren ikke kan få gavn "
            "af et personligt budget, og skriv hvorfor.",
            "Needs professional judgement: judge whether the problems are so complex that the citizen "
            "cannot benefit from a personal budget, and write why.",
        ),
    ),
)
"""The bar that the trial scheme sets for every municipality; always a judgement."""

INCOME_SUPPORT: Final = Question(
    "income_support",
    Text("Hvad lever borgeren af?", "What does the citizen live on?"),
    AnswerType.CHOICE,
    {
        "kontanthjaelp": Text("kontanthjælp", "kontanthjælp (cash assistance)"),
        "uddannelseshjaelp": Text("uddannelseshjælp", "uddannelseshjælp (education assistance)"),
        "ressourceforloebsydelse": Text(
            "ressourceforløbsydelse", "ressourceforløbsydelse (resource scheme allowance)"
        ),
        "other_benefit": Text("en anden offentlig ydelse", "another public benefit"),
        "no_benefit": Text("ingen offentlig ydelse", "no public benefit"),
    },
)


def age(youngest: int, oldest: int | None = None) -> Criterion:
    """Return the criterion of age; both ends count."""
    return Criterion("age", Text("Alder", "Age"), AgeBetween(youngest, oldest))


def receives(*accepted: str) -> OneOfChoices:
    """Return the condition that the citizen lives on one of the `accepted` choices of `INCOME_SUPPORT`."""
    return OneOfChoices(
        INCOME_SUPPORT,
        accepted,
        topic=Text("borgerens forsørgelse", "the citizen's income"),
        finding=Text(
            "Borgeren får {chosen}; kravet er {accepted}.",
            "The citizen receives {chosen}; the requirement is {accepted}.",
        ),
    )

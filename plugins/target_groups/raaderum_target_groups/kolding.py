"""Kolding: young people without an education who are homeless or live particularly exposed.

Source: the national evaluation (the municipality's description of its target group).
"""

from __future__ import annotations

from typing import Final

from raaderum.plugin_api import Text
from raaderum_target_groups.circumstances import (
    EXPOSED_HOUSING,
    HOMELESS,
    MENTAL_PROBLEMS,
    PHYSICAL_PROBLEMS,
    QUALIFYING_EDUCATION,
    SOCIAL_PROBLEMS,
)
from raaderum_target_groups.conditions import AnyOf, Holds, HoldsNot
from raaderum_target_groups.criteria import CriteriaTargetGroup, Criterion
from raaderum_target_groups.shared import PROBLEMS_NOT_TOO_COMPLEX, age, receives

YOUNG_EXPOSED: Final = CriteriaTargetGroup(
    "kolding_young_exposed",
    Text("Unge i hjemløshed og særligt udsatte unge", "Young people, homeless or particularly exposed"),
    (
        age(18, 30),
        Criterion(
            "no_qualifying_education",
            Text("Ingen kompetencegivende uddannelse", "No qualifying education"),
            HoldsNot(QUALIFYING_EDUCATION),
        ),
        Criterion(
            "problems",
            Text("Psykiske, fysiske og/eller sociale problemer", "Mental, physical and/or social problems"),
            AnyOf((Holds(MENTAL_PROBLEMS), Holds(PHYSICAL_PROBLEMS), Holds(SOCIAL_PROBLEMS))),
        ),
        Criterion(
            "income_support",
            Text(
                "På uddannelseshjælp eller ressourceforløbsydelse",
                "On uddannelseshjælp or ressourceforløbsydelse",
            ),
            receives("uddannelseshjaelp", "ressourceforloebsydelse"),
        ),
        Criterion(
            "housing",
            Text("Hjemløs eller særligt udsat bolig", "Homeless or particularly exposed housing"),
            AnyOf((Holds(HOMELESS), Holds(EXPOSED_HOUSING))),
        ),
        PROBLEMS_NOT_TOO_COMPLEX,
    ),
)

"""Lejre: people who are homeless, receive support in the home, or are exposed with family problems.

Source: the national evaluation (the municipality's description of its target group).
"""

from __future__ import annotations

from typing import Final

from raaderum.plugin_api import Text
from raaderum_target_groups.circumstances import EXPOSED_WITH_FAMILY_PROBLEMS, HOMELESS, HOUSING_SUPPORT
from raaderum_target_groups.conditions import AnyOf, Holds
from raaderum_target_groups.criteria import CriteriaTargetGroup, Criterion
from raaderum_target_groups.shared import PROBLEMS_NOT_TOO_COMPLEX, age

EXPOSED: Final = CriteriaTargetGroup(
    "lejre_exposed",
    Text(
        "Borgere i hjemløshed, med bostøtte eller med familiemæssige problemer",
        "People who are homeless, receive bostøtte or have family problems",
    ),
    (
        age(18),
        Criterion(
            "exposed",
            Text(
                "Hjemløs, bostøtte eller udsat med familiemæssige problemer",
                "Homeless, bostøtte, or exposed with family problems",
            ),
            AnyOf((Holds(HOMELESS), Holds(HOUSING_SUPPORT), Holds(EXPOSED_WITH_FAMILY_PROBLEMS))),
        ),
        PROBLEMS_NOT_TOO_COMPLEX,
    ),
)

"""Halsnæs, "Mit liv – min styring": people with double trouble who are particularly exposed.

Sources: the national evaluation and Halsnæs' closing note. The evaluation writes "and/or" between
substance use and mental disorder, the note "and": with the wider one nobody is shut out by the form.
"""

from __future__ import annotations

from typing import Final

from raaderum.plugin_api import Text
from raaderum_target_groups.circumstances import (
    CRUMBLING_NETWORK,
    MENTAL_DISORDER_OR_FRAILTY,
    SELF_DESTRUCTIVE_BEHAVIOUR,
    SUBSTANCE_USE,
    SUPPORT_OR_TREATMENT,
    THREATENED_HOUSING,
)
from raaderum_target_groups.conditions import AnyOf, Holds, Typical
from raaderum_target_groups.criteria import CriteriaTargetGroup, Criterion
from raaderum_target_groups.shared import PROBLEMS_NOT_TOO_COMPLEX, age

DOUBLE_TROUBLE: Final = CriteriaTargetGroup(
    "halsnaes_double_trouble",
    Text("Borgere med dobbeltproblematikker", "People with double trouble"),
    (
        age(18),
        Criterion(
            "double_trouble",
            Text(
                "Misbrug og/eller psykisk lidelse eller sårbarhed",
                "Substance use and/or mental disorder or frailty",
            ),
            AnyOf((Holds(SUBSTANCE_USE), Holds(MENTAL_DISORDER_OR_FRAILTY))),
        ),
        Criterion(
            "particularly_exposed",
            Text("Særligt udsat", "Particularly exposed"),
            AnyOf((Holds(THREATENED_HOUSING), Holds(CRUMBLING_NETWORK), Holds(SELF_DESTRUCTIVE_BEHAVIOUR))),
        ),
        Criterion(
            "support_or_treatment",
            Text("Støtte efter § 85 eller § 99 eller behandling", "Support under § 85 or § 99, or treatment"),
            Typical(SUPPORT_OR_TREATMENT),
        ),
        PROBLEMS_NOT_TOO_COMPLEX,
    ),
)

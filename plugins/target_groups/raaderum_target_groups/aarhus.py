"""Aarhus: young homeless people, and the job programme "Langtidsledige tager teten" (LTT).

Sources: the national evaluation (the municipality's description of its target group) and the
method description of LTT (the five objective criteria, and whom not to offer it to).
"""

from __future__ import annotations

from typing import Final

from raaderum.plugin_api import AnswerType, Question, Text
from raaderum_target_groups.circumstances import (
    AVAILABLE_FOR_WORK,
    CRIMINAL_BEHAVIOUR,
    HOMELESS,
    JOB_READY,
    MENTAL_OR_SOCIAL_DIFFICULTIES,
    SUBSTANCE_USE,
    WEAK_TIES_TO_WORK_OR_EDUCATION,
    WORK_EXPECTED_SOON,
)
from raaderum_target_groups.conditions import AnyOf, Holds, HoldsNot
from raaderum_target_groups.criteria import CriteriaTargetGroup, Criterion
from raaderum_target_groups.measures import MoreThanMonths
from raaderum_target_groups.shared import PROBLEMS_NOT_TOO_COMPLEX, age, receives

YOUNG_HOMELESS: Final = CriteriaTargetGroup(
    "aarhus_young_homeless",
    Text("Unge i hjemløshed", "Young homeless people"),
    (
        age(18, 30),
        Criterion("homeless", Text("Hjemløs", "Homeless"), Holds(HOMELESS)),
        Criterion(
            "further_difficulties",
            Text("Mindst én vanskelighed ud over boligen", "At least one difficulty besides housing"),
            AnyOf(
                (
                    Holds(MENTAL_OR_SOCIAL_DIFFICULTIES),
                    Holds(SUBSTANCE_USE),
                    Holds(WEAK_TIES_TO_WORK_OR_EDUCATION),
                    Holds(CRIMINAL_BEHAVIOUR),
                )
            ),
        ),
        PROBLEMS_NOT_TOO_COMPLEX,
    ),
)

_UNEMPLOYED_OVER_A_YEAR: Final = MoreThanMonths(
    12,
    Question(
        "months_unemployed",
        Text(
            "Hvor mange måneder har borgeren været ledig? Tæl en påbegyndt måned med.",
            "For how many months has the citizen been unemployed? Count a month that has begun.",
        ),
        AnswerType.NUMBER,
    ),
    topic=Text("ledighedens længde", "the length of the unemployment"),
    finding=Text(
        "Borgerens ledighed er {months} måneder, en påbegyndt talt med; kravet er over {limit}.",
        "The unemployment is {months} months, one begun counted in; the requirement is over {limit}.",
    ),
)

LONG_TERM_UNEMPLOYED: Final = CriteriaTargetGroup(
    "aarhus_long_term_unemployed",
    Text("Langtidsledige", "Long-term unemployed people"),
    (
        age(30),
        Criterion(
            "unemployed_over_a_year",
            Text("Ledig i over 12 måneder", "Unemployed for over 12 months"),
            _UNEMPLOYED_OVER_A_YEAR,
        ),
        Criterion("job_ready", Text("Vurderet jobparat", "Assessed as job-ready"), Holds(JOB_READY)),
        Criterion(
            "kontanthjaelp",
            Text("På kontanthjælp", "On kontanthjælp (cash assistance)"),
            receives("kontanthjaelp"),
        ),
        Criterion(
            "available_for_work",
            Text("Står til rådighed for arbejdsmarkedet", "Available for work"),
            Holds(AVAILABLE_FOR_WORK),
        ),
        Criterion(
            "no_work_expected_soon",
            Text("Forventes ikke alligevel snart i arbejde", "Not expected to find work soon anyway"),
            HoldsNot(WORK_EXPECTED_SOON),
        ),
        PROBLEMS_NOT_TOO_COMPLEX,
    ),
)

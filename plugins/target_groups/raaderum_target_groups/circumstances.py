"""What is asked about with a yes or a no, and how either answer is put to a caseworker.

The same circumstance is asked under the same name by every target group that needs it.
"""

from __future__ import annotations

from dataclasses import dataclass

from raaderum.plugin_api import AnswerType, Question, Text


@dataclass(frozen=True, slots=True)
class Circumstance:
    """`topic` stands after "ask about"; `when_yes` and `when_no` are whole sentences."""

    question: Question
    topic: Text
    when_yes: Text
    when_no: Text


def _asked(name: str, question: Text, *, topic: Text, yes: Text, no: Text) -> Circumstance:
    return Circumstance(Question(name, question, AnswerType.YES_NO), topic, yes, no)


HOMELESS = _asked(
    "homeless",
    Text("Er borgeren hjemløs?", "Is the citizen homeless?"),
    topic=Text("borgerens boligsituation", "the citizen's housing"),
    yes=Text("Borgeren er hjemløs.", "The citizen is homeless."),
    no=Text("Borgeren er ikke hjemløs.", "The citizen is not homeless."),
)
EXPOSED_HOUSING = _asked(
    "exposed_housing",
    Text("Bor borgeren særligt udsat?", "Is the citizen's housing particularly exposed?"),
    topic=Text("boligforholdene", "the conditions of the housing"),
    yes=Text("Borgeren bor særligt udsat.", "The citizen's housing is particularly exposed."),
    no=Text("Borgeren bor ikke særligt udsat.", "The citizen's housing is not particularly exposed."),
)
THREATENED_HOUSING = _asked(
    "threatened_housing",
    Text("Er borgerens bolig truet?", "Is the citizen's housing threatened?"),
    topic=Text("risikoen for at miste boligen", "the risk of losing the housing"),
    yes=Text("Borgerens bolig er truet.", "The citizen's housing is threatened."),
    no=Text("Borgerens bolig er ikke truet.", "The citizen's housing is not threatened."),
)
SUBSTANCE_USE = _asked(
    "substance_use",
    Text(
        "Har borgeren et misbrug af alkohol eller stoffer?", "Does the citizen misuse alcohol or other drugs?"
    ),
    topic=Text("misbrug af alkohol eller stoffer", "misuse of alcohol or other drugs"),
    yes=Text("Borgeren har et misbrug.", "The citizen misuses alcohol or other drugs."),
    no=Text("Borgeren har ikke et misbrug.", "The citizen does not misuse alcohol or other drugs."),
)
MENTAL_OR_SOCIAL_DIFFICULTIES = _asked(
    "mental_or_social_difficulties",
    Text(
        "Har borgeren psykiske eller sociale vanskeligheder?",
        "Does the citizen have mental or social difficulties?",
    ),
    topic=Text("psykiske og sociale vanskeligheder", "mental and social difficulties"),
    yes=Text(
        "Borgeren har psykiske eller sociale vanskeligheder.",
        "The citizen has mental or social difficulties.",
    ),
    no=Text(
        "Borgeren har hverken psykiske eller sociale vanskeligheder.",
        "The citizen has neither mental nor social difficulties.",
    ),
)
MENTAL_DISORDER_OR_FRAILTY = _asked(
    "mental_disorder_or_frailty",
    Text(
        "Har borgeren en psykisk lidelse, eller er borgeren psykisk sårbar?",
        "Does the citizen have a mental disorder, or is the citizen mentally frail?",
    ),
    topic=Text("psykisk lidelse eller sårbarhed", "mental disorder or frailty"),
    yes=Text(
        "Borgeren har en psykisk lidelse eller er psykisk sårbar.",
        "The citizen has a mental disorder or is mentally frail.",
    ),
    no=Text(
        "Borgeren har ingen psykisk lidelse og er ikke psykisk sårbar.",
        "The citizen has no mental disorder and is not mentally frail.",
    ),
)
MENTAL_PROBLEMS = _asked(
    "mental_problems",
    Text("Har borgeren psykiske problemer?", "Does the citizen have mental problems?"),
    topic=Text("psykiske problemer", "mental problems"),
    yes=Text("Borgeren har psykiske problemer.", "The citizen has mental problems."),
    no=Text("Borgeren har ikke psykiske problemer.", "The citizen has no mental problems."),
)
PHYSICAL_PROBLEMS = _asked(
    "physical_problems",
    Text("Har borgeren fysiske problemer?", "Does the citizen have physical problems?"),
    topic=Text("fysiske problemer", "physical problems"),
    yes=Text("Borgeren har fysiske problemer.", "The citizen has physical problems."),
    no=Text("Borgeren har ikke fysiske problemer.", "The citizen has no physical problems."),
)
SOCIAL_PROBLEMS = _asked(
    "social_problems",
    Text("Har borgeren sociale problemer?", "Does the citizen have social problems?"),
    topic=Text("sociale problemer", "social problems"),
    yes=Text("Borgeren har sociale problemer.", "The citizen has social problems."),
    no=Text("Borgeren har ikke sociale problemer.", "The citizen has no social problems."),
)
WEAK_TIES_TO_WORK_OR_EDUCATION = _asked(
    "weak_ties_to_work_or_education",
    Text(
        "Har borgeren ringe tilknytning til arbejdsmarked og uddannelse?",
        "Does the citizen have weak ties to work and education?",
    ),
    topic=Text("tilknytningen til arbejde og uddannelse", "the ties to work and education"),
    yes=Text(
        "Borgeren har ringe tilknytning til arbejde og uddannelse.",
        "The citizen has weak ties to work and education.",
    ),
    no=Text(
        "Borgeren har en rimelig tilknytning til arbejde eller uddannelse.",
        "The citizen has reasonable ties to work or education.",
    ),
)
CRIMINAL_BEHAVIOUR = _asked(
    "criminal_behaviour",
    Text("Har borgeren en kriminel adfærd?", "Does the citizen behave criminally?"),
    topic=Text("kriminel adfærd", "criminal behaviour"),
    yes=Text("Borgeren har en kriminel adfærd.", "The citizen behaves criminally."),
    no=Text("Borgeren har ikke en kriminel adfærd.", "The citizen does not behave criminally."),
)
CRUMBLING_NETWORK = _asked(
    "crumbling_network",
    Text(
        "Smuldrer borgerens netværk, eller er det vanskeligt?",
        "Is the citizen's network crumbling or difficult?",
    ),
    topic=Text("borgerens netværk", "the citizen's network"),
    yes=Text(
        "Borgerens netværk smuldrer eller er vanskeligt.",
        "The citizen's network is crumbling or difficult.",
    ),
    no=Text("Borgerens netværk holder.", "The citizen's network holds."),
)
SELF_DESTRUCTIVE_BEHAVIOUR = _asked(
    "self_destructive_behaviour",
    Text("Har borgeren en selvdestruktiv adfærd?", "Does the citizen behave self-destructively?"),
    topic=Text("selvdestruktiv adfærd", "self-destructive behaviour"),
    yes=Text("Borgeren har en selvdestruktiv adfærd.", "The citizen behaves self-destructively."),
    no=Text("Borgeren har ikke en selvdestruktiv adfærd.", "The citizen does not behave self-destructively."),
)
SUPPORT_OR_TREATMENT = _asked(
    "support_or_treatment",
    Text(
        "Får borgeren støtte efter servicelovens § 85 eller § 99, eller er borgeren i misbrugsbehandling?",
        "Does the citizen receive support under § 85 or § 99 of the Social Services Act, "
        "or treatment for substance use?",
    ),
    topic=Text(
        "støtte efter § 85 eller § 99 og misbrugsbehandling",
        "support under § 85 or § 99 and treatment for substance use",
    ),
    yes=Text(
        "Borgeren får støtte efter § 85 eller § 99 eller misbrugsbehandling.",
        "The citizen receives support under § 85 or § 99, or treatment for substance use.",
    ),
    no=Text(
        "Borgeren får hverken støtte efter § 85 eller § 99 eller misbrugsbehandling.",
        "The citizen receives neither support under § 85 or § 99 nor treatment for substance use.",
    ),
)
QUALIFYING_EDUCATION = _asked(
    "qualifying_education",
    Text(
        "Har borgeren en kompetencegivende uddannelse?", "Has the citizen completed a qualifying education?"
    ),
    topic=Text("borgerens uddannelse", "the citizen's education"),
    yes=Text(
        "Borgeren har en kompetencegivende uddannelse.", "The citizen has completed a qualifying education."
    ),
    no=Text(
        "Borgeren har ikke en kompetencegivende uddannelse.",
        "The citizen has not completed a qualifying education.",
    ),
)
HOUSING_SUPPORT = _asked(
    "housing_support",
    Text("Modtager borgeren bostøtte?", "Does the citizen receive bostøtte (support in the home)?"),
    topic=Text("bostøtte", "bostøtte (support in the home)"),
    yes=Text("Borgeren modtager bostøtte.", "The citizen receives bostøtte (support in the home)."),
    no=Text(
        "Borgeren modtager ikke bostøtte.", "The citizen does not receive bostøtte (support in the home)."
    ),
)
EXPOSED_WITH_FAMILY_PROBLEMS = _asked(
    "exposed_with_family_problems",
    Text(
        "Er borgeren udsat og har familiemæssige problemer, for eksempel mistet kontakt til sine børn?",
        "Is the citizen exposed and has family problems, for example lost contact with their children?",
    ),
    topic=Text("familiemæssige problemer", "family problems"),
    yes=Text(
        "Borgeren er udsat og har familiemæssige problemer.",
        "The citizen is exposed and has family problems.",
    ),
    no=Text(
        "Borgeren er ikke udsat med familiemæssige problemer.",
        "The citizen is not exposed with family problems.",
    ),
)
JOB_READY = _asked(
    "job_ready",
    Text("Er borgeren vurderet jobparat?", "Has the citizen been assessed as job-ready?"),
    topic=Text("jobcentrets vurdering af jobparathed", "the job centre's assessment of job-readiness"),
    yes=Text("Borgeren er vurderet jobparat.", "The citizen has been assessed as job-ready."),
    no=Text("Borgeren er ikke vurderet jobparat.", "The citizen has not been assessed as job-ready."),
)
AVAILABLE_FOR_WORK = _asked(
    "available_for_work",
    Text("Står borgeren til rådighed for arbejdsmarkedet?", "Is the citizen available for work?"),
    topic=Text("rådighed for arbejdsmarkedet", "availability for work"),
    yes=Text("Borgeren står til rådighed for arbejdsmarkedet.", "The citizen is available for work."),
    no=Text("Borgeren står ikke til rådighed for arbejdsmarkedet.", "The citizen is not available for work."),
)
WORK_EXPECTED_SOON = _asked(
    "work_expected_soon",
    Text(
        "Forventes borgeren at komme i arbejde inden for kort tid uden tilbuddet?",
        "Is the citizen expected to find work soon without the offer?",
    ),
    topic=Text(
        "udsigten til arbejde inden for kort tid uden tilbuddet",
        "the prospect of work soon without the offer",
    ),
    yes=Text(
        "Borgeren forventes alligevel at komme i arbejde inden for kort tid.",
        "The citizen is expected to find work soon anyway.",
    ),
    no=Text(
        "Borgeren forventes ikke at komme i arbejde inden for kort tid uden tilbuddet.",
        "The citizen is not expected to find work soon without the offer.",
    ),
)
CAN_BENEFIT = _asked(
    "can_benefit",
    Text(
        "Er det din vurdering, at borgeren kan få gavn af et personligt budget, "
        "så problemerne ikke er for komplekse?",
        "Is it your judgement that the citizen can benefit from a personal budget, "
        "so that the problems are not too complex?",
    ),
    topic=Text("borgerens udbytte af et personligt budget", "the citizen's benefit from a personal budget"),
    yes=Text(
        "Det er vurderet, at borgeren kan få gavn af et personligt budget.",
        "It has been judged that the citizen can benefit from a personal budget.",
    ),
    no=Text(
        "Det er vurderet, at problemerne er så komplekse, at borgeren ikke kan få gavn "
        "af et personligt budget.",
        "It has been judged that the problems are so complex that the citizen cannot benefit "
        "from a personal budget.",
    ),
)

"""Assessing plans, the team's page, the guidelines and the library of doubt cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASSESS: Final[Mapping[str, Text]] = {
    "plan.assess": Text("Vurdér planen", "Assess the plan"),
    "plan.see_assessment": Text("Se vurderingen", "See the assessment"),
    "assess.heading": Text("Vurdering af plan, version {version}", "Assessment of plan, version {version}"),
    "assess.items": Text("Hvad pengene skal gå til", "What the money is for"),
    "assess.grants": Text(
        "{value} bliver bevilget, hvis planen godkendes.", "{value} will be granted if the plan is approved."
    ),
    "assess.for_team_leader": Text(
        "Beløbet kræver, at en teamleder godkender.", "The amount asks for a team leader's approval."
    ),
    "assess.guidelines": Text("Retningslinjer, planen rører ved", "Guidelines that the plan touches"),
    "assess.touched_by": Text("Det gælder:", "It concerns:"),
    "assess.reason_given": Text("Begrundelse:", "Reason:"),
    "assess.give_reason": Text("Skriv, hvorfor det er rigtigt her", "Write why it is right here"),
    "assess.reason": Text("Begrundelse", "Reason"),
    "assess.reason_keep": Text("Gem begrundelsen", "Keep the reason"),
    "assess.make_precedent": Text("Skriv den som tvivlssag", "Write it as a doubt case"),
    "assess.rounds": Text("Vurderinger", "Assessments"),
    "assess.meeting": Text("Teamets møde {day}", "The team's meeting on {day}"),
    "assess.team_approved": Text("teamet godkender", "the team approves"),
    "assess.team_refused": Text("teamet godkender ikke", "the team does not approve"),
    "assess.follow_up": Text("Opfølgning:", "Follow-up:"),
    "assess.closed": Text("Planen venter ikke på en vurdering.", "The plan does not wait for an assessment."),
    "assess.comments_first": Text(
        "Planen er gul. En kollega skal skrive en kommentar, før den kan ende grøn eller rød.",
        "The plan is yellow. A colleague must comment on it before it can end green or red.",
    ),
    "assess.comment_heading": Text("Din kommentar til den gule plan", "Your comment on the yellow plan"),
    "assess.comment": Text("Hvad ser du?", "What do you see?"),
    "assess.advice": Text("Hvordan bør den ende?", "How should it end?"),
    "assess.comment_send": Text("Send kommentaren", "Send the comment"),
    "assess.meeting_heading": Text("Skriv teamets beslutning ind", "Record the team's decision"),
    "assess.meeting_lead": Text(
        "Mere end halvdelen af teamet skal være til stede. Den, der har foreslået planen, er ikke med.",
        "More than half of the team must be present. Whoever proposed the plan is not of it.",
    ),
    "assess.held_on": Text("Hvornår var mødet?", "When was the meeting?"),
    "assess.meeting_words": Text("Hvad lagde I vægt på?", "What did you attach importance to?"),
    "assess.meeting_keep": Text("Gem beslutningen", "Keep the decision"),
    "assess.team_leader_records": Text(
        "Planen er rød. Hele teamet beslutter på et møde, og teamlederen skriver det ind.",
        "The plan is red. The whole team decides at a meeting, and the team leader records it.",
    ),
    "assess.first": Text("Vurdér planen", "Assess the plan"),
    "assess.again": Text("Vurdér planen igen", "Assess the plan again"),
    "assess.why": Text("Hvorfor?", "Why?"),
    "assess.guard_words": Text("Gæld og ydelser", "Debt and benefits"),
    "assess.guard_hint": Text(
        "Er svaret andet end nej, så skriv, hvorfor købet er rigtigt alligevel.",
        "Where an answer is other than no, write why the purchase is right all the same.",
    ),
    "assess.green": Text(
        "Grøn – jeg er sikker på både borger og plan", "Green – I am sure of both citizen and plan"
    ),
    "assess.yellow": Text(
        "Gul – jeg er sikker på den ene, men ikke den anden", "Yellow – I am sure of one but not of the other"
    ),
    "assess.red": Text(
        "Rød – jeg er usikker på begge; teamet beslutter", "Red – I am unsure of both; the team decides"
    ),
    "assess.doubt": Text("Gul: hvad er du usikker på?", "Yellow: what are you unsure of?"),
    "assess.doubt_told": Text("Det siger svarene", "The answers tell"),
    "assess.keep": Text("Gem vurderingen", "Keep the assessment"),
    "assess.approve_heading": Text("Godkend planen", "Approve the plan"),
    "assess.months": Text("Hvor mange måneder?", "How many months?"),
    "assess.months_hint": Text("Mellem {least} og {most}.", "Between {least} and {most}."),
    "assess.follow_up_plan": Text("Plan for opfølgning", "Plan for following up"),
    "assess.follow_up_hint": Text("Hvor tit mødes I, og om hvad?", "How often do you meet, and about what?"),
    "vote.for": Text("for", "in favour"),
    "vote.against": Text("imod", "against"),
    "vote.absent": Text("ikke til stede", "not present"),
    "done.assess_plan": Text("Vurderingen er gemt.", "The assessment has been kept."),
    "done.comment_on_plan": Text("Kommentaren er sendt.", "The comment has been sent."),
    "done.record_team_decision": Text("Teamets beslutning er gemt.", "The team's decision has been kept."),
    "done.explain_guideline": Text("Begrundelsen er gemt.", "The reason has been kept."),
    "done.approve_assessed_plan": Text(
        "Planen er godkendt, og pengene er bevilget.", "The plan is approved, and the money is granted."
    ),
}
_TEAM: Final[Mapping[str, Text]] = {
    "nav.team": Text("Teamet", "The team"),
    "team.heading": Text("Teamet", "The team"),
    "team.calibration": Text("Sådan bruger vi farverne", "How we use the colours"),
    "team.waiting": Text("Planer, der venter", "Plans that wait"),
    "team.citizen": Text("Borger", "Citizen"),
    "team.waits_for": Text("Venter på", "Waits for"),
    "team.due": Text("Senest", "Due"),
    "team.late": Text("for sent – teamlederen tager over", "late – goes to the team leader"),
    "team.nothing_waits": Text("Ingen planer venter.", "No plans wait."),
    "team.shown": Text("Grønne planer til orientering", "Green plans for your information"),
    "team.approved_by": Text("Godkendt af", "Approved by"),
    "team.when": Text("Hvornår", "When"),
    "team.seen": Text("Set", "Seen"),
    "team.mark_seen": Text("Jeg har set den", "I have seen it"),
    "team.nothing_shown": Text("Du har set alle grønne planer.", "You have seen all green plans."),
    "done.mark_seen": Text("Planen er markeret som set.", "The plan is marked as seen."),
    "calibration.heading": Text("Sådan bruger vi farverne", "How we use the colours"),
    "calibration.lead": Text(
        "Farverne er til for at dele en praksis. Se, om I vurderer ens, og hvor lang tid det tager.",
        "The colours are there to share a practice. See whether you assess alike, and how long it takes.",
    ),
    "calibration.none": Text("Ingen planer er vurderet endnu.", "No plans have been assessed yet."),
    "calibration.quarters": Text("Første farve, kvartal for kvartal", "First colour, quarter by quarter"),
    "calibration.quarter": Text("Kvartal", "Quarter"),
    "calibration.shares": Text("Fordeling", "Shares"),
    "calibration.plans": Text("Planer", "Plans"),
    "calibration.changes": Text("Fra første til endelig farve", "From first to final colour"),
    "calibration.from_to": Text("{first} blev {final}", "{first} became {final}"),
    "calibration.agreement": Text(
        "Kolleger enige med den endelige farve", "Colleagues who agreed with the end"
    ),
    "calibration.agreeing": Text(
        "{percent} % ({agreeing} af {comments} kommentarer)",
        "{percent} % ({agreeing} of {comments} comments)",
    ),
    "calibration.days": Text("Dage i hvert trin", "Days in each step"),
    "calibration.step": Text("Trin", "Step"),
    "calibration.median": Text("Halvdelen højst", "Half took at most"),
    "calibration.longest": Text("Længst", "Longest"),
    "calibration.step.assess": Text("Fra indsendt til vurderet", "From proposed to assessed"),
    "calibration.step.discuss": Text("Fra gul til grøn eller rød", "From yellow to green or red"),
    "calibration.step.decide_together": Text("Fra rød til afgjort", "From red to decided"),
    "calibration.step.whole": Text("Fra indsendt til afgjort", "From proposed to decided"),
}
_LIBRARY: Final[Mapping[str, Text]] = {
    "nav.guidelines": Text("Retningslinjer", "Guidelines"),
    "nav.precedents": Text("Tvivlssager", "Doubt cases"),
    "guidelines.lead": Text(
        "Hvad en plan kan indeholde, hvad der kræver en vurdering, og hvad der ligger uden for.",
        "What a plan can hold, what needs judgement, and what lies outside.",
    ),
    "guidelines.none": Text("Ingen.", "None."),
    "guideline.inside": Text("inden for rammerne", "inside"),
    "guideline.needs_judgement": Text("kræver en vurdering", "needs judgement"),
    "guideline.outside": Text("uden for rammerne", "outside"),
    "precedents.lead": Text(
        "Sager, vi har været i tvivl om: hvad der blev besluttet, hvorfor, og hvad der kom ud af det.",
        "Cases we were in doubt about: what was decided, why, and what became of it.",
    ),
    "precedents.write": Text("Skriv en tvivlssag", "Write a doubt case"),
    "precedents.general": Text(
        "Skriv i almindelige vendinger: ingen navne, numre eller steder, som nogen kan kendes på.",
        "Write in general words: no names, numbers or places by which anybody could be recognised.",
    ),
    "precedents.download": Text("Hent biblioteket som fil", "Download the library as a file"),
    "precedents.take_in": Text("Tag imod en anden kommunes fil", "Take in another municipality's file"),
    "precedents.file": Text("Fil fra et andet bibliotek", "File from another library"),
    "precedents.take_in_send": Text("Tag imod", "Take in"),
    "precedents.drafts": Text("Venter på en anden persons øjne", "Waiting for somebody else's eyes"),
    "precedents.publish": Text("Ingen kan kendes: offentliggør", "Nobody can be recognised: publish"),
    "precedents.withdraw": Text("Tag tilbage, og slet ordene", "Withdraw and delete the words"),
    "precedents.waits": Text(
        "En teamleder, der ikke selv har skrevet sagen, skal se efter, at ingen kan kendes.",
        "A team leader who did not write it must check that nobody can be recognised.",
    ),
    "precedents.search": Text("Find sager", "Find cases"),
    "precedents.words": Text("Ord", "Words"),
    "precedents.category": Text("Slags", "Kind"),
    "precedents.guideline": Text("Retningslinje", "Guideline"),
    "precedents.no_guideline": Text("Ingen", "None"),
    "precedents.decision": Text("Afgørelse", "Decision"),
    "precedents.all": Text("Alle", "All"),
    "precedents.find": Text("Søg", "Search"),
    "precedents.cases": Text("Sager", "Cases"),
    "precedents.counts": Text(
        "Færre end fem vises ikke som tal.", "Fewer than five are not shown as a number."
    ),
    "precedents.reason": Text("Hvorfor:", "Why:"),
    "precedents.none": Text("Ingen sager passer.", "No cases fit."),
    "precedents.follow_up": Text("Hvad kom der ud af det?", "What became of it?"),
    "precedents.outcome": Text("Udfald", "Outcome"),
    "precedents.became": Text("Med almindelige ord", "In general words"),
    "precedents.follow_up_keep": Text("Gem", "Keep"),
    "precedents.question": Text("Hvad var I i tvivl om?", "What were you in doubt about?"),
    "precedents.circumstances": Text("Omstændigheder", "Circumstances"),
    "precedents.circumstances_hint": Text(
        "Skriv »en borger i tyverne med gæld«, ikke hvem.",
        "Write “a citizen in their twenties with debt”, not who.",
    ),
    "precedents.why": Text("Hvorfor blev det sådan?", "Why was it decided so?"),
    "precedents.quarter": Text("Hvornår?", "When?"),
    "precedents.quarter_hint": Text("Kun kvartalet: 2026-Q4.", "The quarter alone: 2026-Q4."),
    "precedents.keep": Text("Send til en teamleder", "Send to a team leader"),
    "done.write_precedent": Text(
        "Sagen venter på en teamleders øjne.", "The case waits for a team leader's eyes."
    ),
    "done.publish_precedent": Text("Sagen står nu i biblioteket.", "The case now stands in the library."),
    "done.withdraw_precedent": Text("Sagen er taget tilbage.", "The case is withdrawn."),
    "done.follow_up_precedent": Text("Opfølgningen er gemt.", "The follow-up has been kept."),
    "done.take_in_precedents": Text("Filens sager er taget ind.", "The file's cases have been taken in."),
}

TEXTS: Final[Mapping[str, Text]] = {**_ASSESS, **_TEAM, **_LIBRARY}

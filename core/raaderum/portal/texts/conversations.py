"""Questionnaires, outcomes and interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "talks.heading": Text("Samtaler og spørgeskemaer", "Interviews and questionnaires"),
    "talks.lead": Text(
        "Hvor langt der er til drømmen, hvad der er sket undervejs, og hvad I har talt om.",
        "How far it is to the dream, what has happened on the way, and what you have talked about.",
    ),
    "talks.dream": Text("Det langsigtede mål", "The long-term goal"),
    "asked.heading.start": Text("Spørgeskema ved start", "Questionnaire at the start"),
    "asked.heading.end": Text("Spørgeskema ved afslutning", "Questionnaire at the end"),
    "asked.blind": Text(
        "Borger og støtteperson svarer hver for sig. Ingen ser den andens svar, før begge er inde.",
        "Citizen and support person answer separately. Nobody sees the other's answer before both are in.",
    ),
    "asked.who": Text("Hvem", "Who"),
    "asked.state": Text("Status", "Status"),
    "asked.answer": Text("Svar", "Answer"),
    "asked.comment": Text("Kommentar", "Comment"),
    "asked.waiting": Text("venter på svar", "awaits an answer"),
    "asked.not_yet": Text("stilles senere", "is asked later"),
    "asked.hidden": Text("Vises, når begge svar er inde.", "Shown once both answers are in."),
    "asked.paper": Text("på papir", "on paper"),
    "asked.imported": Text("indlæst", "imported"),
    "asked.corrected": Text("rettet, version {version}", "corrected, version {version}"),
    "asked.after_sight": Text(
        "givet efter et nej, da den andens svar kunne ses",
        "given after a no, when the other's answer could be seen",
    ),
    "asked.both": Text("De to svar ved siden af hinanden", "The two answers side by side"),
    "asked.movement": Text(
        "Fra start til slut, efter borgerens egne svar:", "From start to end, by the citizen:"
    ),
    "asked.comment_hint": Text("Skriv kun, hvis du har lyst.", "Write only if you would like to."),
    "asked.send": Text("Gem mit svar", "Keep my answer"),
    "asked.correct": Text("Ret mit svar", "Correct my answer"),
    "asked.answer_now": Text("Svar på spørgeskemaet", "Answer the questionnaire"),
    "asked.answer_after_all": Text("Svar alligevel", "Answer after all"),
    "asked.decline": Text("Jeg ønsker ikke at svare", "I do not want to answer"),
    "asked.register": Text("Skriv et papirsvar ind: {who}", "Register an answer on paper: {who}"),
    "asked.answered_on": Text("Hvornår blev der svaret?", "When was it answered?"),
    "asked.answered_on_hint": Text("Tomt betyder i dag.", "Empty means today."),
    "asked.register_answer": Text("Gem papirsvaret", "Keep the answer on paper"),
    "asked.register_decline": Text("Ønskede ikke at svare", "Did not want to answer"),
    "outcomes.heading": Text("Udvikling", "What has changed"),
    "outcomes.lead": Text(
        "Sammenlignet med starten. »Bedre« er altid godt: mindre misbrug, mindre behov for støtte.",
        "Compared with the start. “Better” is always good: less substance use, less need of support.",
    ),
    "outcomes.parameter": Text("Område", "Area"),
    "outcomes.none": Text("ikke noteret", "not recorded"),
    "outcomes.record.midway": Text("Notér udviklingen midtvejs", "Record what has changed midway"),
    "outcomes.record.end": Text("Notér udviklingen ved afslutning", "Record what has changed at the end"),
    "outcomes.blank": Text("Lad stå", "Leave as it is"),
    "outcomes.save": Text("Gem udviklingen", "Keep what has changed"),
    "interviews.heading": Text("Samtaler", "Interviews"),
    "interviews.lead": Text(
        "Fem samtaler om det, der virker, og de næste skridt. Et referat gælder først, når borgeren har "
        "godkendt det.",
        "Five conversations on what works and the next steps. A summary counts once the citizen has "
        "approved it.",
    ),
    "interviews.kind": Text("Samtale", "Interview"),
    "interviews.due": Text("Dato", "Date"),
    "interviews.state": Text("Status", "Status"),
    "interviews.summary": Text("Referat", "Summary"),
    "interviews.due_on": Text("skal holdes {day}", "due {day}"),
    "interviews.no_day": Text("endnu ingen dato", "no date yet"),
    "interviews.held_on": Text("holdt {day}", "held {day}"),
    "interviews.waiting": Text("ikke holdt", "not held"),
    "interviews.needs_consent": Text(
        "kræver borgerens ja til opfølgning", "needs the citizen's yes to follow-up"
    ),
    "interviews.no_summary": Text("intet endnu", "none yet"),
    "interviews.read": Text("Samtale {kind}", "Interview {kind}"),
    "interviews.version": Text("Version {version}", "Version {version}"),
    "interviews.wanted": Text("Borgeren ønsker ændret:", "The citizen wants changed:"),
    "interviews.earlier": Text("Tidligere versioner", "Earlier versions"),
    "interviews.strategy": Text("Den personlige strategi lige nu", "The personal strategy at present"),
    "interviews.no_strategy": Text(
        "Strategien er ikke skrevet endnu.", "The strategy has not been written yet."
    ),
    "interviews.when": Text("Hvornår blev samtalen holdt?", "When was the interview held?"),
    "interviews.hold": Text("Notér som holdt", "Record as held"),
    "interviews.correct_day": Text("Ret datoen", "Correct the day"),
    "interviews.decline": Text("Borgeren ønsker ikke samtalen", "The citizen does not want the interview"),
    "interviews.decline_own": Text("Jeg ønsker ikke samtalen", "I do not want the interview"),
    "interviews.write": Text("Skriv referatet", "Write the summary"),
    "interviews.rewrite": Text("Skriv referatet om", "Rewrite the summary"),
    "interviews.words": Text("Samtalens hovedpunkter", "The main points"),
    "interviews.words_hint": Text(
        "Borgeren læser og godkender teksten. En ny version skal godkendes igen.",
        "The citizen reads and approves the text. A new version must be approved again.",
    ),
    "interviews.send": Text("Gem og send til borgeren", "Keep and send to the citizen"),
    "interviews.approve": Text("Godkend referatet", "Approve the summary"),
    "interviews.want_changes": Text("Bed om ændringer", "Ask for changes"),
    "interviews.changes": Text("Hvad skal ændres?", "What is to be changed?"),
    "interviews.send_changes": Text("Send ændringerne", "Send the changes"),
    "after_end.heading": Text("Opfølgning efter forløbet", "Follow-up after the course"),
    "after_end.lead": Text(
        "Kommunen vil gerne tale med borgeren et halvt og et helt år efter. Det er frivilligt, og et ja kan "
        "altid tages tilbage.",
        "The municipality would like to talk with the citizen half a year and one year after. It is "
        "voluntary, and a yes can always be taken back.",
    ),
    "after_end.unasked": Text("Der er ikke spurgt endnu.", "Nobody has asked yet."),
    "after_end.yes": Text("Ja, sagt {at}.", "Yes, said {at}."),
    "after_end.no": Text("Nej, sagt {at}.", "No, said {at}."),
    "after_end.say_yes": Text("Ja til opfølgning", "Yes to follow-up"),
    "after_end.say_no": Text("Nej til opfølgning", "No to follow-up"),
    "done.answer_questionnaire": Text("Svaret er gemt.", "The answer has been kept."),
    "done.decline_questionnaire": Text(
        "Det er noteret. Du kan stadig svare senere.", "It is noted. You can still answer later."
    ),
    "done.register_paper_answer": Text("Papirsvaret er skrevet ind.", "The answer on paper is registered."),
    "done.record_outcomes": Text("Udviklingen er gemt.", "What has changed has been kept."),
    "done.hold_interview": Text("Samtalen er noteret.", "The interview is recorded."),
    "done.decline_interview": Text("Det er noteret.", "It is noted."),
    "done.write_summary": Text(
        "Referatet er gemt og venter på borgerens godkendelse.",
        "The summary is kept and awaits the citizen's approval.",
    ),
    "done.approve_summary": Text("Referatet er godkendt.", "The summary is approved."),
    "done.ask_for_changes": Text("Ændringerne er sendt.", "The changes have been sent."),
    "done.say_to_follow_up": Text("Svaret er noteret.", "The answer is noted."),
}

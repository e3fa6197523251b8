"""The conditions and the answer to them, the clocks, and the ending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "conditions.link": Text("Vilkår og svar", "Conditions and answer"),
    "conditions.heading": Text("Vilkår", "Conditions"),
    "conditions.think_until": Text(
        "Betænkningstiden går til og med {day}. Du må gerne svare før.",
        "The time to think goes through {day}. You may answer before.",
    ),
    "conditions.version": Text("Udgave {version}, kendetegn:", "Version {version}, fingerprint:"),
    "conditions.yes_text": Text(
        "Når du siger ja, siger du ja til det, der står her, og erklærer på tro og love at holde det.",
        "By saying yes you accept what is written here, and solemnly declare to keep to it.",
    ),
    "conditions.yes": Text("Ja, jeg siger ja til vilkårene", "Yes, I accept the conditions"),
    "conditions.accepted": Text("Sagt ja {day}, {way}.", "Accepted on {day}, {way}."),
    "conditions.letter": Text(
        "Hent brevet, du kan vise andre (PDF)", "Fetch the letter that you can show others (PDF)"
    ),
    "conditions.letter_citizen": Text(
        "Hent brevet, borgeren kan vise andre (PDF)",
        "Fetch the letter that the citizen can show others (PDF)",
    ),
    "conditions.paper": Text("Underskrevet på papir", "Signed on paper"),
    "conditions.signed_on": Text("Dag på papiret", "Day on the paper"),
    "conditions.signed_on_hint": Text(
        "Den dag, borgeren skrev under. Indflyvningen regnes fra den.",
        "The day the citizen signed. The run-in counts from it.",
    ),
    "conditions.paper_language": Text("Papirets sprog", "The paper's language"),
    "conditions.danish": Text("dansk", "Danish"),
    "conditions.english": Text("engelsk", "English"),
    "conditions.register": Text("Registrer borgerens ja", "Register the citizen's yes"),
    "conditions.no": Text("Borgeren siger nej tak", "The citizen says no"),
    "conditions.no_own": Text("Jeg siger nej tak", "I say no"),
    "conditions.no_hint_own": Text(
        "Du behøver ikke sige det. Du kan indstilles igen en anden gang.",
        "You need not say. You can be referred again another time.",
    ),
    "conditions.no_because": Text("Hvorfor?", "Why?"),
    "conditions.no_hint": Text(
        "Det er frivilligt at sige. Borgeren kan indstilles igen en anden gang.",
        "There is no need to say. The citizen can be referred again another time.",
    ),
    "conditions.no_confirm": Text("Nej tak", "No, thank you"),
    "done.accept_on_paper": Text(
        "Borgerens ja er registreret. Nu er der tid til at drømme.",
        "The citizen's yes is registered. Now there is time to dream.",
    ),
    "done.decline_offer": Text("Nej tak er noteret.", "The no is noted."),
    "clocks.link": Text("Frister, pause og forlængelse", "Deadlines, pause and extension"),
    "clocks.heading": Text("Frister", "Deadlines"),
    "clocks.offered": Text("Tilbud givet", "Offer made"),
    "clocks.accepted": Text("Sagt ja, indflyvningen begynder", "Accepted, the run-in begins"),
    "clocks.started": Text("Plan godkendt, månederne begynder", "Plan approved, the months begin"),
    "clocks.ends": Text("Sidste dag at bruge af pengene", "Last day to spend the money"),
    "clocks.run_in_hint": Text(
        "Indflyvningen tæller ikke med i månederne.", "The run-in does not count in the months."
    ),
    "clocks.overdue": Text("overskredet", "overdue"),
    "clocks.changes": Text("Pauser og forlængelser", "Pauses and extensions"),
    "clocks.kind": Text("Hvad", "What"),
    "clocks.days": Text("Dage", "Days"),
    "clocks.ground": Text("Grund", "Ground"),
    "clocks.decided": Text("Besluttet", "Decided"),
    "clocks.pause": Text("Hold pause", "Pause"),
    "clocks.pause_text": Text(
        "Slutdagen flytter sig lige så mange dage. Der kan ikke bedes om køb i pausen; det, der allerede er "
        "godkendt, bliver betalt.",
        "The last day moves by as many days. No purchase can be asked for in the pause; what has been "
        "approved already is paid.",
    ),
    "clocks.from": Text("Første dag", "First day"),
    "clocks.until": Text("Sidste dag", "Last day"),
    "clocks.note": Text("Note til sagen", "Note for the case"),
    "clocks.pause_confirm": Text("Sæt på pause", "Pause"),
    "clocks.resume": Text("Tilbage før tid", "Back early"),
    "clocks.back_on": Text("Første dag tilbage", "First day back"),
    "clocks.back_on_hint": Text(
        "Pausen slutter dagen før, og slutdagen rykker tilbage.",
        "The pause ends the day before, and the last day moves back.",
    ),
    "clocks.resume_confirm": Text("Afslut pausen", "End the pause"),
    "clocks.extend": Text("Forlæng", "Extend"),
    "clocks.extend_most": Text(
        "Der kan forlænges med {days} dage i alt.", "It can be extended by {days} days in all."
    ),
    "clocks.extend_team_leader": Text(
        "Ordningen har ingen fast grænse, så en teamleder beslutter.",
        "The programme has no set limit, so a team leader decides.",
    ),
    "clocks.extend_days": Text("Antal dage", "Number of days"),
    "clocks.extend_confirm": Text("Forlæng", "Extend"),
    "done.pause_course": Text("Trækningsretten er på pause.", "The drawing right is paused."),
    "done.resume_course": Text("Pausen er afsluttet.", "The pause has ended."),
    "done.extend_course": Text("Trækningsretten er forlænget.", "The drawing right is extended."),
    "deadlines.link": Text("Frister", "Deadlines"),
    "deadlines.heading": Text("Frister", "Deadlines"),
    "deadlines.lead": Text(
        "Det, der er overskredet, og det, der kommer de næste to måneder. Et tilbud falder aldrig bort af "
        "sig selv: tal med borgeren.",
        "What is overdue, and what comes within two months. An offer never lapses by itself: talk with the "
        "citizen.",
    ),
    "deadlines.day": Text("Sidste dag", "Last day"),
    "deadlines.citizen": Text("Borger", "Citizen"),
    "deadlines.what": Text("Hvad", "What"),
    "deadlines.none": Text("Ingen frister de næste to måneder.", "No deadlines within two months."),
    "ending.link": Text("Afslutning", "Ending"),
    "ending.heading": Text("Afslutning", "Ending"),
    "ending.ended": Text("Forløbet sluttede {day}", "The course ended on {day}"),
    "ending.because": Text("Grund: {reason}", "Reason: {reason}"),
    "ending.checklist": Text("Det, der skal være på plads", "What has to be in place"),
    "ending.what": Text("Hvad", "What"),
    "ending.open": Text("Mangler", "Open"),
    "ending.amount": Text("Beløb", "Amount"),
    "ending.done": Text("på plads", "in place"),
    "ending.not_done": Text("{number} mangler", "{number} open"),
    "ending.remains": Text("ikke brugt", "not spent"),
    "ending.end": Text("Afslut forløbet", "End the course"),
    "ending.reason": Text("Hvorfor slutter det?", "Why does it end?"),
    "ending.choose": Text("Vælg en grund", "Choose a reason"),
    "ending.reason_hint": Text(
        "Bagefter kan der ikke bedes om køb. Er borgeren flyttet, bliver åbne køb opgivet.",
        "No purchase can be asked for afterwards. If the citizen has moved, open purchases are given up.",
    ),
    "ending.last_day": Text("Sidste dag", "Last day"),
    "ending.last_day_hint": Text("Tom betyder i dag.", "Empty means today."),
    "ending.note": Text("Note til sagen", "Note for the case"),
    "ending.note_hint": Text("Borgeren kan læse den.", "The citizen can read it."),
    "ending.confirm": Text("Afslut forløbet nu", "End the course now"),
    "ending.leave": Text("Jeg vil stoppe", "I want to stop"),
    "ending.leave_text": Text(
        "Forløbet slutter i dag, og der kan ikke bedes om flere køb. Du behøver ikke sige hvorfor.",
        "The course ends today, and no more purchases can be asked for. You need not say why.",
    ),
    "ending.leave_note": Text("Noget, du vil sige?", "Anything you want to say?"),
    "ending.leave_confirm": Text("Ja, jeg stopper nu", "Yes, I stop now"),
    "done.leave_programme": Text("Dit forløb er afsluttet.", "Your course has ended."),
}

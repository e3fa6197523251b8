"""Every kind of act that is recorded, with the text that people read."""

from __future__ import annotations

from enum import Enum

from raaderum.kernel.text import Text


class AuditEvent(Enum):
    """One kind of act: its stored name, and how it reads on a timeline."""

    CITIZEN_REGISTERED = ("citizen.registered", Text("Borger oprettet", "Citizen registered"))
    CITIZEN_SEEN = ("citizen.seen", Text("Borgerens sag åbnet", "Citizen's case opened"))
    CITIZEN_LOOKED_UP = ("citizen.looked_up", Text("Borger fundet ved CPR", "Citizen looked up by CPR"))
    NOT_A_DUPLICATE_MARKED = (
        "citizen.not_a_duplicate",
        Text("To borgere er ikke den samme", "Two citizens are not the same person"),
    )
    STAFF_REGISTERED = ("staff.registered", Text("Medarbejder oprettet", "Member of staff registered"))
    ROLE_GIVEN = ("staff.role_given", Text("Rolle givet", "Role given"))
    ROLE_TAKEN = ("staff.role_taken", Text("Rolle taget", "Role taken"))
    STAFF_LEFT = ("staff.left", Text("Medarbejder holdt op", "Member of staff left"))
    ENROLMENT_REFERRED = ("enrolment.referred", Text("Indstillet til ordningen", "Referred to the programme"))
    ENROLMENT_SCREENED = ("enrolment.screened", Text("Målgruppen vurderet", "Target group assessed"))
    CONVERSATION_HELD = ("conversation.held", Text("Screeningssamtale holdt", "Screening conversation held"))
    ENROLMENT_APPOINTED = ("enrolment.appointed", Text("Udpeget til en plads", "Appointed to a place"))
    ENROLMENT_DRAWN = ("enrolment.drawn", Text("Udtrukket til en plads", "Drawn to a place"))
    DRAW_ANNOUNCED = ("draw.announced", Text("Lodtrækning bekendtgjort", "Draw announced"))
    DRAW_CARRIED_OUT = ("draw.carried_out", Text("Lodtrækning gennemført", "Draw carried out"))
    ENROLMENT_PUT_ON_LIST = ("enrolment.waiting", Text("Sat på venteliste", "Put on the waiting list"))
    ENROLMENT_OFFERED = ("enrolment.offered", Text("Tilbud givet", "Offer made"))
    ENROLMENT_REJECTED = ("enrolment.rejected", Text("Ikke optaget", "Not admitted"))
    ENROLMENT_ACCEPTED = (
        "enrolment.accepted",
        Text("Borgeren tog imod tilbuddet", "Citizen accepted the offer"),
    )
    ENROLMENT_DECLINED = ("enrolment.declined", Text("Borgeren sagde nej tak", "Citizen declined"))
    LETTER_FETCHED = ("letter.fetched", Text("Brev til andre hentet", "Letter to others fetched"))
    CONDITIONS_ACCEPTED = ("conditions.accepted", Text("Vilkårene accepteret", "Conditions accepted"))
    ENROLMENT_STARTED = ("enrolment.started", Text("Forløbet begyndt", "Enrolment started"))
    COURSE_PAUSED = ("enrolment.paused", Text("Trækningsretten sat på pause", "Drawing right paused"))
    COURSE_RESUMED = ("enrolment.resumed", Text("Pausen sluttede før tid", "Pause ended early"))
    COURSE_EXTENDED = ("enrolment.extended", Text("Trækningsretten forlænget", "Drawing right extended"))
    ENROLMENT_ENDED = ("enrolment.ended", Text("Forløbet afsluttet", "Enrolment ended"))
    SUPPORT_CHANGE_WISHED = (
        "support.change_wished",
        Text("Borgeren ønskede en anden støtteperson", "Citizen wished for another support person"),
    )
    SUPPORT_CHANGE_WITHDRAWN = (
        "support.change_withdrawn",
        Text("Borgeren trak ønsket om en anden støtteperson tilbage", "Citizen took that wish back"),
    )
    SUPPORT_PERSON_CHANGED = ("support.changed", Text("Ny støtteperson", "Another support person"))
    SUBSTITUTE_APPOINTED = ("support.substitute", Text("Vikar for støttepersonen", "Substitute appointed"))
    SUBSTITUTION_ENDED = ("support.substitute_ended", Text("Vikarens tid slut", "Substitute's time ended"))
    GOAL_WRITTEN = ("goal.written", Text("Drømmen skrevet ned", "The dream written down"))
    WORDS_CONFIRMED = (
        "goal.confirmed",
        Text("Borgeren bekræftede sine ord", "Citizen confirmed their words"),
    )
    SUB_GOAL_ADDED = ("sub_goal.added", Text("Delmål tilføjet", "Sub-goal added"))
    SUB_GOAL_REWRITTEN = ("sub_goal.rewritten", Text("Delmål skrevet om", "Sub-goal rewritten"))
    WISH_ADDED = ("wish.added", Text("Ønske skrevet ned", "Wish written down"))
    WISH_CHOSEN = ("wish.chosen", Text("Ønske valgt til eller fra", "Wish chosen or set aside"))
    STRATEGY_LINE_ADDED = (
        "strategy.added",
        Text("Personlig strategi: ny linje", "Personal strategy: new line"),
    )
    STRATEGY_LINE_SETTLED = (
        "strategy.settled",
        Text("Personlig strategi: linje afgjort", "Personal strategy: line settled"),
    )
    WORDS_RELEASED = ("words.released", Text("Borgeren gav sine ord fri", "Citizen released their words"))
    WORDS_RELEASE_WITHDRAWN = (
        "words.release_withdrawn",
        Text("Borgeren trak sin tilladelse tilbage", "Citizen took the release back"),
    )
    WORDS_HANDED_OUT = ("words.handed_out", Text("Borgerens ord udleveret", "Citizen's words handed out"))
    QUESTIONNAIRE_ANSWERED = (
        "questionnaire.answered",
        Text("Spørgeskema besvaret", "Questionnaire answered"),
    )
    QUESTIONNAIRE_DECLINED = (
        "questionnaire.declined",
        Text("Ønskede ikke at svare på spørgeskemaet", "Declined the questionnaire"),
    )
    OUTCOMES_RECORDED = ("outcomes.recorded", Text("Udvikling noteret", "Outcomes recorded"))
    INTERVIEW_HELD = ("interview.held", Text("Samtale holdt", "Interview held"))
    INTERVIEW_DECLINED = (
        "interview.declined",
        Text("Borgeren ønskede ikke samtalen", "Citizen declined the interview"),
    )
    SUMMARY_WRITTEN = ("interview.summary_written", Text("Referat skrevet", "Summary written"))
    SUMMARY_APPROVED = (
        "interview.summary_approved",
        Text("Borgeren godkendte referatet", "Citizen approved the summary"),
    )
    SUMMARY_CHANGES_WANTED = (
        "interview.changes_wanted",
        Text("Borgeren bad om ændringer i referatet", "Citizen asked for changes to the summary"),
    )
    FOLLOW_UP_CONSENTED = (
        "follow_up.consented",
        Text("Ja til opfølgning efter forløbet", "Yes to follow-up after the course"),
    )
    FOLLOW_UP_REFUSED = (
        "follow_up.refused",
        Text("Nej til opfølgning efter forløbet", "No to follow-up after the course"),
    )
    PLAN_DRAFTED = ("plan.drafted", Text("Budgetplan oprettet", "Budget plan drafted"))
    PLAN_PROPOSED = ("plan.proposed", Text("Budgetplan indsendt", "Budget plan proposed"))
    PLAN_APPROVED = ("plan.approved", Text("Budgetplan godkendt", "Budget plan approved"))
    PLAN_RETURNED = ("plan.returned", Text("Budgetplan sendt tilbage", "Budget plan returned"))
    PLAN_ASSESSED = ("plan.assessed", Text("Budgetplan vurderet", "Budget plan assessed"))
    PLAN_COMMENTED = (
        "plan.commented",
        Text("Kollega kommenterede planen", "Colleague commented on the plan"),
    )
    TEAM_DECIDED = ("plan.team_decided", Text("Teamet afgjorde planen", "The team decided on the plan"))
    PLAN_SEEN_BY_COLLEAGUE = (
        "plan.seen_by_colleague",
        Text("Kollega så den grønne plan", "Colleague saw the green plan"),
    )
    GUIDELINE_EXPLAINED = (
        "plan.guideline_explained",
        Text("Begrundelse for en retningslinje", "Reason given for a guideline"),
    )
    PRECEDENT_WRITTEN = ("precedent.written", Text("Tvivlssag skrevet", "Doubt case written"))
    PRECEDENT_PUBLISHED = ("precedent.published", Text("Tvivlssag offentliggjort", "Doubt case published"))
    PRECEDENT_WITHDRAWN = ("precedent.withdrawn", Text("Tvivlssag taget tilbage", "Doubt case withdrawn"))
    PRECEDENT_FOLLOWED_UP = ("precedent.followed_up", Text("Tvivlssag fulgt op", "Doubt case followed up"))
    PRECEDENTS_EXPORTED = ("precedent.exported", Text("Tvivlssager delt", "Doubt cases shared"))
    PRECEDENTS_IMPORTED = ("precedent.imported", Text("Tvivlssager modtaget", "Doubt cases received"))
    EVIDENCE_ATTACHED = ("evidence.attached", Text("Prisbilag tilføjet", "Evidence of price attached"))
    EVIDENCE_SEEN = ("evidence.seen", Text("Prisbilag hentet", "Evidence of price fetched"))
    ITEM_FOLLOWED_UP = (
        "item.followed_up",
        Text("Fulgt op på et køb: virkede det?", "Purchase followed up: did it work?"),
    )
    POOL_FUNDED = ("pool.funded", Text("Puljen tilført penge", "Pool funded"))
    GRANT_POSTED = ("grant.posted", Text("Trækningsret bevilget", "Drawing right granted"))
    PURCHASE_REQUESTED = ("purchase.requested", Text("Køb ønsket", "Purchase requested"))
    PURCHASE_APPROVED = ("purchase.approved", Text("Køb godkendt", "Purchase approved"))
    PURCHASE_REFUSED = ("purchase.refused", Text("Køb afslået", "Purchase refused"))
    PURCHASE_CONTROLLED = ("purchase.controlled", Text("Køb set efter", "Purchase looked at afterwards"))
    PURCHASE_CLOSED = ("purchase.closed", Text("Køb afsluttet", "Purchase closed"))
    INVOICE_RECEIVED = ("invoice.received", Text("Faktura modtaget", "Invoice received"))
    INVOICE_MATCHED = ("invoice.matched", Text("Faktura knyttet til køb", "Invoice matched to purchase"))
    INVOICE_APPROVED = ("invoice.approved", Text("Faktura godkendt", "Invoice approved"))
    INVOICE_DISMISSED = ("invoice.dismissed", Text("Faktura afvist", "Invoice dismissed"))
    PAYOUT_RESERVED = ("payout.reserved", Text("Udbetaling sat i gang", "Payout reserved"))
    PAYOUT_PAID = ("payout.paid", Text("Udbetaling gennemført", "Payout paid"))
    PAYOUT_UNKNOWN = ("payout.unknown", Text("Udbetalingens udfald er uklart", "Payout's outcome unclear"))
    PAYOUT_FAILED = ("payout.failed", Text("Udbetaling afvist", "Payout failed"))
    PAYOUT_RETRIED = ("payout.retried", Text("Udbetaling forsøgt igen", "Payout tried again"))
    REFUND_APPROVED = ("refund.approved", Text("Kreditnota godkendt", "Credit note approved"))
    REFUND_BOOKED = ("refund.booked", Text("Kreditnota bogført", "Credit note booked"))
    DATA_IMPORTED = ("data.imported", Text("Regneark indlæst", "Spreadsheet imported"))
    DATA_EXPORTED = ("data.exported", Text("Oplysninger udlæst", "Data exported"))
    CITIZEN_IMPORTED = ("citizen.imported", Text("Borger indlæst", "Citizen imported"))
    ENROLMENT_IMPORTED = ("enrolment.imported", Text("Forløb indlæst", "Enrolment imported"))
    PLAN_IMPORTED = ("plan.imported", Text("Godkendt budgetplan indlæst", "Approved budget plan imported"))
    PURCHASE_IMPORTED = ("purchase.imported", Text("Køb indlæst", "Purchase imported"))
    TASK_WRITTEN = ("task.written", Text("Opgave noteret", "Task written down"))
    TASK_FINISHED = ("task.finished", Text("Opgave løst", "Task done"))
    NOTE_WRITTEN = ("note.written", Text("Note skrevet", "Note written"))
    NOTE_CORRECTED = ("note.corrected", Text("Note rettet", "Note corrected"))
    MESSAGE_WRITTEN = ("message.written", Text("Besked skrevet", "Message written"))
    MESSAGES_READ = ("message.read", Text("Beskeder læst", "Messages read"))
    COURSE_PLANNED = ("course.planned", Text("Gruppeforløb planlagt", "Group course planned"))
    COURSE_JOINED = ("course.joined", Text("Tilmeldt gruppeforløb", "Joined a group course"))
    ATTENDANCE_NOTED = ("course.attendance", Text("Fremmøde noteret", "Attendance noted"))
    SIGNED_IN = ("access.signed_in", Text("Logget ind", "Signed in"))
    SIGNED_OUT = ("access.signed_out", Text("Logget ud", "Signed out"))
    API_TOKEN_ISSUED = ("access.token_issued", Text("API-nøgle udstedt", "API token issued"))

    def __init__(self, stored_name: str, text: Text) -> None:
        self.stored_name = stored_name
        self.text = text

    @classmethod
    def named(cls, stored_name: str) -> AuditEvent:
        """Return the event stored as `stored_name`."""
        return _BY_NAME[stored_name]


_BY_NAME = {event.stored_name: event for event in AuditEvent}

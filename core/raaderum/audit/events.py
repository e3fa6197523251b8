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
    INVOICE_CREDITED = (
        "invoice.credited",
        Text("Faktura krediteret, før den blev betalt", "Invoice credited before it was paid"),
    )
    INVOICE_DOWNLOADED = (
        "invoice.downloaded",
        Text("Fakturaens oprindelige fil hentet", "Invoice's original file downloaded"),
    )
    INVOICE_ANSWERED = ("invoice.answered", Text("Svar lavet til leverandør", "Supplier answered"))
    FEE_APPROVED = (
        "fee.approved",
        Text("Rykkergebyr godkendt til kommunens regning", "Reminder fee approved at municipality's cost"),
    )
    FEE_BOOKED = ("fee.booked", Text("Rykkergebyr bogført", "Reminder fee booked"))
    PAYOUT_RESERVED = ("payout.reserved", Text("Udbetaling sat i gang", "Payout reserved"))
    PAYOUT_PAID = ("payout.paid", Text("Udbetaling gennemført", "Payout paid"))
    PAYOUT_UNKNOWN = ("payout.unknown", Text("Udbetalingens udfald er uklart", "Payout's outcome unclear"))
    PAYOUT_FAILED = ("payout.failed", Text("Udbetaling afvist", "Payout failed"))
    PAYOUT_RETRIED = ("payout.retried", Text("Udbetaling forsøgt igen", "Payout tried again"))
    PAYOUT_APPROVAL_VOID = (
        "payout.approval_void",
        Text("Udbetaling svarer ikke til det godkendte", "Payout differs from what was approved"),
    )
    PAYOUT_APPROVED_AGAIN = (
        "payout.approved_again",
        Text("Udbetaling godkendt igen", "Payout approved again"),
    )
    PAYOUT_GIVEN_UP = ("payout.given_up", Text("Udbetaling opgivet", "Payout given up"))
    PAYOUT_DECISION_PROPOSED = (
        "payout.decision_proposed",
        Text("Forslag: hvad der blev af en udbetaling", "Proposed: what became of a payout"),
    )
    PAYOUT_DECISION_CONFIRMED = (
        "payout.decision_confirmed",
        Text("Afgjort: hvad der blev af en udbetaling", "Decided: what became of a payout"),
    )
    PAYOUT_DECISION_REJECTED = (
        "payout.decision_rejected",
        Text("Forslag om en udbetaling afvist", "Proposal on a payout rejected"),
    )
    PAYOUT_CONTRADICTED = (
        "payout.contradicted",
        Text("Modstridende besked om en udbetaling", "Contradicting word about a payout"),
    )
    PAYOUT_CONTRADICTION_SETTLED = (
        "payout.contradiction_settled",
        Text("Modstridende besked afklaret", "Contradicting word settled"),
    )
    WORK_RESUMED = ("work.resumed", Text("Parkeret arbejde sat i gang igen", "Parked work resumed"))
    PAYOUT_CANCELLED = (
        "payout.cancelled",
        Text("Udbetaling taget tilbage før afsendelse", "Payout taken back before it was sent"),
    )
    REFUND_NOTED = (
        "refund.noted",
        Text("Kreditnota noteret som bogført", "Credit note noted as booked"),
    )
    PAYOUT_CORRECTION_PROPOSED = (
        "payout.correction_proposed",
        Text("Forslag: en udbetaling er betalt alligevel", "Proposed: a payout was paid after all"),
    )
    PAYOUT_CORRECTION_REJECTED = (
        "payout.correction_rejected",
        Text("Forslag om en udbetaling afvist", "Proposal to correct a payout rejected"),
    )
    PAYOUT_CORRECTED = (
        "payout.corrected",
        Text("Udbetaling rettet: den er betalt alligevel", "Payout corrected: it was paid after all"),
    )
    PAYOUT_CLAIMED = (
        "payout.claimed",
        Text("Betaling skal kræves tilbage", "Payment to be claimed back"),
    )
    PAYOUT_CLAIM_BACK = (
        "payout.claim_back",
        Text("Betaling, der blev krævet, er kommet tilbage", "Claimed payment has come back"),
    )
    PAYOUT_CLAIM_WRITTEN_OFF = (
        "payout.claim_written_off",
        Text("Betaling, der blev krævet, er afskrevet", "Claimed payment written off"),
    )
    TRANSFERS_LOCKED = ("transfers.locked", Text("Små overførsler sat på pause", "Small transfers paused"))
    TRANSFERS_UNLOCKED = (
        "transfers.unlocked",
        Text("Små overførsler åbnet igen", "Small transfers reopened"),
    )
    RUN_STARTED = ("payment_run.started", Text("Betalingskørsel startet", "Payment run started"))
    RUN_SENT = ("payment_run.sent", Text("Betalingskørsel sendt", "Payment run sent"))
    RUN_REFUSED = ("payment_run.refused", Text("Betalingskørsel afvist", "Payment run refused"))
    RUN_CANCELLED = ("payment_run.cancelled", Text("Betalingskørsel annulleret", "Payment run cancelled"))
    STATUS_FILE_READ = ("payment_status.read", Text("Bankens svarfil læst", "Bank's status file read"))
    REFUND_APPROVED = ("refund.approved", Text("Kreditnota godkendt", "Credit note approved"))
    MONEY_RETURNED = ("refund.returned", Text("Betaling kom retur", "Payment came back"))
    REFUND_BOOKED = ("refund.booked", Text("Kreditnota bogført", "Credit note booked"))
    CARD_ORDERED = ("card.ordered", Text("Kort bestilt", "Card ordered"))
    CARD_ISSUED = ("card.issued", Text("Kort udstedt", "Card issued"))
    CARD_REFUSED = ("card.refused", Text("Kortet kunne ikke udstedes", "Card could not be issued"))
    CARD_STATE_WANTED = ("card.state_wanted", Text("Kortets tilstand ændret", "Card's state changed"))
    CARD_STATE_TOLD = (
        "card.state_told",
        Text("Kortudstederen ændrede kortets tilstand", "Issuer changed the card's state"),
    )
    CARD_LOCKED = ("card.locked", Text("Kortet låst, til kvitteringen kommer", "Card locked for a receipt"))
    CARD_UNLOCKED = ("card.unlocked", Text("Kortet låst op", "Card unlocked"))
    CARD_ITEM_MARKED = ("card.item_marked", Text("Post betales med kort", "Item is paid by card"))
    CARD_ITEM_CLOSED = (
        "card.item_closed",
        Text("Post betales ikke længere med kort", "Item no longer paid by card"),
    )
    CARD_LOADED = ("card.loaded", Text("Penge lagt på kortet", "Money put on the card"))
    CARD_RECOUPED = (
        "card.recouped",
        Text("Penge taget tilbage fra kortet", "Money taken back from the card"),
    )
    CARD_DECLINED = ("card.declined", Text("Køb med kort afvist", "Card payment declined"))
    CARD_PAYMENT_CHANGED = ("card.payment", Text("Køb med kort", "Card payment"))
    CARD_PROBLEM_SETTLED = (
        "card.problem_settled",
        Text("Afvigelse på et kortkøb set efter", "Odd card payment looked into"),
    )
    STATEMENT_TAKEN_IN = ("statement.taken_in", Text("Kontoudtog taget ind", "Bank statement taken in"))
    STATEMENT_LINE_PROPOSED = (
        "statement.line_proposed",
        Text("Afstemning foreslået", "Reconciliation proposed"),
    )
    STATEMENT_LINE_MATCHED = (
        "statement.line_matched",
        Text("Linje fra banken afstemt", "Bank line matched"),
    )
    STATEMENT_LINE_DISMISSED = (
        "statement.line_dismissed",
        Text("Linje fra banken lagt til side", "Bank line put aside"),
    )
    BANK_RETURN_FOUND = (
        "statement.return_found",
        Text("Betaling kom retur i banken", "Payment came back in the bank"),
    )
    BOOKS_PROVEN = ("books.proven", Text("Regnskabet bevist", "Books proven"))
    RECEIPT_DUE_OPENED = ("receipt.due", Text("Kvittering skal sendes", "Receipt due"))
    RECEIPT_NOT_NEEDED = ("receipt.not_needed", Text("Kvittering behøves ikke", "Receipt not needed"))
    RECEIPT_SENT = ("receipt.sent", Text("Kvittering sendt", "Receipt sent"))
    RECEIPT_LINKED = ("receipt.linked", Text("Kvittering knyttet til betaling", "Receipt tied to payment"))
    RECEIPT_OPENED = ("receipt.opened", Text("Kvittering hentet", "Receipt fetched"))
    RECEIPT_ACCEPTED = ("receipt.accepted", Text("Kvittering godkendt", "Receipt accepted"))
    RECEIPT_REJECTED = ("receipt.rejected", Text("Kvittering kunne ikke bruges", "Receipt turned down"))
    RECEIPT_DECLARED_LOST = (
        "receipt.declared_lost",
        Text("Kvittering erklæret væk", "Receipt declared lost"),
    )
    RECEIPT_WAIVED = ("receipt.waived", Text("Kvittering eftergivet", "Receipt waived"))
    RECEIPT_REMINDED = ("receipt.reminded", Text("Mindet om kvittering", "Reminded of receipt"))
    RECEIPT_OVERDUE = ("receipt.overdue", Text("Kvittering kom ikke i tide", "Receipt did not come in time"))
    ACTIVITY_CONFIRMED = (
        "receipt.activity",
        Text("Svar på, om aktiviteten fandt sted", "Told whether the activity took place"),
    )
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
    CALL_ASKED_FOR = ("call.asked_for", Text("Bedt om et opkald", "Call asked for"))
    CONTACT_CHANGED = ("contact.changed", Text("Adresse til beskeder ændret", "Contact address changed"))
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

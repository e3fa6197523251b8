"""Every kind of act that is recorded, with the text that people read."""

from __future__ import annotations

from enum import Enum

from raaderum.kernel.text import Text


class AuditEvent(Enum):
    """One kind of act: its stored name, and how it reads on a timeline."""

    CITIZEN_REGISTERED = ("citizen.registered", Text("Borger oprettet", "Citizen registered"))
    CITIZEN_SEEN = ("citizen.seen", Text("Borgerens sag åbnet", "Citizen's case opened"))
    STAFF_REGISTERED = ("staff.registered", Text("Medarbejder oprettet", "Member of staff registered"))
    ENROLMENT_REFERRED = ("enrolment.referred", Text("Indstillet til ordningen", "Referred to the programme"))
    ENROLMENT_SCREENED = ("enrolment.screened", Text("Målgruppen vurderet", "Target group assessed"))
    ENROLMENT_OFFERED = ("enrolment.offered", Text("Tilbud givet", "Offer made"))
    ENROLMENT_REJECTED = ("enrolment.rejected", Text("Ikke optaget", "Not admitted"))
    ENROLMENT_ACCEPTED = (
        "enrolment.accepted",
        Text("Borgeren tog imod tilbuddet", "Citizen accepted the offer"),
    )
    ENROLMENT_STARTED = ("enrolment.started", Text("Forløbet begyndt", "Enrolment started"))
    ENROLMENT_ENDED = ("enrolment.ended", Text("Forløbet afsluttet", "Enrolment ended"))
    GOAL_WRITTEN = ("goal.written", Text("Drømmen skrevet ned", "The dream written down"))
    SUB_GOAL_ADDED = ("sub_goal.added", Text("Delmål tilføjet", "Sub-goal added"))
    PLAN_DRAFTED = ("plan.drafted", Text("Budgetplan oprettet", "Budget plan drafted"))
    PLAN_PROPOSED = ("plan.proposed", Text("Budgetplan indsendt", "Budget plan proposed"))
    PLAN_APPROVED = ("plan.approved", Text("Budgetplan godkendt", "Budget plan approved"))
    PLAN_RETURNED = ("plan.returned", Text("Budgetplan sendt tilbage", "Budget plan returned"))
    POOL_FUNDED = ("pool.funded", Text("Puljen tilført penge", "Pool funded"))
    GRANT_POSTED = ("grant.posted", Text("Trækningsret bevilget", "Drawing right granted"))
    PURCHASE_REQUESTED = ("purchase.requested", Text("Køb ønsket", "Purchase requested"))
    PURCHASE_APPROVED = ("purchase.approved", Text("Køb godkendt", "Purchase approved"))
    PURCHASE_REFUSED = ("purchase.refused", Text("Køb afslået", "Purchase refused"))
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

"""What is said after something was done, by the name of the deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "done.refer_citizen": Text(
        "Borgeren er oprettet og indstillet. Nu kommer screeningen.",
        "The citizen is registered and referred. Now comes the screening.",
    ),
    "done.screen": Text("Screeningen er gemt.", "The screening has been kept."),
    "done.offer": Text("Borgeren har fået et tilbud.", "The citizen has been made an offer."),
    "done.reject": Text("Indstillingen er lukket.", "The referral is closed."),
    "done.accept_offer": Text(
        "Tilbuddet er taget imod. Nu er der tid til at drømme.",
        "The offer is accepted. Now there is time to dream.",
    ),
    "done.end_enrolment": Text("Forløbet er afsluttet.", "The enrolment has ended."),
    "done.write_goal": Text("Drømmen er skrevet ned.", "The dream is written down."),
    "done.add_sub_goal": Text("Delmålet er tilføjet.", "The sub-goal is added."),
    "done.draft_plan": Text("Budgetplanen er gemt.", "The budget plan has been kept."),
    "done.propose_plan": Text("Budgetplanen er sendt til godkendelse.", "The budget plan awaits approval."),
    "done.approve_plan": Text(
        "Planen er godkendt, og pengene er bevilget.", "The plan is approved, and the money is granted."
    ),
    "done.return_plan": Text("Planen er sendt tilbage.", "The plan has been returned."),
    "done.request_purchase": Text("Købet venter på godkendelse.", "The purchase awaits approval."),
    "done.approve_purchase": Text(
        "Købet er godkendt, og pengene er sat til side. Det er endnu ikke betalt.",
        "The purchase is approved and its money set aside. It has not been paid yet.",
    ),
    "done.refuse_purchase": Text("Købet er afslået.", "The purchase is refused."),
    "done.release_purchase": Text("Pengene er fri igen.", "The money is free again."),
    "done.upload_invoices": Text("Det, du sendte, er taget ind.", "What you sent has been taken in."),
    "done.match_invoice": Text("Fakturaen er knyttet til købet.", "The invoice is tied to the purchase."),
    "done.approve_invoice": Text(
        "Godkendt. Betalingen er sat i gang, men endnu ikke gennemført.",
        "Approved. The payment has been set going but is not done yet.",
    ),
    "done.pay_reminder_fee": Text(
        "Gebyret betales fra ordningens egen konto.", "The fee is paid from the programme's own account."
    ),
    "done.dismiss_invoice": Text("Fakturaen er lagt til side.", "The invoice has been put aside."),
    "done.fund_pool": Text("Puljen har fået pengene.", "The pool has the money."),
    "done.retry_payout": Text("Betalingen forsøges igen.", "The payment is being tried again."),
}

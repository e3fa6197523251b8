"""Every page and every deed of the portal on one page: its address, and the act it asks for."""

from __future__ import annotations

from typing import Final

from raaderum.enrolments.service import record_look_up
from raaderum.people.roles import Act
from raaderum.portal import (
    audit_page,
    case_page,
    caseload,
    goal_page,
    inbox_page,
    invoice_page,
    ledger_page,
    money_trail,
    payouts_page,
    plan_page,
    purchase_page,
    referral_page,
    screening_page,
    sign_in,
    start,
)
from raaderum.portal.serving import Deed, Page

_CASE: Final = "/sager/<uuid:enrolment_id>"
_PLAN: Final = f"{_CASE}/planer/<uuid:plan_id>"
_PURCHASE: Final = f"{_CASE}/koeb/<uuid:purchase_id>"
_INVOICE: Final = "/fakturaer/<uuid:invoice_id>"

START: Final = Page("/", Act.SEE_OWN_SESSION, start.show_start)
PROGRAMMES: Final = Page("/ordninger", Act.SEE_PROGRAMMES, start.show_programmes)
CASELOAD: Final = Page("/sager", Act.SEE_CASELOAD, caseload.show_caseload)
CASE: Final = Page(_CASE, Act.SEE_CASE, case_page.show_case, look_up=record_look_up)
LOOK_UPS: Final = Page(f"{_CASE}/indsigt", Act.SEE_CASE, case_page.show_look_ups, look_up=record_look_up)
GOAL: Final = Page(f"{_CASE}/droem", Act.WRITE_GOAL, goal_page.show_goal_form, look_up=record_look_up)
PLAN: Final = Page(f"{_CASE}/plan", Act.WRITE_PLAN, plan_page.show_plan_form, look_up=record_look_up)
PURCHASE: Final = Page(
    f"{_CASE}/koeb", Act.REQUEST_PURCHASE, purchase_page.show_purchase_form, look_up=record_look_up
)
REFERRAL: Final = Page("/indstilling", Act.REFER_CITIZEN, referral_page.show_referral_form)
SCREENING: Final = Page(
    f"{_CASE}/screening", Act.SCREEN, screening_page.show_screening_form, look_up=record_look_up
)
INBOX: Final = Page("/fakturaer", Act.SEE_INVOICES, inbox_page.show_inbox)
INVOICE: Final = Page(_INVOICE, Act.SEE_INVOICES, invoice_page.show_invoice)
LEDGER: Final = Page("/regnskab", Act.SEE_LEDGER, ledger_page.show_ledger)
PAYOUTS: Final = Page("/udbetalinger", Act.SEE_LEDGER, payouts_page.show_payouts)

PAGES: Final = (
    START,
    PROGRAMMES,
    CASELOAD,
    CASE,
    LOOK_UPS,
    GOAL,
    PLAN,
    PURCHASE,
    REFERRAL,
    SCREENING,
    INBOX,
    INVOICE,
    Page(f"{_INVOICE}/original", Act.SEE_INVOICES, invoice_page.download_invoice),
    LEDGER,
    Page("/regnskab/<uuid:enrolment_id>", Act.SEE_LEDGER, money_trail.show_trail, look_up=record_look_up),
    PAYOUTS,
    Page("/haendelser", Act.SEE_AUDIT, audit_page.show_audit),
)

DEEDS: Final = (
    Deed("/log-ud", Act.SEE_OWN_SESSION, sign_in.sign_out, START),
    Deed(f"{_CASE}/droem", Act.WRITE_GOAL, goal_page.write_goal, GOAL),
    Deed(f"{_CASE}/delmaal", Act.WRITE_GOAL, goal_page.add_sub_goal, CASE),
    Deed(f"{_CASE}/plan", Act.WRITE_PLAN, plan_page.draft_plan, PLAN),
    Deed(f"{_PLAN}/indsend", Act.WRITE_PLAN, plan_page.propose_plan, CASE),
    Deed(f"{_PLAN}/godkend", Act.APPROVE_PLAN, plan_page.approve_plan, CASE),
    Deed(f"{_PLAN}/send-tilbage", Act.APPROVE_PLAN, plan_page.return_plan, CASE),
    Deed(f"{_CASE}/koeb", Act.REQUEST_PURCHASE, purchase_page.request_purchase, PURCHASE),
    Deed(f"{_PURCHASE}/godkend", Act.APPROVE_PURCHASE, purchase_page.approve_purchase, CASE),
    Deed(f"{_PURCHASE}/afslaa", Act.APPROVE_PURCHASE, purchase_page.refuse_purchase, CASE),
    Deed(f"{_PURCHASE}/opgiv", Act.APPROVE_PURCHASE, purchase_page.release_purchase, CASE),
    Deed("/indstilling", Act.REFER_CITIZEN, referral_page.refer_citizen, REFERRAL),
    Deed(f"{_CASE}/screening", Act.SCREEN, screening_page.screen, SCREENING),
    Deed(f"{_CASE}/tilbud", Act.SCREEN, screening_page.offer, CASE),
    Deed(f"{_CASE}/ikke-optaget", Act.SCREEN, screening_page.reject, CASE),
    Deed(f"{_CASE}/tilbud/ja", Act.ACCEPT_OFFER, screening_page.accept_offer, CASE),
    Deed(f"{_CASE}/afslut", Act.END_ENROLMENT, screening_page.end_enrolment, CASE),
    Deed(
        "/fakturaer",
        Act.TAKE_IN_INVOICE,
        inbox_page.upload_invoices,
        INBOX,
        largest_form=inbox_page.LARGEST_UPLOAD,
    ),
    Deed(f"{_INVOICE}/koeb", Act.MATCH_INVOICE, invoice_page.match_invoice, INVOICE),
    Deed(f"{_INVOICE}/godkend", Act.APPROVE_INVOICE, invoice_page.approve_invoice, INVOICE),
    Deed(f"{_INVOICE}/afvis", Act.APPROVE_INVOICE, invoice_page.dismiss_invoice, INVOICE),
    Deed("/regnskab", Act.FUND_POOL, ledger_page.fund_pool, LEDGER),
    Deed("/udbetalinger/<uuid:payout_id>/igen", Act.RETRY_PAYOUT, payouts_page.retry_payout, PAYOUTS),
)

"""Every page and every deed of the portal on one page: its address, and the act it asks for."""

from __future__ import annotations

from typing import Final

from raaderum.casework.messages import read_messages
from raaderum.conditions.letters import record_letter
from raaderum.enrolments.service import record_look_up
from raaderum.goals import releases
from raaderum.guidelines.exchange import export_precedents
from raaderum.invoices.service import record_download
from raaderum.people.roles import Act
from raaderum.portal import (
    assessment_page,
    audit_page,
    bank_page,
    bulk_page,
    card_page,
    case_page,
    caseload,
    clock_page,
    comparison_page,
    conditions_page,
    control_page,
    conversations_page,
    courses_page,
    ending_page,
    evidence_page,
    exchange_page,
    goal_page,
    inbox_page,
    interview_page,
    invoice_page,
    item_follow_up_page,
    jobs_page,
    known_citizen_page,
    ledger_page,
    load_page,
    messages_page,
    money_trail,
    notes_page,
    notices_page,
    parked_work_page,
    payouts_page,
    places_page,
    plan_page,
    precedents_page,
    proof_page,
    purchase_page,
    questionnaire_page,
    receipts_page,
    referral_page,
    runs_page,
    screening_page,
    screening_talk_page,
    shield_page,
    sign_in,
    staff_page,
    start,
    support_page,
    tasks_page,
    team_page,
    timeline_page,
    transfers_page,
    words_page,
)
from raaderum.portal.serving import Deed, Page

_CASE: Final = "/sager/<uuid:enrolment_id>"
_PAYOUT: Final = "/udbetalinger/<uuid:payout_id>"
_RELEASE: Final = f"{_CASE}/egne-ord/<uuid:release_id>"
_ASKED: Final = f"{_CASE}/spoergeskemaer/<moment>"
_TALK: Final = f"{_CASE}/samtaler/<kind>"
_PLAN: Final = f"{_CASE}/planer/<uuid:plan_id>"
_PURCHASE: Final = f"{_CASE}/koeb/<uuid:purchase_id>"
_RECEIPTS: Final = f"{_CASE}/kvitteringer"
_RECEIPT_DUE: Final = f"{_RECEIPTS}/krav/<uuid:receipt_due_id>"
_RUN: Final = "/betalingskoersler/<uuid:run_id>"
_INVOICE: Final = "/fakturaer/<uuid:invoice_id>"
_BANK_LINE: Final = "/bank/<uuid:bank_line_id>"
_CARD: Final = f"{_CASE}/kort/<uuid:card_id>"
_PRECEDENT: Final = "/tvivlssager/<uuid:precedent_id>"

START: Final = Page("/", Act.SEE_OWN_SESSION, start.show_start)
PROGRAMMES: Final = Page("/ordninger", Act.SEE_PROGRAMMES, start.show_programmes)
CASELOAD: Final = Page("/sager", Act.SEE_CASELOAD, caseload.show_caseload)
CASE: Final = Page(_CASE, Act.SEE_CASE, case_page.show_case, look_up=record_look_up)
LOOK_UPS: Final = Page(f"{_CASE}/indsigt", Act.SEE_CASE, case_page.show_look_ups, look_up=record_look_up)
GOAL: Final = Page(f"{_CASE}/droem", Act.WRITE_GOAL, goal_page.show_goal_form, look_up=record_look_up)
TAKING_DOWN: Final = Page(
    f"{_CASE}/droem/diktat", Act.TAKE_DOWN_WORDS, goal_page.show_taking_down_form, look_up=record_look_up
)
WISHES: Final = Page(f"{_CASE}/oensker", Act.SEE_CASE, words_page.show_wishes, look_up=record_look_up)
WORDS: Final = Page(f"{_CASE}/egne-ord", Act.SEE_CASE, words_page.show_words, look_up=record_look_up)
PLAN: Final = Page(f"{_CASE}/plan", Act.WRITE_PLAN, plan_page.show_plan_form, look_up=record_look_up)
COMPARISON: Final = Page(
    f"{_CASE}/plan/sammenlign",
    Act.SEE_CASE,
    comparison_page.show_plan_comparison,
    look_up=record_look_up,
)
ITEM_FOLLOW_UPS: Final = Page(
    f"{_CASE}/virkede-det",
    Act.SEE_CASE,
    item_follow_up_page.show_item_follow_ups,
    look_up=record_look_up,
)
EVIDENCE: Final = Page(f"{_CASE}/bilag", Act.SEE_CASE, evidence_page.show_evidence, look_up=record_look_up)
PURCHASE: Final = Page(
    f"{_CASE}/koeb", Act.REQUEST_PURCHASE, purchase_page.show_purchase_form, look_up=record_look_up
)
KNOWN_CITIZEN: Final = Page(
    "/borgere/find",
    Act.LOOK_UP_CITIZEN,
    known_citizen_page.show_known_citizen,
    look_up=known_citizen_page.record_sight,
)
DUPLICATES: Final = Page("/borgere/dubletter", Act.SETTLE_DUPLICATES, known_citizen_page.show_duplicates)
WAITING_LISTS: Final = Page("/venteliste", Act.SCREEN, places_page.show_waiting_lists)
DRAWS: Final = Page("/lodtraekning", Act.SELECT_CITIZENS, places_page.show_draws)
SCREENING_TALK: Final = Page(
    f"{_CASE}/samtale", Act.HOLD_CONVERSATION, screening_talk_page.show_screening_talk, look_up=record_look_up
)
REFERRAL: Final = Page("/indstilling", Act.REFER_CITIZEN, referral_page.show_referral_form)
SCREENING: Final = Page(
    f"{_CASE}/screening", Act.SCREEN, screening_page.show_screening_form, look_up=record_look_up
)
CONVERSATIONS: Final = Page(
    f"{_CASE}/samtaler", Act.SEE_CASE, conversations_page.show_conversations, look_up=record_look_up
)
CONDITIONS: Final = Page(
    f"{_CASE}/vilkaar", Act.SEE_CASE, conditions_page.show_conditions, look_up=record_look_up
)
CARD: Final = Page(f"{_CASE}/kort", Act.SEE_CASE, card_page.show_card, look_up=record_look_up)
CLOCKS: Final = Page(f"{_CASE}/frister", Act.SEE_CASE, clock_page.show_clocks, look_up=record_look_up)
ENDING: Final = Page(f"{_CASE}/afslutning", Act.SEE_CASE, ending_page.show_ending, look_up=record_look_up)
RECEIPTS: Final = Page(_RECEIPTS, Act.SEE_RECEIPTS, receipts_page.show_receipts, look_up=record_look_up)
MISSING_RECEIPTS: Final = Page("/kvitteringer", Act.SEE_MISSING_RECEIPTS, receipts_page.show_missing_receipts)
TRANSFERS: Final = Page(
    f"{_CASE}/overfoersler", Act.SEE_CASE, transfers_page.show_transfers, look_up=record_look_up
)
RUNS: Final = Page("/betalingskoersler", Act.RUN_PAYMENTS, runs_page.show_runs)
RUN: Final = Page(_RUN, Act.RUN_PAYMENTS, runs_page.show_run)
CONTROLS: Final = Page("/kontrol", Act.CONTROL_PURCHASE, control_page.show_controls)
INBOX: Final = Page("/fakturaer", Act.SEE_INVOICES, inbox_page.show_inbox)
INVOICE: Final = Page(_INVOICE, Act.SEE_INVOICES, invoice_page.show_invoice)
BULK: Final = Page("/fakturaer/godkend-flere", Act.APPROVE_INVOICE, bulk_page.show_bulk_approval)
LEDGER: Final = Page("/regnskab", Act.SEE_LEDGER, ledger_page.show_ledger)
PAYOUTS: Final = Page("/udbetalinger", Act.SEE_LEDGER, payouts_page.show_payouts)
BANK: Final = Page("/bank", Act.SEE_STATEMENTS, bank_page.show_bank)
BANK_LINE: Final = Page(_BANK_LINE, Act.SEE_STATEMENTS, bank_page.show_bank_line)
PROOFS: Final = Page("/bevis", Act.SEE_PROOF, proof_page.show_proofs)
PARKED_WORK: Final = Page("/parkeret-arbejde", Act.RESUME_WORK, parked_work_page.show_parked_work)
SUPPORT: Final = Page(
    f"{_CASE}/stoetteperson", Act.SEE_CASE, support_page.show_support, look_up=record_look_up
)
NOTES: Final = Page(f"{_CASE}/noter", Act.SEE_CASE, notes_page.show_notes, look_up=record_look_up)
MESSAGES: Final = Page(f"{_CASE}/beskeder", Act.SEE_CASE, messages_page.show_messages, look_up=read_messages)
TASKS: Final = Page("/opgaver", Act.SEE_TASKS, tasks_page.show_tasks)
SHIELD: Final = Page(f"{_CASE}/nej", Act.ASK_FOR_CALL, shield_page.show_shield)
NOTICES: Final = Page("/nyt", Act.SEE_OWN_SESSION, notices_page.show_notices)
COURSES: Final = Page("/gruppeforloeb", Act.RUN_COURSE, courses_page.show_courses)
STAFF: Final = Page("/medarbejdere", Act.CHANGE_ROLES, staff_page.show_staff)
IMPORT: Final = Page("/indlaesning", Act.IMPORT_DATA, exchange_page.show_import_form)
EXPORT: Final = Page("/udlaesning", Act.EXPORT_DATA, exchange_page.show_export_form)

ASSESSMENT: Final = Page(
    f"{_PLAN}/vurdering",
    Act.SEE_ASSESSMENTS,
    assessment_page.show_assessment,
    look_up=assessment_page.look_up_plan,
)
TEAM: Final = Page("/team", Act.SEE_ASSESSMENTS, team_page.show_team)
CALIBRATION: Final = Page("/team/farver", Act.SEE_ASSESSMENTS, team_page.show_calibration)
GUIDELINES: Final = Page("/retningslinjer", Act.SEE_GUIDELINES, precedents_page.show_guidelines)
PRECEDENTS: Final = Page("/tvivlssager", Act.SEE_PRECEDENTS, precedents_page.show_precedents)
PRECEDENT_FORM: Final = Page("/tvivlssager/ny", Act.WRITE_PRECEDENT, precedents_page.show_precedent_form)
PRECEDENT_FILE: Final = Page(
    "/tvivlssager/fil",
    Act.EXCHANGE_PRECEDENTS,
    precedents_page.download_precedents,
    look_up=export_precedents,
)

PAGES: Final = (
    ASSESSMENT,
    TEAM,
    CALIBRATION,
    GUIDELINES,
    PRECEDENTS,
    PRECEDENT_FORM,
    PRECEDENT_FILE,
    START,
    PROGRAMMES,
    CASELOAD,
    CASE,
    LOOK_UPS,
    GOAL,
    TAKING_DOWN,
    WISHES,
    WORDS,
    Page(f"{_RELEASE}/fil", Act.HAND_OUT_WORDS, words_page.download_words, look_up=releases.hand_out_words),
    PLAN,
    EVIDENCE,
    COMPARISON,
    ITEM_FOLLOW_UPS,
    Page(
        f"{_CASE}/bilag/<uuid:evidence_id>",
        Act.SEE_CASE,
        evidence_page.download_evidence,
        look_up=evidence_page.record_fetching,
    ),
    PURCHASE,
    KNOWN_CITIZEN,
    DUPLICATES,
    WAITING_LISTS,
    DRAWS,
    SCREENING_TALK,
    REFERRAL,
    SCREENING,
    SUPPORT,
    NOTES,
    MESSAGES,
    NOTICES,
    SHIELD,
    Page(f"{_CASE}/tidslinje", Act.SEE_CASE, timeline_page.show_timeline, look_up=record_look_up),
    TASKS,
    COURSES,
    STAFF,
    Page("/belastning", Act.SEE_LOAD, load_page.show_load),
    CONVERSATIONS,
    CONDITIONS,
    Page(f"{_CASE}/brev", Act.FETCH_LETTER, conditions_page.download_letter, look_up=record_letter),
    CARD,
    CLOCKS,
    ENDING,
    Page("/frister", Act.SEE_CASELOAD, clock_page.show_deadlines),
    RECEIPTS,
    MISSING_RECEIPTS,
    Page(
        f"{_RECEIPTS}/<uuid:receipt_id>",
        Act.SEE_RECEIPTS,
        receipts_page.download_receipt,
        look_up=receipts_page.record_opening,
    ),
    TRANSFERS,
    CONTROLS,
    INBOX,
    INVOICE,
    BULK,
    Page(
        f"{_INVOICE}/svar/<uuid:response_id>",
        Act.SEE_INVOICES,
        invoice_page.download_response,
    ),
    Page(
        f"{_INVOICE}/original",
        Act.SEE_INVOICES,
        invoice_page.download_invoice,
        look_up=record_download,
    ),
    LEDGER,
    Page("/regnskab/<uuid:enrolment_id>", Act.SEE_LEDGER, money_trail.show_trail, look_up=record_look_up),
    PAYOUTS,
    RUNS,
    RUN,
    BANK,
    BANK_LINE,
    PROOFS,
    Page("/bevis/<uuid:proof_id>", Act.SEE_PROOF, proof_page.show_proof),
    PARKED_WORK,
    Page("/koersler", Act.SEE_JOBS, jobs_page.show_jobs),
    Page("/haendelser", Act.SEE_AUDIT, audit_page.show_audit),
    IMPORT,
    Page("/indlaesning/skabelon", Act.IMPORT_DATA, exchange_page.download_template),
    EXPORT,
)

DEEDS: Final = (
    Deed("/log-ud", Act.SEE_OWN_SESSION, sign_in.sign_out, START),
    Deed(f"{_CASE}/droem", Act.WRITE_GOAL, goal_page.write_goal, GOAL),
    Deed(f"{_CASE}/droem/diktat", Act.TAKE_DOWN_WORDS, goal_page.take_down_goal, TAKING_DOWN),
    Deed(f"{_CASE}/droem/ja", Act.WRITE_GOAL, goal_page.confirm_words, CASE),
    Deed(f"{_CASE}/delmaal", Act.ADD_SUB_GOAL, goal_page.add_sub_goal, CASE),
    Deed(f"{_CASE}/delmaal/<uuid:sub_goal_id>", Act.WRITE_GOAL, goal_page.rewrite_sub_goal, GOAL),
    Deed(f"{_CASE}/oensker", Act.WRITE_WISHES, words_page.add_wish, WISHES),
    Deed(f"{_CASE}/oensker/<uuid:wish_id>", Act.WRITE_WISHES, words_page.choose_wish, WISHES),
    Deed(f"{_CASE}/strategi", Act.WRITE_STRATEGY, words_page.add_strategy_line, WISHES),
    Deed(f"{_CASE}/strategi/<uuid:line_id>", Act.WRITE_STRATEGY, words_page.settle_strategy_line, WISHES),
    Deed(f"{_CASE}/egne-ord", Act.RELEASE_WORDS, words_page.release_words, WORDS),
    Deed(f"{_RELEASE}/tilbage", Act.RELEASE_WORDS, words_page.withdraw_release, WORDS),
    Deed(f"{_CASE}/plan", Act.WRITE_PLAN, plan_page.draft_plan, PLAN),
    Deed(
        f"{_CASE}/poster/<uuid:plan_item_id>/bilag",
        Act.WRITE_PLAN,
        evidence_page.attach_evidence,
        EVIDENCE,
        largest_form=evidence_page.LARGEST_UPLOAD,
    ),
    Deed(
        f"{_CASE}/poster/<uuid:plan_item_id>/virkede-det",
        Act.FOLLOW_UP_ITEM,
        item_follow_up_page.answer_item_follow_up,
        ITEM_FOLLOW_UPS,
    ),
    Deed(f"{_PLAN}/indsend", Act.WRITE_PLAN, plan_page.propose_plan, CASE),
    Deed(f"{_PLAN}/godkend", Act.APPROVE_PLAN, plan_page.approve_plan, CASE),
    Deed(f"{_PLAN}/send-tilbage", Act.APPROVE_PLAN, plan_page.return_plan, CASE),
    Deed(f"{_PLAN}/vurdering", Act.ASSESS_PLAN, assessment_page.assess_plan, ASSESSMENT),
    Deed(f"{_PLAN}/vurdering/kommentar", Act.COMMENT_PLAN, assessment_page.comment_on_plan, ASSESSMENT),
    Deed(
        f"{_PLAN}/vurdering/teammoede",
        Act.RECORD_TEAM_DECISION,
        assessment_page.record_team_decision,
        ASSESSMENT,
    ),
    Deed(f"{_PLAN}/vurdering/begrundelse", Act.ASSESS_PLAN, assessment_page.explain_guideline, ASSESSMENT),
    Deed(f"{_PLAN}/vurdering/godkend", Act.APPROVE_PLAN, assessment_page.approve_assessed_plan, ASSESSMENT),
    Deed(f"{_PLAN}/set", Act.COMMENT_PLAN, team_page.mark_seen, TEAM),
    Deed("/tvivlssager/ny", Act.WRITE_PRECEDENT, precedents_page.write_precedent, PRECEDENT_FORM),
    Deed(f"{_PRECEDENT}/offentliggoer", Act.PUBLISH_PRECEDENT, precedents_page.publish_precedent, PRECEDENTS),
    Deed(f"{_PRECEDENT}/tag-tilbage", Act.PUBLISH_PRECEDENT, precedents_page.withdraw_precedent, PRECEDENTS),
    Deed(f"{_PRECEDENT}/opfoelgning", Act.PUBLISH_PRECEDENT, precedents_page.follow_up_precedent, PRECEDENTS),
    Deed(
        "/tvivlssager/fil",
        Act.EXCHANGE_PRECEDENTS,
        precedents_page.take_in_precedents,
        PRECEDENTS,
        largest_form=precedents_page.LARGEST_UPLOAD,
    ),
    Deed(f"{_CASE}/koeb", Act.REQUEST_PURCHASE, purchase_page.request_purchase, PURCHASE),
    Deed(f"{_PURCHASE}/godkend", Act.APPROVE_PURCHASE, purchase_page.approve_purchase, CASE),
    Deed(f"{_PURCHASE}/afslaa", Act.APPROVE_PURCHASE, purchase_page.refuse_purchase, CASE),
    Deed("/kontrol/<uuid:purchase_id>", Act.CONTROL_PURCHASE, control_page.control_purchase, CONTROLS),
    Deed(f"{_PURCHASE}/opgiv", Act.APPROVE_PURCHASE, purchase_page.release_purchase, CASE),
    Deed(
        _RECEIPTS,
        Act.SEND_RECEIPT,
        receipts_page.send_loose_receipt,
        RECEIPTS,
        largest_form=receipts_page.LARGEST_UPLOAD,
    ),
    Deed(
        _RECEIPT_DUE,
        Act.SEND_RECEIPT,
        receipts_page.send_receipt,
        RECEIPTS,
        largest_form=receipts_page.LARGEST_UPLOAD,
    ),
    Deed(f"{_RECEIPTS}/<uuid:receipt_id>", Act.SEND_RECEIPT, receipts_page.tie_receipt, RECEIPTS),
    Deed(f"{_RECEIPT_DUE}/vaek", Act.DECLARE_RECEIPT_LOST, receipts_page.declare_receipt_lost, RECEIPTS),
    Deed(f"{_RECEIPT_DUE}/aktivitet", Act.CONFIRM_ACTIVITY, receipts_page.confirm_activity, RECEIPTS),
    Deed(f"{_RECEIPT_DUE}/godkend", Act.DECIDE_RECEIPT, receipts_page.accept_receipt, RECEIPTS),
    Deed(f"{_RECEIPT_DUE}/afvis", Act.DECIDE_RECEIPT, receipts_page.turn_down_receipt, RECEIPTS),
    Deed(f"{_RECEIPT_DUE}/eftergiv", Act.WAIVE_RECEIPT, receipts_page.waive_receipt, RECEIPTS),
    Deed("/indstilling", Act.REFER_CITIZEN, referral_page.refer_citizen, REFERRAL),
    Deed("/borgere/find", Act.LOOK_UP_CITIZEN, known_citizen_page.find_citizen, KNOWN_CITIZEN),
    Deed("/indstilling/kendt", Act.REFER_CITIZEN, known_citizen_page.refer_known_citizen, KNOWN_CITIZEN),
    Deed("/borgere/dubletter", Act.SETTLE_DUPLICATES, known_citizen_page.tell_apart, DUPLICATES),
    Deed(f"{_CASE}/samtale", Act.HOLD_CONVERSATION, screening_talk_page.hold_screening_talk, SCREENING_TALK),
    Deed(f"{_CASE}/venteliste", Act.SCREEN, places_page.put_on_waiting_list, CASE),
    Deed(f"{_CASE}/udpeg", Act.SELECT_CITIZENS, places_page.appoint, CASE),
    Deed("/lodtraekning", Act.SELECT_CITIZENS, places_page.announce_draw, DRAWS),
    Deed("/lodtraekning/traek", Act.SELECT_CITIZENS, places_page.carry_out_draw, DRAWS),
    Deed(f"{_CASE}/screening", Act.SCREEN, screening_page.screen, SCREENING),
    Deed(f"{_CASE}/tilbud", Act.SCREEN, screening_page.offer, CASE),
    Deed(f"{_CASE}/ikke-optaget", Act.SCREEN, screening_page.reject, CASE),
    Deed(f"{_CASE}/tilbud/ja", Act.ACCEPT_OFFER, conditions_page.accept_offer, CONDITIONS),
    Deed(f"{_CASE}/tilbud/papir", Act.REGISTER_ACCEPTANCE, conditions_page.accept_on_paper, CONDITIONS),
    Deed(f"{_CASE}/tilbud/nej", Act.DECLINE_OFFER, conditions_page.decline_offer, CONDITIONS),
    Deed(f"{_CASE}/kort", Act.ORDER_CARD, card_page.order_card, CARD),
    Deed(f"{_CARD}/nyt", Act.ORDER_CARD, card_page.replace_card, CARD),
    Deed(f"{_CARD}/aktivering", Act.ORDER_CARD, card_page.activate_card, CARD),
    Deed(f"{_CARD}/pause", Act.PAUSE_CARD, card_page.pause_card, CARD),
    Deed(f"{_CARD}/pause/slut", Act.PAUSE_CARD, card_page.resume_card, CARD),
    Deed(f"{_CARD}/lukning", Act.ORDER_CARD, card_page.close_card, CARD),
    Deed(f"{_CASE}/kortposter", Act.MARK_CARD_ITEM, card_page.mark_card_item, CARD),
    Deed(
        f"{_CASE}/kortposter/<uuid:card_item_id>/slut", Act.MARK_CARD_ITEM, card_page.unmark_card_item, CARD
    ),
    Deed(
        f"{_CASE}/kortkoeb/<uuid:card_payment_id>/set",
        Act.SETTLE_CARD_PROBLEM,
        card_page.settle_card_payment,
        CARD,
    ),
    Deed(f"{_CASE}/pause", Act.PAUSE_COURSE, clock_page.pause_course, CLOCKS),
    Deed(f"{_CASE}/pause/slut", Act.PAUSE_COURSE, clock_page.resume_course, CLOCKS),
    Deed(f"{_CASE}/forlaengelse", Act.EXTEND_COURSE, clock_page.extend_course, CLOCKS),
    Deed(f"{_CASE}/afslut", Act.END_ENROLMENT, ending_page.end_enrolment, ENDING),
    Deed(f"{_CASE}/stop", Act.LEAVE_PROGRAMME, ending_page.leave_programme, ENDING),
    Deed(
        f"{_CASE}/stoetteperson/oenske",
        Act.WISH_OTHER_SUPPORT_PERSON,
        support_page.wish_other_support_person,
        SUPPORT,
    ),
    Deed(
        f"{_CASE}/stoetteperson/oenske/fortryd",
        Act.WISH_OTHER_SUPPORT_PERSON,
        support_page.withdraw_support_wish,
        SUPPORT,
    ),
    Deed(f"{_CASE}/stoetteperson", Act.ASSIGN_SUPPORT_PERSON, support_page.change_support_person, SUPPORT),
    Deed(f"{_CASE}/vikar", Act.ASSIGN_SUPPORT_PERSON, support_page.appoint_substitute, SUPPORT),
    Deed(
        f"{_CASE}/vikar/<uuid:relation_id>/slut",
        Act.ASSIGN_SUPPORT_PERSON,
        support_page.end_substitution,
        SUPPORT,
    ),
    Deed(f"{_CASE}/noter", Act.WRITE_NOTE, notes_page.write_note, NOTES),
    Deed(f"{_CASE}/noter/<uuid:note_id>/ret", Act.WRITE_NOTE, notes_page.correct_note, NOTES),
    Deed(f"{_CASE}/beskeder", Act.WRITE_MESSAGE, messages_page.write_message, MESSAGES),
    Deed(f"{_CASE}/kontakt", Act.CHANGE_CONTACT, notices_page.change_contact, MESSAGES),
    Deed("/nyt", Act.SEE_OWN_SESSION, notices_page.read_notices, NOTICES),
    Deed(f"{_CASE}/nej", Act.ASK_FOR_CALL, shield_page.ask_for_a_call, SHIELD),
    Deed("/opgaver", Act.WRITE_TASK, tasks_page.write_task, TASKS),
    Deed("/opgaver/<uuid:task_id>/loest", Act.WRITE_TASK, tasks_page.finish_task, TASKS),
    Deed("/gruppeforloeb", Act.RUN_COURSE, courses_page.plan_course, COURSES),
    Deed("/gruppeforloeb/<uuid:course_id>/deltagere", Act.RUN_COURSE, courses_page.join_course, COURSES),
    Deed("/moeder/<uuid:session_id>/fremmoede", Act.RUN_COURSE, courses_page.note_attendance, COURSES),
    Deed("/sager/soeg", Act.SEE_CASELOAD, caseload.find_cases, CASELOAD),
    Deed("/sager/overdrag", Act.ASSIGN_SUPPORT_PERSON, caseload.hand_over_cases, CASELOAD),
    Deed("/medarbejdere", Act.REGISTER_STAFF, staff_page.register_staff, STAFF),
    Deed("/medarbejdere/<uuid:staff_id>/rolle", Act.CHANGE_ROLES, staff_page.give_role, STAFF),
    Deed("/medarbejdere/<uuid:staff_id>/rolle/tag", Act.CHANGE_ROLES, staff_page.take_role, STAFF),
    Deed("/medarbejdere/<uuid:staff_id>/hold-op", Act.END_EMPLOYMENT, staff_page.end_employment, STAFF),
    Deed(f"{_ASKED}/svar", Act.ANSWER_QUESTIONNAIRE, questionnaire_page.answer_questionnaire, CONVERSATIONS),
    Deed(
        f"{_ASKED}/nej-tak", Act.ANSWER_QUESTIONNAIRE, questionnaire_page.decline_questionnaire, CONVERSATIONS
    ),
    Deed(
        f"{_ASKED}/<respondent>/papir",
        Act.REGISTER_PAPER_ANSWER,
        questionnaire_page.register_paper_answer,
        CONVERSATIONS,
    ),
    Deed(
        f"{_CASE}/udvikling/<moment>", Act.RECORD_OUTCOMES, questionnaire_page.record_outcomes, CONVERSATIONS
    ),
    Deed(f"{_TALK}/holdt", Act.HOLD_INTERVIEW, interview_page.hold_interview, CONVERSATIONS),
    Deed(f"{_TALK}/nej-tak", Act.DECLINE_INTERVIEW, interview_page.decline_interview, CONVERSATIONS),
    Deed(f"{_TALK}/referat", Act.HOLD_INTERVIEW, interview_page.write_summary, CONVERSATIONS),
    Deed(f"{_TALK}/godkend", Act.APPROVE_SUMMARY, interview_page.approve_summary, CONVERSATIONS),
    Deed(f"{_TALK}/aendringer", Act.APPROVE_SUMMARY, interview_page.ask_for_changes, CONVERSATIONS),
    Deed(f"{_CASE}/opfoelgning", Act.CONSENT_TO_FOLLOW_UP, interview_page.say_to_follow_up, CONVERSATIONS),
    Deed(
        "/fakturaer",
        Act.TAKE_IN_INVOICE,
        inbox_page.upload_invoices,
        INBOX,
        largest_form=inbox_page.LARGEST_UPLOAD,
    ),
    Deed(f"{_INVOICE}/koeb", Act.MATCH_INVOICE, invoice_page.match_invoice, INVOICE),
    Deed(f"{_INVOICE}/godkend", Act.APPROVE_INVOICE, invoice_page.approve_invoice, INVOICE),
    Deed(f"{_INVOICE}/spoerg", Act.APPROVE_INVOICE, invoice_page.ask_supplier, INVOICE),
    Deed(f"{_INVOICE}/afvis", Act.APPROVE_INVOICE, invoice_page.dismiss_invoice, INVOICE),
    Deed(f"{_INVOICE}/gebyr", Act.APPROVE_INVOICE, invoice_page.pay_reminder_fee, INVOICE),
    Deed("/fakturaer/godkend-flere", Act.APPROVE_INVOICE, bulk_page.approve_in_bulk, BULK),
    Deed("/regnskab", Act.FUND_POOL, ledger_page.fund_pool, LEDGER),
    Deed(
        "/bank",
        Act.TAKE_IN_STATEMENT,
        bank_page.take_in_bank_file,
        BANK,
        largest_form=bank_page.LARGEST_UPLOAD,
    ),
    Deed(f"{_BANK_LINE}/betaling", Act.SETTLE_STATEMENT_LINE, bank_page.match_bank_line, BANK_LINE),
    Deed(f"{_BANK_LINE}/bekraeft", Act.SETTLE_STATEMENT_LINE, bank_page.confirm_bank_line, BANK_LINE),
    Deed(f"{_BANK_LINE}/afvis", Act.SETTLE_STATEMENT_LINE, bank_page.dismiss_bank_line, BANK_LINE),
    Deed("/bevis", Act.SEE_PROOF, proof_page.prove_now, PROOFS),
    Deed("/udbetalinger/<uuid:payout_id>/igen", Act.RETRY_PAYOUT, payouts_page.retry_payout, PAYOUTS),
    Deed(f"{_CASE}/overfoersler", Act.REQUEST_PURCHASE, transfers_page.request_transfer, TRANSFERS),
    Deed(
        f"{_CASE}/overfoersler/egne",
        Act.REQUEST_OWN_TRANSFER,
        transfers_page.request_own_transfer,
        TRANSFERS,
    ),
    Deed("/betalingskoersler", Act.RUN_PAYMENTS, runs_page.start_run, RUNS),
    Deed(f"{_RUN}/annuller", Act.RUN_PAYMENTS, runs_page.cancel_run, RUN),
    Deed(
        "/betalingskoersler/svar",
        Act.RUN_PAYMENTS,
        runs_page.upload_status_file,
        RUNS,
        largest_form=runs_page.LARGEST_UPLOAD,
    ),
    Deed("/udbetalinger/igen", Act.RETRY_PAYOUT, payouts_page.retry_all_payouts, PAYOUTS),
    Deed(f"{_PAYOUT}/opgiv", Act.GIVE_UP_PAYOUT, payouts_page.give_up_payout, PAYOUTS),
    Deed(f"{_PAYOUT}/godkend-igen", Act.APPROVE_INVOICE, payouts_page.approve_payout_again, PAYOUTS),
    Deed(f"{_PAYOUT}/afgoerelse", Act.DECIDE_UNKNOWN_PAYOUT, payouts_page.propose_decision, PAYOUTS),
    Deed(f"{_PAYOUT}/bekraeft", Act.DECIDE_UNKNOWN_PAYOUT, payouts_page.confirm_decision, PAYOUTS),
    Deed(f"{_PAYOUT}/afvis", Act.DECIDE_UNKNOWN_PAYOUT, payouts_page.reject_decision, PAYOUTS),
    Deed(
        "/modstridende-beskeder/<uuid:contradiction_id>",
        Act.DECIDE_UNKNOWN_PAYOUT,
        payouts_page.settle_contradiction,
        PAYOUTS,
    ),
    Deed(
        "/modstridende-beskeder/<uuid:contradiction_id>/betalt",
        Act.DECIDE_UNKNOWN_PAYOUT,
        payouts_page.propose_correction,
        PAYOUTS,
    ),
    Deed(
        "/modstridende-beskeder/<uuid:contradiction_id>/bekraeft",
        Act.DECIDE_UNKNOWN_PAYOUT,
        payouts_page.confirm_correction,
        PAYOUTS,
    ),
    Deed(
        "/modstridende-beskeder/<uuid:contradiction_id>/afvis",
        Act.DECIDE_UNKNOWN_PAYOUT,
        payouts_page.reject_correction,
        PAYOUTS,
    ),
    Deed(
        "/kreditnotaer/<uuid:refund_id>/bogfoert",
        Act.DECIDE_UNKNOWN_PAYOUT,
        payouts_page.note_refund,
        PAYOUTS,
    ),
    Deed("/krav/<uuid:claim_id>/luk", Act.DECIDE_UNKNOWN_PAYOUT, payouts_page.close_claim, PAYOUTS),
    Deed("/parkeret-arbejde/<uuid:work_id>/igen", Act.RESUME_WORK, parked_work_page.resume_work, PARKED_WORK),
    Deed(
        "/indlaesning",
        Act.IMPORT_DATA,
        exchange_page.import_spreadsheet,
        IMPORT,
        largest_form=exchange_page.LARGEST_UPLOAD,
    ),
    Deed("/udlaesning", Act.EXPORT_DATA, exchange_page.export_spreadsheet, EXPORT),
)

"""Roles, and the one table of who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput, NotAllowed, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from raaderum.audit.actor import Actor


class Role(StrEnum):
    """What a person is in the programme. One person can have several."""

    CITIZEN = "citizen"
    SUPPORT_PERSON = "support_person"
    COORDINATOR = "coordinator"
    TEAM_LEADER = "team_leader"
    FINANCE_OFFICER = "finance_officer"
    ADMINISTRATOR = "administrator"
    CITIZEN_REPRESENTATIVE = "citizen_representative"


ROLE_NAMES: Final[Mapping[Role, Text]] = {
    Role.CITIZEN: Text("borger", "citizen"),
    Role.SUPPORT_PERSON: Text("støtteperson", "support person"),
    Role.COORDINATOR: Text("koordinator", "coordinator"),
    Role.TEAM_LEADER: Text("teamleder", "team leader"),
    Role.FINANCE_OFFICER: Text("økonomimedarbejder", "finance officer"),
    Role.ADMINISTRATOR: Text("administrator", "administrator"),
    Role.CITIZEN_REPRESENTATIVE: Text("borgerrepræsentant", "citizen representative"),
}


class Reach(StrEnum):
    """Whose cases a role reaches, whatever it may do to them."""

    OWN = "own"
    """The person's own case: they are the citizen."""
    SUPPORTED = "supported"
    """The cases of those they support, or stand in for today."""
    ALL = "all"
    """Every case of the municipality."""
    NONE = "none"


REACH: Final[Mapping[Role, Reach]] = {
    Role.CITIZEN: Reach.OWN,
    Role.SUPPORT_PERSON: Reach.SUPPORTED,
    Role.COORDINATOR: Reach.ALL,
    Role.TEAM_LEADER: Reach.ALL,
    Role.FINANCE_OFFICER: Reach.ALL,
    Role.ADMINISTRATOR: Reach.NONE,
    Role.CITIZEN_REPRESENTATIVE: Reach.NONE,
}


class Act(StrEnum):
    """Something a person can ask the system to do."""

    SEE_CASELOAD = "see_caseload"
    SEE_CASE = "see_case"
    SEE_PROGRAMMES = "see_programmes"
    REFER_CITIZEN = "refer_citizen"
    LOOK_UP_CITIZEN = "look_up_citizen"
    SETTLE_DUPLICATES = "settle_duplicates"
    SCREEN = "screen"
    HOLD_CONVERSATION = "hold_conversation"
    SELECT_CITIZENS = "select_citizens"
    ACCEPT_OFFER = "accept_offer"
    REGISTER_ACCEPTANCE = "register_acceptance"
    DECLINE_OFFER = "decline_offer"
    FETCH_LETTER = "fetch_letter"
    WRITE_GOAL = "write_goal"
    TAKE_DOWN_WORDS = "take_down_words"
    ADD_SUB_GOAL = "add_sub_goal"
    WRITE_WISHES = "write_wishes"
    WRITE_STRATEGY = "write_strategy"
    RELEASE_WORDS = "release_words"
    HAND_OUT_WORDS = "hand_out_words"
    ANSWER_QUESTIONNAIRE = "answer_questionnaire"
    REGISTER_PAPER_ANSWER = "register_paper_answer"
    RECORD_OUTCOMES = "record_outcomes"
    HOLD_INTERVIEW = "hold_interview"
    DECLINE_INTERVIEW = "decline_interview"
    APPROVE_SUMMARY = "approve_summary"
    CONSENT_TO_FOLLOW_UP = "consent_to_follow_up"
    WRITE_PLAN = "write_plan"
    FOLLOW_UP_ITEM = "follow_up_item"
    APPROVE_PLAN = "approve_plan"
    ASSESS_PLAN = "assess_plan"
    COMMENT_PLAN = "comment_plan"
    RECORD_TEAM_DECISION = "record_team_decision"
    SEE_ASSESSMENTS = "see_assessments"
    SEE_GUIDELINES = "see_guidelines"
    SEE_PRECEDENTS = "see_precedents"
    WRITE_PRECEDENT = "write_precedent"
    PUBLISH_PRECEDENT = "publish_precedent"
    EXCHANGE_PRECEDENTS = "exchange_precedents"
    REQUEST_PURCHASE = "request_purchase"
    REQUEST_OWN_TRANSFER = "request_own_transfer"
    APPROVE_PURCHASE = "approve_purchase"
    CONTROL_PURCHASE = "control_purchase"
    END_ENROLMENT = "end_enrolment"
    LEAVE_PROGRAMME = "leave_programme"
    PAUSE_COURSE = "pause_course"
    EXTEND_COURSE = "extend_course"
    SEE_INVOICES = "see_invoices"
    TAKE_IN_INVOICE = "take_in_invoice"
    MATCH_INVOICE = "match_invoice"
    APPROVE_INVOICE = "approve_invoice"
    RETRY_PAYOUT = "retry_payout"
    RUN_PAYMENTS = "run_payments"
    GIVE_UP_PAYOUT = "give_up_payout"
    DECIDE_UNKNOWN_PAYOUT = "decide_unknown_payout"
    RESUME_WORK = "resume_work"
    SEE_JOBS = "see_jobs"
    ORDER_CARD = "order_card"
    PAUSE_CARD = "pause_card"
    MARK_CARD_ITEM = "mark_card_item"
    SETTLE_CARD_PROBLEM = "settle_card_problem"
    SEE_RECEIPTS = "see_receipts"
    SEE_MISSING_RECEIPTS = "see_missing_receipts"
    SEND_RECEIPT = "send_receipt"
    DECLARE_RECEIPT_LOST = "declare_receipt_lost"
    CONFIRM_ACTIVITY = "confirm_activity"
    DECIDE_RECEIPT = "decide_receipt"
    WAIVE_RECEIPT = "waive_receipt"
    SEE_LEDGER = "see_ledger"
    FUND_POOL = "fund_pool"
    SEE_STATEMENTS = "see_statements"
    TAKE_IN_STATEMENT = "take_in_statement"
    SETTLE_STATEMENT_LINE = "settle_statement_line"
    SEE_PROOF = "see_proof"
    SEE_AUDIT = "see_audit"
    REGISTER_STAFF = "register_staff"
    CHANGE_ROLES = "change_roles"
    END_EMPLOYMENT = "end_employment"
    WISH_OTHER_SUPPORT_PERSON = "wish_other_support_person"
    ASSIGN_SUPPORT_PERSON = "assign_support_person"
    SEE_LOAD = "see_load"
    SEE_TASKS = "see_tasks"
    WRITE_TASK = "write_task"
    WRITE_NOTE = "write_note"
    WRITE_MESSAGE = "write_message"
    CHANGE_CONTACT = "change_contact"
    ASK_FOR_CALL = "ask_for_call"
    RUN_COURSE = "run_course"
    IMPORT_DATA = "import_data"
    EXPORT_DATA = "export_data"
    SEE_OWN_SESSION = "see_own_session"


_CASEWORKERS = frozenset({Role.COORDINATOR, Role.TEAM_LEADER})
_AT_THE_CITIZENS_SIDE = frozenset({Role.CITIZEN, Role.SUPPORT_PERSON, Role.COORDINATOR})
_FINANCE = frozenset({Role.FINANCE_OFFICER})

PERMISSIONS: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SEE_CASELOAD: _CASEWORKERS | {Role.SUPPORT_PERSON},
    Act.SEE_CASE: _CASEWORKERS | {Role.SUPPORT_PERSON, Role.CITIZEN},
    Act.SEE_PROGRAMMES: frozenset(Role),
    Act.REFER_CITIZEN: _CASEWORKERS,
    Act.LOOK_UP_CITIZEN: _CASEWORKERS,
    Act.SETTLE_DUPLICATES: _CASEWORKERS,
    Act.SCREEN: _CASEWORKERS,
    Act.HOLD_CONVERSATION: _CASEWORKERS,
    Act.SELECT_CITIZENS: _CASEWORKERS,
    Act.ACCEPT_OFFER: frozenset({Role.CITIZEN}),
    Act.REGISTER_ACCEPTANCE: _CASEWORKERS,
    Act.DECLINE_OFFER: _CASEWORKERS | {Role.CITIZEN, Role.SUPPORT_PERSON},
    Act.FETCH_LETTER: _CASEWORKERS | {Role.CITIZEN, Role.SUPPORT_PERSON},
    Act.WRITE_GOAL: frozenset({Role.CITIZEN}),
    Act.TAKE_DOWN_WORDS: frozenset({Role.SUPPORT_PERSON, Role.COORDINATOR}),
    Act.ADD_SUB_GOAL: _AT_THE_CITIZENS_SIDE,
    Act.WRITE_WISHES: _AT_THE_CITIZENS_SIDE,
    Act.WRITE_STRATEGY: _AT_THE_CITIZENS_SIDE,
    Act.RELEASE_WORDS: frozenset({Role.CITIZEN}),
    Act.HAND_OUT_WORDS: _AT_THE_CITIZENS_SIDE,
    Act.ANSWER_QUESTIONNAIRE: frozenset({Role.CITIZEN, Role.SUPPORT_PERSON}),
    Act.REGISTER_PAPER_ANSWER: _CASEWORKERS,
    Act.RECORD_OUTCOMES: _CASEWORKERS | {Role.SUPPORT_PERSON},
    Act.HOLD_INTERVIEW: _CASEWORKERS,
    Act.DECLINE_INTERVIEW: _AT_THE_CITIZENS_SIDE,
    Act.APPROVE_SUMMARY: frozenset({Role.CITIZEN}),
    Act.CONSENT_TO_FOLLOW_UP: frozenset({Role.CITIZEN, Role.COORDINATOR}),
    Act.WRITE_PLAN: _AT_THE_CITIZENS_SIDE,
    Act.FOLLOW_UP_ITEM: _AT_THE_CITIZENS_SIDE,
    Act.APPROVE_PLAN: _CASEWORKERS,
    Act.ASSESS_PLAN: _CASEWORKERS,
    Act.COMMENT_PLAN: _CASEWORKERS,
    Act.RECORD_TEAM_DECISION: frozenset({Role.TEAM_LEADER}),
    Act.SEE_ASSESSMENTS: _CASEWORKERS,
    Act.SEE_GUIDELINES: frozenset(Role),
    Act.SEE_PRECEDENTS: frozenset(Role) - {Role.CITIZEN},
    Act.WRITE_PRECEDENT: _CASEWORKERS,
    Act.PUBLISH_PRECEDENT: frozenset({Role.TEAM_LEADER}),
    Act.EXCHANGE_PRECEDENTS: frozenset({Role.TEAM_LEADER}),
    Act.REQUEST_PURCHASE: frozenset({Role.SUPPORT_PERSON}),
    Act.REQUEST_OWN_TRANSFER: frozenset({Role.CITIZEN}),
    Act.APPROVE_PURCHASE: _CASEWORKERS,
    Act.CONTROL_PURCHASE: _CASEWORKERS,
    Act.END_ENROLMENT: _CASEWORKERS,
    Act.LEAVE_PROGRAMME: frozenset({Role.CITIZEN}),
    Act.PAUSE_COURSE: _CASEWORKERS,
    Act.EXTEND_COURSE: _CASEWORKERS,
    Act.SEE_INVOICES: _FINANCE | _CASEWORKERS,
    Act.TAKE_IN_INVOICE: _FINANCE,
    Act.MATCH_INVOICE: _FINANCE | _CASEWORKERS,
    Act.APPROVE_INVOICE: _FINANCE,
    Act.RETRY_PAYOUT: _FINANCE,
    Act.RUN_PAYMENTS: _FINANCE,
    Act.GIVE_UP_PAYOUT: _FINANCE,
    Act.DECIDE_UNKNOWN_PAYOUT: _FINANCE | {Role.TEAM_LEADER},
    Act.RESUME_WORK: _FINANCE | {Role.ADMINISTRATOR},
    Act.SEE_JOBS: _FINANCE | {Role.ADMINISTRATOR},
    Act.ORDER_CARD: frozenset({Role.COORDINATOR}),
    Act.PAUSE_CARD: _AT_THE_CITIZENS_SIDE,
    Act.MARK_CARD_ITEM: frozenset({Role.COORDINATOR}),
    Act.SETTLE_CARD_PROBLEM: frozenset({Role.COORDINATOR}),
    Act.SEE_RECEIPTS: _AT_THE_CITIZENS_SIDE | _CASEWORKERS | _FINANCE,
    Act.SEE_MISSING_RECEIPTS: _CASEWORKERS | _FINANCE | {Role.SUPPORT_PERSON},
    Act.SEND_RECEIPT: _AT_THE_CITIZENS_SIDE,
    Act.DECLARE_RECEIPT_LOST: frozenset({Role.CITIZEN, Role.SUPPORT_PERSON}),
    Act.CONFIRM_ACTIVITY: _AT_THE_CITIZENS_SIDE,
    Act.DECIDE_RECEIPT: _CASEWORKERS | _FINANCE,
    Act.WAIVE_RECEIPT: frozenset({Role.TEAM_LEADER}),
    Act.SEE_LEDGER: _FINANCE | {Role.TEAM_LEADER},
    Act.FUND_POOL: _FINANCE,
    Act.SEE_STATEMENTS: _FINANCE,
    Act.TAKE_IN_STATEMENT: _FINANCE,
    Act.SETTLE_STATEMENT_LINE: _FINANCE,
    Act.SEE_PROOF: _FINANCE | {Role.TEAM_LEADER},
    Act.SEE_AUDIT: frozenset({Role.ADMINISTRATOR, Role.TEAM_LEADER}),
    Act.REGISTER_STAFF: frozenset({Role.ADMINISTRATOR}),
    Act.CHANGE_ROLES: frozenset({Role.ADMINISTRATOR}),
    Act.END_EMPLOYMENT: frozenset({Role.ADMINISTRATOR}),
    Act.WISH_OTHER_SUPPORT_PERSON: frozenset({Role.CITIZEN}),
    Act.ASSIGN_SUPPORT_PERSON: _CASEWORKERS,
    Act.SEE_LOAD: frozenset({Role.TEAM_LEADER}),
    Act.SEE_TASKS: _CASEWORKERS | _FINANCE | {Role.SUPPORT_PERSON},
    Act.WRITE_TASK: _CASEWORKERS | _FINANCE | {Role.SUPPORT_PERSON},
    Act.WRITE_NOTE: _CASEWORKERS | {Role.SUPPORT_PERSON},
    Act.WRITE_MESSAGE: _AT_THE_CITIZENS_SIDE,
    Act.CHANGE_CONTACT: _AT_THE_CITIZENS_SIDE,
    Act.ASK_FOR_CALL: frozenset({Role.CITIZEN}),
    Act.RUN_COURSE: _CASEWORKERS,
    Act.IMPORT_DATA: frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    Act.EXPORT_DATA: frozenset({Role.TEAM_LEADER}),
    Act.SEE_OWN_SESSION: frozenset(Role),
}


@dataclass(frozen=True, slots=True)
class Incompatible:
    """Two roles that one person cannot have, and why."""

    roles: frozenset[Role]
    because: Text


_PAYS_WHAT_THEY_ASKED_FOR: Final = Text(
    "den, der beder om pengene, kan ikke også betale dem ud",
    "whoever asks for the money cannot pay it out as well",
)
_PAYS_WHAT_THEY_DECIDED: Final = Text(
    "den, der bevilger, kan ikke også betale ud", "whoever grants cannot pay out as well"
)
_GIVES_THE_RIGHT_TO_PAY: Final = Text(
    "den, der giver adgang, kan ikke også betale ud", "whoever gives access cannot pay out as well"
)
_REACHES_NO_CASE: Final = Text(
    "en borgerrepræsentant må ikke kunne nå nogen sag",
    "a citizen representative must not reach any case",
)

INCOMPATIBLE_ROLES: Final[tuple[Incompatible, ...]] = (
    Incompatible(frozenset({Role.SUPPORT_PERSON, Role.FINANCE_OFFICER}), _PAYS_WHAT_THEY_ASKED_FOR),
    Incompatible(frozenset({Role.COORDINATOR, Role.FINANCE_OFFICER}), _PAYS_WHAT_THEY_DECIDED),
    Incompatible(frozenset({Role.TEAM_LEADER, Role.FINANCE_OFFICER}), _PAYS_WHAT_THEY_DECIDED),
    Incompatible(frozenset({Role.ADMINISTRATOR, Role.FINANCE_OFFICER}), _GIVES_THE_RIGHT_TO_PAY),
    *(
        Incompatible(frozenset({Role.CITIZEN_REPRESENTATIVE, role}), _REACHES_NO_CASE)
        for role, reach in REACH.items()
        if reach not in {Reach.NONE, Reach.OWN}
    ),
)
"""That nobody decides on what they asked for themselves is checked by person, whatever the roles."""


class RolesIncompatible(RuleBroken):
    """One person was to have two roles that must lie with two."""

    code = "roles_incompatible"
    text = Text(
        "Den samme person kan ikke være {first} og {second}: {because}. Giv en anden den ene rolle.",
        "The same person cannot be {first_english} and {second_english}: {because_english}. "
        "Give one of the roles to somebody else.",
    )


class CitizenIsNoStaff(InvalidInput):
    """The citizens' role was to be given to a member of staff."""

    code = "citizen_is_no_staff"
    text = Text(
        "En medarbejder kan ikke få rollen som borger. Borgere oprettes med en indstilling.",
        "A member of staff cannot have the citizens' role. Citizens are registered with a referral.",
    )


class RoleMayNot(NotAllowed):
    """The role does not reach this act."""

    code = "role_may_not"
    text = Text(
        "Som {role} kan du ikke gøre det. Bed en, der har rollen til det.",
        "As {role_english} you cannot do this. Ask somebody who has the role for it.",
    )


def check_roles(roles: Iterable[Role]) -> None:
    """Raise unless one member of staff can have all of `roles`."""
    held = frozenset(roles)
    if Role.CITIZEN in held:
        raise CitizenIsNoStaff(where="roles")
    for pair in INCOMPATIBLE_ROLES:
        if pair.roles <= held:
            first, second = (ROLE_NAMES[role] for role in Role if role in pair.roles)
            raise RolesIncompatible(
                where="roles",
                first=first.danish,
                second=second.danish,
                because=pair.because.danish,
                first_english=first.english,
                second_english=second.english,
                because_english=pair.because.english,
            )


def reach_of(actor: Actor) -> Reach:
    """Return whose cases the actor's role reaches; the system reaches all."""
    return Reach.ALL if actor.person_id is None else REACH[Role(actor.role)]


def may(actor: Actor, act: Act) -> bool:
    """Say whether the actor's role reaches `act`; the system itself may do everything."""
    return actor.person_id is None or Role(actor.role) in PERMISSIONS[act]


def require(actor: Actor, act: Act) -> None:
    """Raise `RoleMayNot` unless the actor's role reaches `act`."""
    if not may(actor, act):
        name = ROLE_NAMES[Role(actor.role)]
        raise RoleMayNot(act=act.value, role=name.danish, role_english=name.english)

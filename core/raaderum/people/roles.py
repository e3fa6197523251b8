"""Roles, and the one table of who may do what."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import NotAllowed
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

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


class Act(StrEnum):
    """Something a person can ask the system to do."""

    SEE_CASELOAD = "see_caseload"
    SEE_CASE = "see_case"
    SEE_PROGRAMMES = "see_programmes"
    REFER_CITIZEN = "refer_citizen"
    SCREEN = "screen"
    ACCEPT_OFFER = "accept_offer"
    WRITE_GOAL = "write_goal"
    WRITE_PLAN = "write_plan"
    APPROVE_PLAN = "approve_plan"
    REQUEST_PURCHASE = "request_purchase"
    APPROVE_PURCHASE = "approve_purchase"
    END_ENROLMENT = "end_enrolment"
    SEE_INVOICES = "see_invoices"
    TAKE_IN_INVOICE = "take_in_invoice"
    MATCH_INVOICE = "match_invoice"
    APPROVE_INVOICE = "approve_invoice"
    RETRY_PAYOUT = "retry_payout"
    SEE_LEDGER = "see_ledger"
    FUND_POOL = "fund_pool"
    SEE_AUDIT = "see_audit"
    REGISTER_STAFF = "register_staff"
    SEE_OWN_SESSION = "see_own_session"


_CASEWORKERS = frozenset({Role.COORDINATOR, Role.TEAM_LEADER})
_AT_THE_CITIZENS_SIDE = frozenset({Role.CITIZEN, Role.SUPPORT_PERSON, Role.COORDINATOR})
_FINANCE = frozenset({Role.FINANCE_OFFICER})

PERMISSIONS: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SEE_CASELOAD: _CASEWORKERS | {Role.SUPPORT_PERSON},
    Act.SEE_CASE: _CASEWORKERS | {Role.SUPPORT_PERSON, Role.CITIZEN},
    Act.SEE_PROGRAMMES: frozenset(Role),
    Act.REFER_CITIZEN: _CASEWORKERS,
    Act.SCREEN: _CASEWORKERS,
    Act.ACCEPT_OFFER: _AT_THE_CITIZENS_SIDE,
    Act.WRITE_GOAL: _AT_THE_CITIZENS_SIDE,
    Act.WRITE_PLAN: _AT_THE_CITIZENS_SIDE,
    Act.APPROVE_PLAN: _CASEWORKERS,
    Act.REQUEST_PURCHASE: frozenset({Role.SUPPORT_PERSON}),
    Act.APPROVE_PURCHASE: _CASEWORKERS,
    Act.END_ENROLMENT: _CASEWORKERS,
    Act.SEE_INVOICES: _FINANCE | _CASEWORKERS,
    Act.TAKE_IN_INVOICE: _FINANCE,
    Act.MATCH_INVOICE: _FINANCE | _CASEWORKERS,
    Act.APPROVE_INVOICE: _FINANCE,
    Act.RETRY_PAYOUT: _FINANCE,
    Act.SEE_LEDGER: _FINANCE | {Role.TEAM_LEADER},
    Act.FUND_POOL: _FINANCE,
    Act.SEE_AUDIT: frozenset({Role.ADMINISTRATOR, Role.TEAM_LEADER}),
    Act.REGISTER_STAFF: frozenset({Role.ADMINISTRATOR}),
    Act.SEE_OWN_SESSION: frozenset(Role),
}


class RoleMayNot(NotAllowed):
    """The role does not reach this act."""

    code = "role_may_not"
    text = Text(
        "Som {role} kan du ikke gøre det ({act}). Bed en, der har rollen til det.",
        "As {role_english} you cannot do this ({act}). Ask somebody who has the role for it.",
    )


def may(actor: Actor, act: Act) -> bool:
    """Say whether the actor's role reaches `act`; the system itself may do everything."""
    return actor.person_id is None or Role(actor.role) in PERMISSIONS[act]


def require(actor: Actor, act: Act) -> None:
    """Raise `RoleMayNot` unless the actor's role reaches `act`."""
    if not may(actor, act):
        name = ROLE_NAMES[Role(actor.role)]
        raise RoleMayNot(act=act.value, role=name.danish, role_english=name.english)

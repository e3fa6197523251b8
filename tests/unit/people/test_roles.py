from __future__ import annotations

from uuid import UUID

import pytest

from raaderum.audit.actor import SYSTEM, Actor, PersonMissing, person_of
from raaderum.people.roles import PERMISSIONS, ROLE_NAMES, Act, Role, RoleMayNot, may, require

SOMEBODY = UUID(int=7)
OF_EVERYBODY = {Act.SEE_PROGRAMMES, Act.SEE_GUIDELINES, Act.SEE_OWN_SESSION}
OF_MONEY = {
    Act.APPROVE_INVOICE,
    Act.TAKE_IN_INVOICE,
    Act.RETRY_PAYOUT,
    Act.FUND_POOL,
    Act.GIVE_UP_PAYOUT,
    Act.RUN_PAYMENTS,
}


def acts_of(role: Role) -> set[Act]:
    return {act for act in Act if may(Actor(SOMEBODY, role), act)}


def test_every_act_has_a_row_and_somebody_who_may() -> None:
    assert set(PERMISSIONS) == set(Act)
    assert all(PERMISSIONS.values())


def test_every_role_has_a_name_in_both_languages() -> None:
    assert set(ROLE_NAMES) == set(Role)
    assert len({name.danish for name in ROLE_NAMES.values()}) == len(Role)


def test_a_citizen_representative_reaches_no_case() -> None:
    assert acts_of(Role.CITIZEN_REPRESENTATIVE) == OF_EVERYBODY | {Act.SEE_PRECEDENTS}


def test_a_citizen_reaches_no_money_and_no_decision() -> None:
    assert acts_of(Role.CITIZEN) == OF_EVERYBODY | {
        Act.SEE_CASE,
        Act.ACCEPT_OFFER,
        Act.DECLINE_OFFER,
        Act.FETCH_LETTER,
        Act.SEE_RECEIPTS,
        Act.SEND_RECEIPT,
        Act.DECLARE_RECEIPT_LOST,
        Act.CONFIRM_ACTIVITY,
        Act.LEAVE_PROGRAMME,
        Act.WRITE_GOAL,
        Act.ADD_SUB_GOAL,
        Act.WRITE_WISHES,
        Act.WRITE_STRATEGY,
        Act.RELEASE_WORDS,
        Act.HAND_OUT_WORDS,
        Act.ANSWER_QUESTIONNAIRE,
        Act.DECLINE_INTERVIEW,
        Act.APPROVE_SUMMARY,
        Act.CONSENT_TO_FOLLOW_UP,
        Act.FOLLOW_UP_ITEM,
        Act.WRITE_PLAN,
        Act.WISH_OTHER_SUPPORT_PERSON,
        Act.WRITE_MESSAGE,
        Act.CHANGE_CONTACT,
        Act.ASK_FOR_CALL,
        Act.PAUSE_CARD,
        Act.REQUEST_OWN_TRANSFER,
    }


def test_only_a_support_person_asks_for_purchases_and_decides_on_none() -> None:
    assert PERMISSIONS[Act.REQUEST_PURCHASE] == {Role.SUPPORT_PERSON}
    assert Role.SUPPORT_PERSON not in PERMISSIONS[Act.APPROVE_PURCHASE] | PERMISSIONS[Act.APPROVE_PLAN]


@pytest.mark.parametrize("act", sorted(OF_MONEY))
def test_money_is_paid_by_finance_alone(act: Act) -> None:
    assert PERMISSIONS[act] == {Role.FINANCE_OFFICER}


def test_finance_and_administrator_decide_on_no_citizen() -> None:
    decisions = {Act.SCREEN, Act.APPROVE_PLAN, Act.APPROVE_PURCHASE, Act.SEE_CASE, Act.SEE_CASELOAD}
    assert not decisions & (acts_of(Role.FINANCE_OFFICER) | acts_of(Role.ADMINISTRATOR))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_the_table_is_what_decides(role: Role, act: Act) -> None:
    actor = Actor(SOMEBODY, role)
    if role in PERMISSIONS[act]:
        require(actor, act)
        return
    with pytest.raises(RoleMayNot) as refused:
        require(actor, act)
    assert refused.value.code == "role_may_not"
    assert f"Som {ROLE_NAMES[role].danish} kan du ikke" in refused.value.message.danish
    assert "Bed en, der har rollen" in refused.value.message.danish


def test_the_system_may_act_but_is_nobody() -> None:
    assert all(may(SYSTEM, act) for act in Act)
    with pytest.raises(PersonMissing, match="Only a person"):
        person_of(SYSTEM)

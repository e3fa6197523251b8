"""Caps, activities and what is checked before a transfer goes along in a run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.kernel.money import Oere
from raaderum.plugin_api import AccountInvalid, BankAccount, checked_account
from raaderum.programmes.small_transfers import OwnLane, PocketMoney, SmallTransfers
from raaderum.transfers.rules import (
    Activity,
    ActivityInvalid,
    Lane,
    LaneCaps,
    LaneClosed,
    MonthUsedUp,
    TransferTooLarge,
    caps_of,
    check_activity,
    check_caps,
)
from raaderum.transfers.run_rules import CandidateFacts, RunFinding, find_obstacle

CAPS = LaneCaps(Oere(300_00), Oere(600_00))
RULES = SmallTransfers(Oere(1_000_00), Oere(2_000_00), OwnLane(Oere(300_00), Oere(600_00)))
POCKET_MONEY = PocketMoney(("biograf", "café"), 7)
TODAY = date(2026, 3, 15)


def test_a_programme_without_transfers_has_no_lane() -> None:
    for lane in Lane:
        with pytest.raises(LaneClosed):
            caps_of(None, lane)


def test_a_citizen_has_a_lane_only_where_the_programme_gives_one() -> None:
    assert caps_of(RULES, Lane.OWN) == CAPS
    assert caps_of(RULES, Lane.SUPPORTED).at_most == 1_000_00
    with pytest.raises(LaneClosed):
        caps_of(SmallTransfers(Oere(1), Oere(1)), Lane.OWN)


@given(st.lists(st.integers(min_value=1, max_value=700_00), max_size=30))
def test_however_one_asks_a_month_never_gives_more_than_its_cap(amounts: list[int]) -> None:
    used = Oere(0)
    for amount in amounts:
        try:
            check_caps(CAPS, amount=Oere(amount), used=used)
        except TransferTooLarge:
            assert amount > CAPS.at_most
        except MonthUsedUp:
            assert used + amount > CAPS.per_month
        else:
            used = Oere(used + amount)
    assert used <= CAPS.per_month


def test_a_refusal_says_what_is_left_of_the_month() -> None:
    with pytest.raises(MonthUsedUp) as refused:
        check_caps(CAPS, amount=Oere(200_00), used=Oere(450_00))
    assert "150,00" in refused.value.message.danish
    assert "150,00" in refused.value.message.english


def test_pocket_money_is_for_the_programmes_activities_and_not_for_long_ago() -> None:
    check_activity(POCKET_MONEY, Activity("café", TODAY - timedelta(days=7)), today=TODAY)
    check_activity(POCKET_MONEY, Activity("café", TODAY + timedelta(days=3)), today=TODAY)
    check_activity(None, None, today=TODAY)
    for rules, activity in [
        (POCKET_MONEY, None),
        (POCKET_MONEY, Activity("kasino", TODAY)),
        (POCKET_MONEY, Activity("café", TODAY - timedelta(days=8))),
        (None, Activity("café", TODAY)),
    ]:
        with pytest.raises(ActivityInvalid):
            check_activity(rules, activity, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({}, None),
        ({"is_under_way": False}, RunFinding.ENROLMENT_ENDED),
        ({"is_own": True}, RunFinding.OWN_REQUEST),
        ({"has_payee": False}, RunFinding.PAYEE_INCOMPLETE),
        ({"per_payment": Oere(99)}, RunFinding.ABOVE_LIMIT),
        ({"per_payment": None}, None),
        ({"is_under_way": False, "is_own": True}, RunFinding.ENROLMENT_ENDED),
    ],
    ids=str,
)
def test_the_weightiest_reason_is_given(changed: dict[str, object], finding: RunFinding | None) -> None:
    facts = {"amount": Oere(100), "is_under_way": True, "is_own": False, "has_payee": True}
    assert find_obstacle(CandidateFacts(**{**facts, "per_payment": Oere(100), **changed})) is finding  # type: ignore[arg-type] # the fields


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ({"registration_number": "0040", "account_number": "440116243"}, BankAccount("0040", "0440116243")),
        (
            {"registration_number": " 00 40", "account_number": "0440-116.243"},
            BankAccount("0040", "0440116243"),
        ),
        ({"iban": "dk50 0040 0440 1162 43"}, BankAccount(iban="DK5000400440116243")),
    ],
    ids=str,
)
def test_an_account_is_read_as_people_write_it(written: dict[str, str], account: BankAccount) -> None:
    assert checked_account(**written) == account


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ({}, "registration_number"),
        ({"registration_number": "40", "account_number": "1"}, "registration_number"),
        ({"registration_number": "００４０", "account_number": "1"}, "registration_number"),
        ({"registration_number": "0040", "account_number": ""}, "account_number"),
        ({"registration_number": "0040", "account_number": "0000000000"}, "account_number"),
        ({"registration_number": "0040", "account_number": "12345678901"}, "account_number"),
        ({"iban": "DK5100400440116243"}, "iban"),
        ({"iban": "DK500040044011624"}, "iban"),
        ({"iban": "NO9386011117947"}, "iban"),
        ({"iban": "DK5000400440116243", "account_number": "1"}, "iban"),
    ],
    ids=str,
)
def test_what_is_no_account_is_refused_at_its_field_without_repeating_it(
    written: dict[str, str], where: str
) -> None:
    with pytest.raises(AccountInvalid) as refused:
        checked_account(**written)
    assert refused.value.where == where
    for value in filter(None, written.values()):
        assert value not in str(refused.value) or len(value) < 3

"""Asking in the lanes: caps that hold, approval by rule, pocket money, and the lock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import SYSTEM
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import RoleMayNot
from raaderum.persistence.sealed_fields import open_field
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.service import get_purchase, refuse_purchase
from raaderum.testing.cases import case_with_grant
from raaderum.transfers.asking import TransferWanted, request_own_transfer
from raaderum.transfers.lanes import lanes_of
from raaderum.transfers.locks import lock_lane, unlock_lane
from raaderum.transfers.rules import (
    ActivityInvalid,
    Lane,
    LaneClosed,
    LaneLocked,
    LockReason,
    MonthUsedUp,
    TransferTooLarge,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.small_transfers import Transfers

    Act = Callable[..., Any]


def test_the_citizens_own_small_transfer_is_approved_by_rule(
    transfers: Transfers, case: Case, read: Act
) -> None:
    purchase = transfers.asked_by_the_citizen(case, 100)
    assert (purchase.state, purchase.decided_by, purchase.lane) == (PurchaseState.APPROVED, None, Lane.OWN)
    assert read(budget_statement, case.enrolment_id).committed == 100_00


def test_the_activity_is_sealed_and_its_day_kept(transfers: Transfers, case: Case, read: Act) -> None:
    on = clock.today() + timedelta(days=2)
    purchase = transfers.asked_by_the_citizen(case, activity="café", on=on)
    assert purchase.activity_on == on
    assert b"caf" not in (purchase.pocket_money_activity_sealed or b"")
    assert read(lambda session: open_field(session, purchase, "pocket_money_activity")) == "café"


def test_pocket_money_for_something_else_is_refused(transfers: Transfers, case: Case) -> None:
    with pytest.raises(ActivityInvalid):
        transfers.asked_by_the_citizen(case, activity="kasino")


def test_the_caps_hold_at_a_time_and_in_a_month(transfers: Transfers, case: Case, read: Act) -> None:
    with pytest.raises(TransferTooLarge):
        transfers.asked_by_the_citizen(case, 301)
    for _ in range(2):
        transfers.asked_by_the_citizen(case, 300)
    with pytest.raises(MonthUsedUp):
        transfers.asked_by_the_citizen(case, 1)
    (_, own) = read(lanes_of, case.enrolment_id, by=case.citizen).lanes
    assert (own.lane, own.left) == (Lane.OWN, 0)


def test_a_new_month_begins_anew(transfers: Transfers, case: Case) -> None:
    for _ in range(2):
        transfers.asked_by_the_citizen(case, 300)
    next_month = (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    with clock.standing_still_at(clock.start_of(next_month)):
        assert transfers.asked_by_the_citizen(case, 300).state == PurchaseState.APPROVED


def test_what_was_refused_does_not_count(
    transfers: Transfers, case: Case, act: Act, municipality: Municipality
) -> None:
    purchase_id = transfers.asked(case, 1_000)
    transfers.asked(case, 1_000)
    with pytest.raises(MonthUsedUp):
        transfers.asked(case, 1)
    act(refuse_purchase, purchase_id, because="Nej.", by=municipality.coordinator)
    assert transfers.asked(case, 1_000)


def test_what_is_not_there_waits_for_a_person(
    transfers: Transfers, municipality: Municipality, read: Act
) -> None:
    poor = case_with_grant(municipality, amount=Oere(200_00))
    transfers.asked_by_the_citizen(poor, 150)
    second = transfers.asked_by_the_citizen(poor, 100)
    assert second.state == PurchaseState.REQUESTED
    assert read(get_purchase, second.id, by=municipality.coordinator).decided_at is None


def test_a_support_persons_request_waits_for_approval(
    transfers: Transfers, case: Case, read: Act, municipality: Municipality
) -> None:
    purchase = read(get_purchase, transfers.asked(case, 100), by=municipality.coordinator)
    assert (purchase.state, purchase.lane) == (PurchaseState.REQUESTED, Lane.SUPPORTED)


def test_only_the_citizen_asks_in_the_citizens_lane(case: Case, act: Act, municipality: Municipality) -> None:
    wanted = TransferWanted(case.plan_item_ids[0], "Biograf", Oere(100))
    with pytest.raises(RoleMayNot):
        act(request_own_transfer, case.enrolment_id, wanted, by=municipality.support_person)


def test_a_locked_lane_refuses_with_the_reason_and_opens_at_once(
    transfers: Transfers, case: Case, act: Act, read: Act
) -> None:
    assert act(lock_lane, case.enrolment_id, LockReason.RECEIPT_OVERDUE, by=SYSTEM)
    assert not act(lock_lane, case.enrolment_id, LockReason.ACTIVITY_UNCONFIRMED, by=SYSTEM)
    with pytest.raises(LaneLocked) as refused:
        transfers.asked_by_the_citizen(case)
    assert "kvittering" in refused.value.message.danish
    with pytest.raises(LaneLocked):
        transfers.asked(case)
    assert read(lanes_of, case.enrolment_id, by=case.citizen).locked is LockReason.RECEIPT_OVERDUE
    assert act(unlock_lane, case.enrolment_id, by=SYSTEM)
    assert not act(unlock_lane, case.enrolment_id, by=SYSTEM)
    assert transfers.asked_by_the_citizen(case).state == PurchaseState.APPROVED


def test_what_was_approved_before_the_lock_is_paid(transfers: Transfers, case: Case, act: Act) -> None:
    transfers.approved(case)
    act(lock_lane, case.enrolment_id, LockReason.RECEIPT_OVERDUE, by=SYSTEM)
    assert transfers.started(case).count == 1


def test_a_programme_that_does_not_transfer_says_so(
    new_municipality: Callable[..., Municipality], transfers: Transfers
) -> None:
    lejre = new_municipality("lejre")
    elsewhere = type(transfers)(lejre, transfers.files)
    with pytest.raises(LaneClosed):
        elsewhere.asked(case_with_grant(lejre))

"""Corrections, claims and credit notes without a voucher, over the API: the same acts as in the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text, update

from raaderum.kernel.money import Oere
from raaderum.payouts.service import locked_payout, send_again
from raaderum.payouts.settling import TOLD_BY_BANK, settle_attempt
from raaderum.people.roles import Role
from raaderum.persistence.outbox import OutboxWork
from raaderum.plugin_api import Completed, Refused, Text
from raaderum.refunds.service import BOOK, approve_refund
from raaderum.refunds.tables import Refund
from raaderum.testing.attempts import refused_by_provider, sent_attempt
from raaderum.testing.cases import PRICE
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session
    from tests.integration.web.conftest import Caller, Ids

    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]
    Calling = Callable[..., Caller]

BECAUSE = {"because": "Banken har vist bilaget."}


@pytest.fixture
def leader(municipality: Municipality, caller: Calling) -> Caller:
    return caller(municipality, municipality.team_leader)


@pytest.fixture
def colleague(municipality: Municipality, caller: Calling) -> Caller:
    with municipality.at_work():
        return caller(municipality, hire("Finn Finans", Role.FINANCE_OFFICER))


def _code(answer: Any) -> tuple[int, str]:  # noqa: ANN401 - the framework's answer
    return answer.status_code, answer.get_json()["code"]


def test_two_people_book_a_payment_that_was_made_after_all(
    ids: Ids, leader: Caller, colleague: Caller, act: Act
) -> None:
    act(settle_attempt, act(refused_by_provider, ids.payout), Completed("B-1"), told_by=TOLD_BY_BANK)
    [listed] = leader.seen("/payout-contradictions")["items"]
    path = f"/payout-contradictions/{listed['id']}/paid"
    assert _code(colleague.post(f"{path}/confirm")) == (409, "no_payout_decision_proposed")
    assert leader.post(path, {}).status_code == 422
    assert leader.done(path, BECAUSE)["outcome"] is None
    assert _code(leader.post(f"{path}/confirm")) == (422, "part_in_payment")
    assert leader.done(f"{path}/reject")["proposed_by"] is None
    leader.done(path, BECAUSE)
    assert colleague.done(f"{path}/confirm")["outcome"] == "paid"
    [payout] = leader.seen("/payouts?state=paid")["items"]
    assert payout["id"] == str(ids.payout)
    assert _code(colleague.post(f"{path}/confirm")) == (409, "contradiction_settled")


def test_a_second_payment_is_listed_until_it_has_come_back(
    ids: Ids, leader: Caller, colleague: Caller, act: Act
) -> None:
    key = act(sent_attempt, ids.payout)
    act(_refuse, key)
    act(_paid_again, ids.payout)
    act(settle_attempt, key, Completed("B-1"), told_by=TOLD_BY_BANK)
    [listed] = leader.seen("/payout-contradictions")["items"]
    path = f"/payout-contradictions/{listed['id']}/paid"
    leader.done(path, BECAUSE)
    assert colleague.done(f"{path}/confirm")["outcome"] == "claimed"
    [claim] = leader.seen("/payout-claims")["items"]
    assert (claim["amount_oere"], claim["reference"], claim["state"]) == (PRICE, "B-1", "awaited")
    close = f"/payout-claims/{claim['id']}/close"
    assert _code(leader.post(close, {"came_back": True, **BECAUSE})) == (422, "payout_reference_missing")
    assert _code(colleague.post(close, {"came_back": False, **BECAUSE})) == (422, "part_in_payment")
    closed = leader.done(close, {"came_back": True, "reference": "R-1", **BECAUSE})
    assert (closed["state"], closed["back_reference"]) == ("back", "R-1")
    assert leader.seen("/payout-claims")["items"] == []
    assert _code(leader.post(close, {"came_back": False, **BECAUSE})) == (409, "claim_closed")


def test_a_credit_note_that_nobody_confirmed_is_noted_by_another(
    ids: Ids, municipality: Municipality, leader: Caller, caller: Calling, act: Act, read: Act
) -> None:
    act(settle_attempt, act(sent_attempt, ids.payout), Completed("B-1"), told_by=TOLD_BY_BANK)
    officer = municipality.finance_officer
    refund = act(approve_refund, ids.payout, amount=Oere(1_00), credit_note_number="K-1", by=officer)
    assert leader.seen("/refunds/unbooked")["items"] == []
    act(_long_ago, refund.id)
    [listed] = leader.seen("/refunds/unbooked")["items"]
    assert (listed["id"], listed["credit_note_number"]) == (str(refund.id), "K-1")
    path, voucher = f"/refunds/{refund.id}/booked", {"voucher_number": "V-9", **BECAUSE}
    assert _code(caller(municipality, officer).post(path, voucher)) == (422, "part_in_payment")
    assert leader.done(path, voucher)["voucher_number"] == "V-9"
    assert _code(leader.post(path, voucher)) == (409, "refund_booked")
    assert leader.seen("/refunds/unbooked")["items"] == []
    done = select(OutboxWork.done_at).where(OutboxWork.kind == BOOK, OutboxWork.subject_id == refund.id)
    assert read(lambda session: session.scalar(done)) is not None


def _refuse(session: Session, key: str) -> None:
    settle_attempt(session, key, Refused("no-such-account", Text("Nej.", "No.")), told_by=TOLD_BY_BANK)


def _paid_again(session: Session, payout_id: UUID) -> None:
    send_again(session, locked_payout(session, payout_id))
    session.flush()
    settle_attempt(session, sent_attempt(session, payout_id), Completed("B-2"), told_by=TOLD_BY_BANK)


def _long_ago(session: Session, refund_id: UUID) -> None:
    """Have a credit note wait for hours, and its work be parked."""
    session.execute(
        update(Refund).where(Refund.id == refund_id).values(approved_at=text("now() - interval '5 hours'"))
    )
    session.execute(
        update(OutboxWork)
        .where(OutboxWork.subject_id == refund_id)
        .values(parked_at=text("now()"), parked_because="refused")
    )

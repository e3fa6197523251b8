"""Payouts that need people, over the API: the same acts as in the portal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel.identifiers import new_id
from raaderum.payouts.settling import TOLD_BY_BANK, settle_attempt
from raaderum.people.roles import Role
from raaderum.plugin_api import Completed
from raaderum.refunds.returning import book_bank_return
from raaderum.testing.attempts import refused_by_provider, sent_attempt, unknown_for
from raaderum.testing.cases import PRICE
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tests.integration.web.conftest import Caller, Ids

    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]
    Calling = Callable[..., Caller]

NO = {"was_paid": False, "because": "Banken har ikke set den."}


@pytest.fixture
def officer(municipality: Municipality, caller: Calling) -> Caller:
    return caller(municipality, municipality.finance_officer)


def test_failed_payouts_are_counted_and_tried_again(ids: Ids, officer: Caller, act: Act) -> None:
    act(refused_by_provider, ids.payout)
    assert officer.seen("/payouts/failed") == {"count": 1, "total_oere": PRICE}
    assert officer.seen("/payouts/failed?provider=another") == {"count": 0, "total_oere": 0}
    stale = officer.post("/payouts/retry-failed", {"expected_count": 2, "expected_total_oere": PRICE})
    assert (stale.status_code, stale.get_json()["code"]) == (409, "failed_payouts_changed")
    done = officer.done("/payouts/retry-failed", {"expected_count": 1, "expected_total_oere": PRICE})
    assert done == {"count": 1, "total_oere": PRICE}
    assert officer.seen("/payouts/failed")["count"] == 0


def test_a_failed_payout_is_given_up_once(ids: Ids, officer: Caller, act: Act) -> None:
    act(refused_by_provider, ids.payout)
    assert officer.done(f"/payouts/{ids.payout}/give-up")["state"] == "given_up"
    again = officer.post(f"/payouts/{ids.payout}/give-up")
    assert (again.status_code, again.get_json()["code"]) == (409, "payout_move_forbidden")


def test_two_people_decide_what_became_of_an_unknown_payout(
    ids: Ids, municipality: Municipality, caller: Calling, act: Act
) -> None:
    act(unknown_for, ids.payout, timedelta(hours=5))
    with municipality.at_work():
        colleague = hire("Finn Finans", Role.FINANCE_OFFICER)
    first, second = caller(municipality, colleague), caller(municipality, municipality.team_leader)
    proposed = first.done(f"/payouts/{ids.payout}/decision", NO)
    assert (proposed["state"], proposed["because"]) == ("proposed", NO["because"])
    assert second.seen("/payout-decisions")["items"] == [proposed]
    own = first.post(f"/payouts/{ids.payout}/decision/confirm")
    assert (own.status_code, own.get_json()["code"]) == (422, "part_in_payment")
    assert first.done(f"/payouts/{ids.payout}/decision/reject")["state"] == "rejected"
    first.done(f"/payouts/{ids.payout}/decision", NO)
    assert second.done(f"/payouts/{ids.payout}/decision/confirm")["state"] == "failed"


def test_a_paid_payout_shows_its_evidence_what_told_and_what_came_back(
    ids: Ids, officer: Caller, act: Act
) -> None:
    key = act(sent_attempt, ids.payout)
    assert officer.seen(f"/payouts/{ids.payout}/evidence") == {
        "finding": "none_made",
        "content_hash": None,
        "content": None,
    }
    act(settle_attempt, key, Completed("B-1"), told_by=TOLD_BY_BANK)
    shown = officer.seen(f"/payouts/{ids.payout}/evidence")
    assert (shown["finding"], len(shown["content_hash"])) == ("intact", 64)
    assert shown["content"]["payout"]["amount_oere"] == PRICE
    act(book_bank_return, ids.payout, amount=1_000_00, reference="R-1", by=ids.case.municipality.coordinator)
    [payout] = officer.seen("/payouts?state=paid")["items"]
    assert (payout["returned_oere"], payout["expected_on"]) == (1_000_00, None)
    assert [attempt["told_by"] for attempt in payout["attempts"]] == [TOLD_BY_BANK]


def test_a_contradiction_is_listed_until_it_is_settled(ids: Ids, officer: Caller, act: Act) -> None:
    key = act(refused_by_provider, ids.payout)
    act(settle_attempt, key, Completed("B-1"), told_by=TOLD_BY_BANK)
    [listed] = officer.seen("/payout-contradictions")["items"]
    assert (listed["told"], listed["told_words"], listed["settled_at"]) == ("completed", "B-1", None)
    path = f"/payout-contradictions/{listed['id']}/settle"
    assert officer.done(path, {"because": "Banken tog fejl."})["settled_at"]
    assert officer.seen("/payout-contradictions")["items"] == []
    assert officer.post(path, {"because": "Igen."}).status_code == 409


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/payouts/{id}/give-up", None),
        ("POST", "/payouts/{id}/approve-again", None),
        ("POST", "/payouts/{id}/decision", NO),
        ("POST", "/payouts/{id}/decision/confirm", None),
        ("POST", "/payouts/{id}/decision/reject", None),
        ("GET", "/payouts/{id}/evidence", None),
        ("POST", "/payout-contradictions/{id}/settle", {"because": "x"}),
        ("POST", "/parked-work/{id}/resume", None),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_another_municipalitys_payout_is_one_that_is_not_there(
    method: str,
    path: str,
    body: object,
    officer: Caller,
    new_municipality: Callable[[], Municipality],
    make_ids: Callable[[Municipality], Ids],
) -> None:
    theirs: UUID = make_ids(new_municipality()).payout
    answers = [officer.send(method, path.format(id=one), body) for one in (theirs, new_id())]
    assert [answer.status_code for answer in answers] == [404, 404]

"""The main job through HTTP and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.kernel import clock
from raaderum.payouts.service import QUEUE
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, fitting_answers, made_up_cpr
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.municipality import Municipality

DREAM = "Jeg vil ha' mit eget sted at bo – og et job som gartner 🌱"
GRANT, PRICE, BILL = 20_000_00, 12_500_00, 12_000_00


TALK = {
    "topics": [{"topic": "not_too_complex", "fit": "fits", "words": "Det kan vi løse sammen."}],
    "conclusion": "suitable",
    "reason": "Mia ved, hvad der venter.",
}


def enrolled(coordinator: Caller, answers: dict[str, Any]) -> str:
    """Refer a citizen and bring the enrolment to the run-in; return its id."""
    citizen = coordinator.done("/citizens", {"name": "Mia Mortensen", "cpr": made_up_cpr().digits})
    [support_person] = coordinator.seen("/staff/support-persons")["items"]
    programme = coordinator.seen("/programmes")["items"][-1]
    assert set(answers) == {question["name"] for question in programme["questions"]}
    referral = {
        "citizen_id": citizen["id"],
        "programme": programme["slug"],
        "support_person_id": support_person["id"],
        "ceiling_oere": 40_000_00,
    }
    enrolment: str = coordinator.done("/enrolments", referral)["id"]
    screening = {"answers": answers, "judgement": "Borgeren kan bære det."}
    results = coordinator.done(f"/enrolments/{enrolment}/screenings", screening)["results"]
    assert results
    assert not [result for result in results if result["outcome"] == "not_met"]
    coordinator.done(f"/enrolments/{enrolment}/conversations", TALK)
    assert coordinator.done(f"/enrolments/{enrolment}/offer", {})["state"] == "offered"
    signed = {"signed_on": clock.today().isoformat()}
    assert coordinator.done(f"/enrolments/{enrolment}/accept-on-paper", signed)["state"] == "run_in"
    return enrolment


def granted(coordinator: Caller, support_person: Caller, enrolment: str) -> str:
    """Write the dream, a sub-goal and a plan, and have it approved; return the plan's item."""
    goal = {"words": DREAM, "categories": ["housing"]}
    coordinator.done(f"/enrolments/{enrolment}/goal/taken-down", goal)
    sub_goal = support_person.done(f"/enrolments/{enrolment}/sub-goals", {"words": "Tage kørekort"})
    item = {
        "sub_goal_id": sub_goal["id"],
        "description": "Kørekort til bil",
        "category": "transport",
        "amount_oere": GRANT,
        "theory_of_change": "Med kørekort kan jeg tage job uden for byen.",
        "needed_on": "2027-01-31",
    }
    draft = support_person.done(
        f"/enrolments/{enrolment}/plans", {"motivation": "Jeg vil videre.", "items": [item]}
    )
    assert (draft["version"], draft["total_oere"]) == (1, GRANT)
    support_person.done(f"/plans/{draft['id']}/propose")
    approved = coordinator.done(f"/plans/{draft['id']}/approve", {"colour": "green"})
    assert (approved["state"], approved["colour"]) == ("approved", "green")
    plan_item: str = approved["items"][0]["id"]
    return plan_item


def test_a_citizen_is_enrolled_granted_bought_for_and_paid_for_through_http_only(
    municipality: Municipality, caller: Callable[..., Caller], invoice_file: Callable[..., bytes]
) -> None:
    coordinator, support_person, finance_officer, team_leader = (
        caller(municipality, actor)
        for actor in (
            municipality.coordinator,
            municipality.support_person,
            municipality.finance_officer,
            municipality.team_leader,
        )
    )
    with municipality.at_work():
        [programme] = coordinator.seen("/programmes")["items"]
        answers = fitting_answers(programme["slug"], age=27)
    funding = finance_officer.done(f"/ledger/pools/{programme['slug']}/funding", {"amount_oere": 500_000_00})
    assert funding["amount_oere"] == 500_000_00
    enrolment = enrolled(coordinator, answers)
    plan_item = granted(coordinator, support_person, enrolment)

    wish = {
        "plan_item_id": plan_item,
        "description": "Kørekort, lovpakke",
        "supplier_name": SUPPLIER,
        "supplier_cvr": SUPPLIER_CVR,
        "amount_oere": PRICE,
    }
    purchase = support_person.done(f"/enrolments/{enrolment}/purchases", wish)
    assert coordinator.done(f"/purchases/{purchase['id']}/approve")["state"] == "approved"
    response = finance_officer.send(
        "POST", "/invoices", data=invoice_file(purchase["code"], payable=BILL), content_type="application/xml"
    )
    assert response.status_code == 201
    invoice = response.get_json()
    assert (invoice["outcome"], invoice["purchase_id"], invoice["payable_oere"]) == (
        "matched",
        purchase["id"],
        BILL,
    )
    # It is 500 kr. below the order: the finance officer says that no more is to come, so the rest is freed.
    approved = finance_officer.done(f"/invoices/{invoice['id']}/approve", {"last": True})
    assert approved["outcome"] == "approved"
    in_payment = finance_officer.seen(f"/ledger/enrolments/{enrolment}/statement")
    assert (in_payment["available_oere"], in_payment["in_payment_oere"]) == (GRANT - BILL, BILL)
    with municipality.at_work():
        do_due_work(QUEUE)

    case = support_person.seen(f"/enrolments/{enrolment}")
    assert case["goal"]["words"] == DREAM
    assert case["citizen_name"] == "Mia Mortensen"
    assert case["budget"] == {
        "granted_oere": GRANT,
        "available_oere": GRANT - BILL,
        "committed_oere": 0,
        "in_payment_oere": 0,
        "spent_oere": BILL,
        "on_card_oere": 0,
        "card_held_oere": 0,
        "overdrawn_oere": 0,
    }
    [payout] = coordinator.seen(f"/enrolments/{enrolment}/payouts")["items"]
    assert case["payouts"] == [payout]
    assert (payout["state"], [attempt["state"] for attempt in payout["attempts"]]) == ("paid", ["completed"])
    transactions = finance_officer.seen(f"/ledger/subjects/{payout['id']}/transactions")["items"]
    assert [one["kind"] for one in transactions] == ["reserve", "settle"]
    assert all(sum(entry["amount_oere"] for entry in one["entries"]) == 0 for one in transactions)
    assert finance_officer.seen("/ledger/trial-balance")["total_oere"] == 0
    assert team_leader.seen("/audit/check") == {"holds": True, "first_break": None}
    ended = coordinator.done(f"/enrolments/{enrolment}/end", {"because": "ordinary_employment"})
    assert (ended["state"], ended["ended_because"]) == ("ended", "ordinary_employment")


def test_a_purchase_can_be_refused_or_given_up(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    support_person = caller(municipality, municipality.support_person)
    finance_officer = caller(municipality, municipality.finance_officer)
    with municipality.at_work():
        [programme] = coordinator.seen("/programmes")["items"]
        answers = fitting_answers(programme["slug"], age=27)
    finance_officer.done(f"/ledger/pools/{programme['slug']}/funding", {"amount_oere": 500_000_00})
    enrolment = enrolled(coordinator, answers)
    plan_item = granted(coordinator, support_person, enrolment)
    wish = {
        "plan_item_id": plan_item,
        "description": "Cykel",
        "supplier_name": "Loppemarked",
        "amount_oere": 1,
    }
    first, second = (support_person.done(f"/enrolments/{enrolment}/purchases", wish) for _ in range(2))
    refused = coordinator.done(f"/purchases/{first['id']}/refuse", {"because": "Ikke i planen."})
    assert (refused["state"], refused["refused_because"]) == ("refused", "Ikke i planen.")
    coordinator.done(f"/purchases/{second['id']}/approve")
    assert coordinator.done(f"/purchases/{second['id']}/release")["state"] == "closed"
    assert coordinator.seen(f"/enrolments/{enrolment}")["budget"]["available_oere"] == GRANT

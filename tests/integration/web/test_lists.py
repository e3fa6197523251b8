"""Lists: pages that follow one another, filters, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from raaderum.persistence.database import db
from raaderum.testing.cases import case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller, Ids

    from raaderum.testing.municipality import Municipality


def walked(calling: Caller, path: str, *, limit: int) -> list[list[dict[str, Any]]]:
    """Return all pages of a list, one after the other."""
    pages, after = [], ""
    while True:
        page = calling.seen(f"{path}?limit={limit}{after}")
        pages.append(page["items"])
        if page["next"] is None:
            return pages
        after = f"&after={page['next']}"


def test_the_pages_of_the_caseload_hold_every_case_once_newest_first(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    cases = [str(case_in_run_in(municipality, age=20 + number).enrolment_id) for number in range(5)]
    coordinator = caller(municipality, municipality.coordinator)
    pages = walked(coordinator, "/enrolments", limit=2)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [item["id"] for page in pages for item in page] == cases[::-1]
    assert walked(coordinator, "/enrolments", limit=5) == [[item for page in pages for item in page]]


def test_the_caseload_can_be_asked_for_one_state(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    in_run_in = case_in_run_in(municipality, age=40)
    coordinator = caller(municipality, municipality.coordinator)
    for state, enrolment_id in (("active", ids.case.enrolment_id), ("run_in", in_run_in.enrolment_id)):
        found = coordinator.seen(f"/enrolments?state={state}")["items"]
        assert [item["id"] for item in found] == [str(enrolment_id)]


def test_a_longer_list_takes_no_more_queries(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    case_in_run_in(municipality, age=20)
    coordinator.seen("/enrolments")
    few = queries_of(lambda: coordinator.seen("/enrolments"))
    for age in range(21, 26):
        case_in_run_in(municipality, age=age)
    assert queries_of(lambda: coordinator.seen("/enrolments")) == few <= 4


def test_opening_a_case_takes_a_fixed_number_of_queries(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    path = f"/enrolments/{ids.case.enrolment_id}"
    coordinator.seen(path)
    assert queries_of(lambda: coordinator.seen(path)) <= 14


def queries_of(read: Callable[[], object]) -> int:
    """Count the statements that `read` sends to the database."""
    sent: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        read()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(sent)


def test_the_inbox_can_be_asked_for_one_outcome_and_walked(
    municipality: Municipality, caller: Callable[..., Caller], invoice_file: Callable[..., bytes]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    for content in (invoice_file("RD-", number="1"), invoice_file("RD-", number="2"), b"<nonsense/>"):
        finance_officer.send("POST", "/invoices", data=content, content_type="application/xml")
    assert [len(page) for page in walked(finance_officer, "/invoices", limit=2)] == [2, 1]
    unmatched = finance_officer.seen("/invoices?outcome=unmatched")["items"]
    assert [item["number"] for item in unmatched] == ["2", "1"]
    [rejected] = finance_officer.seen("/invoices?outcome=rejected")["items"]
    assert rejected["kind"] == "unreadable"


def test_the_audit_log_is_walked_without_a_gap(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    team_leader = caller(municipality, municipality.team_leader)
    entries = [entry for page in walked(team_leader, "/audit", limit=4) for entry in page]
    sequences = [entry["sequence"] for entry in entries]
    assert sequences == list(range(len(sequences), 0, -1))
    approved = [entry for entry in entries if entry["event"] == "plan.approved"]
    assert [entry["enrolment_id"] for entry in approved] == [str(ids.case.enrolment_id)]
    assert approved[0]["event_name"] == "Budgetplan godkendt"


def test_opening_a_case_is_written_in_the_audit_log(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    finance_officer = caller(municipality, municipality.finance_officer)
    enrolment = f"/enrolments/{ids.case.enrolment_id}"
    coordinator.seen(enrolment)
    coordinator.seen(f"{enrolment}/payouts")
    finance_officer.seen(f"/ledger{enrolment}/statement")
    newest = caller(municipality, municipality.team_leader).seen("/audit?limit=4")["items"]
    looks = [entry for entry in newest if entry["event"] == "citizen.seen"]
    expected = [municipality.finance_officer, municipality.coordinator, municipality.coordinator]
    assert [look["actor_id"] for look in looks] == [str(actor.person_id) for actor in expected]


def test_the_payouts_can_be_asked_for_those_that_failed(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    [reserved] = finance_officer.seen("/payouts?state=reserved")["items"]
    assert (reserved["id"], reserved["attempts"]) == (str(ids.payout), [])
    assert finance_officer.seen("/payouts?state=failed")["items"] == []
    response = finance_officer.post(f"/payouts/{ids.payout}/retry")
    assert (response.status_code, response.get_json()["code"]) == (409, "payout_move_forbidden")


def test_registered_staff_stand_on_the_list_with_their_roles(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    administrator = caller(municipality, municipality.administrator)
    wanted = {"name": "Ida  Iversen", "email": "Ida@kommune.example", "roles": ["team_leader", "coordinator"]}
    registered = administrator.done("/staff", wanted)
    assert (registered["name"], registered["email"]) == ("Ida Iversen", "ida@kommune.example")
    assert registered["roles"] == ["coordinator", "team_leader"]
    staff = [person for page in walked(administrator, "/staff", limit=2) for person in page]
    assert staff[0] == registered
    assert len(staff) == 6
    assert administrator.post("/staff", wanted).get_json()["code"] == "staff_known"
    assert administrator.post("/staff", {**wanted, "email": "nobody"}).status_code == 422

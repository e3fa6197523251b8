"""Names, CPR numbers and the citizen's words stand sealed in the database: raw SQL shows none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.place_rules import ReferralSource
from raaderum.enrolments.screening_rules import Conclusion, ConversationTopic, Fit, TopicNote
from raaderum.enrolments.screenings import latest_conversation, latest_screening
from raaderum.enrolments.service import refer, screen
from raaderum.goals.service import add_sub_goal, opened_goals, write_goal
from raaderum.kernel.money import Oere
from raaderum.people.service import get_citizen, name_of_citizen, register_citizen
from raaderum.persistence.sealed_fields import open_field
from raaderum.persistence.sealing import SealBroken
from raaderum.plans.service import draft_plan, plans_of, propose_plan, return_plan
from raaderum.testing.cases import Case, licence_item, made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

TABLES = (
    "citizen",
    "enrolment",
    "screening",
    "screening_conversation",
    "long_term_goal",
    "sub_goal",
    "budget_plan",
    "plan_item",
    "audit_entry",
    "outbox_work",
    "tenant_key",
)
SECRETS = {
    "name": "Mia Hemmelig",
    "judgement": "Hun kan bære angsten.",
    "note": "Lægen kender hende",
    "authority": "Kriminalforsorgen",
    "talked": "Hun er bange for sit netværk",
    "reason": "Vi tager det roligt",
    "dream": "Jeg vil finde min datter igen",
    "step": "Skrive brevet",
    "motivation": "Jeg er ædru nu",
    "item": "Kørekort til bil",
    "why": "Med kørekort kan jeg tage job",
    "comment": "Tal med hende om gælden",
}
CPR = made_up_cpr(serial=7_654_321)


@pytest.fixture
def told(run_in: Case, act: Callable[..., Any]) -> Case:
    """A case in which every sealed field of the course has been written."""
    municipality = run_in.municipality
    coordinator, support_person = municipality.coordinator, municipality.support_person
    citizen = act(register_citizen, name=SECRETS["name"], cpr=CPR, by=coordinator)
    terms = {"citizen_id": citizen.id, "programme": run_in.programme}
    said = {"note": SECRETS["note"], "authority": SECRETS["authority"], "source": ReferralSource.AUTHORITY}
    referred = act(refer, **terms, **said, support_person_id=support_person.person_id, by=coordinator)
    act(screen, referred.id, answers={}, judgement=SECRETS["judgement"], by=coordinator)
    topics = {ConversationTopic.NOT_TOO_COMPLEX: TopicNote(Fit.FITS, SECRETS["talked"])}
    talk = {"topics": topics, "conclusion": Conclusion.SUITABLE, "reason": SECRETS["reason"]}
    act(hold_conversation, referred.id, **talk, by=coordinator)
    act(write_goal, run_in.enrolment_id, words=SECRETS["dream"], categories=[], by=run_in.citizen)
    act(add_sub_goal, run_in.enrolment_id, words=SECRETS["step"], by=support_person)
    items = [licence_item(run_in, Oere(1_000_00))]
    motivation = SECRETS["motivation"]
    plan = act(draft_plan, run_in.enrolment_id, motivation=motivation, items=items, by=support_person)
    act(propose_plan, plan.id, by=support_person)
    act(return_plan, plan.id, comment=SECRETS["comment"], by=coordinator)
    return Case(municipality, citizen.id, referred.id, run_in.programme, run_in.sub_goal_id, (plan.id,))


def test_raw_sql_shows_no_name_no_cpr_number_and_no_word(
    told: Case, raw: Callable[[str], list[dict[str, Any]]]
) -> None:
    assert told.citizen_id in {row["id"] for row in raw("citizen")}
    held = b" ".join(_as_bytes(value) for table in TABLES for row in raw(table) for value in row.values())
    assert len(held) > 5000
    for clear in (*SECRETS.values(), CPR.digits, CPR.digits[6:] + " ", f"{CPR.digits[:6]}-{CPR.digits[6:]}"):
        assert clear.encode() not in held
        assert clear.encode("utf-16-le") not in held


def test_whoever_may_read_them_reads_them(told: Case, read: Callable[..., Any]) -> None:
    def plan_words(session: Session) -> tuple[str, str]:
        plan = next(one for one in plans_of(session, _enrolment_of_plan(session, told)) if one.comment_sealed)
        return open_field(session, plan, "motivation"), open_field(session, plan, "comment")

    def citizen_words(session: Session) -> tuple[str, str]:
        citizen = get_citizen(session, told.citizen_id)
        return name_of_citizen(session, citizen), open_field(session, citizen, "cpr")

    assert read(plan_words) == (SECRETS["motivation"], SECRETS["comment"])
    assert read(citizen_words) == (SECRETS["name"], CPR.digits)
    assert read(latest_screening, told.enrolment_id).judgement == SECRETS["judgement"]
    assert read(latest_conversation, told.enrolment_id).reason == SECRETS["reason"]


def test_the_same_words_are_sealed_differently_each_time(
    run_in: Case, act: Callable[..., Any], raw: Callable[[str], list[dict[str, Any]]]
) -> None:
    by = run_in.municipality.support_person
    for _ in range(3):
        act(add_sub_goal, run_in.enrolment_id, words="Det samme", by=by)
    assert len({bytes(row["words_sealed"]) for row in raw("sub_goal")}) == 4


def test_words_moved_to_another_citizens_row_do_not_open(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    def swap(session: Session) -> None:
        session.execute(
            text("update sub_goal set words_sealed = (select words_sealed from long_term_goal limit 1)")
        )

    act(swap)
    with refused(SealBroken) as refusal:
        read(opened_goals, run_in.enrolment_id)
    assert refusal.code == "seal_broken"
    assert "Kontakt driften" in refusal.danish


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _enrolment_of_plan(session: Session, told: Case) -> Any:  # noqa: ANN401 - a raw value
    return session.execute(
        text("select enrolment_id from budget_plan where id = :id"), {"id": told.plan_item_ids[0]}
    ).scalar_one()

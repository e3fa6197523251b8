"""The library of doubt cases: told so that nobody is recognised, confirmed by a second person, shared."""

from __future__ import annotations

import json
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from raaderum.audit.actor import Actor
from raaderum.guidelines.errors import (
    NotAnonymous,
    OwnPrecedent,
    PrecedentKnown,
    PrecedentNotDraft,
    PrecedentNotPublished,
)
from raaderum.guidelines.exchange import KEYS, export_precedents, import_precedents
from raaderum.guidelines.rules import Decision, DoubtCase, Outcome
from raaderum.guidelines.service import (
    drafts_to_confirm,
    follow_up_precedent,
    publish_precedent,
    read_library,
    withdraw_precedent,
    write_precedent,
)
from raaderum.guidelines.tables import Precedent
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Role, RoleMayNot
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.rules import SpendingCategory
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

DOUBT = DoubtCase(
    question="Må en borger med gæld købe bil?",
    circumstances="Arbejde på skiftehold, ingen bus.",
    guideline="car",
    category=SpendingCategory.TRANSPORT,
    decision=Decision.WITH_CONDITIONS,
    reason="Driften kunne betales af lønnen.",
    quarter="2026-Q3",
)


@pytest.fixture
def published(municipality: Municipality, act: Callable[..., Any]) -> Callable[..., UUID]:
    """Write and publish a doubt case; return its id."""

    def do(case: DoubtCase = DOUBT) -> UUID:
        row = act(write_precedent, case, by=municipality.coordinator)
        precedent_id: UUID = act(publish_precedent, row.id, by=municipality.team_leader).id
        return precedent_id

    return do


def test_a_second_person_publishes_and_then_no_key_of_anybody_is_left(
    case: Case,
    municipality: Municipality,
    act: Callable[..., Any],
    refused: Callable[..., Any],
    raw: Callable[[str], list[dict[str, Any]]],
) -> None:
    torben = municipality.team_leader
    written = act(write_precedent, DOUBT, enrolment_id=case.enrolment_id, by=torben)
    with refused(OwnPrecedent):
        act(publish_precedent, written.id, by=torben)
    with municipality.at_work():
        other = Actor(municipality.administrator.person_id, Role.TEAM_LEADER)
    act(publish_precedent, written.id, by=other)
    [row] = raw("precedent")
    keys = {str(value) for name, value in row.items() if name not in {"tenant_id", "id"}}
    people = {case.enrolment_id, case.citizen_id, torben.person_id, other.person_id}
    assert row["written_by"] is None
    assert not keys & {str(person_id) for person_id in people}
    assert row["id"].version == 4
    log = sorted(raw("audit_entry"), key=itemgetter("sequence"))
    entries = [entry for entry in log if entry["event"].startswith("precedent.")]
    assert [(entry["event"], entry["enrolment_id"]) for entry in entries] == [
        ("precedent.written", None),
        ("precedent.published", None),
    ]
    with refused(PrecedentNotDraft):
        act(publish_precedent, written.id, by=other)


def test_the_database_itself_refuses_a_published_case_with_a_writer(
    municipality: Municipality, published: Callable[..., UUID], act: Callable[..., Any]
) -> None:
    def write_past_the_rules(session: Session, precedent_id: UUID) -> None:
        row = session.get_one(Precedent, (current_tenant_id(), precedent_id))
        row.written_by = municipality.coordinator.person_id

    with pytest.raises(IntegrityError, match="no_person_once_published"):
        act(write_past_the_rules, published())


@pytest.mark.parametrize(
    "words", ["Mia fik en bil", "Mortensens bil", "Signe var støtteperson", "cpr 610101-1234"]
)
def test_the_names_of_the_case_it_came_from_are_looked_for(
    case: Case, municipality: Municipality, act: Callable[..., Any], refused: Callable[..., Any], words: str
) -> None:
    with refused(NotAnonymous) as refusal:
        named = replace(DOUBT, circumstances=words)
        act(write_precedent, named, enrolment_id=case.enrolment_id, by=municipality.coordinator)
    assert refusal.where == "circumstances"
    assert words not in refusal.danish


def test_a_draft_is_read_by_its_writer_and_the_team_leader_and_its_words_go_when_it_is_withdrawn(
    municipality: Municipality,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    karen, torben = municipality.coordinator, municipality.team_leader
    row = act(write_precedent, DOUBT, by=karen)
    with refused(PrecedentKnown):
        act(write_precedent, DOUBT, by=torben)
    assert [one.id for one in read(drafts_to_confirm, by=karen)] == [row.id]
    assert [one.id for one in read(drafts_to_confirm, by=torben)] == [row.id]
    assert read(drafts_to_confirm, by=Actor(new_id(), Role.COORDINATOR)) == []
    assert read(drafts_to_confirm, by=municipality.finance_officer) == []
    assert read(read_library, by=torben).precedents == []
    gone = act(withdraw_precedent, row.id, by=torben)
    assert (gone.question, gone.circumstances, gone.reason, gone.written_by) == ("", "", "", None)
    assert act(write_precedent, DOUBT, by=karen).id != row.id


def test_the_library_is_filtered_and_counts_below_five_are_not_shown(
    published: Callable[..., UUID], read: Callable[..., Any]
) -> None:
    for number in range(5):
        published(replace(DOUBT, reason=f"Begrundelse nummer {'abcde'[number]}"))
    refusal = replace(
        DOUBT, decision=Decision.REFUSED, category=SpendingCategory.DEBT, guideline="debt", quarter="2026-Q4"
    )
    published(refusal)
    by = Actor(new_id(), Role.CITIZEN_REPRESENTATIVE)
    whole = read(read_library, by=by)
    assert (len(whole.precedents), whole.precedents[0].quarter) == (6, "2026-Q4")
    assert whole.decisions == {Decision.WITH_CONDITIONS: 5}
    for filters, found in (
        ({"category": SpendingCategory.DEBT}, 1),
        ({"guideline": "car"}, 5),
        ({"decision": Decision.REFUSED}, 1),
        ({"words": "SKIFTEHOLD nummer"}, 5),
        ({"words": "100%"}, 0),
    ):
        assert len(read(read_library, by=by, **filters).precedents) == found, filters


def test_what_became_of_a_case_is_written_later(
    municipality: Municipality,
    published: Callable[..., UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    torben = municipality.team_leader
    precedent_id = published()
    with refused(NotAnonymous):
        act(follow_up_precedent, precedent_id, outcome=Outcome.HELPED, became="Ring 20304050", by=torben)
    act(follow_up_precedent, precedent_id, outcome=Outcome.HELPED, became="I arbejde endnu.", by=torben)
    [row] = read(read_library, by=torben).precedents
    assert (row.outcome, row.became) == (Outcome.HELPED, "I arbejde endnu.")
    draft = act(write_precedent, replace(DOUBT, reason="En anden."), by=municipality.coordinator)
    with refused(PrecedentNotPublished):
        act(follow_up_precedent, draft.id, outcome=Outcome.HELPED, became="", by=torben)


def test_a_library_is_shared_with_another_municipality_once_and_carries_no_key(
    municipality: Municipality,
    new_municipality: Callable[..., Municipality],
    published: Callable[..., UUID],
    act: Callable[..., Any],
) -> None:
    published()
    act(write_precedent, replace(DOUBT, reason="Kladde."), by=municipality.coordinator)
    shared = act(export_precedents, by=municipality.team_leader)
    [told] = shared["precedents"]
    assert set(told) == set(KEYS)
    assert told["origin"] == municipality.tenant.name
    content, other = json.dumps(shared).encode(), new_municipality("kolding")
    with other.at_work():
        for new, known in ((1, 0), (0, 1)):
            with unit_of_work() as session:
                taken = import_precedents(session, content, by=other.team_leader)
            assert (taken.new, taken.known) == (new, known)
        with reading() as session:
            [row] = read_library(session, by=other.coordinator).precedents
    assert (row.question, row.origin) == (DOUBT.question, municipality.tenant.name)
    assert act(import_precedents, content, by=municipality.team_leader).known == 1


def test_the_same_case_twice_in_one_file_is_one(
    municipality: Municipality,
    published: Callable[..., UUID],
    new_municipality: Callable[..., Municipality],
    act: Callable[..., Any],
) -> None:
    published()
    shared = act(export_precedents, by=municipality.team_leader)
    shared["precedents"] *= 2
    other = new_municipality("lejre")
    with other.at_work(), unit_of_work() as session:
        taken = import_precedents(session, json.dumps(shared).encode(), by=other.team_leader)
    assert (taken.new, taken.known) == (1, 1)


def test_citizens_do_not_read_the_library_and_coordinators_do_not_share_it(
    municipality: Municipality, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(RoleMayNot):
        act(read_library, by=Actor(new_id(), Role.CITIZEN))
    with refused(RoleMayNot):
        act(export_precedents, by=municipality.coordinator)

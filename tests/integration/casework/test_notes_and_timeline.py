"""Notes with narrower readers, messages with a read mark, and one timeline that keeps both promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.casework.messages import messages_of, read_messages, write_message
from raaderum.casework.note_rules import READERS, NoteAudience, NoteCorrected, NoteEmpty, NotInAudience
from raaderum.casework.notes import correct_note, notes_of, write_note
from raaderum.casework.timeline import TimelineKind, timeline_of
from raaderum.enrolments.support import change_support_person
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Role, RoleMayNot
from raaderum.purchases.service import purchases_of
from raaderum.purchases.words import description_of
from raaderum.testing.cases import requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case

    Act = Callable[..., Any]


def actors(case: Case) -> dict[Role, Actor]:
    town = case.municipality
    return {
        Role.CITIZEN: case.citizen,
        Role.SUPPORT_PERSON: town.support_person,
        Role.COORDINATOR: town.coordinator,
        Role.TEAM_LEADER: town.team_leader,
    }


def test_each_note_is_read_by_its_own_readers_and_nobody_else_learns_of_it(
    case: Case, act: Act, read: Act
) -> None:
    for audience in NoteAudience:
        by = case.municipality.team_leader
        act(write_note, case.enrolment_id, text=f"For {audience}", audience=audience, by=by)
    for role, actor in actors(case).items():
        own = {f"For {audience}" for audience, readers in READERS.items() if role in readers}
        assert {note.text for note in read(notes_of, case.enrolment_id, by=actor)} == own
        page = read(timeline_of, case.enrolment_id, by=actor, most=100)
        told = [moment for moment in page if moment.entry.event == "note.written"]
        assert {moment.words for moment in told} == own


def test_nobody_writes_what_they_cannot_read_and_a_citizen_writes_no_notes(
    case: Case, act: Act, refused: Callable[..., Any]
) -> None:
    people = actors(case)
    for role in (Role.SUPPORT_PERSON, Role.COORDINATOR):
        for audience in NoteAudience:
            terms = {"text": "Noget", "audience": audience, "by": people[role]}
            if role in READERS[audience]:
                act(write_note, case.enrolment_id, **terms)
            else:
                with refused(NotInAudience):
                    act(write_note, case.enrolment_id, **terms)
    with refused(RoleMayNot):
        act(write_note, case.enrolment_id, text="Mig", audience=NoteAudience.CITIZEN_TOO, by=case.citizen)


@pytest.mark.parametrize("text", [" ", "x" * 20_001], ids=["nothing", "a book"])
def test_a_note_has_words_but_not_too_many(
    case: Case, act: Act, refused: Callable[..., Any], text: str
) -> None:
    by = case.municipality.coordinator
    with refused(NoteEmpty):
        act(write_note, case.enrolment_id, text=text, audience=NoteAudience.CASEWORKERS, by=by)


def test_a_correction_is_a_note_of_its_own_and_both_stay(
    case: Case, act: Act, read: Act, refused: Callable[..., Any], raw: Callable[[str], list[dict[str, Any]]]
) -> None:
    by, signe = case.municipality.coordinator, case.municipality.support_person
    first = act(
        write_note, case.enrolment_id, text="Bor på Havnevej.", audience=NoteAudience.CASEWORKERS, by=by
    )
    second = act(correct_note, first.id, text="Bor på Bakkevej.", by=by)
    with refused(NoteCorrected):
        act(correct_note, first.id, text="Eller?", by=by)
    with refused(NotFound):
        act(correct_note, second.id, text="Jeg gætter.", by=signe)
    newest, oldest = read(notes_of, case.enrolment_id, by=by)
    assert (newest.text, newest.corrects_id) == ("Bor på Bakkevej.", first.id)
    assert (oldest.text, oldest.corrected_by_id) == ("Bor på Havnevej.", second.id)
    assert all(b"Havnevej" not in row["text_sealed"] for row in raw("case_note"))


def test_a_message_is_marked_as_read_by_the_other_side_alone(case: Case, act: Act, read: Act) -> None:
    signe, torben = case.municipality.support_person, case.municipality.team_leader
    act(write_message, case.enrolment_id, text="Kan vi mødes tirsdag?", by=case.citizen)
    assert act(read_messages, case.enrolment_id, by=case.citizen) == 0
    assert act(read_messages, case.enrolment_id, by=torben) == 0
    assert act(read_messages, case.enrolment_id, by=signe) == 1
    assert act(read_messages, case.enrolment_id, by=signe) == 0
    act(write_message, case.enrolment_id, text="Ja, kl. 10.", by=signe)
    answer, question = read(messages_of, case.enrolment_id, by=case.citizen)
    assert (answer.text, answer.name, answer.read_at) == ("Ja, kl. 10.", "Signe Støtte", None)
    assert (question.name, question.read_at is None) == ("", False)


def test_messages_and_notes_move_with_the_case(
    case: Case, sanne: Actor, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    signe, karen = case.municipality.support_person, case.municipality.coordinator
    act(change_support_person, case.enrolment_id, staff_id=sanne.person_id, handover="", by=karen)
    for attempt in (notes_of, messages_of):
        with refused(NotFound):
            read(attempt, case.enrolment_id, by=signe)
        assert read(attempt, case.enrolment_id, by=sanne) == []
    with refused(NotFound):
        read(timeline_of, case.enrolment_id, by=signe, most=10)
    with refused(NotFound):
        act(write_message, case.enrolment_id, text="Hej", by=signe)


def test_the_timeline_holds_money_decisions_words_and_messages_newest_first(
    case: Case, act: Act, read: Act
) -> None:
    signe = case.municipality.support_person
    requested_purchase(case)
    act(write_message, case.enrolment_id, text="Godt købt!", by=case.citizen)
    bought = read(lambda session: description_of(session, purchases_of(session, case.enrolment_id)[0]))
    whole = read(timeline_of, case.enrolment_id, by=signe, most=100)
    sequences = [moment.entry.sequence for moment in whole]
    assert sequences == sorted(sequences, reverse=True)
    assert {moment.kind for moment in whole} == set(TimelineKind)
    assert [moment.words for moment in whole[:2]] == ["Godt købt!", bought]
    for kind in TimelineKind:
        own = read(timeline_of, case.enrolment_id, by=signe, most=100, kind=kind)
        same = [moment.entry.sequence for moment in whole if moment.kind is kind]
        assert [moment.entry.sequence for moment in own] == same


def test_the_timeline_has_pages_without_gap_or_overlap(case: Case, read: Act) -> None:
    by = case.municipality.coordinator
    whole = read(timeline_of, case.enrolment_id, by=by, most=1_000)
    paged: list[Any] = []
    while len(paged) < len(whole):
        before = paged[-1].entry.sequence if paged else None
        page = read(timeline_of, case.enrolment_id, by=by, most=3, before=before)
        assert page
        paged += page
    assert [moment.entry.sequence for moment in paged] == [moment.entry.sequence for moment in whole]

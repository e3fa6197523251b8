"""Who reads which words: every text of a case is looked for in everything that anybody is answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from raaderum.enrolments.screening_rules import ConversationTopic
from raaderum.people.access import Purpose
from raaderum.people.roles import Role
from raaderum.plans.assessment_rules import Criterion
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.testing.asking import token_of
from raaderum.testing.marked_case import MarkedCase, mark_the_way_in, marked_case
from raaderum.testing.municipality import hire
from raaderum.testing.portal_calls import Window, names_in
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

    from raaderum.audit.actor import Actor
    from raaderum.testing.api_calls import Api
    from raaderum.testing.municipality import Municipality

CITIZEN, SUPPORT, COORDINATOR, LEADER, FINANCE = (
    Role.CITIZEN,
    Role.SUPPORT_PERSON,
    Role.COORDINATOR,
    Role.TEAM_LEADER,
    Role.FINANCE_OFFICER,
)
CASEWORKERS: Final = frozenset({COORDINATOR, LEADER})
STAFF_ON_THE_CASE: Final = CASEWORKERS | {SUPPORT}
ON_THE_CASE: Final = STAFF_ON_THE_CASE | {CITIZEN}
WITHOUT_SUPPORT: Final = CASEWORKERS | {CITIZEN}
NOBODY: Final[frozenset[Role]] = frozenset()

READERS: Final[dict[str, frozenset[Role]]] = {
    "name": STAFF_ON_THE_CASE | {FINANCE},  # of somebody else than the citizen who asks
    "goal": ON_THE_CASE | {FINANCE},  # whoever walks a payment back ends at the words it is for
    **dict.fromkeys(("sub_goal", "wish", "strategy", "recipient", "message"), ON_THE_CASE),
    **dict.fromkeys(("motivation", "item", "theory", "teacher", "evidence", "file_name"), ON_THE_CASE),
    **dict.fromkeys(("return_comment", "pause_note", "extension_note"), ON_THE_CASE),
    "blind_answer": frozenset({CITIZEN}),
    "note_citizen_too": ON_THE_CASE,
    "note_support_person_too": STAFF_ON_THE_CASE,
    "note_caseworkers": CASEWORKERS,
    "note_team_leader": frozenset({LEADER}),
    "task": frozenset({SUPPORT}),
    **dict.fromkeys(("summary_before", "summary_comment", "summary_draft"), WITHOUT_SUPPORT),
    **dict.fromkeys(("handover", "handover_to_substitute"), STAFF_ON_THE_CASE),
    **dict.fromkeys((f"assessed_{one}" for one in Criterion), CASEWORKERS),
    **dict.fromkeys(("guard", "team_comment", "guideline_reason", "team_decision"), CASEWORKERS),
    **dict.fromkeys(("referral_note", "referring_authority", "judgement", "talk_reason"), CASEWORKERS),
    **dict.fromkeys((f"talk_{one}" for one in ConversationTopic), CASEWORKERS),
    "not_a_duplicate": NOBODY,  # kept as evidence; no page shows it
}
"""Who is shown each text of a case that they reach. A new text must be thought of here."""


@pytest.fixture
def marked(municipality: Municipality) -> MarkedCase:
    """A case under way, and a new referral, with a word of its own in every text."""
    found = marked_case(whole_case(municipality), municipality)
    found.ids["referral_id"] = str(mark_the_way_in(found))
    return found


@pytest.fixture
def answers(app: Flask, api: Api, marked: MarkedCase) -> Callable[[Actor], Iterator[TestResponse]]:
    """Return a function that gives every answer somebody gets who reads all they can."""
    municipality = marked.municipality
    referral = marked.ids | {"enrolment_id": marked.ids["referral_id"]}

    def read(actor: Actor) -> Iterator[TestResponse]:
        token, slug = token_of(municipality, actor, Purpose.API), municipality.tenant.slug
        window = Window(app, token_of(municipality, actor, Purpose.BROWSER), slug)
        for operation in (one for one in api.operations if one.method == "get"):
            for ids in (marked.ids, referral)[: 1 + ("enrolment_id" in operation.names)]:
                yield api.send(operation, ids, slug=slug, token=token)
        for page in PAGES:
            for ids in (marked.ids, referral)[: 1 + ("enrolment_id" in names_in(page))]:
                yield window.send(page, ids)

    return read


@pytest.fixture
def refusals(app: Flask, api: Api, marked: MarkedCase) -> Callable[[Actor], Iterator[TestResponse]]:
    """Return a function that gives every answer somebody gets who tries to do everything."""
    municipality = marked.municipality

    def attempt(actor: Actor) -> Iterator[TestResponse]:
        token, slug = token_of(municipality, actor, Purpose.API), municipality.tenant.slug
        window = Window(app, token_of(municipality, actor, Purpose.BROWSER), slug)
        for operation in (one for one in api.operations if one.method != "get"):
            yield api.send(operation, marked.ids, slug=slug, token=token)
        for deed in DEEDS:
            if deed.name != "sign_out":
                yield window.send(deed, marked.ids)

    return attempt


def test_each_text_is_shown_to_those_whom_it_is_for_and_to_nobody_else(
    marked: MarkedCase, answers: Callable[[Actor], Iterator[TestResponse]]
) -> None:
    assert set(marked.marks) == set(READERS)
    shown = {role: words_in(answers(actor), marked) for role, actor in everybody(marked).items()}
    read_by = {name: {role for role, words in shown.items() if name in words} for name in marked.marks}
    assert read_by == {name: set(readers) for name, readers in READERS.items()}


def test_a_support_person_of_another_citizen_is_shown_no_word_whatever_they_try(
    marked: MarkedCase,
    answers: Callable[[Actor], Iterator[TestResponse]],
    refusals: Callable[[Actor], Iterator[TestResponse]],
) -> None:
    with marked.municipality.at_work():
        curious = hire("Niels Nysgerrig", Role.SUPPORT_PERSON)
    assert words_in(answers(curious), marked) == set()
    assert words_in(refusals(curious), marked) == set()


@pytest.mark.parametrize("role", [FINANCE, Role.ADMINISTRATOR, Role.CITIZEN_REPRESENTATIVE, CITIZEN], ids=str)
def test_no_refusal_and_no_form_shown_again_holds_a_word_that_the_role_does_not_read(
    role: Role, marked: MarkedCase, refusals: Callable[[Actor], Iterator[TestResponse]]
) -> None:
    hidden = {name for name, readers in READERS.items() if role not in readers}
    assert words_in(refusals(everybody(marked)[role]), marked) & hidden == set()


def everybody(marked: MarkedCase) -> dict[Role, Actor]:
    town = marked.municipality
    with town.at_work():
        representative = hire("Rie Repræsentant", Role.CITIZEN_REPRESENTATIVE)
    return {
        CITIZEN: marked.citizen,
        SUPPORT: town.support_person,
        COORDINATOR: town.coordinator,
        LEADER: town.team_leader,
        FINANCE: town.finance_officer,
        Role.ADMINISTRATOR: town.administrator,
        Role.CITIZEN_REPRESENTATIVE: representative,
    }


def words_in(answers: Iterator[TestResponse], marked: MarkedCase) -> set[str]:
    """Return which texts stand in answers, be it in what they say or in their headers."""
    names = {word.encode(): name for name, word in marked.marks.items()}
    found: set[str] = set()
    for answer in answers:
        held = answer.get_data() + str(answer.headers).encode()
        found |= {names[word] for word in re.findall(rb"zq[0-9a-f]{32}", held) if word in names}
        if answer.status_code < 300:
            assert "ETag" not in answer.headers or answer.cache_control.no_store
            assert answer.cache_control.no_store, answer.headers
    return found

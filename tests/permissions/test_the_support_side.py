"""A case is open to whoever stands at the citizen's side today: not yet, no longer and never are all no."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from raaderum.enrolments.support import appoint_substitute, change_support_person, end_substitution
from raaderum.enrolments.tables import SupportRelation
from raaderum.kernel import clock
from raaderum.people.access import Purpose
from raaderum.people.roles import Role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.testing.asking import is_right_by_api, is_right_by_portal, token_of
from raaderum.testing.municipality import hire
from raaderum.testing.portal_calls import Window, names_in
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from datetime import date

    from flask import Flask

    from raaderum.audit.actor import Actor
    from raaderum.portal.serving import Deed, Page
    from raaderum.testing.api_calls import Api
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.whole_case import WholeCase

NO_CASE = ("before", "after", "ended_early", "former", "former_stand_in")
ALL_SIDES = (*NO_CASE, "during")


@pytest.fixture
def side(municipality: Municipality) -> tuple[WholeCase, dict[str, Actor]]:
    """A case with its support person, and those who stood, stand and will stand in."""
    with municipality.at_work():
        people = {name: hire(f"Side {name}", Role.SUPPORT_PERSON) for name in ALL_SIDES}
    case = whole_case(replace(municipality, support_person=people["former"]))
    enrolment_id, today = case.ids["enrolment_id"], clock.today()
    stand_in(municipality, enrolment_id, people["former_stand_in"], today, today)
    with municipality.at_work(), unit_of_work() as session:
        new = municipality.support_person.person_id
        assert new is not None
        change_support_person(
            session, UUID(enrolment_id), staff_id=new, handover="", by=municipality.coordinator
        )
    stand_in(municipality, enrolment_id, people["during"], today, today)
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    stand_in(municipality, enrolment_id, people["before"], tomorrow, tomorrow)
    over = stand_in(municipality, enrolment_id, people["after"], today, today)
    early = stand_in(municipality, enrolment_id, people["ended_early"], today, tomorrow)
    with municipality.at_work(), unit_of_work() as session:
        end_substitution(session, early, by=municipality.coordinator)
        relation = session.get_one(SupportRelation, (municipality.id, over))
        relation.begins_on, relation.ends_on = yesterday, yesterday  # the days have gone by
    return case, people


@pytest.mark.parametrize("name", ALL_SIDES)
def test_the_api_opens_the_case_to_those_of_today(
    name: str, api: Api, municipality: Municipality, side: tuple[WholeCase, dict[str, Actor]]
) -> None:
    case, people = side
    token, slug = token_of(municipality, people[name], Purpose.API), municipality.tenant.slug
    answers = [(one, api.send(one, case.ids, slug=slug, token=token)) for one in api.operations]
    wrong = [
        (one.method, one.path, answer.status_code, answer.get_data()[:200])
        for one, answer in answers
        if not is_right_by_api(
            answer,
            role=Role.SUPPORT_PERSON,
            act=one.act,
            reached=reaches(case, one.names, name),
            names_in_body=not one.names and name in NO_CASE,
        )
    ]
    assert wrong == []
    if name in NO_CASE:
        assert [one.path for one, answer in answers if case.ids["enrolment_id"] in answer.text] == []


@pytest.mark.parametrize("name", ALL_SIDES)
def test_the_portal_opens_the_case_to_those_of_today(
    name: str, app: Flask, municipality: Municipality, side: tuple[WholeCase, dict[str, Actor]]
) -> None:
    case, people = side
    window = Window(app, token_of(municipality, people[name], Purpose.BROWSER), municipality.tenant.slug)
    asked: list[Page | Deed] = [*PAGES, *(deed for deed in DEEDS if deed.name != "sign_out")]
    answers = [(what, window.send(what, case.ids)) for what in asked]
    wrong = [
        (what.name, answer.status_code)
        for what, answer in answers
        if not is_right_by_portal(
            answer, role=Role.SUPPORT_PERSON, act=what.act, reached=reaches(case, names_in(what), name)
        )
    ]
    assert wrong == []


def reaches(case: WholeCase, names: set[str], name: str) -> bool:
    """Say whether somebody reaches what is named; the case's task is its first support person's own."""
    if "task_id" in names:
        return False
    return name not in NO_CASE or names.isdisjoint(case.of_the_citizen)


def stand_in(
    municipality: Municipality, enrolment_id: str, actor: Actor, begins_on: date, ends_on: date
) -> UUID:
    assert actor.person_id is not None
    with municipality.at_work(), unit_of_work() as session:
        return appoint_substitute(
            session,
            UUID(enrolment_id),
            staff_id=actor.person_id,
            begins_on=begins_on,
            ends_on=ends_on,
            handover="",
            by=municipality.coordinator,
        ).id

"""Kolding's drawing right lasted 12 months under the act of 2017 and lasts 15 under that of 2022."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from raaderum.enrolments.service import get_enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.rules import Colour
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, propose_plan
from raaderum.programmes.directory import PinnedVersionMissing, ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.testing.cases import Case, case_in_run_in, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from raaderum.enrolments.tables import Enrolment
    from raaderum.testing.municipality import Municipality


@contextmanager
def on_day(day: date) -> Iterator[None]:
    with clock.standing_still_at(datetime(day.year, day.month, day.day, 11, tzinfo=UTC)):
        yield


@pytest.fixture
def kolding(new_municipality: Callable[..., Municipality]) -> Municipality:
    return new_municipality(like="kolding")


def plan_approved(case: Case) -> Enrolment:
    municipality = case.municipality
    with municipality.at_work():
        with unit_of_work() as session:
            plan = draft_plan(
                session,
                case.enrolment_id,
                motivation="Nu.",
                items=[licence_item(case, Oere(10_000_00))],
                by=municipality.support_person,
            )
            session.flush()
            propose_plan(session, plan.id, by=municipality.support_person)
            fund_pool(
                session, case.programme, amount=Oere(10_000_00), by=municipality.finance_officer, key="1"
            )
        with unit_of_work() as session:
            approve_plan(session, plan.id, colour=Colour.GREEN, by=municipality.coordinator)
        with reading() as session:
            return get_enrolment(session, case.enrolment_id, by=municipality.coordinator)


@pytest.mark.parametrize(
    ("referred_on", "approved_on", "rules_from", "last_day"),
    [
        (date(2020, 5, 4), date(2020, 9, 1), date(2017, 1, 1), date(2021, 8, 31)),
        (date(2022, 6, 30), date(2022, 6, 30), date(2017, 1, 1), date(2023, 6, 29)),
        (date(2022, 6, 30), date(2023, 3, 1), date(2017, 1, 1), date(2024, 2, 29)),
        (date(2022, 7, 1), date(2022, 7, 1), date(2022, 7, 1), date(2023, 9, 30)),
    ],
)
def test_an_enrolment_keeps_the_months_of_the_day_it_was_referred(
    kolding: Municipality, referred_on: date, approved_on: date, rules_from: date, last_day: date
) -> None:
    with on_day(referred_on):
        case = case_in_run_in(kolding, age=24)
    with on_day(approved_on):
        enrolment = plan_approved(case)
    assert enrolment.rules_from == rules_from
    assert (enrolment.started_on, enrolment.ends_on) == (approved_on, last_day)


def test_a_pinned_version_whose_file_is_gone_is_missed_by_its_name(app: Flask, kolding: Municipality) -> None:
    with on_day(date(2020, 5, 4)):
        case = case_in_run_in(kolding, age=24)
    slug = kolding.tenant.slug
    remaining = [one for one in programmes() if (one.tenant_slug, one.valid_from) != (slug, date(2017, 1, 1))]
    install_programmes(app, ProgrammeDirectory(remaining))
    with pytest.raises(PinnedVersionMissing) as refused:
        plan_approved(case)
    file = f"{slug}/programmes/2017-01-01-personligt-borgerstyret-budget.toml"
    assert refused.value.message.danish == f"{file} mangler, men et forløb følger den. Læg filen tilbage."

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.enrolments.admissions import open_admission
from raaderum.enrolments.place_rules import OfferOutOfTurn, ProgrammeFull
from raaderum.enrolments.places import places_of
from raaderum.enrolments.rules import EnrolmentMoveForbidden, EnrolmentState
from raaderum.enrolments.service import offer, put_on_waiting_list, refer, reject
from raaderum.kernel import clock
from raaderum.people.roles import RoleMayNot
from raaderum.people.service import register_citizen
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.testing.cases import made_up_cpr, prepare_offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.municipality import Municipality

PROGRAMME = "mit-liv-min-styring"


@pytest.fixture
def newly_referred(municipality: Municipality, act: Callable[..., Any]) -> Callable[[], UUID]:
    """Return a function that refers one more citizen and prepares the offer."""

    def refer_one() -> UUID:
        coordinator = municipality.coordinator
        citizen = act(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=coordinator)
        terms = {"programme": PROGRAMME, "support_person_id": municipality.support_person.person_id}
        enrolment_id: UUID = act(refer, citizen_id=citizen.id, **terms, by=coordinator).id
        act(prepare_offer, enrolment_id, programme=PROGRAMME, age=27, by=coordinator)
        return enrolment_id

    return refer_one


@pytest.fixture
def wait(municipality: Municipality, act: Callable[..., Any]) -> Callable[[UUID], Any]:
    """Return a function that puts somebody on the waiting list."""
    return lambda enrolment_id: act(put_on_waiting_list, enrolment_id, by=municipality.coordinator)


@pytest.fixture
def offered(municipality: Municipality, act: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes somebody an offer."""
    return lambda enrolment_id, **more: act(offer, enrolment_id, by=municipality.coordinator, **more)


def test_an_offer_beyond_the_years_places_is_refused_and_told_the_way_on(
    amend_programme: Callable[..., str],
    newly_referred: Callable[[], UUID],
    offered: Callable[..., Any],
    wait: Callable[[UUID], Any],
    refused: Callable[..., Any],
) -> None:
    amend_programme(capacity_per_year=1)
    first, second = newly_referred(), newly_referred()
    assert offered(first).offered_on == clock.today()
    with refused(ProgrammeFull) as refusal:
        offered(second)
    assert (refusal.code, refusal.where) == ("programme_full", "programme")
    assert refusal.danish.endswith("Sæt borgeren på ventelisten.")
    assert wait(second).state == EnrolmentState.WAITING
    with refused(ProgrammeFull) as refusal:
        offered(second)
    assert "Lad borgeren blive på ventelisten" in refusal.danish


def test_a_no_gives_the_place_back(
    amend_programme: Callable[..., str],
    newly_referred: Callable[[], UUID],
    offered: Callable[..., Any],
    wait: Callable[[UUID], Any],
    municipality: Municipality,
    act: Callable[..., Any],
) -> None:
    amend_programme(capacity_per_year=1)
    first, second = newly_referred(), newly_referred()
    offered(first)
    wait(second)
    act(reject, first, by=municipality.coordinator)
    assert offered(second).state == EnrolmentState.OFFERED


def test_a_new_calendar_year_has_new_places(
    amend_programme: Callable[..., str], newly_referred: Callable[[], UUID], offered: Callable[..., Any]
) -> None:
    """The year turns at midnight in Denmark, which is eleven o'clock in the evening UTC."""
    amend_programme(capacity_per_year=1)
    first, second = newly_referred(), newly_referred()
    new_year = datetime(clock.today().year + 1, 1, 1, tzinfo=UTC) - timedelta(hours=1)
    with clock.standing_still_at(new_year - timedelta(seconds=1)):
        assert offered(first).offered_on.year == clock.today().year
    with clock.standing_still_at(new_year):
        assert offered(second).offered_on == clock.today() == (new_year + timedelta(hours=1)).date()


def test_who_was_referred_first_stands_first_whenever_they_were_put_on_the_list(
    newly_referred: Callable[[], UUID],
    wait: Callable[[UUID], Any],
    municipality: Municipality,
    read: Callable[..., Any],
) -> None:
    first, second, third = newly_referred(), newly_referred(), newly_referred()
    for one in (third, first, second):
        wait(one)
    places = read(places_of, PROGRAMME, by=municipality.team_leader)
    assert [(queued.position, queued.enrolment.id) for queued in places.waiting] == [
        (1, first),
        (2, second),
        (3, third),
    ]
    assert (places.taken, places.capacity, places.year) == (0, None, clock.today().year)


def test_an_offer_further_down_the_list_needs_a_reason_that_is_kept(
    newly_referred: Callable[[], UUID],
    wait: Callable[[UUID], Any],
    offered: Callable[..., Any],
    municipality: Municipality,
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    first, second = newly_referred(), newly_referred()
    wait(first)
    wait(second)
    assert act(open_admission, second, by=municipality.coordinator).stand_before == 1
    with refused(OfferOutOfTurn) as refusal:
        offered(second)
    assert (refusal.code, refusal.where) == ("offer_out_of_turn", "because")
    offered(second, because="Borgeren mister sin bolig på fredag.")
    admission = act(open_admission, second, by=municipality.coordinator)
    assert admission.offered_out_of_turn_because == "Borgeren mister sin bolig på fredag."
    assert act(open_admission, first, by=municipality.coordinator).queue_position == 1
    offered(first)
    assert act(open_admission, first, by=municipality.coordinator).offered_out_of_turn_because == ""


def test_one_who_was_just_referred_does_not_pass_the_list_silently(
    newly_referred: Callable[[], UUID],
    wait: Callable[[UUID], Any],
    offered: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    earlier, waiting, later = newly_referred(), newly_referred(), newly_referred()
    wait(waiting)
    assert offered(earlier).state == EnrolmentState.OFFERED
    with refused(OfferOutOfTurn):
        offered(later)


def test_only_a_referral_can_be_put_on_the_list_and_only_by_caseworkers(
    newly_referred: Callable[[], UUID],
    wait: Callable[[UUID], Any],
    municipality: Municipality,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    one = newly_referred()
    with refused(RoleMayNot):
        act(put_on_waiting_list, one, by=municipality.support_person)
    with refused(RoleMayNot):
        read(places_of, PROGRAMME, by=municipality.support_person)
    wait(one)
    with refused(EnrolmentMoveForbidden):
        wait(one)


def test_the_places_are_the_years_whatever_rules_the_referral_is_pinned_to(
    app: Flask,
    municipality: Municipality,
    newly_referred: Callable[[], UUID],
    offered: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    first, second = newly_referred(), newly_referred()
    own = programmes().of_tenant(municipality.tenant.slug)
    others = [one for one in programmes() if one not in own]
    newer = replace(own[-1], valid_from=clock.today(), capacity_per_year=1)
    install_programmes(app, ProgrammeDirectory([*others, *own, newer]))
    offered(first)
    with refused(ProgrammeFull):
        offered(second)

"""Places and referrals that many ask for at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from raaderum.enrolments.place_rules import ProgrammeFull
from raaderum.enrolments.places import places_taken
from raaderum.enrolments.rules import AlreadyEnrolled
from raaderum.enrolments.selection_rules import AlreadyDrawn
from raaderum.enrolments.selections import announce_draw, carry_out_draw
from raaderum.enrolments.service import offer, refer
from raaderum.kernel import clock
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.programmes.selections import Arm
from raaderum.testing.cases import made_up_cpr, prepare_offer
from raaderum.testing.races import race

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.municipality import Municipality

CROWD = 12
LTT = "langtidsledige-tager-teten"


def test_of_many_who_are_offered_the_last_place_at_once_one_gets_it(
    app: Flask, municipality: Municipality
) -> None:
    programme = limit_places(app, municipality, 1)
    with municipality.at_work():
        waiting = [ready(municipality, programme) for _ in range(CROWD)]
    told = race(app, municipality, [partial(offered, municipality, one) for one in waiting])
    assert sum(isinstance(one, ProgrammeFull) for one in told) == CROWD - 1, {type(one) for one in told}
    with municipality.at_work(), reading() as session:
        assert places_taken(session, programme, year=clock.today().year) == 1


def test_a_citizen_who_is_referred_by_many_at_once_is_referred_once(
    app: Flask, municipality: Municipality
) -> None:
    programme = programmes().of_tenant(municipality.tenant.slug)[-1].slug
    with municipality.at_work(), unit_of_work() as session:
        coordinator = municipality.coordinator
        citizen_id = register_citizen(session, name="Mia", cpr=made_up_cpr(), by=coordinator).id
    told = race(app, municipality, [partial(referred, municipality, citizen_id, programme)] * CROWD)
    assert sum(isinstance(one, AlreadyEnrolled) for one in told) == CROWD - 1, {type(one) for one in told}


def test_a_draw_that_many_carry_out_at_once_is_carried_out_once(
    app: Flask, new_municipality: Callable[..., Municipality]
) -> None:
    aarhus = new_municipality(like="aarhus")
    with aarhus.at_work():
        for _ in range(3):
            with unit_of_work() as session:
                citizen = register_citizen(
                    session, name="Mia", cpr=made_up_cpr(age=40), by=aarhus.coordinator
                )
            referred(aarhus, citizen.id, LTT)
        with unit_of_work() as session:
            draw_id = announce_draw(session, LTT, places=1, arm=Arm.GROUP, by=aarhus.coordinator).draw.id
    told = race(app, aarhus, [partial(carried_out, aarhus, draw_id)] * CROWD)
    assert sum(isinstance(one, AlreadyDrawn) for one in told) == CROWD - 1, {type(one) for one in told}


def limit_places(app: Flask, municipality: Municipality, places: int) -> str:
    """Give the municipality's only programme so many places a year; return its slug."""
    own = programmes().of_tenant(municipality.tenant.slug)
    others = [one for one in programmes() if one not in own]
    limited = [replace(one, capacity_per_year=places) for one in own]
    install_programmes(app, ProgrammeDirectory([*others, *limited]))
    return own[-1].slug


def ready(municipality: Municipality, programme: str) -> UUID:
    with unit_of_work() as session:
        citizen = register_citizen(session, name="Mia", cpr=made_up_cpr(), by=municipality.coordinator)
    enrolment_id = referred(municipality, citizen.id, programme)
    with unit_of_work() as session:
        prepare_offer(session, enrolment_id, programme=programme, age=27, by=municipality.coordinator)
    return enrolment_id


def referred(municipality: Municipality, citizen_id: UUID, programme: str) -> UUID:
    assert municipality.support_person.person_id
    with unit_of_work() as session:
        return refer(
            session,
            citizen_id=citizen_id,
            programme=programme,
            support_person_id=municipality.support_person.person_id,
            by=municipality.coordinator,
        ).id


def offered(municipality: Municipality, enrolment_id: UUID) -> Any:  # noqa: ANN401 - what an act returns
    with unit_of_work() as session:
        return offer(session, enrolment_id, by=municipality.coordinator)


def carried_out(municipality: Municipality, draw_id: UUID) -> Any:  # noqa: ANN401 - what an act returns
    with unit_of_work() as session:
        return carry_out_draw(session, draw_id, by=municipality.coordinator)

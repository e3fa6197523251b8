from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.kernel import clock
from raaderum.people.cpr import Cpr
from raaderum.people.service import (
    BornInFuture,
    CitizenKnown,
    NameMissing,
    find_citizen_by_cpr,
    register_citizen,
)
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality


def test_the_same_cpr_number_is_the_same_citizen(
    municipality: Municipality, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    cpr = made_up_cpr(serial=123)
    first = act(register_citizen, name="Mia Mortensen", cpr=cpr, by=municipality.coordinator)
    with refused(CitizenKnown) as refusal:
        act(register_citizen, name="En anden", cpr=Cpr.parse(cpr.digits), by=municipality.coordinator)
    assert (refusal.code, refusal.where) == ("citizen_known", "cpr")
    assert "Find borgeren på listen" in refusal.danish
    assert cpr.digits not in f"{refusal.error} {refusal.danish}"
    assert read(find_citizen_by_cpr, cpr).id == first.id


def test_another_municipality_may_know_the_same_citizen(
    municipality: Municipality, new_municipality: Callable[..., Municipality], act: Callable[..., Any]
) -> None:
    cpr = made_up_cpr(serial=123)
    here = act(register_citizen, name="Mia Mortensen", cpr=cpr, by=municipality.coordinator)
    elsewhere = new_municipality()
    with elsewhere.at_work(), unit_of_work() as session:
        assert find_citizen_by_cpr(session, cpr) is None
        there = register_citizen(session, name="Mia", cpr=cpr, by=elsewhere.coordinator)
    assert here.cpr_index != there.cpr_index


def test_nobody_is_registered_before_they_are_born(
    municipality: Municipality, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    unborn = Cpr.parse(f"6101{clock.today().year % 100 + 1:02d}4001")
    assert unborn.born_on > clock.today()
    with refused(BornInFuture) as refusal:
        act(register_citizen, name="Mia Mortensen", cpr=unborn, by=municipality.coordinator)
    assert "Se efter, om nummeret er skrevet rigtigt" in refusal.danish


def test_a_citizen_needs_a_name(
    municipality: Municipality, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(NameMissing) as refusal:
        act(register_citizen, name=" \t", cpr=made_up_cpr(), by=municipality.coordinator)
    assert refusal.danish == "Skriv personens navn."

"""A sealed value opens in its own place only, and under a key that is really kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from raaderum.kernel.identifiers import new_id
from raaderum.people.cpr import Cpr
from raaderum.people.service import find_citizen_by_cpr, register_citizen
from raaderum.people.tables import Citizen
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.persistence.sealing import SealBroken
from raaderum.persistence.tenant_keys import TenantKey, tenant_seal
from raaderum.persistence.unit_of_work import reading, trial, unit_of_work
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.municipality import Municipality

FIRST, SECOND = made_up_cpr(serial=101), made_up_cpr(serial=202)


def registered(municipality: Municipality, *, name: str, cpr: Cpr) -> UUID:
    with municipality.at_work(), unit_of_work() as session:
        return register_citizen(session, name=name, cpr=cpr, by=municipality.coordinator).id


@pytest.fixture
def two_citizens(municipality: Municipality) -> tuple[UUID, UUID]:
    return (
        registered(municipality, name="Mia Mortensen", cpr=FIRST),
        registered(municipality, name="Bo Berg", cpr=SECOND),
    )


def test_a_value_moved_to_another_row_does_not_open(
    municipality: Municipality, two_citizens: tuple[UUID, UUID]
) -> None:
    source, target = two_citizens
    with municipality.at_work(), reading() as session:
        rows = {row.id: row for row in session.scalars(select(Citizen))}
        assert open_field(session, rows[source], "name") == "Mia Mortensen"
        with session.no_autoflush:
            rows[target].name_sealed = rows[source].name_sealed
            with pytest.raises(SealBroken):
                open_field(session, rows[target], "name")


@pytest.mark.usefixtures("two_citizens")
def test_a_value_moved_to_another_column_does_not_open(municipality: Municipality) -> None:
    with municipality.at_work(), reading() as session:
        row = session.scalars(select(Citizen)).all()[0]
        with session.no_autoflush:
            row.name_sealed = row.cpr_sealed
            with pytest.raises(SealBroken):
                open_field(session, row, "name")


def test_a_value_moved_to_another_municipality_does_not_open(
    new_municipality: Callable[[], Municipality],
) -> None:
    ours, theirs = new_municipality(), new_municipality()
    citizen_id = registered(ours, name="Mia Mortensen", cpr=FIRST)
    with ours.at_work(), reading() as session:
        sealed = session.get_one(Citizen, (ours.id, citizen_id)).name_sealed
    with theirs.at_work(), unit_of_work() as session:
        row = Citizen(id=citizen_id, tenant_id=theirs.id, name_sealed=sealed)
        with pytest.raises(SealBroken):
            open_field(session, row, "name")


@pytest.mark.usefixtures("two_citizens")
@pytest.mark.parametrize("length", [1, 5, 13, 20])
def test_a_value_cut_short_does_not_open(municipality: Municipality, length: int) -> None:
    with municipality.at_work(), reading() as session:
        row = session.scalars(select(Citizen)).all()[0]
        with session.no_autoflush:
            row.name_sealed = row.name_sealed[:length]
            with pytest.raises(SealBroken):
                open_field(session, row, "name")


def test_the_same_cpr_number_has_unrelated_indexes_in_two_municipalities(
    new_municipality: Callable[[], Municipality],
) -> None:
    ours, theirs = new_municipality(), new_municipality()
    indexes = []
    for one in (ours, theirs):
        registered(one, name="Mia Mortensen", cpr=FIRST)
        with one.at_work(), reading() as session:
            indexes.append(session.scalars(select(Citizen.cpr_index)).one())
            assert find_citizen_by_cpr(session, FIRST) is not None
    assert indexes[0] != indexes[1]


def test_neither_the_number_nor_the_name_stands_in_the_row(
    municipality: Municipality, two_citizens: tuple[UUID, UUID]
) -> None:
    assert two_citizens
    with municipality.at_work(), reading() as session:
        for row in session.execute(text("select citizen::text from citizen")).scalars():
            assert "Mia" not in row
            assert FIRST.digits not in row
            assert FIRST.digits.encode().hex() not in row


def test_a_key_made_in_a_transaction_that_failed_is_never_used_again(municipality: Municipality) -> None:
    """What others sealed with it could never be opened by another process."""
    fail_after_sealing(municipality)
    citizen_id = registered(municipality, name="Mia Mortensen", cpr=FIRST)
    with municipality.at_work(), reading() as session:
        assert session.scalar(select(func.count()).select_from(TenantKey)) == 1
        tenant_seal(session)  # remembers what is stored, if it remembered nothing before
        row = session.get_one(Citizen, (municipality.id, citizen_id))
        assert open_field(session, row, "name") == "Mia Mortensen"
    forget_all_keys(municipality)
    with municipality.at_work(), reading() as session:
        row = session.get_one(Citizen, (municipality.id, citizen_id))
        assert open_field(session, row, "name") == "Mia Mortensen"


def test_a_key_that_was_only_tried_out_is_never_used_again(municipality: Municipality) -> None:
    with municipality.at_work(), unit_of_work() as session:
        with trial(session):
            tenant_seal(session)
        citizen = register_citizen(session, name="Bo Berg", cpr=FIRST, by=municipality.coordinator)
    forget_all_keys(municipality)
    with municipality.at_work(), reading() as session:
        row = session.get_one(Citizen, (municipality.id, citizen.id))
        assert open_field(session, row, "name") == "Bo Berg"


def fail_after_sealing(municipality: Municipality) -> None:
    """Seal two fields, as registering does, under a first key that is then rolled back."""

    def act() -> None:
        with municipality.at_work(), unit_of_work() as session:
            row = Citizen(id=new_id(), tenant_id=municipality.id)
            seal_field(session, row, "name", "Mia")
            seal_field(session, row, "cpr", FIRST.digits)
            session.execute(text("select 1 / 0"))

    with pytest.raises(DBAPIError):
        act()


def forget_all_keys(municipality: Municipality) -> None:
    """Do as a new process does."""
    with municipality.at_work():
        from flask import current_app  # noqa: PLC0415 - within the context

        current_app.extensions["raaderum_keyring"]._seals.clear()


def test_processes_that_make_the_first_key_at_once_end_up_with_the_same(
    municipality: Municipality, app: Flask
) -> None:
    together = threading.Barrier(8)
    numbers = [made_up_cpr(serial=serial) for serial in range(8)]

    def register(cpr: Cpr) -> None:
        with app.app_context(), municipality.at_work():
            together.wait()
            with unit_of_work() as session:
                register_citizen(session, name=f"Nr. {cpr.digits[-3:]}", cpr=cpr, by=municipality.coordinator)

    threads = [threading.Thread(target=register, args=(cpr,)) for cpr in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    forget_all_keys(municipality)
    with municipality.at_work(), reading() as session:
        assert session.scalar(select(func.count()).select_from(TenantKey)) == 1
        names = {open_field(session, row, "name") for row in session.scalars(select(Citizen))}
    assert names == {f"Nr. {cpr.digits[-3:]}" for cpr in numbers}

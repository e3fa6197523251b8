"""The three walls against a connection that outlives a fork, each without the two others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet

import pytest
from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError

from raaderum.people.tables import Staff
from raaderum.persistence import connections
from raaderum.persistence.connections import ENGINE_OPTIONS, guard_connections
from raaderum.persistence.database import db
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.children import ChildFailed, fork_child

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality

BACKEND = text("select pg_backend_pid()")


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = create_engine(settings.database_url, **ENGINE_OPTIONS)
    yield engine
    engine.dispose()


def backend(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(BACKEND).scalar_one())


def lower_the_wall_of_cut_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_open_here", WeakSet())


def test_without_any_wall_a_child_would_use_its_parents_connection(engine: Engine) -> None:
    parents = backend(engine)
    assert fork_child(lambda: backend(engine)).answer() == parents


def test_a_child_forgets_its_parents_pool(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    guard_connections(engine)
    event.remove(engine, "checkout", connections._refuse_foreign_or_soiled)
    parents = backend(engine)
    lower_the_wall_of_cut_sockets(monkeypatch)
    assert fork_child(lambda: [engine.pool.checkedin(), backend(engine) == parents]).answer() == [0, False]  # type: ignore[attr-defined] # a queue pool has it
    assert backend(engine) == parents


def test_a_connection_of_another_process_is_refused_at_check_out(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    event.listen(engine, "connect", connections._remember_owner)
    event.listen(engine, "checkout", connections._refuse_foreign_or_soiled)
    parents = backend(engine)
    lower_the_wall_of_cut_sockets(monkeypatch)
    assert fork_child(lambda: [engine.pool.checkedin(), backend(engine) == parents]).answer() == [1, False]  # type: ignore[attr-defined] # a queue pool has it
    assert backend(engine) == parents


def test_a_connection_in_use_at_the_fork_leads_nowhere_in_the_child(engine: Engine) -> None:
    event.listen(engine, "connect", connections._remember_owner)
    with engine.connect() as connection:
        parents = connection.execute(BACKEND).scalar_one()
        with pytest.raises(ChildFailed, match="OperationalError"):
            fork_child(lambda: connection.execute(BACKEND).scalar_one()).answer()
        assert connection.execute(BACKEND).scalar_one() == parents


def test_a_child_that_leaves_an_inherited_unit_of_work_does_not_undo_its_parents(
    municipality: Municipality,
) -> None:
    with municipality.at_work():
        with unit_of_work() as session:
            session.add(Staff(name="Pia Parent", email="pia@kommune.example"))
            session.flush()

            def leave() -> str:
                try:
                    session.rollback()
                except DBAPIError:
                    return "refused"
                return "rolled back"

            assert fork_child(leave).answer() == "refused"
        with reading() as session:
            named = select(func.count()).select_from(Staff).where(Staff.name == "Pia Parent")
            assert session.scalar(named) == 1


def test_a_child_of_the_warm_application_works_on_connections_of_its_own(municipality: Municipality) -> None:
    def own() -> int:
        with municipality.at_work(), reading() as session:
            return int(session.execute(BACKEND).scalar_one())

    parents = own()
    children = [fork_child(own) for _ in range(3)]
    assert len({parents, *(child.answer() for child in children)}) == 4
    assert db.engine.pool.checkedin() >= 1  # type: ignore[attr-defined] # a queue pool has it

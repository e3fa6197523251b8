"""What integration tests have in common: acts in transactions of their own, invoices, refusals, raw SQL."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from raaderum.invoices.service import take_in
from raaderum.payouts.service import QUEUE as MONEY
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.cases import case_with_grant
from raaderum.testing.money_flow_pages import PostingRow, pages_in, posted_in, postings_in
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.kernel.errors import RaaderumError
    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.engines_for_tests import EnginesForTests
    from raaderum.testing.municipality import Municipality


@dataclass
class Refusal:
    """What a refused act said."""

    error: RaaderumError | None = None

    @property
    def code(self) -> str:
        assert self.error is not None
        return self.error.code

    @property
    def danish(self) -> str:
        assert self.error is not None
        return self.error.message.danish

    @property
    def where(self) -> str | None:
        assert self.error is not None
        return self.error.where


@pytest.fixture(scope="session")
def told_postings() -> list[PostingRow]:
    """Return every posting that the pages of the money's ways show."""
    return postings_in(pages_in(Path(__file__).parents[2] / "docs" / "money-flows"))


@pytest.fixture
def municipality(municipality: Municipality, told_postings: list[PostingRow]) -> Iterator[Municipality]:
    """A municipality of this test's own; what the test has posted must stand on a page, accounts and key."""
    yield municipality
    with municipality.at_work(), reading() as session:
        posted = posted_in(session)
    untold = [one for one in posted if not any(row.shows(one) for row in told_postings)]
    assert untold == [], "docs/money-flows/ shows no such posting"


@pytest.fixture
def case(municipality: Municipality) -> Case:
    """An active enrolment with a plan of one item over 20,000 kr."""
    return case_with_grant(municipality)


@pytest.fixture
def act(municipality: Municipality) -> Callable[..., Any]:
    """Do one business act in a transaction of its own: `act(approve_plan, plan_id, by=…)`."""

    def do(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any act
        with municipality.at_work(), unit_of_work() as session:
            return function(session, *arguments, **named)

    return do


@pytest.fixture
def read(municipality: Municipality) -> Callable[..., Any]:
    """Read something in a transaction that cannot write."""

    def do(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any query
        with municipality.at_work(), reading() as session:
            return function(session, *arguments, **named)

    return do


@pytest.fixture
def receive(municipality: Municipality, act: Callable[..., Any]) -> Callable[..., InboxInvoice]:
    """Take a supplier's file into the inbox, as the finance officer."""

    def do(content: bytes, file_name: str = "faktura.xml") -> InboxInvoice:
        row: InboxInvoice = act(take_in, content, file_name=file_name, by=municipality.finance_officer)
        return row

    return do


@pytest.fixture
def receive_for() -> Callable[..., InboxInvoice]:
    """Take a supplier's file into another municipality's inbox."""

    def do(elsewhere: Municipality, content: bytes) -> InboxInvoice:
        with elsewhere.at_work(), unit_of_work() as session:
            return take_in(session, content, file_name="faktura.xml", by=elsewhere.finance_officer)

    return do


@pytest.fixture
def do_work(municipality: Municipality) -> Callable[[], int]:
    """Do all due work of the municipality, as a worker does; return how many pieces there were."""

    def do() -> int:
        with municipality.at_work():
            return do_due_work(MONEY)

    return do


@pytest.fixture
def refused() -> Callable[[type[RaaderumError]], Any]:
    """Expect an act to be refused with this very error; gives what it said."""

    @contextmanager
    def expecting(error: type[RaaderumError]) -> Iterator[Refusal]:
        refusal = Refusal()
        with pytest.raises(error) as raised:
            yield refusal
        assert type(raised.value) is error
        refusal.error = raised.value

    return expecting


@pytest.fixture
def raw(read: Callable[..., Any]) -> Callable[[str], list[dict[str, Any]]]:
    """Return all rows of a table as the database holds them."""

    def rows(table: str) -> list[dict[str, Any]]:
        def select(session: Session) -> list[dict[str, Any]]:
            return [dict(row) for row in session.execute(text(f"select * from {table}")).mappings()]  # noqa: S608 - a test's own names

        found: list[dict[str, Any]] = read(select)
        return found

    return rows


@pytest.fixture
def as_administrator(
    municipality: Municipality, settings: Settings, test_engines: EnginesForTests
) -> Callable[[str], None]:
    """Run a statement with the server's highest rights and every trigger off; `:tenant` is this one."""
    database = make_url(settings.database_url).database
    url = make_url(test_engines.administrator_url).set(database=database)

    def run(statement: str) -> None:
        engine = create_engine(url, poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            connection.execute(text("set local search_path = raaderum"))
            connection.execute(text(statement), {"tenant": municipality.id})

    return run

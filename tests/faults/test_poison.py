"""Work that cannot be done is put off and parked in the end; the work around it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text

from raaderum.kernel.identifiers import new_id
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE, SEND
from raaderum.persistence.outbox import MOST_TRIES, add_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.refunds.service import BOOK
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.cases import case_with_grant
from raaderum.testing.simulated_payments import SimulatedPayments
from raaderum.worker import handlers, processes
from raaderum.worker.processes import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

KRONER = 100_00


class BrokenBell:
    """A queue server that is away."""

    def ring(self, queue: str, tenant_id: UUID) -> None:
        raise ConnectionError(queue, tenant_id)

    def answers(self) -> bool:
        return False


@pytest.fixture
def administrator(administrator_url: str) -> Iterator[Connection]:
    engine = create_engine(administrator_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def amount_that_cannot_be_settled(administrator: Connection) -> Iterator[None]:
    """Let the database refuse to write down one payment as paid: that of exactly 666,00 kr."""
    administrator.execute(
        text("alter table raaderum.payout add constraint poison check (amount <> 66600 or state <> 'paid')")
    )
    yield
    administrator.execute(text("alter table raaderum.payout drop constraint poison"))


def wish(payments: SimulatedPayments, kind: str) -> None:
    with payments.municipality.at_work(), unit_of_work() as session:
        add_work(session, queue=QUEUE, kind=kind, subject_id=new_id())


def wear_out(payments: SimulatedPayments, administrator: Connection) -> None:
    administrator.execute(
        text("update raaderum.outbox_work set tries = :tries where tenant_id = :tenant"),
        {"tries": MOST_TRIES - 1, "tenant": payments.municipality.id},
    )


@pytest.mark.parametrize("kind", [SEND, BOOK, "nobody.knows"])
def test_work_about_nothing_is_parked_and_the_rest_is_done(
    kind: str, payments: SimulatedPayments, case: Case, administrator: Connection, administrator_url: str
) -> None:
    wish(payments, kind)
    payout_ids = [payments.reserve(case, KRONER) for _ in range(3)]
    payments.work()
    assert payments.states() == dict.fromkeys(payout_ids, PayoutState.PAID)
    assert [work.kind for work in payments.open_work()] == [kind]
    wear_out(payments, administrator)
    payments.let_time_pass(administrator_url)
    payments.work()
    assert [work.parked_at is not None for work in payments.open_work()] == [True]


@pytest.mark.usefixtures("amount_that_cannot_be_settled")
def test_a_payment_that_the_database_refuses_to_settle_does_not_hold_up_its_batch(
    payments: SimulatedPayments, case: Case, administrator: Connection, administrator_url: str
) -> None:
    fine = [payments.reserve(case, KRONER) for _ in range(3)]
    poison = payments.reserve(case, 666_00)
    fine.append(payments.reserve(case, KRONER))
    payments.work()
    assert payments.states() == {**dict.fromkeys(fine, PayoutState.PAID), poison: PayoutState.SENDING}
    assert payments.discrepancies() == []
    wear_out(payments, administrator)
    payments.let_time_pass(administrator_url)
    payments.work()
    assert [work.parked_because for work in payments.open_work()] == ["IntegrityError"]
    assert sum(one.amount == 666_00 for one in payments.bank.movements()) == 1


def test_the_sweeper_does_the_work_itself_where_the_bell_is_broken(
    payments: SimulatedPayments, case: Case
) -> None:
    payout_id = payments.reserve(case, KRONER)
    sweep(BrokenBell())
    assert payments.states() == {payout_id: PayoutState.PAID}


def test_one_municipalitys_trouble_does_not_keep_the_sweeper_from_the_next(
    new_municipality: Callable[[], Municipality],
    own_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    troubled, *others = [SimulatedPayments(new_municipality(), own_settings.files_folder) for _ in range(3)]
    everybody = (troubled, *others)
    payout_ids = [one.reserve(case_with_grant(one.municipality), KRONER) for one in everybody]

    def do_or_fail(queue: str) -> int:
        if current_tenant_id() == troubled.municipality.id:
            raise RuntimeError
        return handlers.do_due_work(queue)

    monkeypatch.setattr(processes, "do_due_work", do_or_fail)
    sweep(BrokenBell())
    assert [one.states()[payout_id] for one, payout_id in zip(everybody, payout_ids, strict=True)] == [
        PayoutState.RESERVED,
        PayoutState.PAID,
        PayoutState.PAID,
    ]


def test_a_handler_that_fails_does_not_keep_the_other_kinds_from_being_done(
    payments: SimulatedPayments, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    payout_id = payments.reserve(case, KRONER)
    wish(payments, BOOK)

    def fail(_works: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(handlers, "HANDLERS", {**handlers.HANDLERS, BOOK: fail})
    payments.work()
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert [work.kind for work in payments.open_work()] == [BOOK]


def test_work_of_one_municipality_about_anothers_payout_does_nothing(
    payments: SimulatedPayments,
    case: Case,
    new_municipality: Callable[[], Municipality],
    own_settings: Settings,
) -> None:
    payout_id = payments.reserve(case, KRONER)
    stranger = SimulatedPayments(new_municipality(), own_settings.files_folder)
    with stranger.municipality.at_work(), unit_of_work() as session:
        add_work(session, queue=QUEUE, kind=SEND, subject_id=payout_id)
    stranger.work()
    assert payments.states() == {payout_id: PayoutState.RESERVED}
    assert payments.bank.movements() == stranger.bank.movements() == []
    assert [work.tries for work in stranger.open_work()] == [1]

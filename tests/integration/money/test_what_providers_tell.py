"""What providers and whole runs tell: tied to the payments, and held against the books every night."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import AttemptState, PayoutState, idempotency_key
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.plugin_api import ProviderMovement
from raaderum.reconciliation import movements as fetching
from raaderum.reconciliation.matching import match_lines
from raaderum.reconciliation.movements import fetch_movements
from raaderum.reconciliation.proof import prove_tonight
from raaderum.reconciliation.tables import ProviderMovementRow, StatementLine
from raaderum.reconciliation.taking_in import take_in_statement
from raaderum.testing.cases import approved_purchase
from raaderum.testing.sample_statements import SampleEntry, SampleStatement, statement_file
from raaderum.transfers.tables import PaymentRun, PaymentRunLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from raaderum.reconciliation.tables import ProofRun
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]

PROVIDER = "supplier_invoice"


class Telling:
    """A provider that lists what a test says it has moved."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.fails = False

    def movements(self, since: datetime, until: datetime) -> Iterator[Any]:
        assert since < until
        if self.fails:
            raise ConnectionError
        yield from self.told


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> Telling:
    """Let the way of paying list its movements, for the proof too."""
    provider = Telling()
    for place in (fetching, "raaderum.reconciliation.proof"):
        name = place if isinstance(place, str) else place.__name__
        monkeypatch.setattr(f"{name}.telling_providers", lambda: {PROVIDER: provider})
    return provider


@pytest.fixture
def paid(case: Case, invoice: Callable[..., Payout], do_work: Callable[[], int]) -> Payout:
    """Return a payout that the provider has said is paid."""
    found = invoice(approved_purchase(case, Oere(1_250_00)))
    do_work()
    return found


@pytest.fixture
def tonight(municipality: Municipality) -> Callable[[], ProofRun]:
    """Prove as every night."""

    def do() -> ProofRun:
        with municipality.at_work():
            return prove_tonight()

    return do


def told_of(payout: Payout) -> ProviderMovement:
    return ProviderMovement(
        reference=f"mv-{payout.id}",
        amount=Oere(payout.amount),
        moved_at=clock.now() - timedelta(minutes=1),
        idempotency_key=idempotency_key(payout.id, 1),
    )


def lefts(run: ProofRun) -> list[tuple[str, str]]:
    return [(one["against"], one["left"]) for one in run.remainders]


def test_what_the_provider_tells_in_full_leaves_nothing_over(
    telling: Telling, paid: Payout, tonight: Act, read: Act
) -> None:
    telling.told = [told_of(paid)]
    for _ in range(2):
        assert tonight().holds
    (row,) = read(lambda session: session.scalars(select(ProviderMovementRow)).all())
    assert (row.payout_id, row.gone_at) == (paid.id, None)


@pytest.mark.parametrize(
    ("spoil", "left"),
    [
        (lambda _: [], [("provider", "only_ours")]),
        (lambda one: [replace(one, amount=Oere(one.amount + 1))], [("provider", "amount_differs")]),
        (lambda one: [one, replace(one, reference="again")], [("provider", "amount_differs")]),
        (
            lambda one: [one, replace(one, reference="strange", idempotency_key=None)],
            [("provider", "only_theirs")],
        ),
        (lambda one: [one, "nonsense"], []),
    ],
    ids=["removed", "altered", "doubled", "added", "nonsense"],
)
def test_a_movement_that_is_spoilt_is_named(
    telling: Telling, paid: Payout, tonight: Act, spoil: Act, left: list[tuple[str, str]]
) -> None:
    telling.told = spoil(told_of(paid))
    assert lefts(tonight()) == left


def test_what_was_told_once_and_is_told_no_longer_is_gone(
    telling: Telling, paid: Payout, tonight: Act, read: Act
) -> None:
    telling.told = [told_of(paid)]
    assert tonight().holds
    telling.told = []
    assert lefts(tonight()) == [("provider", "only_ours")]
    assert read(lambda session: session.scalars(select(ProviderMovementRow.gone_at)).all()) != [None]


def test_a_provider_that_cannot_be_asked_makes_the_proof_fail(telling: Telling, tonight: Act) -> None:
    telling.fails = True
    run = tonight()
    assert not run.holds
    assert run.figures["silent_providers"] == [PROVIDER]


def test_a_movement_is_found_by_our_code_too(
    telling: Telling, paid: Payout, municipality: Municipality, read: Act
) -> None:
    telling.told = [replace(told_of(paid), idempotency_key=None, code=paid.code)]
    with municipality.at_work():
        assert fetch_movements() == {PROVIDER: True}
    assert read(lambda session: session.scalar(select(ProviderMovementRow.payout_id))) == paid.id


@pytest.mark.parametrize(("named", "differs"), [("id", 0), ("file", 0), ("id", 1)])
def test_one_booking_of_a_whole_run_settles_every_payment_of_it_or_none(
    municipality: Municipality, case: Case, invoice: Callable[..., Payout], act: Act, read: Act, named: str,
    differs: int,
) -> None:  # fmt: skip
    amounts = (100_00, 250_00)
    payouts = [invoice(approved_purchase(case, Oere(one)), number=f"R-{one}") for one in amounts]
    run_id = new_id()
    act(_sent_in_a_run, [one.id for one in payouts], run_id, municipality)
    name = f"RD{run_id.hex.upper()}1" if named == "id" else "RDFILE71"
    total = SampleEntry(-sum(amounts) - differs, "RUN", batch_id=name, booked_on=clock.today())
    content = io.BytesIO(statement_file(SampleStatement([total])))
    file = act(take_in_statement, content, file_name="a.xml", by=municipality.finance_officer)
    with municipality.at_work():
        match_lines(file.id)
    line = read(lambda session: session.scalars(select(StatementLine)).one())
    states = set(read(lambda session: session.scalars(select(Payout.state)).all()))
    assert line.run_id == run_id
    assert (line.outcome, states) == (("unmatched", {"sending"}) if differs else ("matched", {"paid"}))


def _sent_in_a_run(session: Session, payout_ids: list[Any], run_id: Any, town: Municipality) -> None:  # noqa: ANN401 - ids
    run = PaymentRun(
        id=run_id, programme="p", provider=PROVIDER, state="sent", count=len(payout_ids), total=1,
        pay_on=clock.today(), started_by=town.finance_officer.person_id, provider_reference="RDFILE7",
    )  # fmt: skip
    session.add(run)
    session.flush()
    for payout_id in payout_ids:
        payout = session.get_one(Payout, (town.id, payout_id))
        payout.state = PayoutState.SENDING
        key = idempotency_key(payout_id, 1)
        attempt = PayoutAttempt(
            id=new_id(), payout_id=payout_id, number=1, idempotency_key=key, state=AttemptState.ACCEPTED
        )
        session.add(attempt)
        session.flush()
        session.add(PaymentRunLine(run_id=run_id, payout_id=payout_id, attempt_id=attempt.id))

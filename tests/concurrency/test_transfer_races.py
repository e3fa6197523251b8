"""Small transfers at once: caps hold, one run at a time, each transfer is paid or released, never both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.payouts.service import payouts_of
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.purchases.rules import PurchaseMoveForbidden, PurchaseState
from raaderum.purchases.service import get_purchase, release_purchase
from raaderum.testing.cases import case_with_grant
from raaderum.testing.races import race
from raaderum.testing.small_transfers import Transfers
from raaderum.transfers.rules import MonthUsedUp
from raaderum.transfers.run_rules import NothingToRun, RunUnderWay
from raaderum.transfers.runs import start_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality
    from raaderum.transfers.tables import PaymentRun

CROWD = 200
MONTH = 600_00
ASKED = 70


def test_of_200_who_ask_at_once_exactly_what_the_month_takes_is_approved(
    app: Flask, municipality: Municipality, settings: Settings
) -> None:
    case = case_with_grant(municipality)
    transfers = Transfers(municipality, settings.files_folder)
    told = race(app, municipality, [partial(transfers.asked_by_the_citizen, case, ASKED)] * CROWD)
    refused = [one for one in told if isinstance(one, Exception)]
    assert {type(one) for one in refused} == {MonthUsedUp}
    assert CROWD - len(refused) == MONTH // (ASKED * 100)
    with municipality.at_work(), reading() as session:
        committed = budget_statement(session, case.enrolment_id).committed
        assert committed == (CROWD - len(refused)) * ASKED * 100
        assert prove_books(session).holds


def test_of_many_runs_started_at_once_one_pays_everything(
    app: Flask, municipality: Municipality, settings: Settings
) -> None:
    case = case_with_grant(municipality)
    transfers = Transfers(municipality, settings.files_folder)
    for kroner in (100, 200, 300):
        transfers.approved(case, kroner)
    told = race(app, municipality, [partial(_started, municipality, case)] * 20)
    refused = {type(one) for one in told if isinstance(one, Exception)}
    assert refused <= {RunUnderWay, NothingToRun}
    assert sum(not isinstance(one, Exception) for one in told) == 1
    with municipality.at_work(), reading() as session:
        assert budget_statement(session, case.enrolment_id).in_payment == 600_00
        assert prove_books(session).holds


def test_a_transfer_is_in_a_run_or_released_and_never_both(
    app: Flask, municipality: Municipality, settings: Settings
) -> None:
    case = case_with_grant(municipality)
    transfers = Transfers(municipality, settings.files_folder)
    ids = [transfers.approved(case, 100) for _ in range(12)]
    acts: list[Callable[[], object]] = [partial(_released, municipality, one) for one in ids]
    acts.insert(6, partial(_started, municipality, case))
    told = race(app, municipality, acts)
    kinds = {type(one) for one in told if isinstance(one, Exception)}
    assert kinds <= {PurchaseMoveForbidden, NothingToRun}
    with municipality.at_work(), reading() as session:
        paid = {payout.purchase_id for payout in payouts_of(session, case.enrolment_id)}
        statement = budget_statement(session, case.enrolment_id)
        states = {get_purchase(session, one, by=municipality.coordinator).state for one in ids}
        assert states <= {PurchaseState.CLOSED}
        assert statement.in_payment == len(paid) * 100_00
        assert statement.committed == 0
        assert prove_books(session).holds


def _started(municipality: Municipality, case: Case) -> PaymentRun:
    with unit_of_work() as session:
        return start_run(session, case.programme, by=municipality.finance_officer)


def _released(municipality: Municipality, purchase_id: UUID) -> Oere:
    with unit_of_work() as session:
        return Oere(release_purchase(session, purchase_id, by=municipality.coordinator).amount)

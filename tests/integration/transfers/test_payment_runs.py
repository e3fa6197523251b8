"""Payment runs: one file for all that passes the checks, each payment settled as the bank says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.audit.actor import Actor
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import PaymentWanted, payouts_of, reserve_payout, retry_payout
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Role, RoleMayNot
from raaderum.people.tables import Citizen
from raaderum.persistence.sealed_fields import open_field
from raaderum.plugin_api import BankAccount, Unknown
from raaderum.plugin_host.providers import tenant_providers
from raaderum.purchases.payees import PaidByTransfer, account_of
from raaderum.purchases.rules import PurchaseMoveForbidden, PurchaseState
from raaderum.purchases.service import get_purchase, release_purchase
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.cases import case_with_grant
from raaderum.testing.small_transfers import bank_answer
from raaderum.transfers.candidates import dry_run
from raaderum.transfers.run_rules import (
    NothingToRun,
    RunFinding,
    RunHasChanged,
    RunMoveForbidden,
    RunState,
    RunUnderWay,
)
from raaderum.transfers.runs import cancel_run, get_run, start_run, states_of_run
from raaderum.transfers.status_files import StatusFileUnknown, take_in_status_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.small_transfers import Transfers
    from raaderum.transfers.tables import PaymentRun

    Act = Callable[..., Any]


@pytest.fixture
def run(transfers: Transfers, case: Case, act: Act, municipality: Municipality) -> PaymentRun:
    """A run of two transfers, sent."""
    transfers.approved(case, 250)
    transfers.approved(case, 300)
    started = transfers.started(case)
    transfers.work()
    sent: PaymentRun = act(get_run, started.id, by=municipality.finance_officer)
    return sent


def test_a_run_is_one_file_with_control_sums_and_the_citizens_cpr_number(
    run: PaymentRun, transfers: Transfers, case: Case, read: Act
) -> None:
    assert (run.state, run.count, run.total) == (RunState.SENT, 2, 550_00)
    (file,) = transfers.sent_files()
    written = file.read_text(encoding="utf-8")
    cpr = read(
        lambda session: open_field(
            session, session.get(Citizen, (current_tenant_id(), case.citizen_id)), "cpr"
        )
    )
    assert written.count(f"<Id>{cpr}</Id>") == 2
    assert written.count("<CtrlSum>550.00</CtrlSum>") == 2
    assert "Buskort" not in written
    assert read(payouts_of, case.enrolment_id)[0].payee_name == "NemKonto"


def test_money_is_in_clearing_until_the_bank_says_and_then_spent(
    run: PaymentRun, transfers: Transfers, case: Case, read: Act
) -> None:
    assert read(budget_statement, case.enrolment_id).in_payment == 550_00
    told = transfers.bank_says(run, "ACSC")
    assert (told.told, told.settled, told.broke_off) == (2, 2, None)
    statement = read(budget_statement, case.enrolment_id)
    assert (statement.in_payment, statement.spent) == (0, 550_00)
    assert read(prove_books).holds
    again = transfers.bank_says(run, "ACSC")
    assert not again.is_new
    assert read(budget_statement, case.enrolment_id) == statement


def test_a_refused_payment_goes_along_in_the_next_run(
    run: PaymentRun, transfers: Transfers, case: Case, read: Act, municipality: Municipality, act: Act
) -> None:
    first = read(payouts_of, case.enrolment_id)[-1]
    transfers.bank_says(run, "RJCT", first.code, reason="AC04")
    assert read(states_of_run, run.id) == {
        PayoutState.FAILED: (1, first.amount),
        PayoutState.SENDING: (1, 550_00 - first.amount),
    }
    second = transfers.started(case)
    transfers.work()
    assert (second.count, second.total) == (1, first.amount)
    sent = act(get_run, second.id, by=municipality.finance_officer)
    transfers.bank_says(sent, "ACSC")
    assert read(budget_statement, case.enrolment_id).spent == first.amount
    assert len(transfers.sent_files()) == 2


def test_a_refused_payment_that_is_tried_again_alone_is_a_file_of_one(
    run: PaymentRun, transfers: Transfers, case: Case, act: Act, read: Act, municipality: Municipality
) -> None:
    first = read(payouts_of, case.enrolment_id)[-1]
    transfers.bank_says(run, "RJCT", first.code, reason="AC04")
    act(retry_payout, first.id, by=municipality.finance_officer)
    transfers.work()
    assert "<NbOfTxs>1</NbOfTxs>" in transfers.sent_files()[-1].read_text(encoding="utf-8")
    with pytest.raises(NothingToRun):
        transfers.started(case)


def test_a_duplicate_told_by_the_bank_is_unclear_and_never_refused(
    run: PaymentRun, transfers: Transfers, case: Case, read: Act
) -> None:
    transfers.bank_says(run, "RJCT", reason="DU01")
    assert {payout.state for payout in read(payouts_of, case.enrolment_id)} == {PayoutState.UNKNOWN}
    assert read(budget_statement, case.enrolment_id).in_payment == 550_00


def test_a_torn_status_file_settles_what_stood_before_the_break(
    run: PaymentRun,
    case: Case,
    read: Act,
    act: Act,
    municipality: Municipality,
) -> None:
    codes = [payout.code for payout in read(payouts_of, case.enrolment_id)]
    whole = bank_answer(str(run.provider_reference), "ACSC", *codes)
    torn = whole[: whole.rindex(b"<TxSts>")]
    told = act(take_in_status_file, torn, by=municipality.finance_officer)
    assert (told.told, told.settled) == (1, 1)
    assert told.broke_off is not None
    assert "linje" in told.broke_off


def test_a_file_that_is_no_answer_is_refused_with_a_reason(municipality: Municipality, act: Act) -> None:
    with pytest.raises(StatusFileUnknown):
        act(take_in_status_file, b"%PDF-1.7", by=municipality.finance_officer)


def test_the_dry_run_shows_totals_and_what_is_held_back(
    transfers: Transfers, case: Case, read: Act, municipality: Municipality
) -> None:
    transfers.approved(case, 250)
    transfers.approved(case, 400, payee=account_of("Udlejer", BankAccount("0040", "0440116243")))
    shown = read(dry_run, case.programme, by=municipality.finance_officer)
    assert (shown.count, shown.total, shown.held_back) == (2, 650_00, ())
    own = read(dry_run, case.programme, by=_as_finance(municipality))
    assert (own.count, {one.finding for one in own.held_back}) == (0, {RunFinding.OWN_REQUEST})


def test_a_run_that_is_not_what_was_shown_is_refused(
    transfers: Transfers, case: Case, act: Act, municipality: Municipality
) -> None:
    transfers.approved(case, 250)
    with pytest.raises(RunHasChanged, match="1"):
        act(
            start_run,
            case.programme,
            by=municipality.finance_officer,
            expected_count=2,
            expected_total=Oere(500_00),
        )


def test_an_account_is_sealed_and_written_as_the_bank_knows_it(
    transfers: Transfers, case: Case, read: Act
) -> None:
    transfers.approved(case, payee=account_of("Ejendomsselskabet Ærø", BankAccount("0040", "0440116243")))
    transfers.started(case)
    transfers.work()
    (file,) = transfers.sent_files()
    assert "<Othr><Id>00400440116243</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>" in file.read_text()
    stored = read(lambda session: session.execute(select(Payout.__table__)).mappings().one())
    assert "0440116243" not in str(stored)
    assert "Ærø" not in str(stored)


def test_what_was_changed_after_the_approval_is_left_out_of_the_file(
    transfers: Transfers, case: Case, act: Act, read: Act
) -> None:
    kept, changed = transfers.approved(case, 250), transfers.approved(case, 300)
    transfers.started(case)

    def change(session: Any) -> None:  # noqa: ANN401 - a session
        session.scalars(select(Payout).where(Payout.purchase_id == changed)).one().amount = 299_00

    act(change)
    transfers.work()
    (file,) = transfers.sent_files()
    assert "<CtrlSum>250.00</CtrlSum>" in file.read_text(encoding="utf-8")
    states = {payout.purchase_id: payout.state for payout in read(payouts_of, case.enrolment_id)}
    assert states == {kept: PayoutState.SENDING, changed: PayoutState.APPROVAL_VOID}


def test_a_run_can_be_cancelled_before_it_is_sent_and_goes_out_in_the_next(
    transfers: Transfers, case: Case, act: Act, read: Act, municipality: Municipality
) -> None:
    transfers.approved(case, 250)
    run = transfers.started(case)
    with pytest.raises(RunUnderWay):
        transfers.started(case)
    act(cancel_run, run.id, by=municipality.finance_officer)
    transfers.work()
    assert transfers.sent_files() == []
    assert read(budget_statement, case.enrolment_id).committed == 250_00
    transfers.started(case)
    transfers.work()
    assert len(transfers.sent_files()) == 1


def test_a_sent_run_cannot_be_cancelled(run: PaymentRun, act: Act, municipality: Municipality) -> None:
    with pytest.raises(RunMoveForbidden):
        act(cancel_run, run.id, by=municipality.finance_officer)


def test_a_purchase_in_a_run_cannot_be_released(
    transfers: Transfers, case: Case, act: Act, read: Act, municipality: Municipality
) -> None:
    purchase_id = transfers.approved(case, 250)
    transfers.started(case)
    with pytest.raises(PurchaseMoveForbidden):
        act(release_purchase, purchase_id, by=municipality.coordinator)
    assert read(get_purchase, purchase_id, by=municipality.coordinator).state == PurchaseState.CLOSED


def test_only_a_finance_officer_runs_payments(case: Case, act: Act, municipality: Municipality) -> None:
    with pytest.raises(RoleMayNot):
        act(start_run, case.programme, by=municipality.coordinator)


def test_a_run_whose_sending_is_unclear_is_looked_up_and_not_sent_twice(
    transfers: Transfers,
    case: Case,
    act: Act,
    municipality: Municipality,
    monkeypatch: pytest.MonkeyPatch,
    let_time_pass: Callable[[], None],
) -> None:
    transfers.approved(case, 250)
    run = transfers.started(case)
    with municipality.at_work():
        provider: Any = tenant_providers().payout_providers["small_transfers"]
    send, sent = type(provider).send_batch, []

    def time_out(self: object, batch: Any) -> object:  # noqa: ANN401 - a batch
        sent.append(send(self, batch))
        return Unknown("time-out")

    monkeypatch.setattr(type(provider), "send_batch", time_out)
    transfers.work()
    assert act(get_run, run.id, by=municipality.finance_officer).state == RunState.UNKNOWN
    let_time_pass()
    transfers.work()
    assert act(get_run, run.id, by=municipality.finance_officer).state == RunState.SENT
    assert len(sent) == len(transfers.sent_files()) == 1


def test_runs_of_other_programmes_and_citizens_go_along_each_once(
    transfers: Transfers, case: Case, municipality: Municipality
) -> None:
    other = case_with_grant(municipality)
    purchases: set[UUID] = {transfers.approved(case, 250), transfers.approved(other, 100)}
    run = transfers.started(case)
    assert run.count == len(purchases)


def _as_finance(municipality: Municipality) -> Actor:
    """The support person with another hat on: four eyes are held by person, not by role."""
    return Actor(municipality.support_person.person_id, Role.FINANCE_OFFICER)


def test_no_invoice_is_paid_for_a_purchase_that_is_transferred(
    transfers: Transfers, case: Case, act: Act, municipality: Municipality
) -> None:
    purchase_id = transfers.approved(case, 250)

    def pay(session: Any) -> None:  # noqa: ANN401 - a session
        purchase = get_purchase(session, purchase_id, by=municipality.finance_officer)
        wanted = PaymentWanted(
            provider="supplier_invoice",
            amount=Oere(250_00),
            payee_name="Leverandør",
            payee_cvr=None,
            purpose="Buskort",
            account="5.38.38",
            due_on=clock.today(),
        )
        reserve_payout(session, purchase, wanted, by=municipality.finance_officer)

    with pytest.raises(PaidByTransfer):
        act(pay)

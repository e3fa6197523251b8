"""Receipts from the payment to the accepted proof: what closes, what opens at once, and who may do what."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from raaderum.audit.tables import AuditEntry
from raaderum.cards.tables import CardAccount, CardPayment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.notices.tables import Notice
from raaderum.people.roles import RoleMayNot
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.programmes.receipt_rules import ReceiptRules
from raaderum.receipts.deciding import accept_receipt, turn_down_receipt, waive_receipt
from raaderum.receipts.dues import open_receipt_dues
from raaderum.receipts.following_up import close_overdue_lanes, remind_of_receipts
from raaderum.receipts.reading import missing_receipts, open_receipts, receipts_of
from raaderum.receipts.rules import (
    ActivityAnswer,
    NoActivity,
    OwnReceipt,
    Proof,
    ProofMoveForbidden,
    TooManyDeclared,
)
from raaderum.receipts.seen_before import SeenBefore
from raaderum.receipts.sending import content_of, open_receipt, send_receipt, send_receipt_for, tie_receipt
from raaderum.receipts.stating import confirm_activity, declare_lost
from raaderum.receipts.tables import ReceiptDue
from raaderum.receipts.wording import DECLARATION_VERSION, declaration_digest
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.cases import case_with_grant
from raaderum.testing.receipt_cases import paid_by_card, paid_transfer, paper, photo
from raaderum.transfers.locks import find_lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from uuid import UUID

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    Closed = Callable[[], tuple[bool, bool]]
    LetPass = Callable[[int], AbstractContextManager[None]]

PICTURE = {"content": photo(), "file_name": "bon.jpg"}
LOST = {"words": "To par sko, bonen blev vasket.", "digest": declaration_digest()}


@pytest.fixture
def proof_of(case: Case) -> Callable[[UUID], str]:
    def state(due_id: UUID) -> str:
        with case.municipality.at_work(), reading() as session:
            return session.get_one(ReceiptDue, (current_tenant_id(), due_id)).state

    return state


@pytest.fixture
def is_closed(case: Case) -> Closed:
    """Say whether the card and the lane of small transfers are closed."""

    def closed() -> tuple[bool, bool]:
        with case.municipality.at_work(), reading() as session:
            account = session.get(CardAccount, (current_tenant_id(), case.enrolment_id))
            lane = find_lock(session, case.enrolment_id)
            return account is not None and account.locked_because is not None, lane is not None

    return closed


@pytest.fixture
def let_pass() -> LetPass:
    """Stand at nine in the evening so many days from now."""

    def later(days: int) -> AbstractContextManager[None]:
        day = clock.today() + timedelta(days=days)
        return clock.standing_still_at(clock.start_of(day) + timedelta(hours=21))

    return later


@pytest.fixture
def overdue(case: Case, let_pass: LetPass) -> Callable[[], None]:
    """Let the clock do all it does until everything that is due has closed what it closes."""

    def run() -> None:
        for days in (14, 17):
            with let_pass(days), case.municipality.at_work():
                remind_of_receipts()
                close_overdue_lanes()

    return run


def test_every_payment_that_went_out_gets_one_due_however_often_the_job_runs(
    case: Case, read: Callable[..., Any]
) -> None:
    transfer, card = paid_transfer(case), paid_by_card(case)
    with case.municipality.at_work():
        assert open_receipt_dues() == 0
    dues = read(receipts_of, case.enrolment_id, by=case.citizen).dues
    assert {one.id for one in dues} == {transfer, card}
    assert {one.proof for one in dues} == {Proof.DUE}
    assert {one.what for one in dues} == {"Arbejdssko", "Skobutikken"}
    assert {(one.due_on - one.paid_on).days for one in dues} == {14}


def test_below_the_threshold_none_is_needed_until_the_month_has_come_to_it(
    case: Case, amend_programme: Callable[..., str], proof_of: Callable[[UUID], str]
) -> None:
    amend_programme(receipts=ReceiptRules(Oere(300_00), needed_from_oere_per_month=Oere(500_00)))
    first, second, large = paid_transfer(case), paid_transfer(case), paid_transfer(case, amount=Oere(300_00))
    assert [proof_of(one) for one in (first, second, large)] == [Proof.NOT_NEEDED, Proof.DUE, Proof.DUE]


def test_a_card_payment_that_came_back_needs_no_receipt_any_more(
    case: Case, proof_of: Callable[[UUID], str]
) -> None:
    due_id = paid_by_card(case)
    with case.municipality.at_work():
        with unit_of_work() as session:
            for payment in session.scalars(select(CardPayment)):
                payment.refunded = payment.captured
        open_receipt_dues()
    assert proof_of(due_id) == Proof.NOT_NEEDED


def test_a_missing_receipt_closes_its_own_way_of_paying_alone_and_a_photo_opens_it_at_once(
    case: Case,
    act: Callable[..., Any],
    overdue: Callable[[], None],
    is_closed: Closed,
    proof_of: Callable[[UUID], str],
) -> None:
    due_id = paid_by_card(case)
    overdue()
    assert is_closed() == (True, False)
    act(send_receipt_for, due_id, **PICTURE, by=case.citizen)
    assert is_closed() == (False, False)
    assert proof_of(due_id) == Proof.RECEIVED


def test_a_transfer_closes_the_lane_and_not_the_card_until_the_last_missing_receipt_is_here(
    case: Case,
    act: Callable[..., Any],
    overdue: Callable[[], None],
    is_closed: Closed,
) -> None:
    first, second = paid_transfer(case), paid_transfer(case, what="Madvarer")
    overdue()
    assert is_closed() == (False, True)
    act(send_receipt_for, first, **PICTURE, by=case.municipality.support_person)
    assert is_closed() == (False, True)
    act(declare_lost, second, **LOST, by=case.citizen)
    assert is_closed() == (False, False)


def test_the_citizen_and_the_support_person_are_told_before_anything_closes_and_once_each(
    case: Case,
    let_pass: LetPass,
    is_closed: Closed,
) -> None:
    paid_by_card(case)
    for days, told in ((5, 0), (11, 2), (12, 2), (14, 4), (15, 4), (17, 6), (18, 6)):
        with let_pass(days), case.municipality.at_work():
            remind_of_receipts()
            if told < 6:
                assert is_closed() == (False, False)
            if days >= 17:
                close_overdue_lanes()
            with reading() as session:
                assert session.scalar(select(func.count()).select_from(Notice)) == told
    assert is_closed() == (True, False)


def test_after_a_standstill_the_warning_comes_first_and_the_lock_only_after_the_grace(
    case: Case,
    let_pass: LetPass,
    is_closed: Closed,
) -> None:
    paid_by_card(case)
    with let_pass(60), case.municipality.at_work():
        close_overdue_lanes()
        remind_of_receipts()
        close_overdue_lanes()
    assert is_closed() == (False, False)
    with let_pass(61), case.municipality.at_work():
        close_overdue_lanes()
    assert is_closed() == (True, False)


def test_an_open_receipt_says_when_what_will_close(case: Case, read: Callable[..., Any]) -> None:
    paid_at = datetime(2026, 2, 17, 10, tzinfo=clock.COPENHAGEN)
    with clock.standing_still_at(paid_at):
        paid_by_card(case, paid_at=paid_at)
        [due] = read(receipts_of, case.enrolment_id, by=case.citizen).dues
    assert due.foreseen.danish == (
        "Kvitteringen skal være her senest tirsdag den 3. marts kl. 12. "
        "Kommer den ikke, lukker kortet onsdag den 4. marts kl. 12. "
        "Det åbner igen med det samme, når kvitteringen er her."
    )


def test_a_receipt_is_accepted_by_somebody_else_than_who_sent_it(
    case: Case, act: Callable[..., Any], proof_of: Callable[[UUID], str]
) -> None:
    due_id, town = paid_transfer(case), case.municipality
    act(send_receipt_for, due_id, **PICTURE, by=town.coordinator)
    with pytest.raises(OwnReceipt):
        act(accept_receipt, due_id, by=town.coordinator)
    act(accept_receipt, due_id, by=town.finance_officer)
    assert proof_of(due_id) == Proof.ACCEPTED
    with pytest.raises(ProofMoveForbidden):
        act(turn_down_receipt, due_id, because="Forkert", by=town.coordinator)


def test_a_receipt_that_is_turned_down_gets_new_days_a_reason_and_another_try(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], overdue: Callable[[], None]
) -> None:
    due_id, town = paid_by_card(case), case.municipality
    overdue()
    act(send_receipt_for, due_id, **PICTURE, by=case.citizen)
    with clock.standing_still_at(clock.now() + timedelta(days=20)):
        act(turn_down_receipt, due_id, because="Beløbet kan ikke læses. Tag den igen.", by=town.coordinator)
        [due] = read(receipts_of, case.enrolment_id, by=case.citizen).dues
        assert (due.proof, due.is_locked) == (Proof.REJECTED, False)
        assert due.words == "Beløbet kan ikke læses. Tag den igen."
        assert due.due_on == clock.today() + timedelta(days=7)
        act(send_receipt_for, due_id, content=photo(2), file_name="igen.jpg", by=case.citizen)
        act(accept_receipt, due_id, by=town.coordinator)
    assert read(open_receipts, case.enrolment_id) == (0, 0)


def test_one_receipt_can_prove_several_payments_and_one_payment_have_several(
    case: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    first, second, by = paid_transfer(case), paid_transfer(case, what="Sokker"), case.citizen
    one = act(send_receipt, case.enrolment_id, **PICTURE, due_ids=[first, second], by=by)
    two = act(send_receipt_for, second, content=paper(), file_name="bon.pdf", by=by)
    dues = {due.id: due for due in read(receipts_of, case.enrolment_id, by=by).dues}
    assert [file.id for file in dues[first].receipts] == [one.id]
    assert [file.id for file in dues[second].receipts] == [one.id, two.id]


def test_a_receipt_sent_for_nothing_in_particular_is_suggested_by_its_amount(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], proof_of: Callable[[UUID], str]
) -> None:
    paid_transfer(case)
    fitting = paid_transfer(case, amount=Oere(99_95), what="Busbillet")
    sent = act(send_receipt, case.enrolment_id, **PICTURE, amount=Oere(99_95), by=case.citizen)
    [loose] = read(receipts_of, case.enrolment_id, by=case.citizen).loose
    assert loose.suggested_dues[0] == fitting
    act(tie_receipt, sent.id, due_ids=[fitting], by=case.municipality.support_person)
    assert proof_of(fitting) == Proof.RECEIVED
    assert read(receipts_of, case.enrolment_id, by=case.citizen).loose == ()


def test_the_same_file_or_picture_is_noticed_and_of_another_case_nothing_more_is_told(
    case: Case, act: Callable[..., Any]
) -> None:
    other = case_with_grant(case.municipality)
    pdf = {"content": paper(b"samme"), "file_name": "bon.pdf"}
    assert act(send_receipt, case.enrolment_id, **PICTURE, by=case.citizen).seen_before is None
    assert act(send_receipt, case.enrolment_id, **pdf, by=case.citizen).seen_before is None
    assert (
        act(send_receipt, case.enrolment_id, **PICTURE, by=case.citizen).seen_before == SeenBefore.THIS_CASE
    )
    elsewhere = act(send_receipt, other.enrolment_id, **pdf, by=other.citizen)
    assert elsewhere.seen_before == SeenBefore.ANOTHER_CASE
    fresh = act(send_receipt, other.enrolment_id, content=photo(3), file_name="ny.jpg", by=other.citizen)
    assert fresh.seen_before is None


def test_a_declaration_keeps_its_wording_and_is_limited_in_number(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], amend_programme: Callable[..., str]
) -> None:
    amend_programme(receipts=ReceiptRules(lost_declarations_allowed=1))
    first, second = paid_transfer(case), paid_transfer(case)
    act(declare_lost, first, **LOST, by=case.citizen)
    found = read(receipts_of, case.enrolment_id, by=case.citizen)
    assert found.declarations_left == 0
    [statement] = next(due.statements for due in found.dues if due.id == first)
    assert (statement.words, statement.wording_version) == (LOST["words"], DECLARATION_VERSION)
    with pytest.raises(TooManyDeclared, match="1"):
        act(declare_lost, second, **LOST, by=case.municipality.support_person)
    act(accept_receipt, first, by=case.municipality.coordinator)
    accepted = read(receipts_of, case.enrolment_id, by=case.citizen)
    assert Proof.LOST_APPROVED in {due.proof for due in accepted.dues}


@pytest.mark.parametrize(
    ("answer", "proof"),
    [
        (ActivityAnswer.YES, Proof.ACTIVITY_CONFIRMED),
        (ActivityAnswer.CHANGED, Proof.ACTIVITY_CONFIRMED),
        (ActivityAnswer.NO, Proof.ACTIVITY_NOT_HELD),
    ],
    ids=str,
)
def test_pocket_money_asks_whether_the_outing_took_place(
    case: Case, act: Callable[..., Any], proof_of: Callable[[UUID], str], answer: ActivityAnswer, proof: Proof
) -> None:
    due_id = paid_transfer(case, what="Biograf", activity_on=clock.today())
    act(confirm_activity, due_id, answer=answer, words="Vi tog i svømmehallen.", by=case.citizen)
    assert proof_of(due_id) == proof


def test_what_was_no_outing_cannot_be_confirmed_as_one(case: Case, act: Callable[..., Any]) -> None:
    with pytest.raises(NoActivity):
        act(confirm_activity, paid_transfer(case), answer=ActivityAnswer.YES, by=case.citizen)


def test_a_team_leader_waives_with_a_reason_and_nobody_else_does(
    case: Case,
    act: Callable[..., Any],
    overdue: Callable[[], None],
    is_closed: Closed,
) -> None:
    due_id, town = paid_by_card(case), case.municipality
    overdue()
    with pytest.raises(RoleMayNot):
        act(waive_receipt, due_id, because="Brand i lejligheden.", by=town.coordinator)
    act(waive_receipt, due_id, because="Brand i lejligheden.", by=town.team_leader)
    assert is_closed() == (False, False)


def test_what_is_kept_is_sealed_opened_on_the_record_and_no_word_of_it_is_in_the_log(
    case: Case, act: Callable[..., Any]
) -> None:
    due_id = paid_transfer(case, what="Hemmelig vare")
    secret = {"content": paper(b"hemmelig"), "file_name": "hemmelig.pdf"}
    receipt = act(send_receipt_for, due_id, **secret, by=case.citizen)
    with case.municipality.at_work(), unit_of_work() as session:
        row = open_receipt(session, receipt.id, by=case.municipality.finance_officer)
        assert content_of(session, row) == secret["content"]
    with case.municipality.at_work(), reading() as session:
        told = select(AuditEntry).where(AuditEntry.event.like("receipt.%")).order_by(AuditEntry.sequence)
        entries = session.scalars(told).all()
        assert [one.event for one in entries][-1] == "receipt.opened"
        assert "emmelig" not in str([one.detail for one in entries])


def test_another_municipalitys_and_a_strangers_receipts_answer_like_missing_ones(
    case: Case, act: Callable[..., Any], new_municipality: Callable[..., Municipality]
) -> None:
    due_id = paid_transfer(case)
    receipt = act(send_receipt_for, due_id, **PICTURE, by=case.citizen)
    elsewhere = case_with_grant(new_municipality())
    neighbour = case_with_grant(case.municipality)
    with elsewhere.municipality.at_work(), unit_of_work() as session, pytest.raises(NotFound):
        open_receipt(session, receipt.id, by=elsewhere.municipality.coordinator)
    refusals: tuple[tuple[Callable[..., Any], UUID, dict[str, Any]], ...] = (
        (open_receipt, receipt.id, {}),
        (send_receipt_for, due_id, PICTURE),
        (declare_lost, due_id, LOST),
        (confirm_activity, due_id, {"answer": ActivityAnswer.YES}),
        (tie_receipt, receipt.id, {"due_ids": []}),
    )
    for refused, subject_id, told in refusals:
        with pytest.raises(NotFound):
            act(refused, subject_id, **told, by=neighbour.citizen)
    with pytest.raises(NotFound):
        act(send_receipt, neighbour.enrolment_id, **PICTURE, due_ids=[due_id], by=neighbour.citizen)


def test_the_overview_has_what_is_overdue_or_waits_and_nothing_else(
    case: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    long_ago = clock.now() - timedelta(days=15)
    overdue, sent = paid_transfer(case, paid_at=long_ago), paid_by_card(case)
    paid_transfer(case)
    act(send_receipt_for, sent, **PICTURE, by=case.citizen)
    for by in (
        case.municipality.coordinator,
        case.municipality.finance_officer,
        case.municipality.support_person,
    ):
        assert {one.id for one in read(missing_receipts, by=by)} == {overdue, sent}
    with pytest.raises(RoleMayNot):
        read(missing_receipts, by=case.citizen)

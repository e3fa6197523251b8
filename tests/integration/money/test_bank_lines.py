"""Lines of the bank: what each comes to, and what it does to the payment it belongs to."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.payouts.rules import AttemptState, PayoutState, idempotency_key
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.people.roles import Role
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.reconciliation.deciding import confirm_line, dismiss_line, match_line
from raaderum.reconciliation.errors import (
    LineMoveForbidden,
    NothingProposed,
    OwnLineProposal,
    PayoutDoesNotFit,
    PayoutOnTheBankAlready,
)
from raaderum.reconciliation.matching import match_lines
from raaderum.reconciliation.proof import prove, prove_tonight
from raaderum.reconciliation.reading import gaps, get_file, line_counts, pieces_of, work_queue
from raaderum.reconciliation.rules import Because, LineOutcome
from raaderum.reconciliation.tables import Statement, StatementFile, StatementLine
from raaderum.reconciliation.taking_in import take_in_statement
from raaderum.testing.cases import PRICE, approved_purchase, case_with_grant
from raaderum.testing.municipality import found_municipality, hire
from raaderum.testing.races import race
from raaderum.testing.sample_statements import (
    ACCOUNT,
    SampleDetail,
    SampleEntry,
    SampleStatement,
    statement_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from flask import Flask
    from sqlalchemy.orm import Session

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]

FIRST = 1_250_00
SECOND = 730_50


@pytest.fixture
def take_in(municipality: Municipality, act: Act) -> Callable[..., StatementFile]:
    """Take a file of the bank in, as the finance officer, and match its lines; nothing else is done."""

    def do(*statements: SampleStatement, content: bytes | None = None, kind: str = "053") -> StatementFile:
        file = io.BytesIO(statement_file(*statements, kind=kind) if content is None else content)
        row: StatementFile = act(
            take_in_statement, file, file_name="kontoudtog.xml", by=municipality.finance_officer
        )
        with municipality.at_work():
            match_lines(row.id)
        return row

    return do


@pytest.fixture
def lines(read: Act) -> Callable[[], list[StatementLine]]:
    """Return all lines in the order they came in."""

    def select_all(session: Session) -> list[StatementLine]:
        return list(
            session.scalars(select(StatementLine).order_by(StatementLine.file_id, StatementLine.number))
        )

    def do() -> list[StatementLine]:
        found: list[StatementLine] = read(select_all)
        return found

    return do


@pytest.fixture
def under_way(case: Case, invoice: Callable[..., Payout], act: Act) -> Callable[..., Payout]:
    """Make a payout of which the provider has only said that it took the order in."""

    def accepted(session: Session, payout_id: UUID) -> Payout:
        payout = session.get_one(Payout, (case.municipality.id, payout_id))
        attempt = PayoutAttempt(
            id=new_id(),
            payout_id=payout.id,
            number=1,
            idempotency_key=idempotency_key(payout.id, 1),
            state=AttemptState.ACCEPTED,
        )
        session.add(attempt)
        payout.state = PayoutState.SENDING
        return payout

    def do(amount: int = FIRST) -> Payout:
        reserved = invoice(approved_purchase(case, Oere(amount)), number=f"F-{new_id().hex[-8:]}")
        found: Payout = act(accepted, reserved.id)
        return found

    return do


@pytest.fixture
def paid(case: Case, invoice: Callable[..., Payout], do_work: Callable[[], int]) -> Callable[..., Payout]:
    """Make a payout that the provider has said is paid."""

    def do(amount: int = FIRST) -> Payout:
        found = invoice(approved_purchase(case, Oere(amount)), number=f"F-{new_id().hex[-8:]}")
        do_work()
        return found

    return do


def entry(payout: Payout, amount: int | None = None, **more: Any) -> SampleEntry:  # noqa: ANN401 - as the entry takes them
    """Return the booking of one payout, as the bank tells it; our code stands in its text."""
    sent = -payout.amount if amount is None else amount
    text = f"Betaling {payout.code} tak"
    told = {"reference": f"REF{payout.id.hex[-12:]}", "booked_on": clock.today(), **more}
    reason = told.pop("return_reason", "")
    detail = SampleDetail(sent, text=text, counterparty=payout.payee_name, return_reason=reason)
    return SampleEntry(sent, details=(detail,), **told)


def state_of(read: Act, payout: Payout) -> str:
    """Return where a payout is now."""
    found: str = read(lambda session: session.get_one(Payout, (payout.tenant_id, payout.id)).state)
    return found


def test_a_line_with_our_code_and_amount_settles_the_payment_that_nobody_knew_of(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act, read: Act, money_of: Act, case: Case
) -> None:
    payout = under_way()
    take_in(SampleStatement([entry(payout)]))
    (line,) = lines()
    assert (line.outcome, line.because, line.payout_id) == ("matched", Because.BY_CODE, payout.id)
    assert state_of(read, payout) == PayoutState.PAID
    assert money_of(case)["spent"] == FIRST
    assert read(prove_books).holds


def test_a_line_for_a_payment_known_to_be_paid_confirms_it_and_moves_nothing(
    take_in: Callable[..., StatementFile], paid: Act, lines: Act, money_of: Act, case: Case
) -> None:
    payout = paid()
    before = money_of(case)
    take_in(SampleStatement([entry(payout)]))
    assert lines()[0].outcome == LineOutcome.MATCHED
    assert money_of(case) == before


@pytest.mark.parametrize("difference", [-1, 1])
def test_another_amount_is_never_settled_silently(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act, read: Act, difference: int
) -> None:
    payout = under_way()
    take_in(SampleStatement([entry(payout, -FIRST + difference)]))
    (line,) = lines()
    assert (line.outcome, line.because) == (LineOutcome.SUGGESTED, Because.AMOUNT_DIFFERS)
    assert state_of(read, payout) == PayoutState.SENDING


def test_the_same_file_twice_is_kept_and_read_once(
    take_in: Callable[..., StatementFile], paid: Act, lines: Act
) -> None:
    content = statement_file(SampleStatement([entry(paid())]))
    assert take_in(content=content).state == "taken_in"
    assert take_in(content=content).state == "duplicate"
    assert len(lines()) == 1


def test_the_same_line_in_another_file_is_a_duplicate(
    take_in: Callable[..., StatementFile], paid: Act, lines: Act
) -> None:
    booked = entry(paid())
    take_in(SampleStatement([booked]))
    take_in(SampleStatement([booked], opening=None), kind="054")
    take_in(SampleStatement([replace(booked, text="Andre ord")], number=2))
    assert [line.outcome for line in lines()] == ["matched", "duplicate", "duplicate"]
    assert lines()[1].same_as_id == lines()[0].id


@pytest.mark.parametrize("details_first", [True, False])
def test_a_total_and_its_details_count_once_whichever_comes_first(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act, read: Act, *, details_first: bool
) -> None:
    payouts = [under_way(FIRST), under_way(SECOND)]
    details = tuple(SampleDetail(-one.amount, end_to_end_id=one.code) for one in payouts)
    total = SampleEntry(-FIRST - SECOND, reference="BATCH1", booked_on=clock.today())
    advice = SampleStatement([replace(total, details=details)], opening=None)
    statement = SampleStatement([total])
    for part, kind in (
        [(advice, "054"), (statement, "053")] if details_first else [(statement, "053"), (advice, "054")]
    ):
        take_in(part, kind=kind)
    assert sorted(line.outcome for line in lines()) == ["duplicate", "matched", "matched"]
    assert [state_of(read, payout) for payout in payouts] == ["paid", "paid"]


def test_a_return_gives_the_money_back_to_the_citizen(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act, read: Act, money_of: Act, case: Case
) -> None:
    payout = under_way()
    back = entry(payout, FIRST, reference="BACK", return_reason="AC04")
    take_in(SampleStatement([entry(payout), back]))
    assert [line.outcome for line in lines()] == ["matched", "returned"]
    assert lines()[1].refund_id is not None
    assert money_of(case)["spent"] == 0
    assert read(prove_books).holds


def test_a_reversal_cancels_the_line_it_takes_back(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act, money_of: Act, case: Case
) -> None:
    payout = under_way()
    take_in(SampleStatement([entry(payout)]))
    back = SampleEntry(
        FIRST, reference=f"REF{payout.id.hex[-12:]}", is_reversal=True, booked_on=clock.today()
    )
    take_in(SampleStatement([back], number=2))
    first, second = lines()
    assert (first.outcome, second.outcome, second.same_as_id) == ("matched", "reversed", first.id)
    assert money_of(case)["spent"] == 0


def test_a_return_of_what_was_never_paid_waits_for_a_person(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act
) -> None:
    take_in(SampleStatement([entry(under_way(), FIRST, return_reason="AC04")]))
    assert (lines()[0].outcome, lines()[0].because) == ("suggested", Because.NOT_PAID_YET)


def test_what_came_back_twice_is_booked_once(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act, money_of: Act, case: Case
) -> None:
    payout = under_way()
    backs = [entry(payout, FIRST, reference=f"BACK{n}", return_reason="AC04") for n in range(2)]
    take_in(SampleStatement([entry(payout), *backs]))
    assert [line.outcome for line in lines()] == ["matched", "returned", "suggested"]
    assert lines()[2].because == Because.NOTHING_LEFT_TO_RETURN
    assert money_of(case)["spent"] == 0


def test_a_second_debit_of_the_same_payment_waits_for_a_person(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act
) -> None:
    payout = under_way()
    take_in(SampleStatement([entry(payout), entry(payout, reference="OTHER")]))
    take_in(SampleStatement([entry(payout, reference="THIRD")], number=2))
    assert [line.outcome for line in lines()] == ["matched", "suggested", "suggested"]
    assert {line.because for line in lines()[1:]} == {Because.PAID_TWICE}


def test_without_a_code_the_amount_and_the_date_suggest(
    take_in: Callable[..., StatementFile], paid: Act, lines: Act
) -> None:
    payout = paid()
    plain = SampleEntry(-FIRST, reference="X1", booked_on=payout.due_on)
    strange = SampleEntry(-1_11, reference="X2", booked_on=payout.due_on)
    late = SampleEntry(-FIRST, reference="X3", booked_on=payout.due_on + timedelta(days=60))
    take_in(SampleStatement([plain, strange, late]))
    assert [(line.outcome, line.payout_id) for line in lines()] == [
        ("suggested", payout.id),
        ("unmatched", None),
        ("unmatched", None),
    ]


def test_what_is_only_announced_moves_nothing_and_comes_again(
    take_in: Callable[..., StatementFile], under_way: Act, lines: Act, read: Act
) -> None:
    payout = under_way()
    take_in(SampleStatement([entry(payout, status="PDNG")], opening=None), kind="054")
    assert (lines()[0].outcome, state_of(read, payout)) == ("not_booked", "sending")
    take_in(SampleStatement([entry(payout)]))
    assert (lines()[1].outcome, state_of(read, payout)) == ("matched", "paid")


def test_one_bad_line_stops_nothing(take_in: Callable[..., StatementFile], paid: Act, lines: Act) -> None:
    bad = SampleEntry(-5_00, reference="EUR", currency="EUR")
    file = take_in(SampleStatement([bad, entry(paid())]))
    assert (file.state, file.fault_count, file.line_count) == ("taken_in", 1, 1)
    assert "EUR" in file.faults[0]["da"]
    assert lines()[0].outcome == LineOutcome.MATCHED


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"not xml at all", "camt.053"),
        (statement_file(SampleStatement([], currency="EUR")), "EUR"),
        (b"<?xml version='1.0'?><Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'>", "skåret"),
        (b"", "camt.053"),
    ],
    ids=["other", "currency", "truncated", "empty"],
)
def test_a_file_that_is_none_of_ours_is_refused_in_words_and_kept(
    take_in: Callable[..., StatementFile], lines: Act, read: Act, content: bytes, word: str
) -> None:
    file = take_in(content=content)
    assert file.state == "refused"
    assert word in file.explanation["da"]
    assert lines() == []
    assert read(lambda session: b"".join(pieces_of(session, file.id))) == content


def test_a_statement_of_a_strange_account_is_refused_whole(
    municipality: Municipality,
    take_in: Callable[..., StatementFile],
    lines: Act,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = replace(municipality.tenant, bank_accounts=("DK50 0040 0440 1162 43",))
    monkeypatch.setattr("raaderum.reconciliation.taking_in.current_tenant", lambda: own)
    strange = SampleStatement([SampleEntry(-1_00, "B")], account="DK8330003616077842")
    file = take_in(SampleStatement([SampleEntry(-1_00, "A")]), strange)
    assert file.state == "refused"
    assert "DK8330003616077842" in file.explanation["da"]
    assert lines() == []
    assert take_in(SampleStatement([SampleEntry(-1_00, "A")])).state == "taken_in"
    assert ACCOUNT == "DK5000400440116243"


def test_balances_are_added_up_and_gaps_are_named(take_in: Callable[..., StatementFile], read: Act) -> None:
    day = clock.today() - timedelta(days=3)
    right = SampleStatement([SampleEntry(-1_00, "A")], opening=10_00, number=1, until=day)
    wrong = SampleStatement(
        [SampleEntry(-1_00, "B")], opening=9_00, closing=7_00, number=2, until=day + timedelta(days=1)
    )
    later = SampleStatement([], opening=6_00, closing=6_00, number=3, until=day + timedelta(days=2))
    take_in(right, wrong, later)
    rows = read(lambda session: session.scalars(select(Statement).order_by(Statement.number)).all())
    assert [row.difference for row in rows] == [0, 1_00, 0]
    (gap,) = read(gaps)
    assert (gap.statement_id, gap.closed_before, gap.opening) == (rows[2].id, 7_00, 6_00)


def test_a_person_matches_a_paid_payment_alone_and_an_open_one_with_a_colleague(
    municipality: Municipality, take_in: Callable[..., StatementFile], under_way: Act, lines: Act, act: Act,
    read: Act, refused: Act,
) -> None:  # fmt: skip
    payout, officer = under_way(), municipality.finance_officer
    with municipality.at_work():
        colleague = hire("Finn Finans", Role.FINANCE_OFFICER)
    take_in(SampleStatement([SampleEntry(-FIRST, "P1", booked_on=clock.today())]))
    line_id = lines()[0].id
    with refused(NothingProposed):
        act(confirm_line, line_id, by=colleague)
    act(match_line, line_id, payout_id=payout.id, note="Set på udtoget", by=officer)
    assert state_of(read, payout) == PayoutState.SENDING
    with refused(OwnLineProposal):
        act(confirm_line, line_id, by=officer)
    act(confirm_line, line_id, by=colleague)
    assert (lines()[0].outcome, state_of(read, payout)) == ("matched", "paid")
    with refused(LineMoveForbidden):
        act(dismiss_line, line_id, because="nej", by=officer)


def test_a_person_says_that_money_in_was_a_payment_coming_back(
    municipality: Municipality, take_in: Callable[..., StatementFile], paid: Act, lines: Act, act: Act,
    money_of: Act, case: Case,
) -> None:  # fmt: skip
    payout = paid()
    with municipality.at_work():
        colleague = hire("Finn Finans", Role.FINANCE_OFFICER)
    take_in(SampleStatement([entry(payout), entry(payout, 500_00, reference="IN")]))
    line = lines()[1]
    assert (line.outcome, line.because) == ("suggested", Because.MONEY_CAME_IN)
    act(match_line, line.id, payout_id=payout.id, note="", by=municipality.finance_officer)
    act(confirm_line, line.id, by=colleague)
    assert lines()[1].outcome == LineOutcome.RETURNED
    assert money_of(case)["spent"] == FIRST - 500_00


def test_a_choice_that_cannot_be_is_refused(
    municipality: Municipality, take_in: Callable[..., StatementFile], under_way: Act, paid: Act, lines: Act,
    act: Act, refused: Act,
) -> None:  # fmt: skip
    matched, open_one = paid(SECOND), under_way()
    take_in(SampleStatement([entry(matched), SampleEntry(-2_00, "Z1"), SampleEntry(2_00, "Z2")]))
    out, into = lines()[1].id, lines()[2].id
    by = {"note": "", "by": municipality.finance_officer}
    with refused(PayoutDoesNotFit):
        act(match_line, out, payout_id=open_one.id, **by)
    with refused(PayoutOnTheBankAlready):
        act(match_line, out, payout_id=matched.id, **by)
    with refused(PayoutDoesNotFit):
        act(match_line, into, payout_id=open_one.id, **by)
    with refused(NotFound):
        act(match_line, into, payout_id=new_id(), **by)
    act(dismiss_line, out, because="Gebyr til banken", by=municipality.finance_officer)
    (waiting,) = act(work_queue, None, most=10, by=municipality.finance_officer)
    assert waiting.row.id == into


def test_the_same_file_sent_twice_at_once_is_read_once(
    municipality: Municipality, read: Act, app: Flask
) -> None:
    content = statement_file(SampleStatement([SampleEntry(-1_00, "A")]))

    def send() -> str:
        with unit_of_work() as session:
            by = municipality.finance_officer
            return take_in_statement(session, io.BytesIO(content), file_name="a.xml", by=by).state

    states = race(app, municipality, [send] * 4)
    assert sorted(map(str, states)) == ["duplicate", "duplicate", "duplicate", "taken_in"]
    assert read(line_counts) == {LineOutcome.WAITING: 1}


def test_the_worker_matches_what_was_taken_in(
    municipality: Municipality, act: Act, paid: Act, lines: Act, do_work: Callable[[], int]
) -> None:
    content = io.BytesIO(statement_file(SampleStatement([entry(paid())])))
    act(take_in_statement, content, file_name="a.xml", by=municipality.finance_officer)
    assert lines()[0].outcome == LineOutcome.WAITING
    assert do_work() == 1
    assert lines()[0].outcome == LineOutcome.MATCHED


def test_another_municipality_sees_nothing_of_it(
    take_in: Callable[..., StatementFile], app: Flask, tmp_path: Path,
    lines: Act,
) -> None:  # fmt: skip
    file = take_in(SampleStatement([SampleEntry(-1_00, "A")]))
    assert lines()
    elsewhere = found_municipality(app, like="lejre", files=tmp_path)
    with elsewhere.at_work(), reading() as session:
        assert work_queue(session, None, most=10, by=elsewhere.finance_officer) == []
        with pytest.raises(NotFound):
            get_file(session, file.id, by=elsewhere.finance_officer)


def test_the_proof_holds_when_everything_agrees_and_names_what_does_not(
    municipality: Municipality, take_in: Callable[..., StatementFile], under_way: Act, act: Act,
) -> None:  # fmt: skip
    payout = under_way()
    today = clock.today()
    take_in(SampleStatement([entry(payout)], until=today))
    days = {"first_day": today, "last_day": today, "by": municipality.finance_officer}
    right = act(prove, **days)
    assert (right.holds, right.remainders) == (True, [])
    take_in(
        SampleStatement(
            [SampleEntry(-3_00, "STRANGE", booked_on=today)], number=2, opening=998_750_00, until=today
        )
    )
    wrong = act(prove, **days)
    assert not wrong.holds
    (left,) = wrong.remainders
    assert (left["against"], left["left"], left["theirs"], left["thing"]) == (
        "bank",
        "only_theirs",
        3_00,
        "line",
    )


def test_a_row_changed_behind_the_ledgers_back_is_found(
    municipality: Municipality, paid: Act, as_administrator: Callable[[str], None], case: Case
) -> None:
    payout = paid()
    as_administrator(f"update payout set amount = amount + 1 where id = '{payout.id}'")  # noqa: S608 - our own id
    with municipality.at_work():
        found = prove_tonight()
    assert not found.holds
    assert {(one["thing_id"], one["theirs"] - one["ours"]) for one in found.remainders} >= {
        (str(case.enrolment_id), 1)
    }


def test_money_of_other_cases_is_not_touched(
    municipality: Municipality, take_in: Callable[..., StatementFile], under_way: Act, money_of: Act
) -> None:
    other = case_with_grant(municipality)
    before = money_of(other)
    take_in(SampleStatement([entry(under_way())]))
    assert money_of(other) == before
    assert PRICE

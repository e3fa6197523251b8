"""The nightly proof finds what only somebody with the database's highest rights could have done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import trial_balance
from raaderum.testing.cases import Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.payouts.tables import Payout
    from raaderum.testing.municipality import Municipality

BREACHES = [
    (
        "transactions_that_do_not_sum_to_zero",
        (
            "update ledger_entry set amount = amount + 1 where ctid = (select min(ctid) from ledger_entry"
            " where tenant_id = :tenant and amount > 0)"
        ),
    ),
    (
        "transactions_without_entries",
        (
            "insert into ledger_transaction (tenant_id, id, key, kind, subject_id, occurred_on)"
            " values (:tenant, gen_random_uuid(), 'planted', 'grant', gen_random_uuid(), current_date)"
        ),
    ),
    (
        "entries_without_an_account",
        "delete from ledger_account where tenant_id = :tenant and kind = 'clearing'",
    ),
    (
        "kept_balances_that_differ_from_their_entries",
        "update ledger_account set balance = balance + 1 where tenant_id = :tenant and kind = 'available'",
    ),
]


@pytest.fixture
def booked(case: Case, invoice: Callable[..., Payout], do_work: Callable[[], int]) -> Municipality:
    """A municipality with one payment behind it."""
    invoice(approved_purchase(case))
    do_work()
    return case.municipality


@pytest.mark.usefixtures("booked")
def test_books_that_nobody_touched_hold(read: Callable[..., Any]) -> None:
    proof = read(prove_books)
    assert proof.holds
    assert {name for name, _ in BREACHES} < set(proof.breaches)
    assert set(proof.breaches.values()) == {0}


@pytest.mark.usefixtures("booked")
@pytest.mark.parametrize(("breach", "planted"), BREACHES)
def test_a_planted_breach_is_found_by_its_name(
    read: Callable[..., Any], as_administrator: Callable[[str], None], breach: str, planted: str
) -> None:
    as_administrator(planted)
    proof = read(prove_books)
    assert not proof.holds
    assert proof.breaches[breach] >= 1


@pytest.mark.usefixtures("booked")
def test_money_out_of_nowhere_shows_in_the_trial_balance(
    read: Callable[..., Any], as_administrator: Callable[[str], None]
) -> None:
    as_administrator(BREACHES[0][1])
    assert sum(row.summed for row in read(trial_balance)) == 1


@pytest.mark.usefixtures("booked")
def test_the_proof_looks_at_one_municipality_only(
    read: Callable[..., Any], as_administrator: Callable[[str], None], new_municipality: Callable[..., Any]
) -> None:
    elsewhere = new_municipality()
    for _, planted in BREACHES:
        as_administrator(planted.replace(":tenant", f"'{elsewhere.id}'"))
    assert read(prove_books).holds


@pytest.mark.usefixtures("booked")
@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_entry set amount = 0",
        "delete from ledger_entry",
        "truncate ledger_transaction cascade",
        "update ledger_account set balance = 0",
        "update audit_entry set event = 'x'",
    ],
)
def test_the_application_itself_cannot_rewrite_the_books(act: Callable[..., Any], statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        act(lambda session: session.execute(text(statement)))

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement, trial_balance
from raaderum.persistence.unit_of_work import reading
from raaderum.testing.cases import approved_purchase, case_with_grant

if TYPE_CHECKING:
    from raaderum.testing.municipality import Municipality


def test_an_approved_purchase_sets_its_money_aside(municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    approved_purchase(case)
    with municipality.at_work(), reading() as session:
        statement = budget_statement(session, case.enrolment_id)
        assert (statement.granted, statement.available, statement.committed) == (
            20_000_00,
            7_500_00,
            12_500_00,
        )
        assert prove_books(session).holds
        assert sum(row.summed for row in trial_balance(session)) == 0

"""Many invoices approved at once: tried out first, and one bad one stops no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.invoices.bulk import (
    NothingChosen,
    TooManyAtOnce,
    approve_one_by_one,
    approve_together,
    try_out,
)
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import RoleMayNot
from raaderum.testing.cases import SUPPLIER, Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.invoices.tables import InboxInvoice


@pytest.fixture
def chosen(case: Case, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]) -> list[UUID]:
    """Two invoices that each fit what is left of one purchase, of which only one can be paid, and a third."""
    purchase, other = approved_purchase(case, Oere(3_000_00)), approved_purchase(case, Oere(1_000_00))
    files = [invoice_for(purchase, number=number, amount_with_vat=2_000_00) for number in ("F-1", "F-2")]
    return [receive(content).id for content in (*files, invoice_for(other, number="F-3"))]


def test_trying_out_tells_what_would_fail_and_keeps_nothing(
    case: Case, chosen: list[UUID], act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    before = read(budget_statement, case.enrolment_id)
    result = act(try_out, None, by=case.municipality.finance_officer)
    assert {one.invoice_id for one in result.lines} == set(chosen)
    assert (len(result.approved), result.total) == (2, 3_000_00)
    assert [one.problem_code for one in result.failed] == ["invoice_above_committed"]
    assert result.by_supplier == {SUPPLIER: 3_000_00}
    assert sum(result.by_account.values()) == 3_000_00
    assert read(budget_statement, case.enrolment_id) == before


@pytest.mark.parametrize("together", [True, False])
def test_what_fits_is_approved_once_however_often_it_is_clicked(
    case: Case, chosen: list[UUID], act: Callable[..., Any], read: Callable[..., Any], *, together: bool
) -> None:
    finance = case.municipality.finance_officer

    def approve() -> Any:  # noqa: ANN401 - what became of them
        if together:
            return act(approve_together, chosen, by=finance)
        with case.municipality.at_work():
            return approve_one_by_one(chosen, by=finance)

    first, second = approve(), approve()
    assert [len(one.approved) for one in (first, second)] == [2, 0]
    assert [len(one.failed) for one in (first, second)] == [1, 1]
    assert sum(one.was_approved for one in second.lines) == 2
    assert read(budget_statement, case.enrolment_id).in_payment == 3_000_00
    assert read(prove_books).holds


def test_nothing_too_much_or_unknown_is_refused(
    case: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    finance = case.municipality.finance_officer
    for ids, error in (
        (None, NothingChosen),
        ([], NothingChosen),
        ([uuid4() for _ in range(501)], TooManyAtOnce),
        ([uuid4()], NotFound),
    ):
        with refused(error):
            act(try_out, ids, by=finance)
    with refused(RoleMayNot):
        act(try_out, None, by=case.municipality.coordinator)

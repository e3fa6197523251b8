from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.service import entries_before
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, AmountNotPositive, PostingKeyReused
from raaderum.ledger.service import summed_balance, trial_balance
from raaderum.people.roles import RoleMayNot
from raaderum.plans.service import fund_pool
from raaderum.programmes.directory import ProgrammeUnknown
from raaderum.programmes.installed import programme_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.testing.municipality import Municipality

PROGRAMME = "mit-liv-min-styring"


@pytest.fixture
def fund(municipality: Municipality, act: Callable[..., Any]) -> Callable[..., Any]:
    """Set 1,000 kr. aside, or what is told instead."""

    def do(programme: str = PROGRAMME, **told: Any) -> Any:  # noqa: ANN401 - the transaction's id
        usual = {"amount": Oere(1_000_00), "by": municipality.finance_officer, "key": "2026"}
        return act(fund_pool, programme, **{**usual, **told})

    return do


@pytest.fixture
def pool(read: Callable[..., Any]) -> Callable[[], int]:
    """Return what the programme's pool holds, in øre."""

    def balance(session: Session) -> int:
        return summed_balance(session, Account(AccountKind.POOL, programme_id(PROGRAMME)))

    return lambda: int(read(balance))


def test_money_set_aside_is_in_the_pool_and_missing_outside(
    fund: Callable[..., Any], pool: Callable[[], int], read: Callable[..., Any]
) -> None:
    fund()
    fund(key="2027", amount=Oere(500_00))
    assert pool() == 1_500_00
    assert {row.kind: row.summed for row in read(trial_balance)} == {
        AccountKind.FUNDING: -1_500_00,
        AccountKind.POOL: 1_500_00,
    }


def test_the_same_key_funds_once_and_is_logged_once(
    fund: Callable[..., Any], pool: Callable[[], int], read: Callable[..., Any]
) -> None:
    assert fund() == fund() == fund()
    assert pool() == 1_000_00
    entries = read(entries_before, None, most=100)
    assert [entry.detail["amount"] for entry in entries if entry.event == "pool.funded"] == [1_000_00]


def test_the_same_key_with_another_amount_is_refused(
    fund: Callable[..., Any], pool: Callable[[], int], refused: Callable[..., Any]
) -> None:
    fund()
    with refused(PostingKeyReused) as refusal:
        fund(amount=Oere(1_000_01))
    assert refusal.code == "posting_key_reused"
    assert "findes allerede med et andet indhold" in refusal.danish
    assert pool() == 1_000_00


@pytest.mark.parametrize("amount", [0, -1_000_00])
def test_nothing_or_less_is_refused(
    fund: Callable[..., Any], refused: Callable[..., Any], amount: int
) -> None:
    with refused(AmountNotPositive):
        fund(amount=Oere(amount))


def test_a_programme_that_nobody_has_gets_no_money(
    fund: Callable[..., Any], refused: Callable[..., Any], read: Callable[..., Any]
) -> None:
    with refused(ProgrammeUnknown) as refusal:
        fund("mit-liv-min-styrring")
    assert "Vælg en fra listen over ordninger" in refusal.danish
    assert read(trial_balance) == []


def test_only_finance_sets_money_aside(
    municipality: Municipality, fund: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    for by in (municipality.coordinator, municipality.team_leader, municipality.administrator):
        with refused(RoleMayNot):
            fund(by=by)

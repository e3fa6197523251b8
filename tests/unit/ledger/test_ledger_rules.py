from __future__ import annotations

from uuid import UUID

import pytest

from raaderum.kernel.money import Oere
from raaderum.ledger.rules import (
    BUDGET_ACCOUNTS,
    CARD_ACCOUNTS,
    PROGRAMME_ACCOUNTS,
    Account,
    AccountKind,
    AmountNotPositive,
    Move,
    NotEnoughMoney,
)

OWNER, OTHER = UUID(int=1), UUID(int=2)


def test_an_account_is_found_by_what_it_is_for_and_whose_it_is() -> None:
    ids = {Account(kind, owner).id for kind in AccountKind for owner in (OWNER, OTHER)}
    assert len(ids) == 2 * len(AccountKind)
    assert Account(AccountKind.POOL, OWNER).id == Account(AccountKind.POOL, OWNER).id


def test_only_the_citizens_own_accounts_are_guarded() -> None:
    guarded = {kind for kind in AccountKind if kind.is_guarded}
    assert guarded == {*BUDGET_ACCOUNTS, AccountKind.CARD, AccountKind.CARD_HELD}
    assert set(CARD_ACCOUNTS) - guarded == {AccountKind.OVERDRAFT}
    assert not set(BUDGET_ACCOUNTS) & set(PROGRAMME_ACCOUNTS)


@pytest.mark.parametrize("amount", [0, -1, -50_000_00])
def test_a_move_of_nothing_or_less_is_refused(amount: int) -> None:
    with pytest.raises(AmountNotPositive) as refused:
        Move(Oere(amount), Account(AccountKind.POOL, OWNER), Account(AccountKind.AVAILABLE, OWNER))
    assert "Beløbet skal være over 0 kr." in refused.value.message.danish


def test_not_enough_money_tells_both_figures_and_what_to_do() -> None:
    told = NotEnoughMoney(available="7.500,00 kr.", wanted="7.500,01 kr.").message.danish
    assert "7.500,00 kr. tilbage, 7.500,01 kr. ønsket" in told
    assert "Sæt beløbet ned" in told

"""Orders that nobody should send: answered, never raised on, and never paid where they cannot be meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from raaderum.plugin_api import Accepted, BankAccount, Completed, Oere, Payee, Refused, Unknown
from raaderum.testing.payout_contract.subject import Subject, is_done

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.plugin_api import PaymentOrder

KEY = "contract-nonsense-1"

_ODD: Final[dict[str, Callable[[PaymentOrder], PaymentOrder]]] = {
    "no words at all": lambda one: replace(
        one, payee=replace(one.payee, name=""), purpose="", code="", account="", invoice_number=""
    ),
    "very long words": lambda one: replace(
        one, payee=replace(one.payee, name="Å" * 10_000), purpose="x" * 10_000, invoice_number="9" * 10_000
    ),
    "control characters": lambda one: replace(
        one, payee=replace(one.payee, name="Mia\x00\x1b[31m\r\n"), purpose="\x00\ufffe", invoice_number="\t"
    ),
    "markup": lambda one: replace(
        one, payee=replace(one.payee, name="</Nm><Amt>1</Amt>"), purpose="]]>&amp;<!--", code="'; drop--"
    ),
    "other scripts": lambda one: replace(
        one, payee=replace(one.payee, name="עברית 🌱 \u202egnol"), purpose="漢字 \U0001f600"
    ),
    "a formula": lambda one: replace(one, payee=replace(one.payee, name="=1+1"), purpose="@SUM(A1)"),
    "half a surrogate": lambda one: replace(one, payee=replace(one.payee, name="\ud800"), purpose="\udfff"),
    "long ago": lambda one: replace(one, due_on=date(1900, 1, 1)),
    "far ahead": lambda one: replace(one, due_on=date.max),
    "more than there is": lambda one: replace(one, amount=Oere(10**18)),
    "a payee of nothing but a name": lambda one: replace(one, payee=Payee(one.payee.name)),
    "wrong numbers": lambda one: replace(
        one, payee=Payee(one.payee.name, cvr="0", cpr="x", account=BankAccount("1", "a", "DK00"))
    ),
}


class BearsNonsense(Subject):
    """Whatever is asked, the answer is an outcome; core's own checks are not relied upon."""

    @pytest.mark.parametrize("odd", _ODD)
    def test_an_odd_order_is_answered_and_paid_at_most_once(self, odd: str, tmp_path: Path) -> None:
        provider, order = self.provider(tmp_path), _ODD[odd](self.order())
        told = [provider.send(order, KEY) for _ in range(2)]
        assert all(isinstance(one, Completed | Accepted | Refused | Unknown) for one in told)
        assert self.effects_of(tmp_path, KEY) <= 1
        if isinstance(told[0], Refused):
            assert self.effects_of(tmp_path, KEY) == 0
        good = self.provider(tmp_path).send(self.order(2), f"{KEY}-good")
        assert is_done(good), "one odd order must not stop the next"

    @pytest.mark.parametrize("amount", [0, -1, -100_00])
    def test_nothing_and_less_is_refused(self, amount: int, tmp_path: Path) -> None:
        told = self.provider(tmp_path).send(replace(self.order(), amount=Oere(amount)), KEY)
        assert isinstance(told, Refused)
        assert self.effects_of(tmp_path, KEY) == 0

    def test_more_than_the_limit_is_refused(self, tmp_path: Path) -> None:
        limit = self.kind.manifest.limits.per_payment
        if limit is None:
            pytest.skip("the manifest names no limit")
        told = self.provider(tmp_path).send(replace(self.order(), amount=Oere(limit + 1)), KEY)
        assert isinstance(told, Refused)
        assert self.effects_of(tmp_path, KEY) == 0

    @pytest.mark.parametrize("key", ["k" * 255, "nøgle æøå", "../../etc", "key with spaces", "'"])
    def test_an_odd_key_is_a_key_like_any_other(self, key: str, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        assert provider.look_up(key) is None
        told = [provider.send(self.order(), key) for _ in range(2)]
        assert self.effects_of(tmp_path, key) == int(is_done(told[0]))

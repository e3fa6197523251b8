"""One key, one effect: repeated, at the same time, after a time-out, after a restart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Cancels, Capability, Erases, Refused, Unknown
from raaderum.testing.payout_contract.subject import Subject, as_the_core_takes_it, is_done

if TYPE_CHECKING:
    from pathlib import Path

    from raaderum.plugin_api import Outcome

KEY, OTHER_KEY = "contract-key-1", "contract-key-2"
THREADS = 8
NEVER_ARRIVED = Unknown("never arrived")


class HasEffectOnce(Subject):
    """However often and from wherever an order is sent with one key, it is carried out once."""

    def test_the_same_key_twice_has_one_effect(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        first, second = (provider.send(self.order(), KEY) for _ in range(2))
        assert is_done(first)
        assert is_done(second)
        assert self.effects_of(tmp_path, KEY) == 1

    def test_two_keys_have_two_effects(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        assert is_done(provider.send(self.order(1), KEY))
        assert is_done(provider.send(self.order(2), OTHER_KEY))
        assert [self.effects_of(tmp_path, key) for key in (KEY, OTHER_KEY)] == [1, 1]

    def test_a_key_that_never_arrived_is_not_known(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        provider.send(self.order(), KEY)
        assert provider.look_up(OTHER_KEY) is None
        assert self.effects_of(tmp_path, OTHER_KEY) == 0

    def test_a_look_up_says_the_same_as_the_answer_and_changes_nothing(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        assert provider.look_up(KEY) is None
        assert is_done(provider.send(self.order(), KEY))
        assert all(is_done(provider.look_up(KEY)) for _ in range(3))
        assert self.effects_of(tmp_path, KEY) == 1

    def test_a_restart_forgets_no_key(self, tmp_path: Path) -> None:
        self.provider(tmp_path).send(self.order(), KEY)
        restarted = self.provider(tmp_path)
        assert is_done(restarted.look_up(KEY))
        assert is_done(restarted.send(self.order(), KEY))
        assert self.effects_of(tmp_path, KEY) == 1

    def test_the_same_key_from_many_threads_has_one_effect(self, tmp_path: Path) -> None:
        provider, start = self.provider(tmp_path), Barrier(THREADS)

        def send(_number: int) -> Outcome:
            start.wait()
            return as_the_core_takes_it(lambda: provider.send(self.order(), KEY))

        with ThreadPoolExecutor(THREADS) as pool:
            told = list(pool.map(send, range(THREADS)))
        assert self.effects_of(tmp_path, KEY) == 1
        assert any(map(is_done, told))
        assert not any(isinstance(outcome, Refused) for outcome in told), "a refusal would be paid again"

    def test_many_orders_from_many_threads_all_have_their_effect(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        with ThreadPoolExecutor(THREADS) as pool:
            told = list(
                pool.map(lambda number: provider.send(self.order(number), f"{KEY}-{number}"), range(1, 17))
            )
        assert all(map(is_done, told))
        assert {self.effects_of(tmp_path, f"{KEY}-{number}") for number in range(1, 17)} == {1}

    def test_what_comes_back_is_booked_once_under_a_key_of_its_own(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        provider.send(self.order(), KEY)
        first, second = (provider.take_back(self.order(), OTHER_KEY) for _ in range(2))
        assert type(first) is type(second)
        if not is_done(first):
            pytest.skip(f"{self.kind.identifier} takes nothing back: {first}")
        assert [self.effects_of(tmp_path, key) for key in (KEY, OTHER_KEY)] == [1, 1]
        assert is_done(self.provider(tmp_path).look_up(OTHER_KEY))

    def test_a_time_out_after_the_effect_is_unknown_until_it_is_looked_up(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        with self.silence(tmp_path, after_doing=True):
            told = as_the_core_takes_it(lambda: provider.send(self.order(), KEY))
        assert isinstance(told, Unknown), f"a time-out was told as {told}"
        assert is_done(provider.look_up(KEY))
        assert is_done(provider.send(self.order(), KEY))
        assert self.effects_of(tmp_path, KEY) == 1

    def test_a_time_out_before_the_effect_is_unknown_too_and_can_be_sent_again(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        with self.silence(tmp_path, after_doing=False):
            told = as_the_core_takes_it(lambda: provider.send(self.order(), KEY))
        assert isinstance(told, Unknown), f"a time-out was told as {told}"
        assert not is_done(provider.look_up(KEY))
        assert is_done(provider.send(self.order(), KEY))
        assert self.effects_of(tmp_path, KEY) == 1

    def test_a_look_up_that_gets_no_answer_does_not_say_that_the_order_never_arrived(
        self, tmp_path: Path
    ) -> None:
        provider = self.provider(tmp_path)
        provider.send(self.order(), KEY)
        with self.silence(tmp_path, after_doing=False):
            told = as_the_core_takes_it(lambda: provider.look_up(KEY) or NEVER_ARRIVED)
        assert told is not NEVER_ARRIVED, "the core would send it a second time"

    def test_a_refusal_is_told_as_one_and_has_no_effect(self, tmp_path: Path) -> None:
        provider = self.provider(tmp_path)
        with self.refusal(tmp_path):
            told = provider.send(self.order(), KEY)
        assert isinstance(told, Refused)
        assert told.reason.danish
        assert told.reason.english
        assert self.effects_of(tmp_path, KEY) == 0

    def test_erasing_a_person_keeps_the_money(self, tmp_path: Path) -> None:
        self.needs(Capability.ERASE)
        provider = self.provider(tmp_path)
        told = provider.send(self.order(), KEY)
        assert isinstance(provider, Erases)
        provider.erase([self.order().payout_id])
        provider.erase([self.order().payout_id])
        assert self.effects_of(tmp_path, KEY) == 1
        assert is_done(provider.look_up(KEY))
        assert type(provider.send(self.order(), KEY)) is type(told)
        assert self.effects_of(tmp_path, KEY) == 1

    def test_calling_back_is_answered_with_an_outcome(self, tmp_path: Path) -> None:
        self.needs(Capability.CANCEL)
        provider = self.provider(tmp_path)
        provider.send(self.order(), KEY)
        assert isinstance(provider, Cancels)
        first = as_the_core_takes_it(lambda: provider.cancel(self.order(), KEY))
        second = as_the_core_takes_it(lambda: provider.cancel(self.order(), KEY))
        assert type(first) is type(second)

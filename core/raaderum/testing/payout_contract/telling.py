"""What the counterpart tells unasked: proven, and the same in whatever order and however often it comes."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

import pytest

from raaderum.kernel import clock
from raaderum.plugin_api import (
    CallbackForged,
    Capability,
    Completed,
    Refused,
    StatusUnreadable,
    TellsByCallback,
    TellsByFile,
    TellsMovements,
)
from raaderum.testing.payout_contract.subject import Subject, final_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from raaderum.plugin_api import Outcome, Told

KEYS = ("contract-told-1", "contract-told-2", "contract-told-3")
MOST_ORDERS = 24
Piece = TypeVar("Piece")
DAY = timedelta(days=1)
NONSENSE = (b"", b"\x00" * 64, b"nonsense", b"<?xml version='1.0'?><a/>", b"MZ\x90\x00", "æøå;1".encode())


class TellsTheSameInAnyOrder(Subject):
    """Callbacks, status files and movements."""

    def test_callbacks_repeated_and_out_of_order_end_the_same(self, tmp_path: Path) -> None:
        provider = self._callbacks(tmp_path)
        callbacks = self.callbacks_about(tmp_path, KEYS[0])
        assert callbacks
        for order in _orders([*callbacks, *callbacks]):
            told = itertools.chain.from_iterable(provider.read_callback(one).told for one in order)
            ends = _ends(told)
            assert isinstance(ends.get(KEYS[0]), Completed | Refused), "the callbacks do not say how it ended"
            assert ends == _ends(
                itertools.chain.from_iterable(provider.read_callback(one).told for one in callbacks)
            )

    def test_a_repeated_callback_has_the_same_event_id_and_another_one_another(self, tmp_path: Path) -> None:
        provider = self._callbacks(tmp_path)
        callbacks = self.callbacks_about(tmp_path, KEYS[0])
        first = [provider.read_callback(one) for one in callbacks]
        assert first == [self._callbacks(tmp_path).read_callback(one) for one in callbacks]
        bodies = {one.body for one in callbacks}
        assert len({message.event_id for message in first}) == len(bodies)
        assert all(message.event_id for message in first)

    def test_a_callback_changed_in_one_byte_is_forged(self, tmp_path: Path) -> None:
        provider = self._callbacks(tmp_path)
        genuine = self.callbacks_about(tmp_path, KEYS[0])[0]
        for place in range(0, len(genuine.body), max(1, len(genuine.body) // 40)):
            body = bytearray(genuine.body)
            body[place] ^= 1
            with pytest.raises(CallbackForged):
                provider.read_callback(replace(genuine, body=bytes(body)))
        for headers in ({}, {name: f"{value}0" for name, value in genuine.headers.items()}):
            with pytest.raises(CallbackForged):
                provider.read_callback(replace(genuine, headers=headers))

    @pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
    def test_a_callback_of_nonsense_is_forged(self, body: bytes, tmp_path: Path) -> None:
        provider = self._callbacks(tmp_path)
        genuine = self.callbacks_about(tmp_path, KEYS[0])[0]
        with pytest.raises(CallbackForged):
            provider.read_callback(replace(genuine, body=body))

    def test_a_callback_of_an_unknown_kind_tells_nothing(self, tmp_path: Path) -> None:
        message = self._callbacks(tmp_path).read_callback(self.callback_of_unknown_kind(tmp_path))
        assert message.told == ()
        assert message.event_id

    def test_status_files_repeated_and_out_of_order_end_the_same(self, tmp_path: Path) -> None:
        provider = self._status_files(tmp_path)
        files = self.status_files_about(tmp_path, KEYS)
        assert all(provider.recognises_status(content[:4096]) for content in files)
        ends = _ends(_told(provider, files))
        assert set(ends) == set(KEYS)
        assert all(isinstance(outcome, Completed | Refused) for outcome in ends.values())
        for order in _orders([*files, *files]):
            assert _ends(_told(provider, order)) == ends

    def test_a_status_file_that_breaks_off_says_nothing_else_than_the_whole(self, tmp_path: Path) -> None:
        provider = self._status_files(tmp_path)
        for content in self.status_files_about(tmp_path, KEYS):
            whole = list(_told(provider, [content]))
            for share in range(1, 10):
                told = _told_until_it_breaks(provider, content[: len(content) * share // 10])
                assert told == whole[: len(told)]

    @pytest.mark.parametrize("content", NONSENSE, ids=range(len(NONSENSE)))
    def test_nonsense_is_no_status_file(self, content: bytes, tmp_path: Path) -> None:
        provider = self._status_files(tmp_path)
        assert not provider.recognises_status(content)
        assert _told_until_it_breaks(provider, content) == []

    def test_movements_are_what_was_carried_out(self, tmp_path: Path) -> None:
        self.needs(Capability.MOVEMENTS)
        provider = self.provider(tmp_path)
        before = clock.now() - DAY
        orders = {key: self.order(number) for number, key in enumerate(KEYS, start=1)}
        for key, order in orders.items():
            provider.send(order, key)
            provider.send(order, key)
        assert isinstance(provider, TellsMovements)
        moved = list(provider.movements(before, clock.now() + DAY))
        assert len({one.reference for one in moved}) == len(moved)
        assert [one.moved_at for one in moved] == sorted(one.moved_at for one in moved)
        amounts = {one.idempotency_key or one.code: one.amount for one in moved}
        wanted = [{key: order.amount, order.code: order.amount} for key, order in orders.items()]
        assert all(set(one.items()) & set(amounts.items()) for one in wanted)
        assert len(moved) == sum(self.effects_of(tmp_path, key) for key in KEYS)
        assert list(provider.movements(before - DAY, before)) == []

    def _callbacks(self, folder: Path) -> TellsByCallback:
        self.needs(Capability.CALLBACKS)
        provider = self.provider(folder)
        provider.send(self.order(), KEYS[0])
        assert isinstance(provider, TellsByCallback)
        return provider

    def _status_files(self, folder: Path) -> TellsByFile:
        self.needs(Capability.STATUS_FILES)
        provider = self.provider(folder)
        for number, key in enumerate(KEYS, start=1):
            provider.send(self.order(number), key)
        assert isinstance(provider, TellsByFile)
        return provider


def _orders(pieces: Sequence[Piece]) -> Iterable[Sequence[Piece]]:
    return itertools.islice(itertools.permutations(pieces), MOST_ORDERS)


def _told(provider: TellsByFile, files: Iterable[bytes]) -> Iterable[Told]:
    return itertools.chain.from_iterable(provider.read_status(BytesIO(content)) for content in files)


def _told_until_it_breaks(provider: TellsByFile, content: bytes) -> list[Told]:
    told: list[Told] = []
    with contextlib.suppress(StatusUnreadable):
        told.extend(provider.read_status(BytesIO(content)))
    return told


def _ends(told: Iterable[Told]) -> Mapping[str, Outcome]:
    """Return how each order stands after everything that was told, in the order in which it was."""
    by_key: dict[str, list[Outcome]] = {}
    for one in told:
        by_key.setdefault(one.idempotency_key, []).append(one.outcome)
    return {key: end for key, outcomes in by_key.items() if (end := final_of(outcomes))}

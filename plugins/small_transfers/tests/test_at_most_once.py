"""One key is one file: repeated, at once, and killed at every call to the disk."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Accepted, Oere, Refused, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import PaymentBatch, PaymentOrder
    from raaderum_small_transfers.provider import SmallTransfers

    Batch = Callable[..., PaymentBatch]
    Order = Callable[..., PaymentOrder]
    Files = Callable[[], list[Path]]

PROCESS = Path(__file__).with_name("sending_process.py")
BATCHES = 2
CALLS = 16
"""More than sending one batch makes: the last ones die in the second batch, or not at all."""


def test_the_same_key_again_is_the_same_file(
    provider: SmallTransfers,
    configured: Callable[..., SmallTransfers],
    an_order: Order,
    a_batch: Batch,
    outgoing: Files,
) -> None:
    batch = a_batch([an_order(1), an_order(2)])
    first = provider.send_batch(batch)
    assert provider.send_batch(batch) == configured().send_batch(batch) == first
    assert len(outgoing()) == 1
    assert provider.look_up("run:1") == first
    assert all(provider.look_up(one.idempotency_key) == first for one in batch.orders)


def test_a_file_that_the_bank_has_taken_away_is_not_written_again(
    provider: SmallTransfers, an_order: Order, a_batch: Batch, outgoing: Files
) -> None:
    batch = a_batch([an_order()])
    first = provider.send_batch(batch)
    outgoing()[0].unlink()
    assert provider.send_batch(batch) == first
    assert outgoing() == []


def test_single_orders_are_files_of_one_and_sent_once(
    provider: SmallTransfers, an_order: Order, outgoing: Files
) -> None:
    outcomes = {provider.send(an_order(), "key") for _ in range(3)}
    assert len(outcomes) == len(outgoing()) == 1
    assert provider.look_up("another") is None


def test_control_sums_that_differ_are_refused_and_nothing_is_sent(
    provider: SmallTransfers, an_order: Order, a_batch: Batch, outgoing: Files
) -> None:
    batch = a_batch([an_order(1), an_order(2)])
    for wrong in (replace(batch, count=3), replace(batch, total=Oere(batch.total + 1))):
        outcome = provider.send_batch(wrong)
        assert isinstance(outcome, Refused)
        assert outcome.code == "control_sums_differ"
    assert outgoing() == []
    assert provider.look_up("run:1") is None
    assert isinstance(provider.send_batch(batch), Accepted)


def test_a_key_with_other_payments_is_refused(
    provider: SmallTransfers, an_order: Order, a_batch: Batch, outgoing: Files
) -> None:
    provider.send_batch(a_batch([an_order(1)]))
    outcome = provider.send_batch(a_batch([an_order(2)]))
    assert isinstance(outcome, Refused)
    assert outcome.code == "key_reused"
    assert len(outgoing()) == 1


def test_an_order_of_another_file_does_not_go_out_again(
    provider: SmallTransfers, an_order: Order, a_batch: Batch, outgoing: Files
) -> None:
    provider.send_batch(a_batch([an_order(1)]))
    outcome = provider.send_batch(a_batch([an_order(2), an_order(1)], key="run:2"))
    assert isinstance(outcome, Refused)
    assert outcome.code == "order_sent_before"
    assert len(outgoing()) == 1
    assert provider.look_up("run:2") is None
    assert isinstance(provider.send_batch(a_batch([an_order(2)], key="run:2")), Accepted)


def test_many_threads_with_the_same_batch_write_one_file(
    configured: Callable[..., SmallTransfers], an_order: Order, a_batch: Batch, outgoing: Files
) -> None:
    batch = a_batch([an_order(number) for number in range(1, 50)])
    providers = [configured() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(lambda one: one.send_batch(batch), providers))
    assert len(outcomes) == len(outgoing()) == 1


@pytest.mark.parametrize("killed_at", range(1, CALLS + 1))
def test_killed_at_any_call_to_the_disk_each_key_is_one_file(
    folder: Path, outgoing: Files, killed_at: int
) -> None:
    told = _run(folder, killed_at)
    taken = {path.name for path in outgoing()}
    for path in outgoing():
        path.unlink()  # the bank takes what it finds
    again = {f"{reference}.xml" for reference in _run(folder)}
    later = {path.name for path in outgoing()}
    assert taken.isdisjoint(later)
    assert taken | later == again
    assert len(again) == BATCHES
    assert {f"{reference}.xml" for reference in told} <= taken


def test_a_disk_that_is_away_is_unknown_and_never_a_refusal(
    provider: SmallTransfers, an_order: Order, a_batch: Batch, folder: Path
) -> None:
    (folder / "sandbox").rename(folder / "away")
    assert isinstance(provider.send_batch(a_batch([an_order()])), Unknown)
    assert isinstance(provider.look_up("run:1"), Unknown)
    (folder / "away").rename(folder / "sandbox")
    assert isinstance(provider.send_batch(a_batch([an_order()])), Accepted)


def test_a_full_disk_is_unknown_and_a_repeat_sends_once(
    provider: SmallTransfers,
    an_order: Order,
    a_batch: Batch,
    outgoing: Files,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("raaderum_small_transfers.journal.Writing.add_batch", full)
        assert isinstance(provider.send_batch(a_batch([an_order()])), Unknown)
    assert outgoing() == []
    assert isinstance(provider.send_batch(a_batch([an_order()])), Accepted)
    assert len(outgoing()) == 1


def test_a_transfer_cannot_be_taken_back(provider: SmallTransfers, an_order: Order) -> None:
    outcome = provider.take_back(an_order(), "key")
    assert isinstance(outcome, Refused)
    assert provider.look_up("key") is None


def _run(folder: Path, killed_at: int = 0) -> list[str]:
    """Send two batches in a process of its own that may be killed; return the references it told."""
    ended = subprocess.run(
        [sys.executable, str(PROCESS), str(folder), str(BATCHES), str(killed_at)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr
    return ended.stdout.split()

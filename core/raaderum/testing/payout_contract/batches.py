"""Many orders together: counted, added up, sent once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from raaderum.plugin_api import (
    Capability,
    KeyedOrder,
    Oere,
    Outcome,
    PaymentBatch,
    Refused,
    SendsBatches,
    Unknown,
    today,
)
from raaderum.testing.payout_contract.subject import Subject, is_done

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BATCH_KEY = "contract-batch-1"
PIECES = 5


class BatchesAddUp(Subject):
    """A batch is refused where its control sums are wrong, and has its effect once where they are right."""

    def batch(self, pieces: int = PIECES) -> PaymentBatch:
        """Return a batch of good orders with right control sums."""
        orders = [KeyedOrder(self.order(number), f"{BATCH_KEY}-{number}") for number in range(1, pieces + 1)]
        return PaymentBatch(
            batch_id=UUID(int=1),
            idempotency_key=BATCH_KEY,
            made_at=datetime.combine(today(), time(8), UTC),
            execute_on=today(),
            count=len(orders),
            total=Oere(sum(one.order.amount for one in orders)),
            orders=orders,
        )

    def test_a_batch_sent_twice_pays_each_order_once(self, tmp_path: Path) -> None:
        batch = self.batch()
        for _ in range(2):
            assert all(map(is_done, self._outcomes(tmp_path, batch).values()))
        assert self._effects(tmp_path, batch) == [1] * PIECES

    def test_each_order_of_a_batch_can_be_looked_up_by_its_own_key(self, tmp_path: Path) -> None:
        batch = self.batch()
        self._outcomes(tmp_path, batch)
        restarted = self.provider(tmp_path)
        assert all(is_done(restarted.look_up(one.idempotency_key)) for one in batch.orders)
        assert restarted.look_up(f"{BATCH_KEY}-0") is None

    def test_an_order_of_a_batch_is_not_paid_again_on_its_own(self, tmp_path: Path) -> None:
        batch = self.batch()
        self._outcomes(tmp_path, batch)
        provider = self.provider(tmp_path)
        for one in batch.orders:
            provider.send(one.order, one.idempotency_key)
        assert self._effects(tmp_path, batch) == [1] * PIECES

    @pytest.mark.parametrize(("more", "kroner"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
    def test_a_batch_that_does_not_add_up_is_refused_whole(
        self, more: int, kroner: int, tmp_path: Path
    ) -> None:
        good = self.batch()
        wrong = replace(good, count=good.count + more, total=Oere(good.total + kroner * 100))
        told = self._outcomes(tmp_path, wrong)
        assert {type(outcome) for outcome in told.values()} == {Refused}
        assert self._effects(tmp_path, wrong) == [0] * PIECES
        assert all(map(is_done, self._outcomes(tmp_path, good).values()))

    def test_half_a_batch_is_told_order_by_order(self, tmp_path: Path) -> None:
        self.needs(Capability.BATCHES)
        batch = self.batch()
        with self.half_a_batch(tmp_path):
            told = self._outcomes(tmp_path, batch)
        effects = dict(zip(told, self._effects(tmp_path, batch), strict=True))
        assert {1, 0} == set(effects.values()), "half of it should have gone through"
        for key, outcome in told.items():
            assert effects[key] == int(is_done(outcome)) or isinstance(outcome, Unknown)

    def test_a_batch_that_is_too_long_is_refused(self, tmp_path: Path) -> None:
        self.needs(Capability.BATCHES)
        most = self.kind.manifest.limits.per_batch
        if most is None:
            pytest.skip("the manifest names no limit")
        wrong = replace(self.batch(), count=most + 1)
        assert {type(one) for one in self._outcomes(tmp_path, wrong).values()} == {Refused}

    def _outcomes(self, folder: Path, batch: PaymentBatch) -> Mapping[str, Outcome]:
        """Send the batch; return what was told of each order, in order, told apart or together."""
        self.needs(Capability.BATCHES)
        provider = self.provider(folder)
        assert isinstance(provider, SendsBatches)
        told = provider.send_batch(batch)
        keys = [one.idempotency_key for one in batch.orders]
        if isinstance(told, Outcome):
            return dict.fromkeys(keys, told)
        assert set(told) <= set(keys), "an outcome for an order that is not in the batch"
        return {key: told.get(key, Unknown("not told")) for key in keys}

    def _effects(self, folder: Path, batch: PaymentBatch) -> list[int]:
        return [self.effects_of(folder, one.idempotency_key) for one in batch.orders]

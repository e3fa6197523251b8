"""The whole contract, put together from its parts."""

from __future__ import annotations

from raaderum.testing.payout_contract.batches import BatchesAddUp
from raaderum.testing.payout_contract.discretion import KeepsSecrets
from raaderum.testing.payout_contract.effects import HasEffectOnce
from raaderum.testing.payout_contract.honesty import SaysWhatItCan
from raaderum.testing.payout_contract.nonsense import BearsNonsense
from raaderum.testing.payout_contract.telling import TellsTheSameInAnyOrder


class PayoutContract(
    HasEffectOnce, BatchesAddUp, TellsTheSameInAnyOrder, BearsNonsense, KeepsSecrets, SaysWhatItCan
):
    """Inherit it as `class TestContract(PayoutContract)` and say what `Subject` asks for.

    `kind`, `context` and `effects_of` are needed; every other method has a default. What a plugin
    has no counterpart or no capability for is skipped, with the reason.
    """

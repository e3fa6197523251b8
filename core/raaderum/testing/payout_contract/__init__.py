"""The contract that every payout plugin keeps, as tests to inherit: see docs/plugins/payout-contract.md."""

import pytest

pytest.register_assert_rewrite(
    *(
        f"raaderum.testing.payout_contract.{part}"
        for part in ("batches", "discretion", "effects", "honesty", "nonsense", "telling")
    )
)

from raaderum.testing.payout_contract.contract import PayoutContract  # noqa: E402 - rewritten first

__all__ = ["PayoutContract"]

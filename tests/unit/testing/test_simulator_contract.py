"""The simulator keeps the contract where no amount makes it lie."""

from __future__ import annotations

from raaderum.testing.simulator_contract import SimulatorContract


class TestContract(SimulatorContract):
    pass

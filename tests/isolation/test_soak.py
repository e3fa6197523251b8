from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from raaderum.testing.soak import SoakPlan, soak

if TYPE_CHECKING:
    from flask import Flask

SHORT = 2_000


def test_no_row_is_wrong_over_threads_forks_and_mishaps(app: Flask) -> None:
    seed = secrets.randbelow(10**6)
    print("seed", seed)  # noqa: T201 - shown where the test fails, to repeat it
    found = soak(app, SoakPlan(transactions=SHORT, threads=3, forks=2, seed=seed))
    assert found.wrong == 0, found
    assert found.transactions > 0.95 * SHORT
    assert found.errors_injected > SHORT / 5
    assert sum(found.kept.values()) > SHORT / 5

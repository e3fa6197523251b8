"""What tests of small transfers have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, update

from raaderum.persistence.outbox import OutboxWork
from raaderum.testing.small_transfers import Transfers

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def transfers(municipality: Municipality, settings: Settings) -> Transfers:
    return Transfers(municipality, settings.files_folder)


@pytest.fixture
def let_time_pass(act: Callable[..., Any]) -> Callable[[], None]:
    """Let work that was put off be due now."""

    def be_due(session: Session) -> None:
        session.execute(update(OutboxWork).values(due_at=func.now(), lease_until=None))

    return lambda: act(be_due)

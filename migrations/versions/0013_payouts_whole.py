"""Payouts whole: evidence, decisions on unknown outcomes, returns; purchase texts sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {}
"""What the application may do with each new table."""


def upgrade() -> None:
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)

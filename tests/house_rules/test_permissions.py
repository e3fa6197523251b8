"""The documented table of permissions is the one that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.people.permission_table import REACH_NAMES, permission_table
from raaderum.people.roles import PERMISSIONS, REACH, Act, Reach, Role

if TYPE_CHECKING:
    from pathlib import Path


def test_the_documented_table_is_the_one_that_decides(repository: Path) -> None:
    """Mend with: raaderum permissions."""
    written = (repository / "docs/permissions.md").read_text(encoding="utf-8")
    assert permission_table() in written


def test_every_act_and_every_role_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Act)
    assert set(REACH) == set(Role)
    assert set(REACH_NAMES) == set(Reach)
    table = permission_table()
    assert [act for act in Act if f"`{act}`" not in table] == []


def test_no_act_is_open_to_nobody() -> None:
    assert [act for act, roles in PERMISSIONS.items() if not roles] == []

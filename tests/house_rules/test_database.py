from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.mapped_tables import metadata
from raaderum.persistence.provisioning import migrations_folder

if TYPE_CHECKING:
    from types import ModuleType

RIGHTS = {"select", "insert", "update", "delete"}
DELETABLE = {"remembered_write", "staff_role"}
"""What may be deleted for good; everything else is kept, replaced or closed."""


def walls() -> ModuleType:
    """Load the migration that raises the walls; migrations are no package."""
    specification = importlib.util.spec_from_file_location(
        "walls", migrations_folder() / "versions" / "0002_walls.py"
    )
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rights() -> dict[str, set[str]]:
    migration: Any = walls()
    worked_on = {table: set(said.split(", ")) for table, said in migration._WORKED_ON.items()}
    return {**worked_on, **{table: {"select"} for table in migration._READ_ONLY}}


def test_every_table_says_what_the_application_may_do_with_it(rights: dict[str, set[str]]) -> None:
    assert rights.keys() == metadata.tables.keys()


def test_nobody_is_given_a_right_that_row_security_does_not_cover(rights: dict[str, set[str]]) -> None:
    assert {table for table, given in rights.items() if not given <= RIGHTS} == set()


def test_what_may_be_deleted_is_named_here(rights: dict[str, set[str]]) -> None:
    assert {table for table, given in rights.items() if "delete" in given} == DELETABLE

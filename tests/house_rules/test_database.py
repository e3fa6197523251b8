from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.mapped_tables import metadata
from raaderum.persistence.provisioning import migrations_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

RIGHTS = {"select", "insert", "update", "delete"}
DELETABLE = {"remembered_write", "staff_role"}
"""What may be deleted for good; everything else is kept, replaced or closed."""


def migrations() -> Iterator[Any]:
    """Load the migrations in their order; they are no package."""
    for path in sorted((migrations_folder() / "versions").glob("[0-9]*.py")):
        specification = importlib.util.spec_from_file_location(path.stem, path)
        assert specification is not None
        assert specification.loader is not None
        migration = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(migration)
        yield migration


@pytest.fixture(scope="module")
def rights() -> dict[str, set[str]]:
    given: dict[str, set[str]] = {}
    for migration in migrations():
        worked_on: dict[str, str] = getattr(migration, "WORKED_ON", {})
        given |= {table: set(said.split(", ")) for table, said in worked_on.items()}
        given |= {table: {"select"} for table in getattr(migration, "READ_ONLY", ())}
    return given


def test_every_table_says_what_the_application_may_do_with_it(rights: dict[str, set[str]]) -> None:
    assert rights.keys() == metadata.tables.keys()


def test_nobody_is_given_a_right_that_row_security_does_not_cover(rights: dict[str, set[str]]) -> None:
    assert {table for table, given in rights.items() if not given <= RIGHTS} == set()


def test_what_may_be_deleted_is_named_here(rights: dict[str, set[str]]) -> None:
    assert {table for table, given in rights.items() if "delete" in given} == DELETABLE

"""Every table is read raw, and no text about a person stands in any of them as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import text

from raaderum.persistence.database import db
from raaderum.testing.marked_case import MarkedCase, mark_the_end, mark_the_way_in, marked_case
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.testing.municipality import Municipality

TEXTS: Final = 46
"""How many texts about a person the case holds; more come with new ones."""


@pytest.fixture
def told(new_municipality: Callable[..., Municipality]) -> MarkedCase:
    municipality = new_municipality("aarhus")
    marked = marked_case(whole_case(municipality), municipality)
    mark_the_end(marked, mark_the_way_in(marked))
    return marked


def test_no_table_holds_a_word_about_a_person_in_clear(told: MarkedCase) -> None:
    assert len(told.marks) >= TEXTS
    words, held, sealed = {word.encode() for word in told.marks.values()}, {}, 0
    for table in db.metadata.sorted_tables:
        for row in told.done(rows_of, table.name):
            for column, value in row.items():
                kept = _as_bytes(value)
                sealed += column.endswith("_sealed") and value is not None
                if any(word in kept for word in words):
                    held[table.name, column] = kept[:80]
    assert held == {}
    assert sealed >= TEXTS


def rows_of(session: Session, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(text(f"select * from {table}")).mappings()]  # noqa: S608 - the names of our own tables


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()

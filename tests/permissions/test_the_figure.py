"""How much the matrix asserts: it may grow with the routes, never shrink unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.people.roles import Role
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.testing.asking import Whose

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.api_calls import Api

LEAST_OPERATIONS = 147
LEAST_PAGES_AND_DEEDS = 143
SUPPORT_SIDES = 6
STAFF_ROLES = len(Role) - 1


def test_the_matrix_is_no_smaller_than_it_was(
    api: Api, record_property: Callable[[str, object], None]
) -> None:
    """Every route × role × case; the tests of the matrix count that they asked all of them."""
    operations, shown = len(api.operations), len(PAGES) + len(DEEDS) - 1
    assert operations >= LEAST_OPERATIONS
    assert shown >= LEAST_PAGES_AND_DEEDS
    figures = {
        "routes × roles × cases": (operations + shown) * len(Role) * len(Whose),
        "at another municipality": (operations + len(PAGES)) * len(Role),
        "before, during and after standing in": (operations + shown) * SUPPORT_SIDES,
        "role taken, employment ended": 2 * (operations + shown + 1) * STAFF_ROLES,
    }
    for name, figure in figures.items():
        record_property(name, figure)
    assert sum(figures.values()) >= 12_500, figures

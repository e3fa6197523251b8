"""What the tests of casework have in common: another support person, and a second case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.people.roles import Role
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def sanne(municipality: Municipality) -> Actor:
    """Another support person, who supports nobody yet."""
    with municipality.at_work():
        return hire("Sanne Støtte", Role.SUPPORT_PERSON)

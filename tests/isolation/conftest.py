from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

if TYPE_CHECKING:
    from raaderum.settings import Settings
    from raaderum.testing.engines_for_tests import EnginesForTests


@pytest.fixture
def administrator_url(settings: Settings, test_engines: EnginesForTests) -> str:
    """Return the superuser's way into the application's database."""
    database = make_url(settings.database_url).database
    url = make_url(test_engines.administrator_url).set(database=database)
    return url.render_as_string(hide_password=False)

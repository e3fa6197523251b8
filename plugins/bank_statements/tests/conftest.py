"""The reader, what it reads, and the folder of published samples where there is one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from raaderum_bank_statements.reader import CamtReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import StatementPart

SAMPLES = Path(__file__).parents[3].parent / "shared" / "contracts" / "iso20022" / "samples"


@pytest.fixture(scope="session")
def read() -> Callable[[bytes], list[StatementPart]]:
    """Read a file from memory."""

    def do(content: bytes) -> list[StatementPart]:
        return list(CamtReader().read(io.BytesIO(content)))

    return do


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """Return the published statements and advices."""
    found = sorted(SAMPLES.rglob("*camt*.xml"))
    if not found:
        pytest.skip("the published samples are not beside this checkout")
    return found

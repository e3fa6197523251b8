"""Runs the command as an operator does: in a process of its own, with no environment but what is given."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def raaderum(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `raaderum` with the given words in an empty folder; return how it ended."""
    folder = tmp_path / "empty"
    folder.mkdir()

    def run(
        *words: str | Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "raaderum.cli", *map(str, words)],
            cwd=folder,
            env={"PYTHONPATH": ":".join(filter(None, sys.path)), **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import raaderum

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def repository() -> Path:
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def _everything_imported() -> None:
    """Import every module, so that every error and event of the house is known."""
    for module in pkgutil.walk_packages(raaderum.__path__, "raaderum."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import hookspecs

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = sorted(name for name in vars(hookspecs) if name.startswith("raaderum_"))
MAY_IMPORT = ("raaderum.plugin_api", "raaderum.testing")


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_its_section_in_the_docs(hook: str, repository: Path) -> None:
    documented = (repository / "docs/plugins/hooks.md").read_text(encoding="utf-8")
    assert f"## `{hook}()" in documented


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_says_what_it_is_for(hook: str) -> None:
    assert inspect.getdoc(getattr(hookspecs, hook))


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_used_by_a_plugin_of_ours(hook: str, repository: Path) -> None:
    sources = repository.glob("plugins/*/raaderum_*/plugin.py")
    assert any(f"def {hook}(" in source.read_text(encoding="utf-8") for source in sources)


def test_plugins_come_in_by_the_one_door(repository: Path) -> None:
    sources = [*repository.glob("plugins/*/raaderum_*/**/*.py")]
    assert sources
    wrong = {
        f"{source.relative_to(repository)}: {module}"
        for source in sources
        for module in _imports(source)
        if module.startswith("raaderum.") and not module.startswith(MAY_IMPORT)
    }
    assert wrong == set()


def test_core_names_no_plugin(repository: Path) -> None:
    wrong = {
        f"{source.relative_to(repository)}: {module}"
        for source in (repository / "core").rglob("*.py")
        for module in _imports(source)
        if module.startswith("raaderum_")
    }
    assert wrong == set()


def _imports(source: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found

"""The documents hold together: links lead somewhere, terms and decisions stand once."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def documents(repository: Path) -> list[Path]:
    return [repository / "README.md", repository / "CHANGELOG.md", *sorted(repository.glob("docs/**/*.md"))]


def test_every_link_within_the_repository_leads_somewhere(documents: list[Path]) -> None:
    links = [
        (document, target)
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert links
    assert [f"{document.name}: {target}" for document, target in links if not _leads(document, target)] == []


def test_every_document_can_be_reached_from_the_readme(repository: Path, documents: list[Path]) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    linked = {(repository / target).resolve() for target in re.findall(r"\]\(([^)#\s]+)", readme)}
    lost = [
        document.relative_to(repository).as_posix()
        for document in documents
        if document.is_relative_to(repository / "docs") and not {document, document.parent} & linked
    ]
    assert lost == []


def test_no_term_stands_twice_in_the_glossary(repository: Path) -> None:
    glossary = (repository / "docs/glossary.md").read_text(encoding="utf-8")
    terms = Counter(re.findall(r"^\| ([^|]+) \|", glossary, flags=re.MULTILINE))
    del terms["Danish"]
    assert [term for term, times in terms.items() if times > 1] == []


def test_decisions_are_numbered_in_a_row_and_dated(repository: Path) -> None:
    decisions = sorted((repository / "docs/decisions").glob("*.md"))
    assert decisions
    for number, decision in enumerate(decisions, start=1):
        written = decision.read_text(encoding="utf-8")
        assert decision.name.startswith(f"{number:04}-")
        assert written.startswith(f"# {number}. ")
        assert re.search(r"^\*Decided \d{4}-\d{2}-\d{2}\.\*$", written, flags=re.MULTILINE)


def _leads(document: Path, target: str) -> bool:
    return (document.parent / target).exists()

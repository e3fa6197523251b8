"""An exception to a rule of the linters says why, on its line."""

from __future__ import annotations

import re
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)")
NOQA_WITH_REASON = re.compile(r"#\s*noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)* +(?:--?|–) +\S.*")
IGNORE_WITH_REASON = re.compile(r"#\s*type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\] +# +\S.*")


def test_every_exception_to_a_rule_says_why(repository: Path) -> None:
    sources = [
        *(repository / "core").rglob("*.py"),
        *(repository / "plugins").rglob("*.py"),
        *(repository / "tests").rglob("*.py"),
        *(repository / "migrations").rglob("*.py"),
    ]
    assert sources
    found = [
        f"{source.relative_to(repository).as_posix()}:{line}: {comment}"
        for source in sources
        for line, comment in comments(source)
        if EXCEPTION.search(comment) and not says_why(comment)
    ]
    assert found == []


def says_why(comment: str) -> bool:
    return bool(NOQA_WITH_REASON.search(comment) or IGNORE_WITH_REASON.search(comment))


def comments(source: Path) -> Iterator[tuple[int, str]]:
    with source.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string

"""Reads the form that Stripe's clients send: `metadata[a]=1&list[0][b]=2`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEP = re.compile(r"\[([^\]]*)\]")


def read_form(body: str) -> dict[str, Any]:
    """Return what the form holds: texts, and objects and lists of them."""
    read: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        _put(read, [name.partition("[")[0], *_STEP.findall(name)], value)
    return {name: _with_lists(value) for name, value in read.items()}


def _put(into: dict[str, Any], path: Sequence[str], value: str) -> None:
    for step in path[:-1]:
        into = into.setdefault(step or str(len(into)), {})
    into[path[-1] or str(len(into))] = value


def _with_lists(read: Any) -> Any:  # noqa: ANN401 - a form is a tree of texts
    if not isinstance(read, dict):
        return read
    inner = {name: _with_lists(value) for name, value in read.items()}
    return list(inner.values()) if inner and all(name.isdecimal() for name in inner) else inner

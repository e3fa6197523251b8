"""Races: many acts started at the same moment, each in a thread and an application context of its own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask

    from raaderum.testing.municipality import Municipality

Result = TypeVar("Result")
AT_ONCE = 24


def race(
    app: Flask, municipality: Municipality, acts: Sequence[Callable[[], Result]]
) -> list[Result | Exception]:
    """Do all `acts` for `municipality`, up to 24 at once; return what each returned or raised, in order."""
    contestants = min(AT_ONCE, len(acts))
    together = threading.Barrier(contestants)

    def contend(number: int) -> Result | Exception:
        if number < contestants:
            together.wait()
        with app.app_context(), municipality.at_work():
            try:
                return acts[number]()
            except Exception as error:  # noqa: BLE001 - the test looks at what was raised
                return error

    with ThreadPoolExecutor(contestants) as pool:
        return list(pool.map(contend, range(len(acts))))

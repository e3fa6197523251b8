from __future__ import annotations

import string
from collections import Counter
from typing import TYPE_CHECKING

from raaderum.audit.events import AuditEvent
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_every_audit_event_has_a_text_in_both_languages() -> None:
    assert [event for event in AuditEvent if not (event.text.danish and event.text.english)] == []


def test_no_two_audit_events_are_stored_under_one_name() -> None:
    assert len({event.stored_name for event in AuditEvent}) == len(AuditEvent)


def test_every_audit_event_is_recorded_somewhere(repository: Path) -> None:
    written = "\n".join(
        source.read_text(encoding="utf-8")
        for source in (repository / "core").rglob("*.py")
        if source.name != "events.py"
    )
    assert [event.name for event in AuditEvent if f"AuditEvent.{event.name}" not in written] == []


def test_every_error_of_the_house_has_a_code_of_its_own() -> None:
    codes = Counter(error.code for error in _own_errors() if "code" in vars(error))
    assert [code for code, times in codes.items() if times > 1] == []


def test_every_error_that_can_be_raised_has_its_own_code_and_text() -> None:
    """A family's own may be missing: nobody raises a family."""
    leaves = [error for error in _own_errors() if not error.__subclasses__()]
    assert leaves
    assert [error.__name__ for error in leaves if not {"code", "text"} <= vars(error).keys()] == []


def test_every_error_that_is_told_says_so_in_both_languages() -> None:
    silent = [
        error.__name__ for error in _own_errors() if "text" in vars(error) and not _is_whole(error.text)
    ]
    assert silent == []


def test_what_an_error_tells_in_danish_it_tells_in_english() -> None:
    differing = [
        error.__name__ for error in _own_errors() if _stems(error.text.danish) != _stems(error.text.english)
    ]
    assert differing == []


def _own_errors() -> Iterator[type[RaaderumError]]:
    waiting: list[type[RaaderumError]] = [RaaderumError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error.__module__.startswith("raaderum."):
            yield error


def _is_whole(text: Text) -> bool:
    return bool(text.danish.strip() and text.english.strip())


def _stems(written: str) -> set[str]:
    """Return the placeholders, those for one language counted as one: `state`, `state_english`."""
    names = {name for _, name, _, _ in string.Formatter().parse(written) if name}
    return {name.removesuffix("_english") for name in names}

"""Whatever is done in the background has a name that people understand."""

from __future__ import annotations

from raaderum.kernel.text import Text
from raaderum.persistence.work_titles import WORK_TITLES, title_of
from raaderum.worker.handlers import HANDLERS


def test_every_kind_of_work_has_a_title_and_every_title_a_kind() -> None:
    assert set(WORK_TITLES) == set(HANDLERS)
    assert all(title.danish and title.english for title in WORK_TITLES.values())


def test_work_that_nobody_has_named_is_called_by_its_kind() -> None:
    assert title_of("nobody.knows") == Text("nobody.knows", "nobody.knows")

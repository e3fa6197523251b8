"""Every page and deed of the portal × every role × own, another's and another municipality's case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.people.access import Purpose
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.testing.asking import Asking, Whose, is_right_by_portal
from raaderum.testing.portal_calls import Window, names_in

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.portal.serving import Deed, Page


@pytest.fixture
def window(app: Flask, asking: Asking) -> Window:
    return Window(app, asking.token(Purpose.BROWSER), asking.municipality.tenant.slug)


def test_a_page_shows_itself_to_those_whom_the_table_lets_in_and_to_nobody_else(
    window: Window, asking: Asking
) -> None:
    wrong, answered = [], 0
    asked: list[Page | Deed] = [*PAGES, *(deed for deed in DEEDS if deed.name != "sign_out")]
    for what in asked:
        for whose in (Whose.OTHER_TENANTS, Whose.OTHERS, Whose.OWN):
            response = window.send(what, asking.cases[whose].ids)
            answered += 1
            if not is_right_by_portal(
                response,
                role=asking.role,
                act=what.act,
                reached=asking.reaches(whose, names_in(what)),
            ):
                wrong.append((what.name, whose.value, response.status_code))
    assert wrong == []
    assert answered == (len(PAGES) + len(DEEDS) - 1) * len(Whose)


def test_nobody_is_signed_in_at_another_municipality(window: Window, asking: Asking) -> None:
    slug, ids = asking.elsewhere.tenant.slug, asking.cases[Whose.OTHER_TENANTS].ids
    answers = {page.name: window.send(page, ids, slug=slug) for page in PAGES}
    assert {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code != 303 or "/log-ind" not in answer.headers["Location"]
    } == {}

"""Every page and deed of the portal × every role × own, another's and another municipality's case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from raaderum.people.access import Purpose
from raaderum.people.roles import PERMISSIONS
from raaderum.portal.form_guard import FIELD, form_token
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.portal.serving import Deed, Page
from raaderum.testing.asking import Asking, Whose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from werkzeug.test import TestResponse

REFUSED = {401, 403, 404, 405}


@dataclass(frozen=True)
class Window:
    """A browser of somebody who signed in to their own municipality."""

    app: Flask
    token: str
    home: str

    def send(self, what: Page | Deed, ids: Mapping[str, str], *, slug: str) -> TestResponse:
        """Open a page, or send a deed's form with hardly anything in it."""
        client = self.app.test_client()
        client.set_cookie("raaderum_session", self.token, path=f"/{self.home}/")
        path = f"/{slug}" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: ids[match[1]], what.path)
        if isinstance(what, Page):
            return client.get(path)
        typed = {"programme": ids["programme"], "role": "coordinator"}
        return client.post(path, data={FIELD: form_token(self.token), **typed})


@pytest.fixture
def window(app: Flask, asking: Asking) -> Window:
    return Window(app, asking.token(Purpose.BROWSER), asking.municipality.tenant.slug)


def test_a_page_shows_itself_to_those_whom_the_table_lets_in_and_to_nobody_else(
    window: Window, asking: Asking
) -> None:
    wrong = []
    asked: list[Page | Deed] = [*PAGES, *(deed for deed in DEEDS if deed.name != "sign_out")]
    for what in asked:
        for whose in (Whose.OTHER_TENANTS, Whose.OTHERS, Whose.OWN):
            response = window.send(what, asking.cases[whose].ids, slug=window.home)
            if not is_right(response, asking, what, whose):
                wrong.append((what.name, whose.value, response.status_code))
    assert wrong == []


def test_nobody_is_signed_in_at_another_municipality(window: Window, asking: Asking) -> None:
    slug, ids = asking.elsewhere.tenant.slug, asking.cases[Whose.OTHER_TENANTS].ids
    answers = {page.name: window.send(page, ids, slug=slug) for page in PAGES}
    assert {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code != 303 or "/log-ind" not in answer.headers["Location"]
    } == {}


def is_right(response: TestResponse, asking: Asking, what: Page | Deed, whose: Whose) -> bool:
    """Say whether an answer is the one that the tables of permissions and reach ask for."""
    status, names = response.status_code, set(re.findall(r"<(?:\w+:)?(\w+)>", what.path))
    if asking.role not in PERMISSIONS[what.act]:
        return status == 403
    if not asking.reaches(whose, names):
        return status == 404
    return status not in REFUSED and status < 500

"""A browser without a screen: it holds one signed-in person's cookies and sends forms with their token."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import Role
from raaderum.persistence.database import db
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.form_guard import FIELD, form_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality


@dataclass(frozen=True, slots=True)
class Browser:
    """Paths are those below the municipality's own: `/sager`."""

    client: FlaskClient
    municipality: Municipality
    token: str

    def open(self, path: str, **options: Any) -> TestResponse:  # noqa: ANN401 - whatever the test client takes
        return self.client.get(self.address(path), **options)

    def page(self, path: str) -> str:
        """Return the text of a page that is there."""
        response = self.open(path)
        assert response.status_code == 200, (path, response.status_code, response.text)
        return response.text

    def send(self, path: str, form: dict[str, Any] | None = None, **options: Any) -> TestResponse:  # noqa: ANN401 - the same
        data = {FIELD: form_token(self.token), **(form or {})}
        return self.client.post(self.address(path), data=data, **options)

    def does(self, path: str, form: dict[str, Any] | None = None) -> TestResponse:
        """Send a form that goes through, and return the page it leads to."""
        response = self.send(path, form)
        assert response.status_code == 303, (path, response.status_code, response.text)
        return self.client.get(response.headers["Location"])

    def address(self, path: str) -> str:
        return f"/{self.municipality.tenant.slug}{path}"


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Municipality, Actor], Browser]:
    """Return a function that signs a person in to a browser of their own."""

    def signed_in(municipality: Municipality, actor: Actor) -> Browser:
        assert actor.person_id is not None
        with municipality.at_work(), unit_of_work() as session:
            token = issue_token(
                session, person_id=actor.person_id, role=Role(actor.role), purpose=Purpose.BROWSER
            )
        client = app.test_client()
        client.set_cookie("raaderum_session", token, path=f"/{municipality.tenant.slug}/")
        return Browser(client, municipality, token)

    return signed_in


@pytest.fixture
def counting(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Return a block that collects the SQL statements sent within it."""
    with app.app_context():
        engine = db.engine

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return collecting

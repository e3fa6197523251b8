"""What is asked of the web servers: ours and the bare one, the same work of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from sqlalchemy import create_engine, event
from tests.bench.bare_flask import bare_application
from tests.bench.town import SLUG

from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import Role
from raaderum.persistence.database import db
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.cookies import SESSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask import Flask
    from sqlalchemy import Engine
    from tests.bench.town import Town

PAGE: Final = f"/{SLUG}/sager"
_BEGINS_A_TRANSACTION: Final = "select set_config("
"""Within this process our listener sets the tenant in the bare application's sessions too."""
API_READ: Final = f"/api/v1/{SLUG}/enrolments?limit=50"


@dataclass(frozen=True, slots=True)
class Address:
    """Something to ask for, the headers that sign in, and what its answer was seen to take.

    `queries` are the application's own, without those that begin and end transactions.
    """

    path: str
    headers: Mapping[str, str]
    queries: int = 0
    size: int = 0

    def as_request(self) -> bytes:
        """Return the request as it goes over the wire."""
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True, slots=True)
class Asked:
    """Ours and the bare application's, in pairs."""

    page: Address
    bare_page: Address
    read: Address
    bare_read: Address
    bare_query: Address


def what_to_ask(town: Town, bare_url: str) -> Asked:
    """Sign the town's support person in, and find what the bare application must do to do the same."""
    engine = create_engine(bare_url)
    bare = bare_application(engine)
    person = town.municipality.support_person.person_id
    assert person is not None
    browser, program = _token(person, Purpose.BROWSER), _token(person, Purpose.API)
    page = _seen(town.app, db.engine, Address(PAGE, {"Cookie": f"{SESSION}={browser}"}))
    read = _seen(town.app, db.engine, Address(API_READ, {"Authorization": f"Bearer {program}"}))

    def bare_address(path: str, like: Address, token: str) -> Address:
        asked = {
            "tenant": town.municipality.id,
            "token": token.partition(".")[0],
            "staff": person,
            "queries": like.queries,
            "size": like.size,
        }
        return _seen(bare, engine, Address(f"{path}?{urlencode(asked)}", {}))

    asked = Asked(
        page=page,
        bare_page=bare_address("/page", page, browser),
        read=read,
        bare_read=bare_address("/api", read, program),
        bare_query=bare_address("/one", read, program),
    )
    engine.dispose()
    return asked


def _token(person: UUID, purpose: Purpose) -> str:
    with unit_of_work() as session:
        return issue_token(session, person_id=person, role=Role.SUPPORT_PERSON, purpose=purpose)


def _seen(app: Flask, engine: Engine, address: Address) -> Address:
    """Ask within this process, and write down what the second answer took."""
    queries: list[str] = []
    client = app.test_client(use_cookies=False)
    client.get(address.path, headers=dict(address.headers))

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(_BEGINS_A_TRANSACTION):
            queries.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    answer = client.get(address.path, headers=dict(address.headers))
    event.remove(engine, "before_cursor_execute", count)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return Address(address.path, address.headers, len(queries), len(answer.get_data()))

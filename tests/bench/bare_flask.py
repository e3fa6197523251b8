"""The limit of the web part: what a plain Flask application with SQLAlchemy's mapper needs for the same page.

It signs in by token, reads the same rows in as many queries and fills a template of the same size; it
has no row security, no sealed names, no languages and no security headers.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import Flask, jsonify, render_template, request
from jinja2 import DictLoader
from sqlalchemy import Engine, Table, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Session

if TYPE_CHECKING:
    from flask import Response

_TABLES: Final = ("access_token", "staff", "citizen", "enrolment", "ledger_account")
_PAGE: Final = """<!doctype html><html lang="da"><head><title>Sager</title></head><body><h1>Sager</h1>
<p>{{ person.name }}</p><table>
{% for enrolment, citizen, support_person in rows %}
{% set balance = balances.get(enrolment.id, 0) %}
<tr role="row">
  <th scope="row"><a href="{{ url_for('page', case=enrolment.id) }}">{{ citizen.cpr_index.hex() }}</a>
    <span class="under">{{ enrolment.programme }}</span></th>
  <td role="cell" data-label="Tilstand"><span class="tag">{{ enrolment.state }}</span></td>
  <td role="cell" data-label="Medarbejder">{{ support_person }}</td>
  <td role="cell" data-label="Tilbage"><span class="amount">{{ balance | kroner }}</span>
    <svg class="bar" viewBox="0 0 1000 40" role="img"
      aria-label="{% for part in parts %}{{ part }}: {{ balance | kroner }}; {% endfor %}">
      {% for part in parts %}
      <rect class="part {{ part }}" x="{{ loop.index0 * 250 }}" y="0" width="250" height="40"></rect>
      {% endfor %}
    </svg></td>
  <td role="cell" data-label="Venter"><span class="quiet">-</span></td>
</tr>
{% endfor %}
</table></body></html>"""
_PARTS: Final = ("spent", "in_payment", "committed", "available")


class Base(DeclarativeBase):
    """Base of the classes that are made from the tables as they are."""


def application() -> Flask:
    """Return the application; the database's URL stands in the environment."""
    engine = create_engine(os.environ["BENCH_BARE_URL"], pool_size=10, hide_parameters=True)
    return bare_application(engine)


def bare_application(engine: Engine) -> Flask:
    """Return the application over `engine`."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": _PAGE})
    app.jinja_env.filters["kroner"] = _kroner
    token, staff, citizen, enrolment, account = (_mapped(name, engine) for name in _TABLES)

    def signed_in(session: Session) -> Any:  # noqa: ANN401 - a mapped row
        return session.get_one(token, (_asked("tenant"), _asked("token")))

    def further_queries(session: Session, *, done: int) -> None:
        """Ask as many questions as ours does, each for one row by its key."""
        for _ in range(int(request.args["queries"]) - done):
            session.scalars(select(staff).where(staff.id == _asked("staff")).limit(1)).one()

    @app.get("/one")
    def one() -> Response:
        with Session(engine) as session:
            return jsonify(name=session.get_one(staff, (_asked("tenant"), _asked("staff"))).name)

    @app.get("/page")
    def page() -> str:
        with Session(engine) as session:
            person = session.get_one(staff, (_asked("tenant"), signed_in(session).person_id))
            found = session.execute(
                select(enrolment, citizen, staff.name)
                .join(citizen, citizen.id == enrolment.citizen_id)
                .join(staff, staff.id == enrolment.support_person_id)
                .where(enrolment.tenant_id == person.tenant_id, enrolment.support_person_id == person.id)
                .order_by(enrolment.id.desc())
                .limit(51)
            ).all()
            balances = session.execute(
                select(account.owner_id, func.sum(account.balance))
                .where(account.tenant_id == person.tenant_id)
                .where(account.owner_id.in_([row[0].id for row in found]))
                .group_by(account.owner_id)
            )
            by_owner: dict[UUID, int] = dict(balances.tuples().all())
            further_queries(session, done=4)
            text = render_template("page.html", person=person, rows=found, balances=by_owner, parts=_PARTS)
            return text + "x" * (int(request.args["size"]) - len(text))

    @app.get("/api")
    def api() -> Response:
        with Session(engine) as session:
            person_id = signed_in(session).person_id
            rows = session.scalars(
                select(enrolment)
                .where(enrolment.tenant_id == _asked("tenant"), enrolment.support_person_id == person_id)
                .order_by(enrolment.id.desc())
                .limit(51)
            ).all()
            citizens = session.scalars(
                select(citizen)
                .where(citizen.tenant_id == _asked("tenant"))
                .where(citizen.id.in_([row.citizen_id for row in rows]))
            )
            named = {each.id: each.cpr_index.hex() for each in citizens}
            further_queries(session, done=3)
            return jsonify([_columns(row) | {"citizen_name": named[row.citizen_id]} for row in rows])

    return app


def _mapped(name: str, engine: Engine) -> Any:  # noqa: ANN401 - a class made here
    table = Table(name, Base.metadata, schema="raaderum", autoload_with=engine, resolve_fks=False)
    return type(name.title().replace("_", ""), (Base,), {"__table__": table})


def _kroner(amount: int) -> str:
    return f"{amount / 100:,.2f} kr."


def _columns(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapped row
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _asked(name: str) -> UUID:
    return UUID(request.args[name])

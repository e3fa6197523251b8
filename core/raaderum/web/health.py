"""For load balancers: is the process alive, and can it serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify
from sqlalchemy.exc import SQLAlchemyError

from raaderum.kernel.errors import SetupInvalid
from raaderum.persistence.database import db
from raaderum.persistence.doorbell import doorbell_answers
from raaderum.persistence.provisioning import refuse_unmigrated

if TYPE_CHECKING:
    from flask import Flask, Response


def register_health(app: Flask) -> None:
    """Serve `/healthz` and `/readyz`; both need no sign-in and tell nothing but whether."""
    app.add_url_rule("/healthz", "alive", alive)
    app.add_url_rule("/readyz", "ready", ready)


def alive() -> Response:
    """Say that the process answers."""
    return jsonify(status="alive")


def ready() -> tuple[Response, int]:
    """Say whether the database is there and migrated; without the queue the work is only found later."""
    database = _state_of_database()
    queue = "reachable" if doorbell_answers() else "away"
    status = "ready" if database == "ready" else "not_ready"
    return jsonify(status=status, database=database, queue=queue), 200 if status == "ready" else 503


def _state_of_database() -> str:
    try:
        refuse_unmigrated(db.engine)
    except SetupInvalid:
        return "not_migrated"
    except SQLAlchemyError:
        return "away"
    return "ready"

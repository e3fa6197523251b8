"""An id for each request: in the answer's header, in problems and in the log."""

from __future__ import annotations

from flask import g

from raaderum.kernel.identifiers import new_id


def begin_request() -> None:
    """Give the request a new id. A caller's own id is not taken over: it could hold anything."""
    g.raaderum_request_id = str(new_id())


def request_id() -> str:
    """Return the id of the request being answered."""
    found: str = g.raaderum_request_id
    return found

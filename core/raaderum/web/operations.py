"""Registers the operations of the API: each has its act, its schemas, its transaction and its documentation.

An operation is a function of a `Call` and of what the path, the query and the body hold. It runs
inside a transaction of the caller's own tenant, after the token and the role have been checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from flask import Response, request
from flask_smorest import (  # type: ignore[import-untyped] # the library ships no types
    Blueprint,
)

from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants
from raaderum.web.body_parser import BodyParser, refuse_content
from raaderum.web.documentation import describe
from raaderum.web.idempotency import REPLAYED_HEADER, StoredAnswer, begin_write, remember_answer
from raaderum.web.problems import problem_of
from raaderum.web.sign_in import admit, bearer_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.people.roles import Act
    from raaderum.web.schema import Answer, Body

    View = Callable[..., Any]

JSON_MOST_BYTES: Final = 1_000_000
"""Of a JSON body; files may be larger."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request that has been let in: its transaction and who asks."""

    session: Session
    by: Actor


@dataclass(frozen=True, slots=True)
class WriteCall(Call):
    """One write that has been let in; `id` is the same each time the same write is sent."""

    id: UUID


class Resource(Blueprint):  # type: ignore[misc] # the library ships no types
    """The operations on one kind of thing."""

    ARGUMENTS_PARSER = BodyParser()

    def reads(
        self,
        path: str,
        *,
        act: Act,
        answer: Answer | None,
        query: Body | None = None,
        file: dict[str, Any] | None = None,
        recorded: bool = False,
    ) -> Callable[[View], View]:
        """Register a reading operation.

        Where `answer` is None, the operation returns its response itself, and `file` documents it.
        A `recorded` operation writes down who looked: its transaction can write.
        """

        def register(function: View) -> View:
            view = function if answer is None else self.response(200, answer)(function)
            if query is not None:
                view = self.arguments(query, location="query")(view)
            described = describe(self, view, act, file=file)
            reading_view = _reading(act, view, transaction=unit_of_work if recorded else reading)
            self._register(path, "GET", act, function, described, reading_view)
            return function

        return register

    def writes(
        self,
        path: str,
        *,
        act: Act,
        answer: Answer,
        body: Body | None = None,
        status: int = 200,
        method: str = "POST",
        content: dict[str, Any] | None = None,
    ) -> Callable[[View], View]:
        """Register a writing operation. `content` documents a body that the operation reads itself."""

        def register(function: View) -> View:
            view = self.response(status, answer)(_flushing(function))
            if body is not None:
                view = self.arguments(body)(view)
            described = describe(self, view, act, writes=True, content=content)
            takes_none = body is None and content is None
            writing = _writing(act, view, takes_none=takes_none, is_file=content is not None)
            self._register(path, method, act, function, described, writing)
            return function

        return register

    def _register(
        self, path: str, method: str, act: Act, function: View, described: View, guarded: View
    ) -> None:
        """Serve `guarded` as `described`, and write its act where a test can find it."""
        view: Any = wraps(described)(guarded)
        view.raaderum_act = act
        self.add_url_rule(path, function.__name__, view, methods=[method], tags=[self.name])


def _reading(act: Act, view: View, *, transaction: Callable[[], AbstractContextManager[Session]]) -> View:
    def answer(tenant: str, **path: object) -> Response:
        try:
            tenant_id, token = tenants().by_slug(tenant).id, bearer_token(request)
            with working_for(tenant_id), transaction() as session:
                response: Response = view(Call(session, admit(session, token, act)), **path)
                return response
        except Exception as error:  # noqa: BLE001 - whatever happens is answered as a problem
            return problem_of(error)

    return answer


def _writing(act: Act, view: View, *, takes_none: bool, is_file: bool) -> View:
    def answer(tenant: str, **path: object) -> Response:
        try:
            tenant_id, token = tenants().by_slug(tenant).id, bearer_token(request)
            _take_body(is_file=is_file)
            with working_for(tenant_id), unit_of_work() as session:
                return _perform(session, admit(session, token, act), view, path, takes_none=takes_none)
        except Exception as error:  # noqa: BLE001 - whatever happens is answered as a problem
            return problem_of(error)

    return answer


def _take_body(*, is_file: bool) -> None:
    """Read the whole body before a transaction begins: a slow sender must not hold a connection."""
    if not is_file:
        request.max_content_length = JSON_MOST_BYTES
    request.get_data()


def _perform(
    session: Session, by: Actor, view: View, path: dict[str, object], *, takes_none: bool
) -> Response:
    """Do a write that is new, or repeat the answer of one that happened already."""
    write = begin_write(session, request, by=by)
    if write.answer is not None:
        replayed = Response(write.answer.body, write.answer.status, mimetype="application/json")
        replayed.headers[REPLAYED_HEADER] = "true"
        return replayed
    if takes_none:
        refuse_content(request.get_data())
    response: Response = view(WriteCall(session, by, write.id), **path)
    remember_answer(session, write, StoredAnswer(response.status_code, response.get_data(as_text=True)))
    return response


def _flushing(function: View) -> View:
    """Write the act to the database before its answer is shaped, so that defaults are filled in."""

    @wraps(function)
    def flushed(call: WriteCall, *arguments: object, **path: object) -> object:
        result = function(call, *arguments, **path)
        call.session.flush()
        return result

    return flushed

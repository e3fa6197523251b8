"""The library of doubt cases, and sharing it between municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import request

from raaderum.guidelines import exchange, service
from raaderum.guidelines.rules import DoubtCase
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.precedents import (
    DraftsAnswer,
    LibraryAnswer,
    PrecedentAnswer,
    PrecedentBody,
    PrecedentFileAnswer,
    PrecedentFollowUpBody,
    PrecedentQuery,
    TakenInAnswer,
)

if TYPE_CHECKING:
    from raaderum.guidelines.tables import Precedent

resource = Resource("precedents", __name__, description="Anonymised doubt cases to learn from.")
_PRECEDENT: Final = "/precedents/<uuid:precedent_id>"
_FILE: Final[dict[str, Any]] = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["format", "version", "origin", "precedents"],
            "properties": {
                "format": {"const": exchange.FORMAT},
                "version": {"const": exchange.VERSION},
                "origin": {"type": "string"},
                "precedents": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": list(exchange.KEYS),
                        "additionalProperties": False,
                        "properties": {key: {"type": "string"} for key in exchange.KEYS},
                    },
                },
            },
        }
    }
}


@resource.reads("/precedents", act=Act.SEE_PRECEDENTS, query=PrecedentQuery(), answer=LibraryAnswer())
def read_library(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Read the library.

    At most five hundred cases, newest quarter first, with how many there are of each decision and
    outcome where that is five or more.
    """
    found = service.read_library(call.session, **query, by=call.by)
    return {"items": found.precedents, "decisions": found.decisions, "outcomes": found.outcomes}


@resource.reads("/precedents/drafts", act=Act.WRITE_PRECEDENT, answer=DraftsAnswer())
def list_drafts(call: Call) -> dict[str, Any]:
    """List the drafts.

    A team leader sees all of them, a coordinator their own.
    """
    return {"items": service.drafts_to_confirm(call.session, by=call.by)}


@resource.writes(
    "/precedents", act=Act.WRITE_PRECEDENT, body=PrecedentBody(), answer=PrecedentAnswer(), status=201
)
def write_precedent(call: WriteCall, body: dict[str, Any]) -> Precedent:
    """Write a doubt case down.

    Numbers, addresses and names by which somebody could be recognised are refused.
    """
    enrolment_id = body.pop("enrolment_id")
    return service.write_precedent(call.session, DoubtCase(**body), enrolment_id=enrolment_id, by=call.by)


@resource.writes(f"{_PRECEDENT}/publish", act=Act.PUBLISH_PRECEDENT, answer=PrecedentAnswer())
def publish_precedent(call: WriteCall, precedent_id: UUID) -> Precedent:
    """Publish a draft.

    By somebody else than its writer, who thereby confirms that nobody can be recognised.
    """
    return service.publish_precedent(call.session, precedent_id, by=call.by)


@resource.writes(f"{_PRECEDENT}/withdraw", act=Act.PUBLISH_PRECEDENT, answer=PrecedentAnswer())
def withdraw_precedent(call: WriteCall, precedent_id: UUID) -> Precedent:
    """Set a draft aside.

    Its words are removed.
    """
    return service.withdraw_precedent(call.session, precedent_id, by=call.by)


@resource.writes(
    f"{_PRECEDENT}/follow-up",
    method="PUT",
    act=Act.PUBLISH_PRECEDENT,
    body=PrecedentFollowUpBody(),
    answer=PrecedentAnswer(),
)
def follow_up_precedent(call: WriteCall, body: dict[str, Any], precedent_id: UUID) -> Precedent:
    """Write what became of a case.

    Only of one that is published.
    """
    return service.follow_up_precedent(call.session, precedent_id, **body, by=call.by)


@resource.reads("/precedents/file", act=Act.EXCHANGE_PRECEDENTS, answer=PrecedentFileAnswer(), recorded=True)
def export_precedents(call: Call) -> dict[str, Any]:
    """Export the library as the file that other municipalities take in.

    It holds no key of any person or case. That it was shared is recorded.
    """
    return exchange.export_precedents(call.session, by=call.by)


@resource.writes("/precedents/file", act=Act.EXCHANGE_PRECEDENTS, answer=TakenInAnswer(), content=_FILE)
def import_precedents(call: WriteCall) -> exchange.TakenIn:
    """Take in another municipality's file.

    All of it or nothing. A case that is here already stays as it is. At most 1 MB.
    """
    return exchange.import_precedents(call.session, request.get_data(), by=call.by)

"""Citizens of the municipality."""

from __future__ import annotations

from typing import Any

from raaderum.people.cpr import Cpr
from raaderum.people.roles import Act
from raaderum.people.service import name_of_citizen
from raaderum.people.service import register_citizen as register
from raaderum.web.operations import Resource, WriteCall
from raaderum.web.schemas.people import CitizenAnswer, CitizenBody

resource = Resource("citizens", __name__, description="Citizens. CPR numbers go in and never come out.")


@resource.writes("/citizens", act=Act.REFER_CITIZEN, body=CitizenBody(), answer=CitizenAnswer(), status=201)
def register_citizen(call: WriteCall, body: dict[str, Any]) -> dict[str, Any]:
    """Register a citizen by name and CPR number.

    A CPR number that is registered already is refused. It is stored sealed and never given back.
    """
    citizen = register(call.session, name=body["name"], cpr=Cpr.parse(body["cpr"]), by=call.by)
    call.session.flush()
    return {
        "id": citizen.id,
        "name": name_of_citizen(call.session, citizen),
        "registered_at": citizen.registered_at,
    }

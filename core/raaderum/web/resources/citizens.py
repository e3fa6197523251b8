"""Citizens of the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.enrolments.known_citizens import enrolments_of_citizens
from raaderum.people.cpr import Cpr
from raaderum.people.duplicates import likely_duplicates, look_up_citizen, mark_not_a_duplicate
from raaderum.people.roles import Act
from raaderum.people.service import name_of_citizen
from raaderum.people.service import register_citizen as register
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.citizens import (
    LikelyDuplicatesAnswer,
    LookUpAnswer,
    LookUpBody,
    NotADuplicateAnswer,
    NotADuplicateBody,
)
from raaderum.web.schemas.people import CitizenAnswer, CitizenBody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.enrolments.tables import Enrolment
    from raaderum.people.tables import Citizen, NotADuplicate

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


@resource.writes("/citizens/look-up", act=Act.LOOK_UP_CITIZEN, body=LookUpBody(), answer=LookUpAnswer())
def look_up_citizen_by_cpr(call: WriteCall, body: dict[str, Any]) -> dict[str, Any]:
    """Find a citizen by CPR number.

    The number travels in the body, never in an address. Whether somebody is found or not, the audit log
    says that you asked.
    """
    citizen = look_up_citizen(call.session, Cpr.parse(body["cpr"]), by=call.by)
    if citizen is None:
        return {"citizen": None}
    enrolments = enrolments_of_citizens(call.session, [citizen.id], by=call.by)
    name = name_of_citizen(call.session, citizen)
    return {"citizen": _shown(citizen, name, enrolments.get(citizen.id, ()))}


@resource.reads("/citizens/likely-duplicates", act=Act.SETTLE_DUPLICATES, answer=LikelyDuplicatesAnswer())
def list_likely_duplicates(call: Call) -> dict[str, Any]:
    """List citizens who are probably registered twice.

    Pairs that somebody has told apart are left out.
    """
    pairs = likely_duplicates(call.session, by=call.by)
    everybody = {citizen.id for pair in pairs for citizen in (pair.first, pair.second)}
    enrolments = enrolments_of_citizens(call.session, everybody, by=call.by)
    return {
        "items": [
            {
                "first": _shown(pair.first, pair.first_name, enrolments.get(pair.first.id, ())),
                "second": _shown(pair.second, pair.second_name, enrolments.get(pair.second.id, ())),
                "signs": pair.signs,
            }
            for pair in pairs
        ]
    }


@resource.writes(
    "/citizens/not-duplicates",
    act=Act.SETTLE_DUPLICATES,
    body=NotADuplicateBody(),
    answer=NotADuplicateAnswer(),
    status=201,
)
def tell_citizens_apart(call: WriteCall, body: dict[str, Any]) -> NotADuplicate:
    """Mark that two citizens are two people.

    The pair is no longer listed. The note says how somebody knows, and is sealed.
    """
    return mark_not_a_duplicate(
        call.session, body["first_id"], body["second_id"], note=body["note"], by=call.by
    )


def _shown(citizen: Citizen, name: str, enrolments: Sequence[Enrolment]) -> dict[str, Any]:
    return {
        "id": citizen.id,
        "name": name,
        "registered_at": citizen.registered_at,
        "enrolments": enrolments,
    }

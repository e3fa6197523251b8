"""Support persons, substitutes, handing over, and how much each has to do."""

from __future__ import annotations

from marshmallow import fields

from raaderum.enrolments.relations import RelationKind
from raaderum.enrolments.support_rules import LONGEST_HANDOVER
from raaderum.people.roles import Role
from raaderum.web.fields import Choice, Day, Identifier, ListOf, WrittenText
from raaderum.web.schema import Answer, Body

_HANDOVER = "What the next one needs to know. Staff read it, the citizen does not."


class SupportPersonBody(Body):
    """Who is to be the citizen's support person from now on."""

    staff_id = Identifier(required=True)
    handover = WrittenText(
        least=0, most=LONGEST_HANDOVER, load_default="", metadata={"description": _HANDOVER}
    )


class SubstituteBody(SupportPersonBody):
    """Who is to stand in for the support person, from when to when."""

    begins_on = Day(required=True)
    ends_on = Day(required=True)


class HandoverBody(SupportPersonBody):
    """Which cases are to get the same new support person."""

    enrolment_ids = ListOf(Identifier(), least=1, most=200, required=True)


class SupportWishAnswer(Answer):
    """A citizen's wish for another support person. There is no reason in it."""

    id = fields.UUID()
    enrolment_id = fields.UUID()
    wished_at = fields.DateTime()
    settled_at = fields.DateTime(allow_none=True)


class RelationAnswer(Answer):
    """Somebody at a citizen's side. `id` is null for the present support person."""

    id = fields.UUID(allow_none=True)
    staff_id = fields.UUID()
    name = fields.String()
    kind = Choice(RelationKind)
    begins_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    in_force = fields.Boolean()
    handover = fields.String(metadata={"description": f"{_HANDOVER} Empty where nothing was written."})


class SupportAnswer(Answer):
    """Everybody who stands or stood at a citizen's side, and the citizen's open wish for another."""

    relations = fields.List(fields.Nested(RelationAnswer))
    wish = fields.Nested(SupportWishAnswer, allow_none=True)


class SubstituteAnswer(Answer):
    """A substitute for the support person."""

    id = fields.UUID()
    enrolment_id = fields.UUID()
    staff_id = fields.UUID()
    begins_on = fields.Date()
    ends_on = fields.Date()
    ended_at = fields.DateTime(allow_none=True)


class LoadAnswer(Answer):
    """How much one member of staff has to do, and how long a purchase waits for an answer."""

    staff_id = fields.UUID()
    name = fields.String()
    role = Choice(Role)
    open_cases = fields.Integer(metadata={"description": "Open enrolments they support; 0 for coordinators."})
    open_tasks = fields.Integer(metadata={"description": "Tasks written down for them and not done."})
    purchases_waiting = fields.Integer(
        metadata={"description": "Purchases they asked for that nobody has decided on."}
    )
    median_days = fields.Float(
        allow_none=True,
        metadata={
            "description": "Days from a request to the answer, the middle one of the last year: of requests "
            "by a support person, of answers by a caseworker. Null where there was none."
        },
    )

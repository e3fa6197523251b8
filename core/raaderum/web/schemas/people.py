"""Staff, citizens, and the person who asks."""

from __future__ import annotations

from marshmallow import fields

from raaderum.people.roles import Act, Role
from raaderum.web.fields import Choice, ListOf, WrittenText
from raaderum.web.schema import Answer, Body


class StaffBody(Body):
    """A member of staff to register."""

    name = WrittenText(most=200, required=True)
    email = WrittenText(
        most=200,
        required=True,
        pattern=r"^[^@\s]+@[^@\s]+$",
        metadata={"description": "Where they are written to; one per person."},
    )
    roles = ListOf(Choice(Role), least=1, most=len(Role), required=True)


class RoleBody(Body):
    """A role to give or take."""

    role = Choice(Role, required=True)


class StaffAnswer(Answer):
    """A member of staff."""

    id = fields.UUID()
    name = fields.String()
    email = fields.String()
    roles = fields.List(Choice(Role))
    registered_at = fields.DateTime()
    left_at = fields.DateTime(allow_none=True)


class PersonAnswer(Answer):
    """Somebody by name."""

    id = fields.UUID()
    name = fields.String()


class CitizenBody(Body):
    """A citizen to register. The CPR number is stored sealed, and never given back."""

    name = WrittenText(most=200, required=True)
    cpr = WrittenText(
        most=20,
        required=True,
        load_only=True,
        metadata={"description": "DDMMYY-XXXX, with or without the hyphen."},
    )


class CitizenAnswer(Answer):
    """A registered citizen."""

    id = fields.UUID()
    name = fields.String()
    registered_at = fields.DateTime()


class MunicipalityAnswer(Answer):
    """A municipality."""

    slug = fields.String()
    name = fields.String()


class MeAnswer(Answer):
    """Who asks, in which role, and what that role may do."""

    person_id = fields.UUID()
    role = Choice(Role)
    role_name = fields.String(metadata={"description": "In Danish."})
    role_name_en = fields.String()
    municipality = fields.Nested(MunicipalityAnswer)
    acts = fields.List(Choice(Act))

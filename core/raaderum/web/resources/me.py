"""Who am I."""

from __future__ import annotations

from typing import Any

from raaderum.people.roles import ROLE_NAMES, Act, Role, may
from raaderum.tenancy.installed import current_tenant
from raaderum.web.operations import Call, Resource
from raaderum.web.schemas.people import MeAnswer

resource = Resource("me", __name__, description="The person who asks.")


@resource.reads("/me", act=Act.SEE_OWN_SESSION, answer=MeAnswer())
def get_me(call: Call) -> dict[str, Any]:
    """Say who the token stands for.

    The person, the role and what the role may do.
    """
    role = Role(call.by.role)
    return {
        "person_id": call.by.person_id,
        "role": role,
        "role_name": ROLE_NAMES[role].danish,
        "role_name_en": ROLE_NAMES[role].english,
        "municipality": current_tenant(),
        "acts": [act for act in Act if may(call.by, act)],
    }

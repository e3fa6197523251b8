"""Draws among those referred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.enrolments import selections
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.admissions import DrawAnswer, DrawBody, DrawsAnswer

if TYPE_CHECKING:
    from raaderum.enrolments.selections import OpenedDraw

resource = Resource("draws", __name__, description="Draws that anybody can check afterwards.")


@resource.writes("/draws", act=Act.SELECT_CITIZENS, body=DrawBody(), answer=DrawAnswer(), status=201)
def announce_draw(call: WriteCall, body: dict[str, Any]) -> dict[str, Any]:
    """Announce a draw among all who wait to be selected.

    The hash of its seed is shown now, the seed itself after the draw. Participants are fixed.
    """
    return _shown(selections.announce_draw(call.session, **body, by=call.by))


@resource.writes("/draws/<uuid:draw_id>/carry-out", act=Act.SELECT_CITIZENS, answer=DrawAnswer())
def carry_out_draw(call: WriteCall, draw_id: UUID) -> dict[str, Any]:
    """Carry an announced draw out.

    The seed is revealed, and its result stands. A draw is never repeated.
    """
    return _shown(selections.carry_out_draw(call.session, draw_id, by=call.by))


@resource.reads("/draws", act=Act.SELECT_CITIZENS, answer=DrawsAnswer())
def list_draws(call: Call) -> dict[str, Any]:
    """List all draws with their participants.

    The newest comes first.
    """
    return {"items": [_shown(draw) for draw in selections.draws(call.session, by=call.by)]}


@resource.reads("/draws/<uuid:draw_id>", act=Act.SELECT_CITIZENS, answer=DrawAnswer())
def get_draw(call: Call, draw_id: UUID) -> dict[str, Any]:
    """Read one draw with its participants.

    They stand in the order that the seed gave them, once it is carried out.
    """
    return _shown(selections.get_draw(call.session, draw_id, by=call.by))


def _shown(opened: OpenedDraw) -> dict[str, Any]:
    of_the_row = DrawAnswer().fields.keys() - {"is_verified", "participants"}
    return {
        **{name: getattr(opened.draw, name) for name in of_the_row},
        "is_verified": opened.is_verified,
        "participants": opened.participants,
    }

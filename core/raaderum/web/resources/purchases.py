"""Purchases: asked for, decided on, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.people.roles import Act
from raaderum.purchases import service
from raaderum.web.operations import Resource, WriteCall
from raaderum.web.schemas.purchases import PurchaseAnswer, PurchaseBody, RefusalBody

if TYPE_CHECKING:
    from raaderum.purchases.tables import Purchase

resource = Resource("purchases", __name__, description="What the municipality buys on a citizen's behalf.")
_PURCHASE = "/purchases/<uuid:purchase_id>"


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/purchases",
    act=Act.REQUEST_PURCHASE,
    body=PurchaseBody(),
    answer=PurchaseAnswer(),
    status=201,
)
def request_purchase(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Purchase:
    """Ask for a purchase.

    It must be towards an item of the plan that is in force. No money is set aside before it is approved.
    """
    return service.request_purchase(call.session, enrolment_id, **body, by=call.by)


@resource.writes(f"{_PURCHASE}/approve", act=Act.APPROVE_PURCHASE, answer=PurchaseAnswer())
def approve_purchase(call: WriteCall, purchase_id: UUID) -> Purchase:
    """Approve a purchase and set its money aside.

    Refused where the money is not there, and for whoever asked for the purchase.
    """
    return service.approve_purchase(call.session, purchase_id, by=call.by)


@resource.writes(f"{_PURCHASE}/refuse", act=Act.APPROVE_PURCHASE, body=RefusalBody(), answer=PurchaseAnswer())
def refuse_purchase(call: WriteCall, body: dict[str, Any], purchase_id: UUID) -> Purchase:
    """Refuse a purchase.

    The citizen and the support person can read the reason.
    """
    return service.refuse_purchase(call.session, purchase_id, **body, by=call.by)


@resource.writes(f"{_PURCHASE}/release", act=Act.APPROVE_PURCHASE, answer=PurchaseAnswer())
def release_purchase(call: WriteCall, purchase_id: UUID) -> Purchase:
    """Give an approved purchase up.

    What was set aside can be spent on something else again.
    """
    return service.release_purchase(call.session, purchase_id, by=call.by)

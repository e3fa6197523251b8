"""Purchases: asked for, decided on, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.people.roles import Act
from raaderum.purchases import service, small
from raaderum.purchases.signal_reading import signals_for
from raaderum.purchases.signals import SIGNAL_NAMES
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.resources.shapes import columns_of, shown_purchase
from raaderum.web.schemas.purchases import (
    ControlAnswer,
    ControlBody,
    PurchaseAnswer,
    PurchaseBody,
    RefusalBody,
    SignalsAnswer,
    WaitingControlsAnswer,
)

if TYPE_CHECKING:
    from raaderum.purchases.tables import PurchaseControl

resource = Resource("purchases", __name__, description="What the municipality buys on a citizen's behalf.")
_PURCHASE = "/purchases/<uuid:purchase_id>"


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/purchases",
    act=Act.REQUEST_PURCHASE,
    body=PurchaseBody(),
    answer=PurchaseAnswer(),
    status=201,
)
def request_purchase(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Ask for a purchase.

    It must be towards an item of the plan that is in force. No money is set aside before it is approved.
    """
    return shown_purchase(
        call.session, service.request_purchase(call.session, enrolment_id, **body, by=call.by)
    )


@resource.writes(f"{_PURCHASE}/approve", act=Act.APPROVE_PURCHASE, answer=PurchaseAnswer())
def approve_purchase(call: WriteCall, purchase_id: UUID) -> dict[str, Any]:
    """Approve a purchase and set its money aside.

    Refused where the money is not there, and for whoever asked for the purchase.
    """
    return shown_purchase(call.session, service.approve_purchase(call.session, purchase_id, by=call.by))


@resource.writes(f"{_PURCHASE}/refuse", act=Act.APPROVE_PURCHASE, body=RefusalBody(), answer=PurchaseAnswer())
def refuse_purchase(call: WriteCall, body: dict[str, Any], purchase_id: UUID) -> dict[str, Any]:
    """Refuse a purchase.

    The citizen and the support person can read the reason.
    """
    return shown_purchase(
        call.session, service.refuse_purchase(call.session, purchase_id, **body, by=call.by)
    )


@resource.writes(f"{_PURCHASE}/release", act=Act.APPROVE_PURCHASE, answer=PurchaseAnswer())
def release_purchase(call: WriteCall, purchase_id: UUID) -> dict[str, Any]:
    """Give an approved purchase up.

    What was set aside can be spent on something else again.
    """
    return shown_purchase(call.session, service.release_purchase(call.session, purchase_id, by=call.by))


@resource.reads(f"{_PURCHASE}/signals", act=Act.APPROVE_PURCHASE, answer=SignalsAnswer())
def get_signals(call: Call, purchase_id: UUID) -> dict[str, Any]:
    """Read what is unusual about a purchase.

    To look at before deciding. A signal stops nothing by itself; it only keeps a purchase from being
    approved by rule.
    """
    purchase = service.get_purchase(call.session, purchase_id, by=call.by)
    found = signals_for(call.session, purchase)
    names = [(signal, SIGNAL_NAMES[signal]) for signal in found]
    return {
        "signals": [
            {"signal": signal, "text": name.danish, "text_en": name.english} for signal, name in names
        ]
    }


@resource.reads("/purchase-controls", act=Act.CONTROL_PURCHASE, answer=WaitingControlsAnswer())
def list_purchase_controls(call: Call) -> dict[str, Any]:
    """List the small purchases to look at afterwards.

    They were approved by the programme's rule and drawn at random. The caller's own are left out.
    """
    waiting = small.waiting_controls(call.session, by=call.by)
    return {
        "items": [
            columns_of(one.control) | {"purchase": shown_purchase(call.session, one.purchase)}
            for one in waiting
        ]
    }


@resource.writes(f"{_PURCHASE}/control", act=Act.CONTROL_PURCHASE, body=ControlBody(), answer=ControlAnswer())
def control_purchase(call: WriteCall, body: dict[str, Any], purchase_id: UUID) -> PurchaseControl:
    """Say what a look at a small purchase came to.

    Once, and never by whoever asked for it.
    """
    return small.control_purchase(call.session, purchase_id, **body, by=call.by)

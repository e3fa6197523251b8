"""Asking for a small transfer: a support person for the citizen, or the citizen in a lane of their own.

The caps hold for all requests at once: whoever asks locks the enrolment, then counts the month.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from raaderum.audit.actor import SYSTEM, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import rules_of
from raaderum.purchases.codes import unused_code
from raaderum.purchases.deciding import grant_purchase
from raaderum.purchases.payees import (
    CITIZENS_NEMKONTO,
    PAYEE_KIND_NAMES,
    PurchaseMethod,
    TransferPayee,
    keep_payee,
)
from raaderum.purchases.rules import PurchaseState, check_request
from raaderum.purchases.service import check_item, check_open
from raaderum.purchases.signal_reading import signals_for
from raaderum.purchases.signals import Signal
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import describe_purchase
from raaderum.tenancy.context import current_tenant_id
from raaderum.transfers.lanes import provider_for, used_this_month
from raaderum.transfers.locks import check_unlocked
from raaderum.transfers.rules import Activity, Lane, caps_of, check_activity, check_caps

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.kernel.money import Oere

_USUAL_FOR_TRANSFERS: Final = frozenset({Signal.NEW_SUPPLIER, Signal.NO_SUPPLIER_NUMBER, Signal.SAME_AGAIN})
"""A citizen's NemKonto is no supplier, and pocket money comes again: the month's cap bounds it."""


@dataclass(frozen=True, slots=True)
class TransferWanted:
    """What is asked for towards an item of the plan in force; `amount` in øre."""

    plan_item_id: UUID
    description: str
    amount: Oere
    payee: TransferPayee = field(default=CITIZENS_NEMKONTO)
    activity: Activity | None = None


def request_transfer(session: Session, enrolment_id: UUID, wanted: TransferWanted, *, by: Actor) -> Purchase:
    """Ask for a transfer on a citizen's behalf; a person approves it like any purchase.

    Raises `LaneClosed`, `LaneLocked`, `TransferTooLarge`, `MonthUsedUp`, and what asking for any
    purchase raises.
    """
    require(by, Act.REQUEST_PURCHASE)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    return _asked(session, enrolment, wanted, Lane.SUPPORTED, by)


def request_own_transfer(
    session: Session, enrolment_id: UUID, wanted: TransferWanted, *, by: Actor
) -> Purchase:
    """Let a citizen ask for money to their own NemKonto, and approve it by rule where it can be.

    It can where the money is there and nothing is unusual; else it waits for a person: look at its
    state. Raises what `request_transfer` raises, and `ActivityInvalid`.
    """
    require(by, Act.REQUEST_OWN_TRANSFER)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    rules = rules_of(enrolment.programme, enrolment.rules_from).small_transfers
    check_activity(rules.pocket_money if rules else None, wanted.activity, today=clock.today())
    purchase = _asked(session, enrolment, wanted, Lane.OWN, by)
    unusual = set(signals_for(session, purchase)) - _USUAL_FOR_TRANSFERS
    if not unusual and wanted.amount <= budget_statement(session, enrolment.id).available:
        grant_purchase(session, purchase, by=SYSTEM)
    return purchase


def _asked(session: Session, enrolment: Enrolment, wanted: TransferWanted, lane: Lane, by: Actor) -> Purchase:
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    caps = caps_of(rules.small_transfers, lane)
    provider_for(rules, lane)
    check_open(session, enrolment)
    check_unlocked(session, enrolment.id)
    payee = PAYEE_KIND_NAMES[wanted.payee.kind].danish
    check_request(description=wanted.description, supplier_name=payee, amount=wanted.amount)
    check_item(session, enrolment, wanted.plan_item_id)
    check_caps(caps, amount=wanted.amount, used=used_this_month(session, enrolment.id, lane))
    purchase = _as_row(session, enrolment, wanted, lane, by)
    insert(session, purchase)
    record(
        session,
        AuditEvent.PURCHASE_REQUESTED,
        by=by,
        subject_type="purchase",
        subject_id=purchase.id,
        enrolment_id=enrolment.id,
        code=purchase.code,
        amount=purchase.amount,
        lane=lane,
    )
    return purchase


def _as_row(
    session: Session, enrolment: Enrolment, wanted: TransferWanted, lane: Lane, by: Actor
) -> Purchase:
    purchase = Purchase(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        plan_item_id=wanted.plan_item_id,
        code=unused_code(session),
        supplier_name=PAYEE_KIND_NAMES[wanted.payee.kind].danish,
        method=PurchaseMethod.TRANSFER,
        lane=lane,
        amount=wanted.amount,
        state=PurchaseState.REQUESTED,
        requested_by=person_of(by),
    )
    describe_purchase(session, purchase, wanted.description.strip())
    keep_payee(session, purchase, wanted.payee)
    if wanted.activity is not None:
        seal_field(session, purchase, "pocket_money_activity", wanted.activity.name)
        purchase.activity_on = wanted.activity.on
    return purchase

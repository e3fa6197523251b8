"""Whom a payout pays: what was approved, and what the provider is told when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.enrolments.tables import Enrolment
from raaderum.people.service import get_citizen, name_of_citizen
from raaderum.people.tables import Citizen
from raaderum.persistence.many_rows import among
from raaderum.persistence.sealed_fields import open_field
from raaderum.plugin_api import Payee, RecipientField
from raaderum.plugin_host.installed import plugins
from raaderum.purchases.payees import PayeeKind, payee_kept
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from raaderum.payouts.tables import Payout


def payee_approved(session: Session, payout: Payout) -> Payee:
    """Return the payee as it was approved: of a NemKonto neither name nor CPR number."""
    if payout.payee_kind is None:
        return Payee(payout.payee_name, payout.payee_cvr)
    kept = payee_kept(session, payout, payout.payee_kind)
    return Payee(kept.name, account=kept.account)


def payee_to_send(session: Session, payout: Payout) -> Payee:
    """Return what the provider is told of the payee, and nothing that its manifest does not ask for.

    A citizen's CPR number is opened here, when it is sent, and kept nowhere else.
    """
    if payout.payee_kind != PayeeKind.NEMKONTO:
        return payee_approved(session, payout)
    kind = plugins().payout_providers.get(payout.provider)
    fields = kind.manifest.recipient_fields if kind is not None else frozenset()
    enrolment = session.get_one(Enrolment, (current_tenant_id(), payout.enrolment_id))
    citizen = get_citizen(session, enrolment.citizen_id)
    cpr = open_field(session, citizen, "cpr") if RecipientField.CPR in fields else None
    return Payee(name_of_citizen(session, citizen), cpr=cpr or None)


def load_payees(session: Session, payouts: Iterable[Payout]) -> None:
    """Read the citizens of payouts to a NemKonto in one query; the session hands them out from then on."""
    ids = {payout.enrolment_id for payout in payouts if payout.payee_kind == PayeeKind.NEMKONTO}
    if not ids:
        return
    citizens = (
        select(Enrolment, Citizen)
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .where(among(Enrolment.id, ids))
    )
    # The session itself forgets what nobody holds.
    session.info["payees"] = session.execute(citizens).all()

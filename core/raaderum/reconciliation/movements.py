"""What the providers say they have moved: fetched every night, and tied to payouts and refunds."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select, update

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.people.cpr import masked
from raaderum.persistence.many_rows import among, insert_all
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import ProviderMovement, TellsMovements
from raaderum.plugin_host.providers import tenant_providers
from raaderum.reconciliation.tables import ProviderMovementRow
from raaderum.refunds.tables import Refund
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
DAYS_FETCHED: Final = 35
"""A movement that turns up later than this is found when its days are fetched by hand."""
_AT_ONCE: Final = 2_000
_LONGEST: Final = 200
_REFUND_KEY: Final = re.compile(r"refund:([0-9a-f-]{36})")


def telling_providers() -> dict[str, TellsMovements]:
    """Return the current tenant's ways of paying and cards that list what they have moved."""
    found = tenant_providers()
    everyone: dict[str, object] = {**found.payout_providers, **found.card_issuers}
    return {name: one for name, one in everyone.items() if isinstance(one, TellsMovements)}


def fetch_movements(*, days: int = DAYS_FETCHED) -> dict[str, bool]:
    """Fetch the movements of the last days from every provider that tells; say of each whether it could.

    Nothing is locked while a provider is asked. Doing it twice changes nothing.
    """
    until = clock.now()
    since = clock.start_of(clock.today() - timedelta(days=days))
    return {name: _fetched(name, one, since, until) for name, one in telling_providers().items()}


def _fetched(name: str, provider: TellsMovements, since: datetime, until: datetime) -> bool:
    seen: set[str] = set()
    try:
        told = iter(provider.movements(since, until))
        while portion := list(islice(_sound(told), _AT_ONCE)):
            with unit_of_work() as session:
                keep_movements(session, name, portion)
            seen.update(one.reference for one in portion)
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything; the others are asked all the same
        log.warning("the provider %s could not list its movements (%s)", name, type(error).__name__)
        return False
    with unit_of_work() as session:
        _mark_gone(session, name, seen, since, until)
    return True


def _sound(told: Iterator[object]) -> Iterator[ProviderMovement]:
    """Pass on what is a movement that can be stored; anything else is left out, and shows as missing."""
    for one in told:
        if isinstance(one, ProviderMovement) and type(one.amount) is int and "\0" not in one.reference:
            yield one


def keep_movements(session: Session, provider: str, told: Sequence[ProviderMovement]) -> None:
    """Write down what a provider told; a movement that it told before is brought up to date."""
    latest = {one.reference[:_LONGEST]: one for one in told}
    known = {
        row.reference: row
        for row in session.scalars(
            select(ProviderMovementRow).where(
                ProviderMovementRow.provider == provider, among(ProviderMovementRow.reference, latest.keys())
            )
        )
    }
    movements = list(latest.values())
    payouts, refunds = _payouts_of(session, movements), _refunds_of(session, movements)
    new = []
    for reference, one in latest.items():
        payout_id = payouts.get(one.idempotency_key or "") or payouts.get(one.code or "")
        refund_id = refunds.get(one.idempotency_key or "")
        row = known.get(reference)
        if row is None:
            new.append(_as_row(provider, reference, one, payout_id, refund_id))
            continue
        row.amount, row.moved_at, row.gone_at = one.amount, one.moved_at, None
        row.payout_id, row.refund_id = payout_id, refund_id
    session.flush()
    insert_all(session, new)


def _as_row(
    provider: str, reference: str, one: ProviderMovement, payout_id: UUID | None, refund_id: UUID | None
) -> ProviderMovementRow:
    return ProviderMovementRow(
        id=new_id(),
        tenant_id=current_tenant_id(),
        provider=provider,
        reference=reference,
        amount=one.amount,
        moved_at=one.moved_at,
        idempotency_key=masked(one.idempotency_key)[:_LONGEST] if one.idempotency_key else None,
        code=masked(one.code)[:_LONGEST] if one.code else None,
        payout_id=payout_id,
        refund_id=refund_id,
    )


def _payouts_of(session: Session, movements: Sequence[ProviderMovement]) -> Mapping[str, UUID]:
    """Return the payouts of these movements, by the key of an attempt or by our code."""
    keys = {one.idempotency_key for one in movements if one.idempotency_key}
    codes = {one.code for one in movements if one.code}
    by_key = select(PayoutAttempt.idempotency_key, PayoutAttempt.payout_id).where(
        among(PayoutAttempt.idempotency_key, keys)
    )
    by_code = select(Payout.code, Payout.id).where(among(Payout.code, codes))
    return {
        **dict(session.execute(by_code).all()),
        **dict(session.execute(by_key).all()),
    }


def _refunds_of(session: Session, movements: Sequence[ProviderMovement]) -> Mapping[str, UUID]:
    named = {one.idempotency_key: _refund_in(one.idempotency_key) for one in movements}
    wanted = {refund_id for refund_id in named.values() if refund_id is not None}
    ours = set(session.scalars(select(Refund.id).where(among(Refund.id, wanted))))
    return {key: own for key, own in named.items() if key is not None and own in ours and own is not None}


def _refund_in(key: str | None) -> UUID | None:
    match = _REFUND_KEY.fullmatch(key or "")
    try:
        return UUID(match[1]) if match else None
    except ValueError:
        return None


def _mark_gone(session: Session, provider: str, seen: set[str], since: datetime, until: datetime) -> None:
    """Mark what the provider told of these days before and tells no longer."""
    session.execute(
        update(ProviderMovementRow)
        .where(
            ProviderMovementRow.provider == provider,
            ProviderMovementRow.moved_at >= since,
            ProviderMovementRow.moved_at < until,
            ProviderMovementRow.gone_at.is_(None),
            ~among(ProviderMovementRow.reference, seen),
        )
        .values(gone_at=clock.now())
        .execution_options(synchronize_session=False)
    )

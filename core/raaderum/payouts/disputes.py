"""Whether a payment is said to have been made although it was refused, and nobody has settled that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.payouts.claim_rules import PaymentDisputed
from raaderum.payouts.rules import AttemptState
from raaderum.payouts.tables import PayoutContradiction
from raaderum.persistence.many_rows import among

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


def disputed_payouts() -> Select[UUID]:
    """Select the ids of all such payouts, for use within another query."""
    return select(PayoutContradiction.payout_id).where(
        PayoutContradiction.told == AttemptState.COMPLETED, PayoutContradiction.settled_at.is_(None)
    )


def disputed_among(session: Session, payout_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these payouts may have been paid already, in one query; none for no payouts.

    To be asked once they are locked: a word that is written under the lock shows to a later query only.
    """
    if not payout_ids:
        return set()
    return set(session.scalars(disputed_payouts().where(among(PayoutContradiction.payout_id, payout_ids))))


def check_undisputed(session: Session, payout_id: UUID) -> None:
    """Raise `PaymentDisputed` where it may have been paid already; the payout must be locked.

    What contradicts how it ended is written under the same lock, so that none can slip in.
    """
    if disputed_among(session, [payout_id]):
        raise PaymentDisputed(where="payout")

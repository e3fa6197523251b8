"""What a payment is for, in words that are sealed because they tell of the citizen's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.persistence.sealed_fields import open_field, seal_field

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.payouts.tables import Payout


def describe_payout(session: Session, payout: Payout, purpose: str) -> None:
    """Keep what a payment is for; the payout must have its id already."""
    seal_field(session, payout, "purpose", purpose)


def purpose_of(session: Session, payout: Payout) -> str:
    """Return what a payment is for. Opening many costs no query: the key is kept by the process."""
    return open_field(session, payout, "purpose")

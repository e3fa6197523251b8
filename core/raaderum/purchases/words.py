"""The words of a purchase, which are sealed: what is to be bought, and why it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.persistence.sealed_fields import open_field, seal_field

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.purchases.tables import Purchase


def describe_purchase(session: Session, purchase: Purchase, description: str) -> None:
    """Keep what is to be bought; the purchase must have its id already."""
    seal_field(session, purchase, "description", description)


def description_of(session: Session, purchase: Purchase) -> str:
    """Return what is to be bought. Opening many costs no query: the key is kept by the process."""
    return open_field(session, purchase, "description")


def explain_refusal(session: Session, purchase: Purchase, because: str) -> None:
    """Keep why a purchase was refused, which the citizen and the support person can read."""
    seal_field(session, purchase, "refused_because", because)


def reason_for_refusal(session: Session, purchase: Purchase) -> str | None:
    """Return why a purchase was refused; None for one that was not."""
    return open_field(session, purchase, "refused_because") if purchase.refused_because_sealed else None

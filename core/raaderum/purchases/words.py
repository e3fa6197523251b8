"""The words of a purchase, which are sealed: what is to be bought, and why it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.purchases.tables import Purchase


def description_of(session: Session, purchase: Purchase) -> str:
    """Return what is to be bought."""
    del session
    return purchase.description

"""Short codes that stand for one thing only within a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from raaderum.kernel.identifiers import new_short_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TAKEN = text("""
    select code from purchase where code = any(:codes)
    union all select code from payout where code = any(:codes)
    union all select code from reminder_fee where code = any(:codes)
""")


def unused_code(session: Session) -> str:
    """Return a new code that no purchase, payment or fee of the municipality carries.

    Two units of work that draw the same one at the same moment are told apart by the database's own
    rule, which lets one of them through.
    """
    return unused_codes(session, 1)[0]


def unused_codes(session: Session, number: int) -> list[str]:
    """Return as many such codes, each another one; one question for all of them."""
    found: set[str] = set()
    while len(found) < number:
        drawn = {new_short_code() for _ in range(number - len(found))}
        with session.no_autoflush:
            found |= drawn.difference(session.scalars(_TAKEN, {"codes": list(drawn)}))
    return list(found)

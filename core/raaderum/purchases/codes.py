"""Short codes that stand for one thing only within a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from raaderum.kernel.identifiers import new_short_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TAKEN = text("""
    select exists (select 1 from purchase where code = :code)
        or exists (select 1 from payout where code = :code)
        or exists (select 1 from reminder_fee where code = :code)
""")


def unused_code(session: Session) -> str:
    """Return a new code that no purchase, payment or fee of the municipality carries.

    Two units of work that draw the same one at the same moment are told apart by the database's own
    rule, which lets one of them through.
    """
    while True:
        code = new_short_code()
        with session.no_autoflush:
            is_taken: bool = session.execute(_TAKEN, {"code": code}).scalar_one()
        if not is_taken:
            return code

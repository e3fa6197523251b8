"""Writing a notice down in the same transaction as what it tells of; a worker sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.notices.rules import Words


def tell_staff(
    session: Session, staff_ids: Iterable[UUID], words: Words, *, key: str, enrolment_id: UUID | None = None
) -> None:
    """Tell members of staff something; the same `key` tells each of them once."""


def tell_citizen(session: Session, citizen_id: UUID, words: Words, *, key: str, enrolment_id: UUID) -> None:
    """Tell a citizen something, where an address is known and the citizen wants it; once for `key`."""

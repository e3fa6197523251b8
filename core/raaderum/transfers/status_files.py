"""The bank's answers to payment files: kept, read, and each settled as if the worker had been told."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text
from raaderum.payouts.settling import TOLD_BY_FILE, settle_attempts
from raaderum.people.roles import Act, require
from raaderum.plugin_api import StatusUnreadable, TellsByFile
from raaderum.plugin_host.providers import tenant_providers
from raaderum.provider_events.rules import EventState
from raaderum.provider_events.service import kept_event, locked_event, settle_event
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plugin_api import Outcome, Told

_HEAD: Final = 4_096
_AT_ONCE: Final = 1_000
MOST_BYTES: Final = 60_000_000
"""An answer about 100,000 payments, one by one, with room to spare."""
_KIND: Final = "status_file"


class StatusFileUnknown(InvalidInput):
    """A file that none of the municipality's providers can read as an answer."""

    code = "status_file_unknown"
    text = Text(
        "Filen er ikke en svarfil på betalinger (pain.002) fra kommunens bank. Hent den rigtige fil.",
        "The file is no payment status report (pain.002) from the municipality's bank. Fetch the right one.",
    )


@dataclass(frozen=True, slots=True)
class StatusFileRead:
    """What a file came to: how many payments it told of, how many are ours; `broke_off` says where it ended.

    Reading the same file again changes nothing.
    """

    provider: str
    told: int
    settled: int
    broke_off: str | None
    is_new: bool


def take_in_status_file(session: Session, content: bytes, *, by: Actor) -> StatusFileRead:
    """Keep a status file and settle what it tells; raises `StatusFileUnknown`.

    What stood before a break is settled.
    """
    require(by, Act.RUN_PAYMENTS)
    identifier, provider = _reader_of(content)
    kept = kept_event(
        session,
        provider=identifier,
        event_id=hashlib.sha256(content).hexdigest(),
        kind=_KIND,
        content=content,
    )
    told, settled, broke_off = _settled(session, identifier, provider, content)
    if kept is not None:
        outcome = "read" if broke_off is None else "broke_off"
        settle_event(locked_event(session, kept), EventState.DONE, outcome=outcome)
    record(
        session,
        AuditEvent.STATUS_FILE_READ,
        by=by,
        subject_type="tenant",
        subject_id=kept or current_tenant_id(),
        provider=identifier,
        told=told,
        settled=settled,
    )
    return StatusFileRead(identifier, told, settled, broke_off, is_new=kept is not None)


def _settled(
    session: Session, identifier: str, provider: TellsByFile, content: bytes
) -> tuple[int, int, str | None]:
    told, broke_off = _all_told(provider.read_status(io.BytesIO(content)))
    settled = sum(
        settle_attempts(session, outcomes, told_by=TOLD_BY_FILE, provider=identifier)
        for outcomes in _in_portions(told)
    )
    return len(told), settled, broke_off


def _in_portions(told: list[Told]) -> Iterator[dict[str, Outcome]]:
    """Give what is told a portion at a time, in which nothing is told of twice: the later word comes later.

    Whoever else settles the same payments takes the locks in the same order.
    """
    portion: dict[str, Outcome] = {}
    for one in sorted(told, key=lambda one: one.idempotency_key):
        if one.idempotency_key in portion or len(portion) >= _AT_ONCE:
            yield portion
            portion = {}
        portion[one.idempotency_key] = one.outcome
    if portion:
        yield portion


def _all_told(words: Iterator[Told]) -> tuple[list[Told], str | None]:
    told: list[Told] = []
    try:
        for one in words:
            told.append(one)  # noqa: PERF402 -- what came before a break must not be lost with it
    except StatusUnreadable as error:
        return told, str(error)
    return told, None


def _reader_of(content: bytes) -> tuple[str, TellsByFile]:
    if len(content) <= MOST_BYTES:
        for identifier, provider in sorted(tenant_providers().payout_providers.items()):
            if isinstance(provider, TellsByFile) and provider.recognises_status(content[:_HEAD]):
                return identifier, provider
    raise StatusFileUnknown(where="file")

"""What a provider tells us unasked: calls to our address, and files. Believed only when it is proven."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from raaderum.kernel.errors import NotAllowed
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from raaderum.plugin_api.outcomes import Outcome


class CallbackForged(NotAllowed):
    """A call whose sender cannot be proven: signature, age or form is wrong. Nothing of it is believed."""

    code = "callback_forged"
    text = Text(
        "Afsenderen kan ikke bevises, så beskeden er afvist.",
        "The sender cannot be proven, so the message is refused.",
    )


@dataclass(frozen=True, slots=True)
class Callback:
    """A call as it arrived: header names in lower case, the raw body to the byte."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    received_at: datetime


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the caller is answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """The outcome of the order sent with `idempotency_key`, as the provider tells it."""

    idempotency_key: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class CallbackMessage:
    """A proven call: the provider's own id of it (the same for a repetition), and what it tells."""

    event_id: str
    kind: str
    told: tuple[Told, ...]


@runtime_checkable
class TellsByCallback(Protocol):
    """A provider that calls us (`Capability.CALLBACKS`)."""

    def read_callback(self, callback: Callback) -> CallbackMessage:
        """Prove and read a call; raise `CallbackForged`. A kind that is not known tells nothing."""
        ...


@runtime_checkable
class TellsByFile(Protocol):
    """A provider that answers with files (`Capability.STATUS_FILES`)."""

    def recognises_status(self, head: bytes) -> bool:
        """Say by a file's first kilobytes whether it is such an answer."""
        ...

    def read_status(self, content: BinaryIO) -> Iterator[Told]:
        """Go through what a file tells, in constant memory; raise `StatusUnreadable` where it breaks off."""
        ...


class StatusUnreadable(ValueError):
    """A status file that cannot be read on; what was told before stands. The message is for people."""

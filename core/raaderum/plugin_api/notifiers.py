"""Ways of telling a person something: e-mail, a line on the console, a text message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api.configuration import ProviderContext, Setting
    from raaderum.plugin_api.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Notification:
    """One message to one person, in that person's language. Holds no CPR number and no amount owed."""

    address: str = field(repr=False)
    subject: str
    body: str = field(repr=False)


class Notifier(Protocol):
    """A way of telling people something, configured for one tenant. Called from several threads."""

    def notify(self, notification: Notification, idempotency_key: str) -> Outcome:
        """Send `notification`, at most once for the key as far as the medium allows.

        A repetition of a message is a nuisance, not a loss: `Unknown` is sent again.
        """
        ...


@runtime_checkable
class NotifierKind(Protocol):
    """A way of telling people something that a tenant can switch on."""

    @property
    def identifier(self) -> str:
        """The name that files and other programs call it by; never changes."""
        ...

    @property
    def name(self) -> Text:
        """What people call it."""
        ...

    @property
    def settings(self) -> Sequence[Setting]:
        """What must be known before one can be made for a tenant."""
        ...

    def configure(self, context: ProviderContext) -> Notifier:
        """Return the notifier for one tenant; raise `SettingsInvalid` where it cannot work."""
        ...

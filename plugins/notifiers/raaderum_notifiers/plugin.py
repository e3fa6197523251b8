"""What Råderum finds by the entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import (
    Mode,
    NotifierKind,
    ProviderContext,
    Setting,
    SettingsInvalid,
    Text,
    hookimpl,
)
from raaderum_notifiers.console import ConsoleNotifier
from raaderum_notifiers.mail import MailNotifier, MailServer, Security

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api import Notifier

WRITTEN_AGAINST: Final = "1.1"
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LAST_PORT: Final = 65_535


class ConsoleKind:
    """Lines in a file, for demo and tests."""

    identifier = "console"
    name = Text("Linjer på skærmen", "Lines on the console")
    settings: Sequence[Setting] = ()

    def configure(self, context: ProviderContext) -> Notifier:
        """Return the tenant's notifier; raise `SettingsInvalid` where it is disabled."""
        _refuse_disabled(context)
        return ConsoleNotifier(context.files)


class MailKind:
    """E-mail. In the sandbox nothing leaves the house."""

    identifier = "email"
    name = Text("E-mail", "E-mail")
    settings: Sequence[Setting] = (
        Setting("host", Text("Mailserverens navn", "The mail server's name")),
        Setting("port", Text("Mailserverens port", "The mail server's port"), required=False, default="587"),
        Setting(
            "security",
            Text("starttls, tls eller none", "starttls, tls or none"),
            required=False,
            default="starttls",
        ),
        Setting("sender", Text("Afsenderens adresse", "The sender's address")),
        Setting("user", Text("Brugernavn hos mailserveren", "User at the mail server"), required=False),
        Setting("password", Text("Adgangskoden", "The password"), required=False, secret=True),
    )

    def configure(self, context: ProviderContext) -> Notifier:
        """Return the tenant's notifier; raise `SettingsInvalid` where a setting cannot work."""
        _refuse_disabled(context)
        server = _server(context)
        return MailNotifier(server) if context.mode is Mode.LIVE else ConsoleNotifier(context.files)


def _server(context: ProviderContext) -> MailServer:
    settings = context.settings
    written, sender, host = settings["security"], settings["sender"], settings["host"]
    if written not in set(Security):
        raise _invalid(context, "security", " / ".join(Security))
    if written == Security.NONE and host not in _THIS_MACHINE:
        raise _invalid(context, "security", "none: 127.0.0.1")
    port = settings["port"]
    if not port.isdecimal() or not 0 < int(port) <= _LAST_PORT:
        raise _invalid(context, "port", f"1 – {_LAST_PORT}")
    if sender.count("@") != 1:
        raise _invalid(context, "sender", "navn@eksempel.dk")
    return MailServer(
        host=host,
        port=int(port),
        security=Security(written),
        sender=sender,
        user=settings.get("user"),
        password=settings.get("password"),
    )


def _refuse_disabled(context: ProviderContext) -> None:
    if context.mode is Mode.DISABLED:
        raise _invalid(context, "mode", "disabled; sandbox / live")


def _invalid(context: ProviderContext, setting: str, reason: str) -> SettingsInvalid:
    return SettingsInvalid(where=context.tenant_slug, setting=setting, reason=reason)


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Return the version of the plugin interface that this plugin was written against."""
    return WRITTEN_AGAINST


@hookimpl
def raaderum_notifiers() -> tuple[NotifierKind, ...]:
    """Return the two kinds of notifier."""
    return (MailKind(), ConsoleKind())

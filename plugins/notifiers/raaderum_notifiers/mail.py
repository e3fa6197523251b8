"""Messages by SMTP."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Completed, Notification, Outcome, Refused, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS: Final = 15
_FOR_GOOD: Final = 500


class Security(StrEnum):
    """How the way to the mail server is closed to others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and how to sign in there."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class MailNotifier:
    """Hands each message to the municipality's mail server."""

    server: MailServer

    def notify(self, notification: Notification, idempotency_key: str) -> Outcome:
        """Send one mail. Only a recipient or content that is refused for good is `Refused`."""
        try:
            mail = _as_mail(notification, idempotency_key, self.server.sender)
        except (ValueError, MessageError):
            return _refused("address")
        try:
            with _connected(self.server) as connection:
                connection.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            return _judged(min(codes, default=0))
        except smtplib.SMTPResponseException as error:
            return _judged(error.smtp_code if isinstance(error, smtplib.SMTPDataError) else 0)
        except (OSError, smtplib.SMTPException) as error:
            return Unknown(f"the mail server could not be used: {type(error).__name__}")
        return Completed(str(mail["Message-ID"]))


def _as_mail(notification: Notification, key: str, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, notification.address, notification.subject
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(notification.body)
    return mail


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    with _opened(server) as connection:
        if server.security is Security.STARTTLS:
            connection.starttls(context=ssl.create_default_context())
        if server.user and server.password:
            connection.login(server.user, server.password)
        yield connection


def _opened(server: MailServer) -> smtplib.SMTP:
    if server.security is Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _judged(code: int) -> Outcome:
    return _refused(str(code)) if code >= _FOR_GOOD else Unknown(f"the mail server answered {code}")


def _refused(code: str) -> Refused:
    return Refused(
        code,
        Text("Mailserveren tager ikke imod adressen.", "The mail server does not accept the address."),
    )

"""Messages as lines on the console and in a file: nothing leaves the house."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Completed, Notification, Outcome, Unknown

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)
FILE: Final = "messages.log"


@dataclass(frozen=True, slots=True)
class ConsoleNotifier:
    """Keeps each message as one line of JSON; the log only says that there was one."""

    folder: Path

    def notify(self, notification: Notification, idempotency_key: str) -> Outcome:
        """Write the message down. Whole lines only, also with several processes at once."""
        line = json.dumps(
            {
                "key": idempotency_key,
                "to": notification.address,
                "subject": notification.subject,
                "body": notification.body,
            },
            ensure_ascii=False,
        )
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "ab", buffering=0) as file:
                file.write(f"{line}\n".encode())
        except OSError as error:
            return Unknown(f"the file cannot be written: {error.strerror}")
        log.info("a message was written to %s", FILE)
        return Completed(hashlib.sha256(idempotency_key.encode()).hexdigest()[:16])

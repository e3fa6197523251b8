"""What is told, and to whom; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text


class NoticeState(StrEnum):
    """How far a notice has come outside the portal, where it always stands."""

    IN_PORTAL = "in_portal"
    """Nobody sends it: the municipality has no way switched on, or the person no address."""
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and body of a notice, Danish and English. Never a CPR number or a diagnosis.

    The body is read in the portal. A member of staff also gets it by mail; a citizen gets only the
    hint that there is something to read, since a mail can be seen by others.
    """

    subject: Text
    body: Text


HINT: Final = Words(
    Text("Der er nyt til dig", "There is news for you"),
    Text(
        "Der ligger en besked til dig. Log ind hos kommunen for at læse den, eller spørg din støtteperson.",
        "There is a message for you. Sign in with the municipality to read it, or ask your support person.",
    ),
)
"""All that leaves the portal for a citizen: whoever looks over a shoulder learns nothing."""

_ADDRESS: Final = re.compile(
    r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\.]+(?:\.[^\s@<>,;:\"()\[\]\\.]+)+"
)
_LONGEST_ADDRESS: Final = 254


class AddressInvalid(InvalidInput):
    """A text that no e-mail address can look like."""

    code = "address_invalid"
    text = Text(
        "E-mailadressen kan ikke bruges. Skriv den som navn@eksempel.dk.",
        "The e-mail address cannot be used. Write it like name@example.dk.",
    )


def check_address(written: str) -> str:
    """Return the address without space around it; raise `AddressInvalid`."""
    address = written.strip()
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise AddressInvalid(where="email")
    return address

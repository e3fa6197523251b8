"""Identifiers made in the application: UUID version 7, and short codes that people can read aloud."""

from __future__ import annotations

import os
import re
import secrets
from uuid import UUID, uuid4, uuid5

from raaderum.kernel import clock

_ALPHABET = "23456789ACDEFGHJKMNPQRSTVWXYZ"
"""29 characters, no 0/O, 1/I/L, U, B: read aloud or typed from paper they cannot be mistaken."""
_CODE = re.compile(rf"(?=RD-?([{_ALPHABET}]{{8}}))")
"""Looks ahead without taking: in “ORD RD7K3QW9XC” the RD of the first word must not eat the code."""
_NOISE = re.compile(r"[\s\u00ad\u200b\ufeff]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_CODE_BODY_LENGTH = 7


def new_id() -> UUID:
    """Return a new UUIDv7 (RFC 9562): ordered by time, 74 random bits."""
    milliseconds = int(clock.now().timestamp() * 1000)
    random_bits = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random_bits >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | random_bits & (1 << 62) - 1
    return UUID(int=value)


def timeless_id() -> UUID:
    """Return a new UUIDv4: for what must not tell when it was made."""
    return uuid4()


def derived_id(namespace: UUID, name: str) -> UUID:
    """Return the same UUIDv5 for the same `namespace` and `name`, always."""
    return uuid5(namespace, name)


def new_short_code() -> str:
    """Return a code such as `RD-7K3QW9XC`: seven random characters and a check character."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_BODY_LENGTH))
    return f"RD-{body}{_check_character(body)}"


def find_short_codes(text: str) -> tuple[str, ...]:
    """Return the valid codes that stand in `text`, in order, each once, in the written form.

    Reads through what suppliers do to a reference: lower case, spaces, a lost hyphen or one
    that a word processor has made a dash.
    """
    squeezed = _DASHES.sub("-", _NOISE.sub("", text)).upper()
    found = (
        f"RD-{match[1]}"
        for match in _CODE.finditer(squeezed)
        if _check_character(match[1][:-1]) == match[1][-1]
    )
    return tuple(dict.fromkeys(found))


def _check_character(body: str) -> str:
    """Catch any single wrong character and any swap of neighbours (weighted sum, prime length)."""
    total = sum(weight * _ALPHABET.index(character) for weight, character in enumerate(body, start=2))
    return _ALPHABET[total % len(_ALPHABET)]

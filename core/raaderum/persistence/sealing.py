"""Sealed fields: personal data is stored encrypted, bound to its tenant, row and column.

Envelope keys: the operator's master key wraps one data key per tenant and version; the data key
seals fields with AES-256-GCM. The row's place is authenticated too, so that a sealed value
moved to another row, column or tenant does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from raaderum.kernel.errors import RaaderumError, SetupInvalid
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

KEY_LENGTH: Final = 32
_NONCE_LENGTH: Final = 12
_INDEX_LENGTH: Final = 16


class SealBroken(RaaderumError):
    """A sealed value does not open here: changed, moved from another row, or under another key."""

    code = "seal_broken"
    text = Text(
        "En beskyttet oplysning kan ikke åbnes. Kontakt driften.",
        "A protected value cannot be opened. Contact operations.",
    )


class MasterKeyUnusable(SetupInvalid):
    """The operator's master key is missing or has the wrong length."""

    code = "master_key_unusable"
    text = Text(
        "Hovednøglen i {file} kan ikke bruges: den skal være 64 hextegn. Lav en: »raaderum keys new«.",
        "The master key in {file} cannot be used: it must be 64 hex digits. Make one: “raaderum keys new”.",
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives."""

    table: str
    column: str
    row: UUID


class MasterKey:
    """The operator's key, that wraps every tenant's data key. Never in the database."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def read(cls, file: Path) -> MasterKey:
        """Read the key from `file` (64 hex digits); raise `MasterKeyUnusable`."""
        try:
            key = bytes.fromhex(file.read_text().strip())
        except (OSError, ValueError) as error:
            raise MasterKeyUnusable(where=str(file), file=file.name) from error
        if len(key) != KEY_LENGTH:
            raise MasterKeyUnusable(where=str(file), file=file.name)
        return cls(key)

    @staticmethod
    def new_text() -> str:
        """Return a new random key as it stands in its file."""
        return os.urandom(KEY_LENGTH).hex() + "\n"

    def wrap(self, data_key: bytes) -> bytes:
        """Return `data_key` wrapped (RFC 3394)."""
        return aes_key_wrap(self._key, data_key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the data key that `wrap` was given."""
        return aes_key_unwrap(self._key, wrapped)


class TenantSeal:
    """Seals and opens the fields of one tenant, and computes its keyed look-up index."""

    def __init__(self, tenant_id: UUID, data_keys: dict[int, bytes]) -> None:
        self._tenant_id = tenant_id
        self._ciphers = {version: AESGCM(key) for version, key in data_keys.items()}
        self._newest = max(data_keys)
        self._index_key = _derived(data_keys[min(data_keys)], b"raaderum look-up index")

    def seal(self, clear: bytes, place: Place) -> bytes:
        """Return `clear` sealed for `place`: version byte, nonce, ciphertext with tag."""
        nonce = os.urandom(_NONCE_LENGTH)
        sealed = self._ciphers[self._newest].encrypt(nonce, clear, self._bound_to(place))
        return bytes([self._newest]) + nonce + sealed

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Return what was sealed for `place`; raise `SealBroken` for anything else."""
        version, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE_LENGTH], sealed[1 + _NONCE_LENGTH :]
        try:
            return self._ciphers[ord(version)].decrypt(nonce, body, self._bound_to(place))
        except (InvalidTag, KeyError, TypeError, ValueError) as error:
            raise SealBroken(where=f"{place.table}.{place.column}") from error

    def look_up_index(self, clear: str) -> bytes:
        """Return a keyed hash of `clear`: equal within a tenant, unrelated between tenants.

        It stays under the tenant's first key through rotation, so that people can still be found.
        """
        return hmac.new(self._index_key, clear.encode(), hashlib.sha256).digest()[:_INDEX_LENGTH]

    def _bound_to(self, place: Place) -> bytes:
        return f"{self._tenant_id}|{place.table}|{place.column}|{place.row}".encode()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=purpose).derive(key)

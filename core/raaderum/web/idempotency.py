"""The same write sent twice happens once, and is answered the same both times.

The row of a write is the first thing its transaction writes. A second request with the same key
waits at that row until the first has committed or rolled back; then it finds the answer, or
does the act itself.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from raaderum.audit.actor import person_of
from raaderum.kernel import clock
from raaderum.kernel.identifiers import derived_id
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.tenancy.context import current_tenant_id
from raaderum.web.database_failures import sqlstate
from raaderum.web.errors import KeyMissing, KeyReused, WriteInFlight
from raaderum.web.tables import RememberedWrite

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Request
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

KEY_HEADER: Final = "Idempotency-Key"
REPLAYED_HEADER: Final = "Idempotency-Replayed"
MULTIPART: Final = "multipart/form-data"
KEPT: Final = timedelta(hours=48)
_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
_LOCK_NOT_AVAILABLE: Final = "55P03"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What a write was answered: the status and the JSON, to the byte."""

    status: int
    body: str


@dataclass(frozen=True, slots=True)
class BegunWrite:
    """A write by its id; `answer` is what it was answered before, None where it is to be done now."""

    id: UUID
    answer: StoredAnswer | None = None


def begin_write(session: Session, request: Request, *, by: Actor) -> BegunWrite:
    """Claim the write that the request's key names, or find that it happened already.

    Raises `KeyMissing`, `KeyReused` where the key stands for another content, `WriteInFlight`
    where the same write takes longer than the database lets anybody wait.
    """
    write_id = derived_id(person_of(by), f"write:{_key(request)}")
    request_hash = tenant_seal(session).look_up_index(_content(request))
    if _claim(session, write_id, request_hash):
        return BegunWrite(write_id)
    row = session.scalars(select(RememberedWrite).where(RememberedWrite.id == write_id)).one()
    if row.request_hash != request_hash:
        raise KeyReused(where=KEY_HEADER)
    assert row.status is not None  # noqa: S101 - it was committed together with its answer
    return BegunWrite(write_id, StoredAnswer(row.status, open_field(session, row, "answer")))


def remember_answer(session: Session, write: BegunWrite, answer: StoredAnswer) -> None:
    """Keep what a claimed write was answered; it is committed with the act, or not at all."""
    row = RememberedWrite(id=write.id)
    seal_field(session, row, "answer", answer.body)
    session.execute(
        update(RememberedWrite)
        .where(RememberedWrite.id == write.id)
        .values(status=answer.status, answer_sealed=row.answer_sealed)
        .execution_options(synchronize_session=False)
    )


def forget_old_writes(session: Session) -> int:
    """Delete the current tenant's writes that have been kept long enough; return how many."""
    old = delete(RememberedWrite).where(RememberedWrite.remembered_at < clock.now() - KEPT)
    return len(session.scalars(old.returning(RememberedWrite.id)).all())


def _claim(session: Session, write_id: UUID, request_hash: bytes) -> bool:
    values = {"tenant_id": current_tenant_id(), "id": write_id, "request_hash": request_hash}
    claim = insert(RememberedWrite).values(**values, remembered_at=clock.now()).on_conflict_do_nothing()
    try:
        return session.execute(claim.returning(RememberedWrite.id)).first() is not None
    except OperationalError as error:
        if sqlstate(error) == _LOCK_NOT_AVAILABLE:
            raise WriteInFlight(where=KEY_HEADER) from error
        raise


def _key(request: Request) -> str:
    key = request.headers.get(KEY_HEADER, "")
    if not _KEY.fullmatch(key):
        raise KeyMissing(where=KEY_HEADER)
    return key


def _content(request: Request) -> str:
    """Return what was asked, as one text: method, path, and a hash of the body.

    The parts of a multipart body are taken one by one: its boundary is new each time it is sent.
    """
    digest = hashlib.sha256()
    if request.mimetype == MULTIPART:
        for name, file in request.files.items(multi=True):
            content = file.stream.read()
            file.stream.seek(0)
            digest.update(f"{name}|{file.filename}|{len(content)}|".encode() + content)
    else:
        digest.update(request.get_data())
    return f"{request.method} {request.full_path} {digest.hexdigest()}"

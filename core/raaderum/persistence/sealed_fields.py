"""Sealing and opening one field of a row: `name` lives in the column `name_sealed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.persistence.sealing import Place
from raaderum.persistence.tenant_keys import tenant_seal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.persistence.database import TenantOwned


def seal_field(session: Session, row: TenantOwned, field: str, clear: str) -> None:
    """Store `clear` sealed in the column `<field>_sealed` of `row`, which must have its id already."""
    seal_file(session, row, field, clear.encode())


def open_field(session: Session, row: TenantOwned, field: str) -> str:
    """Return what `seal_field` stored; '' where nothing was. Raises `SealBroken` if it was moved."""
    return open_file(session, row, field).decode()


def seal_file(session: Session, row: TenantOwned, field: str, clear: bytes) -> None:
    """Store the bytes of a file sealed in the column `<field>_sealed` of `row`."""
    setattr(row, f"{field}_sealed", tenant_seal(session).seal(clear, _place(row, field)))


def open_file(session: Session, row: TenantOwned, field: str) -> bytes:
    """Return what `seal_file` stored; empty where nothing was."""
    sealed: bytes | None = getattr(row, f"{field}_sealed")
    return tenant_seal(session).open(sealed, _place(row, field)) if sealed else b""


def _place(row: TenantOwned, field: str) -> Place:
    return Place(table=row.__tablename__, column=field, row=row.id)  # type: ignore[attr-defined] # every mapped row has one

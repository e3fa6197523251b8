"""Each tenant's data keys: wrapped in the database, opened once per process."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import current_app
from sqlalchemy import event, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base
from raaderum.persistence.sealing import KEY_LENGTH, MasterKey, TenantSeal
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from flask import Flask

_EXTENSION = "raaderum_keyring"
_MADE_HERE = "tenant_key_made_here"
_SEALS_MADE_HERE = "tenant_seals_made_here"


class TenantKey(Base):
    """One wrapped data key of a tenant; the highest version seals, all of them open."""

    __tablename__ = "tenant_key"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, default=current_tenant_id)
    version: Mapped[int] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Keyring:
    """The opened keys of this process, by tenant."""

    def __init__(self, master_key: MasterKey) -> None:
        self._master_key = master_key
        self._seals: dict[UUID, TenantSeal] = {}

    def seal_of_current_tenant(self, session: Session) -> TenantSeal:
        """Return the seal of the tenant being worked for; its first key is made on first use.

        A key made in this transaction is remembered by its session alone, until anything is rolled
        back: it is gone if the transaction fails, and what others sealed with it meanwhile could never
        be opened again.
        """
        tenant_id = current_tenant_id()
        made_here: dict[UUID, TenantSeal] = session.info.setdefault(_SEALS_MADE_HERE, {})
        remembered = self._seals.get(tenant_id) or made_here.get(tenant_id)
        if remembered is not None:
            return remembered
        keys = self._stored_keys(session)
        if keys and not session.info.get(_MADE_HERE):
            return self._seals.setdefault(tenant_id, TenantSeal(tenant_id, keys))
        made_here[tenant_id] = TenantSeal(tenant_id, keys or self._first_key(session))
        return made_here[tenant_id]

    def _stored_keys(self, session: Session) -> dict[int, bytes]:
        rows = session.execute(select(TenantKey.version, TenantKey.wrapped))
        return {version: self._master_key.unwrap(wrapped) for version, wrapped in rows}

    def _first_key(self, session: Session) -> dict[int, bytes]:
        """Make the tenant's first key; of two that race, the database keeps one and both read it."""
        wrapped = self._master_key.wrap(os.urandom(KEY_LENGTH))
        values = {"tenant_id": current_tenant_id(), "version": 1, "wrapped": wrapped}
        session.execute(insert(TenantKey).values(**values, created_at=clock.now()).on_conflict_do_nothing())
        session.info[_MADE_HERE] = True
        return self._stored_keys(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget_the_seal(session: Session, _transaction: SessionTransaction) -> None:
    """The key may be gone with what was rolled back, be it only to a savepoint."""
    session.info.pop(_SEALS_MADE_HERE, None)


def install_keyring(app: Flask, master_key: MasterKey) -> None:
    """Give `app` its keyring."""
    app.extensions[_EXTENSION] = Keyring(master_key)


def tenant_seal(session: Session) -> TenantSeal:
    """Return the seal of the tenant being worked for."""
    keyring: Keyring = current_app.extensions[_EXTENSION]
    return keyring.seal_of_current_tenant(session)

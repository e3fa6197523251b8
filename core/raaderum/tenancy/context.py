"""The tenant that is being worked for. Unset is an error, never "all of them"."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_current: ContextVar[UUID | None] = ContextVar("current_tenant", default=None)


class TenantMissing(RaaderumError):
    """The database was used without saying for which municipality."""

    code = "tenant_missing"
    text = Text(
        "Der mangler at blive sagt, hvilken kommune der arbejdes for.",
        "It has not been said which municipality is being worked for.",
    )


class TenantSwitched(RaaderumError):
    """A piece of work for one municipality tried to go on for another."""

    code = "tenant_switched"
    text = Text(
        "Arbejde for én kommune må ikke fortsætte for en anden.",
        "Work for one municipality must not continue for another.",
    )


def current_tenant_id() -> UUID:
    """Return the id of the tenant being worked for; raise `TenantMissing` where none is set."""
    tenant_id = _current.get()
    if tenant_id is None:
        raise TenantMissing
    return tenant_id


@contextmanager
def working_for(tenant_id: UUID) -> Iterator[None]:
    """Work for one tenant within the block. Another tenant inside it raises `TenantSwitched`."""
    if _current.get() not in (None, tenant_id):
        raise TenantSwitched
    token = _current.set(tenant_id)
    try:
        yield
    finally:
        _current.reset(token)

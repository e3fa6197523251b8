"""What went wrong with something a person tried to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from raaderum.kernel.errors import RaaderumError


@dataclass(frozen=True, slots=True)
class Problem:
    """An error, the address that the form was sent to, and all that was typed into it."""

    error: RaaderumError
    address: str
    typed: MultiDict[str, str]

"""What the bank says has moved on the municipality's account, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class StatementHead:
    """The statement or advice that the following lines belong to.

    Balances are in the smallest unit of `currency`, None where they are not told. `account` is an
    IBAN or the bank's own number, without spaces; `number` the bank's running one, `until` the last
    day that the statement tells about.
    """

    account: str
    currency: str
    reference: str
    opening: Oere | None = None
    closing: Oere | None = None
    is_final: bool = True
    """Whether its lines are booked for good; an advice of the day (camt.052/054) is not a statement."""
    number: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement on the account: `amount` in øre, above 0 for money in, below 0 for money out.

    `reference` is the bank's own and unique for the account, where the bank gives one.
    `end_to_end_id` and `batch_id` are what travelled with our payment file. Texts that may hold our
    short code stand in `text`, one a line. A booking of many payments comes as a line for each; they
    share `entry`, and `entry_amount` is what was booked: the lines of an entry always add up to it.
    """

    number: int
    amount: Oere
    booked_on: date
    value_on: date | None = None
    reference: str | None = None
    end_to_end_id: str | None = None
    batch_id: str | None = None
    text: str = field(default="", repr=False)
    counterparty: str = field(default="", repr=False)
    is_reversal: bool = False
    return_reason: str | None = None
    is_booked: bool = True
    """Whether it counts: what is only announced comes again when it is booked."""
    entry: int = 0
    entry_reference: str | None = None
    entry_amount: Oere | None = None


@dataclass(frozen=True, slots=True)
class StatementFault:
    """A line that cannot be read, or the place where the file breaks off; the rest goes on where it can."""

    number: int
    message: Text
    raw: str = field(default="", repr=False)


StatementPart = StatementHead | StatementLine | StatementFault


@runtime_checkable
class StatementReader(Protocol):
    """Reads one format of bank statements. Keeps no state; called from several threads."""

    @property
    def identifier(self) -> str:
        """The name that messages call it by."""
        ...

    def recognises(self, head: bytes) -> bool:
        """Say by a file's first kilobytes whether it is of this format."""
        ...

    def read(self, content: BinaryIO) -> Iterator[StatementPart]:
        """Go through a file in constant memory. Never raises on bad content: what is wrong is a fault."""
        ...

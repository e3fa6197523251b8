"""What stands in a cell, and reading it: strict, and each refusal says why and how to mend it; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.money import LARGEST, NotAnAmount, Oere, parse_kroner
from raaderum.kernel.text import Text
from raaderum.people.cpr import Cpr, CprImpossible

if TYPE_CHECKING:
    from collections.abc import Mapping

Cell: TypeAlias = str | Decimal | date
"""A cell with something in it: a text, a number or a day. Cells of text files are always texts."""
Value: TypeAlias = str | int | date | Cpr | tuple[str, ...]
"""What has been read from a cell."""

_DECIMAL_POINT: Final = re.compile(r"-?\d{1,15}\.\d{1,2}", re.ASCII)
_DANISH_DAY: Final = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
_LOST_ZERO: Final = re.compile(r"\d{9}", re.ASCII)
_OERE_DECIMALS: Final = 2
_LARGEST_EXPONENT: Final = 18
_LONGEST_TEXT: Final = 20_000
_EARLIEST: Final = date(1900, 1, 1)
_CPR_LENGTH: Final = 10
_CVR_LENGTH: Final = 8


class CellWrong(InvalidInput):
    """A cell that does not hold what its column asks for. Never repeats what it holds."""

    code = "cell_wrong"
    text = Text("{reason} {remedy}", "{reason_english} {remedy_english}")

    def __init__(self, reason: Text, remedy: Text) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(
            reason=reason.danish,
            remedy=remedy.danish,
            reason_english=reason.english,
            remedy_english=remedy.english,
        )


@dataclass(frozen=True, slots=True)
class Words:
    """A text of at most `most` characters; `verbatim` keeps it to the letter, space and all."""

    most: int = _LONGEST_TEXT
    verbatim: bool = False

    def __call__(self, cell: Cell) -> Value:
        """Return the text."""
        text = as_text(cell)
        if len(text) > self.most:
            raise CellWrong(
                Text("Teksten er for lang.", "The text is too long."),
                Text(
                    f"Skriv højst {self.most} tegn.",
                    f"Write at most {self.most} characters.",
                ),
            )
        return text if self.verbatim else " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Code:
    """One of several words; each code is written as it is called in Danish or in English."""

    names: Mapping[str, str]

    def __call__(self, cell: Cell) -> Value:
        """Return the code."""
        code = self.names.get(as_text(cell).strip().casefold())
        if code is None:
            raise CellWrong(_NO_SUCH_CODE, self.remedy)
        return code

    @property
    def remedy(self) -> Text:
        """The words that can be written."""
        offered = ", ".join(dict.fromkeys(self.names))
        return Text(f"Skriv en af: {offered}.", f"Write one of: {offered}.")


@dataclass(frozen=True, slots=True)
class Codes:
    """Several words with semicolons between them."""

    one: Code

    def __call__(self, cell: Cell) -> Value:
        """Return the codes, each once, in order."""
        written = [word for word in as_text(cell).split(";") if word.strip()]
        return tuple(sorted({str(self.one(word)) for word in written}))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def __call__(self, cell: Cell) -> Value:
        """Return the number."""
        written = as_text(cell).strip()
        if re.fullmatch(r"\d{1,9}", written, re.ASCII) and self.least <= int(written) <= self.most:
            return int(written)
        raise CellWrong(
            Text("Det er ikke et tal, der kan bruges her.", "This is not a number that fits here."),
            Text(
                f"Skriv et helt tal fra {self.least} til {self.most}.",
                f"Write a whole number from {self.least} to {self.most}.",
            ),
        )


def read_cpr(cell: Cell) -> Value:
    """Return a CPR number; a number cell that lost its leading zero gets it back."""
    written = as_text(cell).strip()
    if isinstance(cell, Decimal):
        written = written.zfill(_CPR_LENGTH)
    elif _LOST_ZERO.fullmatch(written):
        raise CellWrong(
            Text(
                "CPR-nummeret har kun ni cifre; et nul forrest er gået tabt.",
                "The CPR number has only nine digits; a leading zero has been lost.",
            ),
            Text(
                "Sæt kolonnens format til tekst, og skriv nullet igen.",
                "Format the column as text and write the zero again.",
            ),
        )
    try:
        return Cpr.parse(written)
    except CprImpossible:
        raise CellWrong(
            Text("Sådan kan et CPR-nummer ikke se ud.", "No CPR number can look like this."),
            Text(
                "Skriv ti cifre, der begynder med en dato: DDMMÅÅ-XXXX.",
                "Write ten digits that begin with a date: DDMMYY-XXXX.",
            ),
        ) from None


def read_amount(cell: Cell) -> Value:
    """Return an amount above 0 in øre: `1.234,50`, `1234.5` or a number cell.

    `1.234` is one thousand two hundred and thirty-four kroner, as Danes write it.
    """
    amount = _oere(cell)
    if amount is None or not 0 < amount <= LARGEST:
        raise CellWrong(
            Text("Det er ikke et beløb over 0 kr.", "This is not an amount above 0 kr."),
            Text(
                "Skriv kroner og ører som 1.234,50 eller 1234.5.",
                "Write kroner and øre as 1.234,50 or 1234.5.",
            ),
        )
    return Oere(amount)


def read_day(cell: Cell) -> Value:
    """Return a day: a date cell, `2018-01-31` or `31-01-2018`."""
    day = cell if isinstance(cell, date) else _written_day(as_text(cell).strip())
    if day is None or day < _EARLIEST:
        raise CellWrong(
            Text("Det er ikke en dato, der findes.", "There is no such date."),
            Text(
                "Skriv datoen som 2018-01-31 eller 31-01-2018.",
                "Write the date as 2018-01-31 or 31-01-2018.",
            ),
        )
    return day


def read_cvr(cell: Cell) -> Value:
    """Return the digits of a CVR number; its check digit is looked at later."""
    written = re.sub(r"[\s.]|^DK", "", as_text(cell).strip().upper())
    return written.zfill(_CVR_LENGTH) if isinstance(cell, Decimal) else written


def read_email(cell: Cell) -> Value:
    """Return an e-mail address as staff are registered with it."""
    return as_text(cell).strip().lower()


def as_text(cell: Cell) -> str:
    """Return a cell as a text: a whole number without decimals, a day as `2018-01-31`."""
    if isinstance(cell, Decimal):
        if cell.adjusted() > _LARGEST_EXPONENT:
            return str(cell)
        return str(int(cell)) if cell == cell.to_integral_value() else format(cell.normalize(), "f")
    return cell.isoformat() if isinstance(cell, date) else cell


def canonical(value: Value) -> str:
    """Return a value as one text, the same however it was written."""
    if isinstance(value, Cpr):
        return value.digits
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def reader_of_code(names: Mapping[str, str]) -> Code:
    """Return a reader of the words in `names`, upper or lower case."""
    return Code({written.casefold(): code for written, code in names.items()})


def _oere(cell: Cell) -> int | None:
    if isinstance(cell, Decimal):
        # A sum of øre in a spreadsheet is a binary fraction: 12.30 can be stored as 12.299999999999999.
        if cell.adjusted() > _LARGEST_EXPONENT:
            return None
        rounded = round(cell, _OERE_DECIMALS)
        return int(rounded * 100) if abs(cell - rounded) < Decimal("0.0000001") else None
    written = as_text(cell).strip()
    if _DECIMAL_POINT.fullmatch(written):
        return int(Decimal(written) * 100)
    try:
        return parse_kroner(written)
    except NotAnAmount:
        return None


def _written_day(written: str) -> date | None:
    danish = _DANISH_DAY.fullmatch(written)
    try:
        if danish is not None:
            return date(int(danish[3]), int(danish[2]), int(danish[1]))
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII) else None
    except ValueError:
        return None


_NO_SUCH_CODE: Final = Text("Ordet er ikke et af dem, der kan bruges her.", "The word is not one that fits.")

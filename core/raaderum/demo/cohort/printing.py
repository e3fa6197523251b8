"""The comparison as lines of text: each published figure, the computed one, and whether they are near."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.published import PLACES, Origin, Unit
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from raaderum.demo.cohort.comparison import Compared

_HEADER: Final = (
    Text("", ""),
    Text("hvor", "where"),
    Text("hvad", "what"),
    Text("udgivet", "published"),
    Text("beregnet", "computed"),
    Text("forskel", "difference"),
)
_UNITS: Final = {
    Unit.PER_CENT: Text("pct.", "per cent"),
    Unit.YEARS: Text("år", "years"),
    Unit.WEEKS: Text("uger", "weeks"),
    Unit.CITIZENS: Text("borgere", "citizens"),
    Unit.KRONER: Text("kr.", "kr."),
}
_OFF: Final = Text("UDEN FOR", "OUTSIDE")
_REGISTER_MARK: Final = " *"
_REGISTER_NOTE: Final = Text(
    "* Regnet af et opdigtet registerudtræk. Sigtelser, diagnoser, uddannelse og ydelser hører hjemme hos "
    "Danmarks Statistik; Råderum har dem ikke og skal ikke have dem.",
    "* Computed from a made-up register extract. Charges, diagnoses, education and benefits belong with "
    "Statistics Denmark; Råderum does not hold them and never will.",
)
_RESULT: Final = Text(
    "{near} af {all} tal er så nær, som hele mennesker tillader (1 procentpoint, 0,3 år, 0,5 uge, 50 kr.).",
    "{near} of {all} figures are as near as whole people allow (1 percentage point, 0.3 years, 0.5 weeks, "
    "50 kr.).",
)
_ROW: Final = "  {:<11} {:<9} {:<46} {:>16} {:>16} {:>9}  {}"


def lines_of(compared: Sequence[Compared], *, english: bool = False) -> Iterator[str]:
    """Return the table, by document, and what it comes to."""
    for document, of_document in groupby(compared, key=lambda one: one.published.document):
        yield ""
        yield document.value
        yield _ROW.format(*(_said(text, english=english) for text in _HEADER), "").rstrip()
        for one in of_document:
            yield _line(one, english=english).rstrip()
    yield ""
    yield _said(_REGISTER_NOTE, english=english)
    near = sum(one.is_near for one in compared)
    yield _said(_RESULT.filled(near=near, all=len(compared)), english=english)


def _line(one: Compared, *, english: bool) -> str:
    figure = one.published
    mark = _REGISTER_MARK if figure.origin is Origin.REGISTERS else ""
    return _ROW.format(
        figure.table,
        _said(PLACES[figure.where], english=english),
        _said(figure.label, english=english) + mark,
        _written(figure.value, figure.unit, english=english),
        _written(one.computed, figure.unit, english=english),
        _difference(one, english=english),
        "" if one.is_near else _said(_OFF, english=english),
    )


def _written(number: Decimal, unit: Unit, *, english: bool) -> str:
    decimals = 0 if unit is Unit.CITIZENS else 1
    return f"{_number(number, decimals, english=english)} {_said(_UNITS[unit], english=english)}"


def _difference(one: Compared, *, english: bool) -> str:
    if not one.difference:
        return "0"
    return _number(one.difference, 2, english=english, sign="+")


def _number(number: Decimal, decimals: int, *, english: bool, sign: str = "") -> str:
    written = f"{number:{sign},.{decimals}f}"
    return written if english else written.translate(str.maketrans(",.", ".,"))


def _said(text: Text, *, english: bool) -> str:
    return text.english if english else text.danish

"""The words of the letter that a citizen can show others: no amount, no CPR number; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_GREETING: Final = Text("Til den, det vedrører", "To whom it may concern")
_TAKES_PART: Final = Text(
    "{municipality} bekræfter, at {name} deltager i {programme}.",
    "{municipality} confirms that {name} takes part in {programme}.",
)
_LAW: Final = Text("Ordningen bygger på: {law}.", "The programme is founded on: {law}.")
_TAX: Final = Text(
    "Det, kommunen betaler som led i ordningen, er skattefrit og skal ikke trækkes fra i offentlige ydelser. "
    "Det er et tillæg og erstatter ikke støtte efter anden lov.",
    "What the municipality pays as part of the programme is free of tax and is not counted against public "
    "benefits. It is a supplement and does not replace support under other acts.",
)
_ACCEPTED: Final = Text(
    "Vilkårene blev accepteret {accepted}.", "The conditions were accepted on {accepted}."
)
_PERIOD: Final = Text(
    "Trækningsretten løber fra {start} til og med {end}.",
    "The drawing right runs from {start} through {end}.",
)
_NOT_STARTED: Final = Text(
    "Trækningsretten begynder, når planen er godkendt.", "The drawing right begins when the plan is approved."
)
_ENDED: Final = Text("Forløbet sluttede {ended}.", "The course ended on {ended}.")
_SIGNED: Final = Text("For {municipality}", "On behalf of {municipality}")
_SIGNATURE: Final = Text("Navn, titel og underskrift", "Name, title and signature")
_LEFT_OUT: Final = Text(
    "{mark} står for tegn, som brevets skrift ikke har. Navnet står fuldt ud i kommunens sag.",
    "{mark} stands for signs that the letter's typeface does not have. The whole name stands in the "
    "municipality's case.",
)
_MONTHS: Final[Mapping[str, str]] = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letter tells, on the day it is written."""

    municipality: str
    citizen_name: str
    programme: Text
    law: Text
    written_on: date
    accepted_on: date
    started_on: date | None
    last_day: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter in one language. `left_out` is the note for signs that the typeface lacks."""

    language: str
    date_line: str
    greeting: str
    paragraphs: tuple[str, ...]
    signed: str
    signature: str
    written_on: date
    municipality: str
    left_out: Text = _LEFT_OUT


def letter_of(facts: LetterFacts, language: str) -> Letter:
    """Return the letter; where the course has ended it says so."""
    values = {
        "municipality": facts.municipality,
        "name": facts.citizen_name,
        "programme": facts.programme.in_language(language),
        "law": facts.law.in_language(language),
        "accepted": _day(facts.accepted_on, language),
        "start": _day(facts.started_on, language) if facts.started_on else "",
        "end": _day(facts.last_day, language) if facts.last_day else "",
        "ended": _day(facts.ended_on, language) if facts.ended_on else "",
    }
    period = _PERIOD if facts.started_on and facts.last_day else _NOT_STARTED
    course = [_ACCEPTED, _ENDED] if facts.ended_on and not facts.started_on else [_ACCEPTED, period]
    if facts.ended_on and facts.started_on:
        course.append(_ENDED)
    paragraphs = ([_TAKES_PART], [_LAW], [_TAX], course)
    return Letter(
        language=language,
        date_line=_day(facts.written_on, language),
        greeting=_GREETING.in_language(language),
        paragraphs=tuple(
            " ".join(sentence.in_language(language).format(**values) for sentence in sentences)
            for sentences in paragraphs
        ),
        signed=_SIGNED.in_language(language).format(**values),
        signature=_SIGNATURE.in_language(language),
        written_on=facts.written_on,
        municipality=facts.municipality,
    )


def _day(day: date, language: str) -> str:
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day}{'' if language == 'en' else '.'} {month} {day.year}"

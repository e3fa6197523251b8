"""The published figures as data: what was printed, where, and how near is near enough.

Nothing is ever computed from here. Shares were printed as whole per cents and mean ages with one
decimal; not all of them hold at once for whole people, so one percentage point and 0.3 years count
as the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Document(StrEnum):
    """Where a figure was published."""

    EVALUATION = "Erfaringsopsamling: Personlige borgerstyrede budgetter til socialt udsatte borgere"
    HALSNAES_NOTE = "Halsnæs Kommune: Afsluttende status for »Mit liv – min styring«, 16-03-2020"
    LTT_METHOD = "Langtidsledige tager teten – principper og metode"


class Unit(StrEnum):
    """What a figure is counted in."""

    PER_CENT = "per_cent"
    YEARS = "years"
    WEEKS = "weeks"
    CITIZENS = "citizens"
    KRONER = "kroner"


class Origin(StrEnum):
    """What a figure can be computed from."""

    CASES = "cases"
    REGISTERS = "registers"
    """Statistics Denmark's registers, which Råderum deliberately does not hold."""


TOLERANCES: Final[Mapping[Unit, Decimal]] = {
    Unit.PER_CENT: Decimal(1),
    Unit.YEARS: Decimal("0.3"),
    Unit.WEEKS: Decimal("0.5"),
    Unit.CITIZENS: Decimal(0),
    Unit.KRONER: Decimal(50),
}
"""How far a computed figure may lie from the published one: half of what it was rounded to, or more
where whole people leave no other way."""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure. `measure` names what is counted, `where` of whom: a municipality's slug, ’all’ or ’ltt’."""

    table: str
    measure: str
    where: str
    value: Decimal
    unit: Unit
    label: Text
    document: Document = Document.EVALUATION
    origin: Origin = Origin.CASES

    @property
    def tolerance(self) -> Decimal:
        """How far the computed figure may lie from this one."""
        return TOLERANCES[self.unit]


ALL: Final = "all"
LTT: Final = "ltt"
PLACES: Final[Mapping[str, Text]] = {
    "aarhus": Text("Aarhus", "Aarhus"),
    "halsnaes": Text("Halsnæs", "Halsnæs"),
    "kolding": Text("Kolding", "Kolding"),
    "lejre": Text("Lejre", "Lejre"),
    ALL: Text("alle", "all"),
    LTT: Text("LTT", "LTT"),
}
_IN_ORDER: Final = ("aarhus", "halsnaes", "kolding", "lejre", ALL)


def _by_place(
    table: str, measure: str, unit: Unit, label: Text, *values: str, origin: Origin = Origin.CASES
) -> Iterator[PublishedFigure]:
    for where, value in zip(_IN_ORDER, values, strict=True):
        yield PublishedFigure(table, measure, where, Decimal(value), unit, label, origin=origin)


def _of_all(table: str, unit: Unit, *rows: tuple[str, str, Text]) -> Iterator[PublishedFigure]:
    for measure, value, label in rows:
        yield PublishedFigure(table, measure, ALL, Decimal(value), unit, label)


def _of_registers(table: str, unit: Unit, *rows: tuple[str, str, str, Text]) -> Iterator[PublishedFigure]:
    for measure, where, value, label in rows:
        yield PublishedFigure(table, measure, where, Decimal(value), unit, label, origin=Origin.REGISTERS)


def _of_the_note(*rows: tuple[str, str, str, Text]) -> Iterator[PublishedFigure]:
    for section, measure, value, label in rows:
        yield PublishedFigure(
            section, measure, "halsnaes", Decimal(value), Unit.CITIZENS, label, Document.HALSNAES_NOTE
        )


PUBLISHED: Final = (
    *_by_place(
        "kap. 5", "citizens", Unit.CITIZENS, Text("deltagere", "participants"), "26", "25", "25", "25", "101"
    ),
    *_of_all(
        "afsnit 6.1", Unit.CITIZENS, ("answered", "98", Text("med spørgeskemaer", "with questionnaires"))
    ),
    *_by_place("Tabel 5.1", "men", Unit.PER_CENT, Text("mænd", "men"), "80", "64", "76", "64", "72"),
    *_by_place("Tabel 5.1", "women", Unit.PER_CENT, Text("kvinder", "women"), "20", "36", "24", "36", "28"),
    *_by_place(
        "Tabel 5.2",
        "mean_age",
        Unit.YEARS,
        Text("gennemsnitsalder 1. januar 2018", "mean age on 1 January 2018"),
        "23.4",
        "41.1",
        "24.1",
        "32.5",
        "30.0",
    ),
    *_of_registers(
        "Figur 5.1",
        Unit.PER_CENT,
        (
            "primary_school",
            ALL,
            "76",
            Text("grundskole som højeste uddannelse", "primary school as highest education"),
        ),
    ),
    *_of_registers(
        "Figur 5.2",
        Unit.WEEKS,
        ("weeks_on_cash_assistance", ALL, "33", Text("kontanthjælp i 2017", "kontanthjælp in 2017")),
        ("weeks_in_work", ALL, "3", Text("ordinært arbejde i 2017", "ordinary work in 2017")),
        ("weeks_on_student_grant", ALL, "4", Text("SU i 2017", "student grant in 2017")),
        ("weeks_on_early_retirement", ALL, "5", Text("førtidspension i 2017", "førtidspension in 2017")),
    ),
    *_by_place(
        "Tabel 5.3",
        "charged",
        Unit.PER_CENT,
        Text("en eller flere sigtelser 2008–2017", "one or more charges 2008–2017"),
        "77",
        "56",
        "32",
        "36",
        "50",
        origin=Origin.REGISTERS,
    ),
    *_of_registers(
        "Figur 5.4",
        Unit.PER_CENT,
        ("diagnosed", ALL, "71", Text("psykiatrisk diagnose 2008–2017", "psychiatric diagnosis 2008–2017")),
        (
            "diagnosed",
            "aarhus",
            "50",
            Text("psykiatrisk diagnose 2008–2017", "psychiatric diagnosis 2008–2017"),
        ),
        (
            "diagnosed_lowest_of_others",
            ALL,
            "72",
            Text("laveste af de andre kommuner", "lowest of the others"),
        ),
        (
            "diagnosed_highest_of_others",
            ALL,
            "84",
            Text("højeste af de andre kommuner", "highest of the others"),
        ),
    ),
    *_of_registers(
        "Figur 5.5",
        Unit.PER_CENT,
        (
            "moderate",
            ALL,
            "38",
            Text("moderat lidelse blandt dem med diagnose", "moderate, of those diagnosed"),
        ),
        ("severe", ALL, "19", Text("svær lidelse blandt dem med diagnose", "severe, of those diagnosed")),
    ),
    *_of_all(
        "Figur 6.1",
        Unit.CITIZENS,
        (
            "goal_education_and_employment",
            "60",
            Text("mål: uddannelse eller arbejde", "goal: education or work"),
        ),
        ("goal_housing", "39", Text("mål: bedre bolig", "goal: better housing")),
    ),
    *_of_all(
        "Figur 6.2",
        Unit.PER_CENT,
        ("start_very_far", "14", Text("start: meget langt fra", "start: very far")),
        ("start_far_or_some_way", "77", Text("start: langt eller et stykke fra", "start: far or some way")),
        ("start_close", "9", Text("start: tæt på", "start: close")),
    ),
    *_of_all(
        "Figur 6.3",
        Unit.PER_CENT,
        ("end_achieved", "22", Text("slut: opnået", "end: achieved")),
        ("end_close", "47", Text("slut: tæt på", "end: close")),
        ("end_far_or_very_far", "6", Text("slut: langt eller meget langt fra", "end: far or very far")),
    ),
    *_of_all(
        "Figur 6.4",
        Unit.PER_CENT,
        ("moved_achieved", "22", Text("målet er opnået", "the goal is achieved")),
        ("moved_closer", "56", Text("tættere på målet", "closer to the goal")),
        ("moved_not", "15", Text("hverken tættere på eller længere fra", "the same distance")),
        ("moved_away", "6", Text("længere fra målet", "further away")),
    ),
    *_of_all(
        "Figur 6.5",
        Unit.PER_CENT,
        ("belief_high", "52", Text("tro ved start: meget høj eller høj grad", "belief: very high or high")),
        ("belief_partly", "40", Text("tro ved start: delvist", "belief: partly")),
        ("belief_low", "7", Text("tro ved start: mindre eller lav grad", "belief: lesser or low")),
    ),
    *_of_all(
        "Figur 6.6",
        Unit.PER_CENT,
        ("achieved_very_high", "29", Text("opnået: meget høj grad", "reached: very high degree")),
        ("achieved_high", "23", Text("opnået: høj grad", "reached: high degree")),
        ("achieved_partly", "22", Text("opnået: delvist", "reached: partly")),
        ("achieved_low", "25", Text("opnået: mindre eller lav grad", "reached: lesser or low degree")),
    ),
    *_of_the_note(
        ("afsnit 2", "citizens", "25", Text("borgere i projektet", "citizens in the project")),
        (
            "afsnit 4",
            "left_nearly_nothing",
            "20",
            Text("brugte lige omkring 50.000 kr.", "spent about 50,000 kr."),
        ),
        (
            "afsnit 4",
            "left_7000_to_11000",
            "3",
            Text("brugte 7.000–11.000 kr. mindre", "spent 7,000–11,000 less"),
        ),
        ("afsnit 4", "left_3000", "2", Text("brugte ca. 3.000 kr. mindre", "spent about 3,000 less")),
        ("afsnit 4", "debt", "3", Text("betalte gæld af", "paid down debt")),
        ("afsnit 4", "changed_little", "15", Text("ingen eller mindre ændringer", "no or minor changes")),
        (
            "afsnit 4",
            "changed_much",
            "10",
            Text("større ændringer eller helt ændret", "major or entire changes"),
        ),
        ("afsnit 4", "changed_entirely", "1", Text("heraf helt ændret", "of these changed entirely")),
    ),
    PublishedFigure(
        "s. ’Bag om’",
        "citizens",
        LTT,
        Decimal(97),
        Unit.CITIZENS,
        Text("deltagere 2015–2018", "participants 2015–2018"),
        Document.LTT_METHOD,
    ),
    PublishedFigure(
        "s. ’Bag om’",
        "mean_spent",
        LTT,
        Decimal(41_100),
        Unit.KRONER,
        Text("gennemsnitligt forbrug", "mean spending"),
        Document.LTT_METHOD,
    ),
)

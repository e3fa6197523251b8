"""The columns of each kind of table: what they are called in Danish and English, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.enrolments.ending_rules import ENDING_REASON_NAMES
from raaderum.enrolments.place_rules import ReferralSource
from raaderum.enrolments.rules import STATE_NAMES
from raaderum.exchange.rules import LONGEST_CASE_NUMBER, Kind, plain_name
from raaderum.exchange.values import (
    Codes,
    Whole,
    Words,
    read_amount,
    read_cpr,
    read_cvr,
    read_day,
    read_email,
    reader_of_code,
)
from raaderum.goals.rules import CATEGORY_NAMES, LONGEST_WORDS
from raaderum.plans.rules import LONGEST_DESCRIPTION, SPENDING_NAMES
from raaderum.programmes.selections import Arm, Selection
from raaderum.questionnaires.rules import RATING_NAMES, Moment, Respondent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from raaderum.exchange.values import Cell, Value
    from raaderum.kernel.text import Text

DECLINED: Final = "declined"
MOST_SUB_GOALS: Final = 5
_MOST_VERSIONS: Final = 999
_MOST_ITEMS: Final = 200
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `example` is what stands under it in the template."""

    name: str
    english: str
    read: Callable[[Cell], Value]
    example: str
    required: bool = False
    is_amount: bool = False
    is_day: bool = False
    default: Value | None = None


def _required(name: str, english: str, read: Callable[[Cell], Value], example: str) -> Column:
    return Column(
        name,
        english,
        read,
        example,
        required=True,
        is_amount=read is read_amount,
        is_day=read is read_day,
    )


def _optional(name: str, english: str, read: Callable[[Cell], Value], example: str = "") -> Column:
    return Column(name, english, read, example, is_amount=read is read_amount, is_day=read is read_day)


def _named(names: Iterable[tuple[str, Text]]) -> dict[str, str]:
    """Return the Danish words and the codes, each with the code that it stands for."""
    named = [(str(code), text) for code, text in names]
    return {**{text.danish: code for code, text in named}, **{code: code for code, _ in named}}


_CASE_NUMBER: Final = Words(most=LONGEST_CASE_NUMBER)
_SOURCES: Final = {
    "myndighed": ReferralSource.AUTHORITY,
    "medarbejder": ReferralSource.STAFF,
    "borger": ReferralSource.CITIZEN,
    **{source.value: source for source in ReferralSource},
}
_SELECTIONS: Final = {
    "udpeget": Selection.APPOINTED,
    "lodtraekning": Selection.DRAWN,
    "lodtrækning": Selection.DRAWN,
    **{selection.value: selection for selection in Selection},
}
_ARMS: Final = {
    "individuel": Arm.INDIVIDUAL,
    "gruppe": Arm.GROUP,
    **{arm.value: arm for arm in Arm},
}
_MOMENTS: Final = {"start": Moment.START, "slut": Moment.END, "end": Moment.END}
_RESPONDENTS: Final = {
    "borger": Respondent.CITIZEN,
    "stoetteperson": Respondent.SUPPORT_PERSON,
    "støtteperson": Respondent.SUPPORT_PERSON,
    **{respondent.value: respondent for respondent in Respondent},
}
_ANSWERS: Final = {
    **_named(RATING_NAMES.items()),
    "oensker_ikke": DECLINED,
    "ønsker ikke": DECLINED,
    DECLINED: DECLINED,
}

COLUMNS: Final[Mapping[Kind, tuple[Column, ...]]] = {
    Kind.CITIZENS: (
        _required("cpr", "cpr", read_cpr, "610190-4000"),
        _required("navn", "name", Words(most=_LONGEST_NAME), "Mia Eksempel"),
    ),
    Kind.ENROLMENTS: (
        _required("sagsnummer", "case_number", _CASE_NUMBER, "SAG-1"),
        _required("cpr", "cpr", read_cpr, "610190-4000"),
        _required("ordning", "programme", Words(most=_LONGEST_NAME), "mit-liv-min-styring"),
        _required("indstillet_dato", "referred_on", read_day, "2026-01-05"),
        _required("indstillet_af", "referred_by", reader_of_code(_SOURCES), "medarbejder"),
        _required("stoetteperson", "support_person", read_email, "signe@kommune.example"),
        _optional("ramme_kr", "ceiling_kr", read_amount, "50.000,00"),
        _optional("tilbud_dato", "offered_on", read_day, "2026-01-12"),
        _optional("accepteret_dato", "accepted_on", read_day, "2026-01-20"),
        _optional("begyndt_dato", "started_on", read_day, "2026-03-01"),
        _optional("afsluttet_dato", "ended_on", read_day),
        _optional("afslutningsgrund", "ending_reason", reader_of_code(_named(ENDING_REASON_NAMES.items()))),
        _optional("udvaelgelse", "selection", reader_of_code(_SELECTIONS)),
        _optional("arm", "arm", reader_of_code(_ARMS)),
        _optional("tilstand", "state", reader_of_code(_named(STATE_NAMES.items()))),
    ),
    Kind.GOALS: (
        _required("sagsnummer", "case_number", _CASE_NUMBER, "SAG-1"),
        _required("droem", "dream", Words(most=LONGEST_WORDS, verbatim=True), "Jeg vil være gartner."),
        _required(
            "kategorier",
            "categories",
            Codes(reader_of_code(_named(CATEGORY_NAMES.items()))),
            "education_and_employment;housing",
        ),
        *(
            _optional(
                f"delmaal_{number}",
                f"sub_goal_{number}",
                Words(most=LONGEST_WORDS, verbatim=True),
                "Tage kørekort" if number == 1 else "",
            )
            for number in range(1, MOST_SUB_GOALS + 1)
        ),
    ),
    Kind.PLAN: (
        _required("sagsnummer", "case_number", _CASE_NUMBER, "SAG-1"),
        Column("version", "version", Whole(1, _MOST_VERSIONS), "1", default=1),
        _required("post_nummer", "item_number", Whole(1, _MOST_ITEMS), "1"),
        _required("delmaal", "sub_goal", Whole(1, MOST_SUB_GOALS), "1"),
        _required("beskrivelse", "description", Words(most=LONGEST_DESCRIPTION), "Kørekort til bil"),
        _required("kategori", "category", reader_of_code(_named(SPENDING_NAMES.items())), "transport"),
        _required("beloeb_kr", "amount_kr", read_amount, "14.500,00"),
        _required(
            "forandringsteori",
            "theory_of_change",
            Words(verbatim=True),
            "Med kørekort kan jeg tage job uden for byen.",
        ),
        _optional("forventet_dato", "needed_on", read_day, "2026-05-01"),
    ),
    Kind.RATINGS: (
        _required("sagsnummer", "case_number", _CASE_NUMBER, "SAG-1"),
        _required("tidspunkt", "moment", reader_of_code(_MOMENTS), "start"),
        _required("hvem", "respondent", reader_of_code(_RESPONDENTS), "borger"),
        _required("svar", "rating", reader_of_code(_ANSWERS), "langt fra"),
        _required("dato", "answered_on", read_day, "2026-03-02"),
    ),
    Kind.PURCHASES: (
        _required("sagsnummer", "case_number", _CASE_NUMBER, "SAG-1"),
        _required("koebsnummer", "purchase_number", _CASE_NUMBER, "K-1"),
        Column("version", "version", Whole(1, _MOST_VERSIONS), "1", default=1),
        _required("post_nummer", "item_number", Whole(1, _MOST_ITEMS), "1"),
        _required("beskrivelse", "description", Words(most=LONGEST_DESCRIPTION), "Lovpakke"),
        _required("leverandoer", "supplier_name", Words(most=_LONGEST_NAME), "Svendborg Køreskole ApS"),
        _optional("cvr", "supplier_cvr", read_cvr, "12345674"),
        _required("beloeb_kr", "amount_kr", read_amount, "12.500,00"),
        _required("dato", "requested_on", read_day, "2026-04-01"),
        _optional("godkendt_dato", "approved_on", read_day, "2026-04-02"),
        _optional("betalt_dato", "paid_on", read_day, "2026-04-20"),
    ),
}


def find_column(kind: Kind, header: str) -> Column | None:
    """Return the column that a header names, in Danish or English, with or without æ, ø and å."""
    name = plain_name(header)
    return next((column for column in COLUMNS[kind] if name in {column.name, column.english}), None)


def column_named(kind: Kind, english: str) -> Column:
    """Return a column by the name that the code calls it."""
    return next(column for column in COLUMNS[kind] if column.english == english)

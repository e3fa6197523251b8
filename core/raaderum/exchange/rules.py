"""Spreadsheets in and out: the kinds of tables, their limits, and what a file can be refused for; pure."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_FILE: Final = 10_000_000
"""Bytes."""
MOST_ROWS: Final = 20_000
"""Rows of one file, all sheets together, the headers not counted."""
MOST_COLUMNS: Final = 100
MOST_ERRORS: Final = 1_000
"""Of more, only the number is told."""
LONGEST_NAME: Final = 80
"""Characters that an error repeats of a column, a sheet or a file."""
LONGEST_CASE_NUMBER: Final = 50

_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "_", "-": "_"})


class Kind(StrEnum):
    """One kind of table; they are taken in in this order, since the later ones point at the earlier."""

    CITIZENS = "citizens"
    ENROLMENTS = "enrolments"
    GOALS = "goals"
    PLAN = "plan"
    RATINGS = "ratings"
    PURCHASES = "purchases"


SHEET_NAMES: Final[Mapping[Kind, str]] = {
    Kind.CITIZENS: "borgere",
    Kind.ENROLMENTS: "forloeb",
    Kind.GOALS: "maal",
    Kind.PLAN: "plan",
    Kind.RATINGS: "vurderinger",
    Kind.PURCHASES: "koeb",
}
"""What a sheet or a CSV file is called; the English names of the kinds are read too."""
KIND_NAMES: Final[Mapping[Kind, Text]] = {
    Kind.CITIZENS: Text("borgere", "citizens"),
    Kind.ENROLMENTS: Text("forløb", "enrolments"),
    Kind.GOALS: Text("drømme og delmål", "dreams and sub-goals"),
    Kind.PLAN: Text("planer", "plans"),
    Kind.RATINGS: Text("vurderinger", "ratings"),
    Kind.PURCHASES: Text("køb", "purchases"),
}
ALL_SHEETS: Final = ", ".join(SHEET_NAMES.values())


def plain_name(written: str) -> str:
    """Return a header or a sheet's name as it is compared: `Støtteperson ` is `stoetteperson`."""
    return re.sub("_+", "_", written.strip().casefold().translate(_LETTERS)).strip("_")


def find_kind(written: str) -> Kind | None:
    """Return the kind that a sheet or a file is named after, in Danish or English."""
    name = plain_name(written)
    return next((kind for kind, danish in SHEET_NAMES.items() if name in {danish, kind.value}), None)


def shown(written: str) -> str:
    """Return a name as an error repeats it: not longer than a line."""
    return written if len(written) <= LONGEST_NAME else written[: LONGEST_NAME - 1] + "…"


class SpreadsheetTooLarge(InvalidInput):
    """A file beyond the limit of bytes, refused before it is opened."""

    code = "spreadsheet_too_large"
    text = Text(
        "Filen er for stor; der er plads til {most} MB. Del den i flere filer.",
        "The file is too large; there is room for {most} MB. Split it into several files.",
    )


class TooManyRows(InvalidInput):
    """More rows than one file may have; reading stopped at the first one too many."""

    code = "too_many_rows"
    text = Text(
        "Filen har mere end {most} rækker. Del den i flere filer.",
        "The file has more than {most} rows. Split it into several files.",
    )


class TooManyColumns(InvalidInput):
    """A row that is far wider than any table of ours."""

    code = "too_many_columns"
    text = Text(
        "Række {row} har mere end {most} kolonner. Slet det, der står til højre for tabellen.",
        "Row {row} has more than {most} columns. Delete what stands to the right of the table.",
    )


class EncodingUnclear(InvalidInput):
    """A text file in an encoding that cannot be told for sure; a guess could spoil æ, ø and å."""

    code = "encoding_unclear"
    text = Text(
        "Filens tegnsæt kan ikke fastslås, så æ, ø og å kunne blive forkerte. "
        "Gem den i Excel som »CSV UTF-8 (semikolonsepareret)«, og indlæs den igen.",
        "The file's encoding cannot be told for sure, so æ, ø and å might come out wrong. "
        "Save it in Excel as “CSV UTF-8 (semicolon delimited)” and import it again.",
    )


class NotATable(InvalidInput):
    """A file that is no table: a picture, a letter, a program, or nothing at all."""

    code = "not_a_table"
    text = Text(
        "Filen er ikke et regneark, der kan læses. Gem det som XLSX eller som CSV UTF-8.",
        "The file is not a spreadsheet that can be read. Save it as XLSX or as CSV UTF-8.",
    )


class SpreadsheetBroken(InvalidInput):
    """A file that begins as a table and then cannot be read."""

    code = "spreadsheet_broken"
    text = Text(
        "Filen er beskadiget ved {place} og kan ikke læses. Gem den igen i dit regneark.",
        "The file is damaged at {place} and cannot be read. Save it again in your spreadsheet.",
    )


class OldWorkbook(InvalidInput):
    """A workbook of Excel 97–2003 (.xls)."""

    code = "old_workbook"
    text = Text(
        "Filen er et regneark i det gamle format (.xls). Åbn det i Excel, og gem det som .xlsx.",
        "The file is a workbook in the old format (.xls). Open it in Excel and save it as .xlsx.",
    )


class WorkbookEncrypted(InvalidInput):
    """A workbook that is protected with a password."""

    code = "workbook_encrypted"
    text = Text(
        "Regnearket er beskyttet med adgangskode. Gem det uden adgangskode, og slet den fil bagefter.",
        "The workbook is protected with a password. Save it without one, and delete that file afterwards.",
    )


class OpenDocumentWorkbook(InvalidInput):
    """A workbook of LibreOffice's own format (.ods)."""

    code = "open_document_workbook"
    text = Text(
        "Filen er et OpenDocument-regneark (.ods). Gem det som .xlsx.",
        "The file is an OpenDocument workbook (.ods). Save it as .xlsx.",
    )


class WorkbookSwells(InvalidInput):
    """A workbook that would unpack to far more than a table can need."""

    code = "workbook_swells"
    text = Text(
        "Regnearket fylder for meget, når det pakkes ud. Kopiér tabellen over i et nyt regneark.",
        "The workbook is too large when unpacked. Copy the table into a new workbook.",
    )


class KindUnclear(InvalidInput):
    """A table of which nobody can tell what it holds."""

    code = "kind_unclear"
    text = Text(
        "Det kan ikke ses, hvad filen indeholder. Vælg det, eller kald den en af: {names}.",
        "It cannot be seen what the file holds. Choose it, or name it one of: {names}.",
    )


class NoSheetToTakeIn(InvalidInput):
    """A workbook without any of our sheets."""

    code = "no_sheet_to_take_in"
    text = Text(
        "Regnearket har ingen ark at indlæse. Kald arkene: {names}.",
        "The workbook has no sheets to import. Name the sheets: {names}.",
    )

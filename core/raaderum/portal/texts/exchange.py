"""Spreadsheets taken in and handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "nav.import": Text("Indlæsning", "Import"),
    "nav.export": Text("Udlæsning", "Export"),
    "exchange.import": Text("Indlæs et regneark", "Import a spreadsheet"),
    "exchange.export": Text("Udlæs til et regneark", "Export to a spreadsheet"),
    "exchange.choose": Text("Vælg en fil", "Choose a file"),
    "exchange.file": Text("Regneark", "Spreadsheet"),
    "exchange.file_hint": Text(
        "XLSX eller CSV, højst 10 MB og 20.000 rækker. Prøv filen først: så kan du se, hvad der mangler.",
        "XLSX or CSV, at most 10 MB and 20,000 rows. Try the file out first: then you see what is missing.",
    ),
    "exchange.holds": Text("Hvad indeholder filen?", "What does the file hold?"),
    "exchange.holds_hint": Text(
        "Kun nødvendigt, hvis det ikke kan ses af filens eller arkenes navne.",
        "Only needed where it cannot be seen from the names of the file or its sheets.",
    ),
    "exchange.see_from_file": Text("Se det af filen", "See it from the file"),
    "exchange.try": Text("Prøv uden at gemme", "Try without saving"),
    "exchange.save": Text("Indlæs og gem", "Import and save"),
    "exchange.templates": Text("Skabeloner", "Templates"),
    "exchange.templates_hint": Text(
        "Med de rigtige overskrifter og én række som eksempel. Slet eksemplet, før du indlæser.",
        "With the right headers and one row as an example. Delete the example before you import.",
    ),
    "exchange.all_kinds": Text("Alle ark i én XLSX-fil", "All sheets in one XLSX file"),
    "exchange.one_kind": Text("Kun {name}, som CSV", "Only {name}, as CSV"),
    "exchange.saved": Text("Filen er indlæst", "The file has been imported"),
    "exchange.faulty": Text("Intet er gemt: der er fejl i filen", "Nothing was saved: the file has errors"),
    "exchange.tried": Text("Prøven gik godt. Intet er gemt", "The trial went well. Nothing was saved"),
    "exchange.now_for_real": Text(
        "Vælg filen igen, og tryk på »Indlæs og gem«.", "Choose the file again and press “Import and save”."
    ),
    "exchange.counts": Text("Rækker i filen", "Rows in the file"),
    "exchange.kind": Text("Ark", "Sheet"),
    "exchange.new": Text("Nye", "New"),
    "exchange.known": Text("Er der allerede", "Already there"),
    "exchange.with_errors": Text("Med fejl", "With errors"),
    "exchange.errors": Text("Det skal rettes", "To be corrected"),
    "exchange.place": Text("Sted", "Place"),
    "exchange.reason": Text("Hvad der er galt", "What is wrong"),
    "exchange.remedy": Text("Sådan retter du det", "How to mend it"),
    "exchange.at": Text("{sheet}, række {row}", "{sheet}, row {row}"),
    "exchange.left_out": Text("Og {number} fejl mere.", "And {number} more errors."),
    "exchange.export_hint": Text(
        "Vælg, hvilke kolonner der skal med. CPR-numre er kun med, hvis du selv vælger dem, "
        "og det skrives ned, hvem der har fået hvad.",
        "Choose the columns to be included. CPR numbers are included only where you choose them yourself, "
        "and it is written down who got what.",
    ),
    "exchange.columns": Text("Kolonner", "Columns"),
    "exchange.as_xlsx": Text("Hent XLSX", "Download XLSX"),
    "exchange.as_csv": Text("Hent CSV", "Download CSV"),
    "done.import_spreadsheet": Text(
        "Filen blev læst; svaret stod på siden.", "The file was read; the outcome stood on the page."
    ),
    "done.export_spreadsheet": Text("Filen er hentet.", "The file has been downloaded."),
}

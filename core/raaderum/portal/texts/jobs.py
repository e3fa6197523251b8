"""What the system does in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "nav.jobs": Text("Kørsler", "Jobs"),
    "jobs.heading": Text("Kørsler", "Jobs"),
    "jobs.lead": Text(
        "Det, systemet gør i baggrunden. Bliver et tal ved med at vokse, så kontakt driften.",
        "What the system does in the background. If a number keeps growing, contact operations.",
    ),
    "jobs.work": Text("Arbejde, der ikke er gjort endnu", "Work that is not done yet"),
    "jobs.what": Text("Hvad", "What"),
    "jobs.running": Text("I gang", "Running"),
    "jobs.waiting": Text("Venter", "Waiting"),
    "jobs.later": Text("Prøves igen senere", "Tried again later"),
    "jobs.parked": Text("Parkeret", "Parked"),
    "jobs.no_work": Text("Alt arbejde er gjort.", "All work is done."),
    "jobs.runs": Text("Gjort efter uret", "Done by the clock"),
    "jobs.due": Text("Tidspunkt", "Due"),
    "jobs.state": Text("Tilstand", "State"),
    "jobs.progress": Text("Fremskridt", "Progress"),
    "jobs.done_of": Text("{done} af {total}", "{done} of {total}"),
    "jobs.no_runs": Text("Intet er gjort efter uret endnu.", "Nothing has been done by the clock yet."),
}

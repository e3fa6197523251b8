"""The conditions of an offer, and the citizen's answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from raaderum.conditions import letters
from raaderum.conditions import service as conditions
from raaderum.conditions.rules import ACCEPTANCE_WAY_NAMES, LANGUAGES
from raaderum.enrolments import answers
from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.portal.typed import ChoiceMissing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


class DayMissing(InvalidInput):
    """A day was not filled in."""

    code = "day_missing"
    text = Text("Skriv dagen.", "Write the day.")


def show_conditions(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the conditions as they read now, or as the citizen said yes to them."""
    found = conditions.conditions_of(session, enrolment_id, by=visit.actor)
    return render(
        "conditions.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        conditions=found,
        digest=found.terms.in_language(visit.language).digest,
        ways=ACCEPTANCE_WAY_NAMES,
    )


def download_letter(visit: Visit, session: Session, enrolment_id: UUID) -> Response:
    """Hand out the letter that the citizen can show others, in the language of the page."""
    content = letters.letter_file(session, enrolment_id, language=visit.language, by=visit.actor)
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename="brev.pdf")
    return response


def accept_offer(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """The citizen says yes to the conditions that their page showed."""
    with unit_of_work() as session:
        conditions.accept_offer(session, enrolment_id, digest=typed.text("digest"), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def accept_on_paper(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Register a yes that was signed on paper."""
    signed_on, language = typed.day("signed_on"), typed.text("language")
    if signed_on is None:
        raise DayMissing(where="signed_on")
    if language not in LANGUAGES:
        raise ChoiceMissing(where="language")
    with unit_of_work() as session:
        conditions.accept_on_paper(
            session, enrolment_id, signed_on=signed_on, language=language, by=visit.actor
        )
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def decline_offer(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """The citizen says no, with or without a reason."""
    with unit_of_work() as session:
        answers.decline_offer(session, enrolment_id, because=typed.text("because"), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)

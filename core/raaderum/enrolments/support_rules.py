"""What a change of support person and a substitution must hold to; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, NotFound, RaaderumError, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

LONGEST_HANDOVER: Final = 20_000


class AlreadyWished(Conflict):
    """The citizen has asked for another support person already."""

    code = "already_wished"
    text = Text(
        "Ønsket om en anden støtteperson er allerede sendt til koordinatoren.",
        "The wish for another support person has been sent to the coordinator already.",
    )


class NoWish(NotFound):
    """There is no open wish to take back."""

    code = "no_wish"
    text = Text(
        "Der er ikke noget åbent ønske om en anden støtteperson.",
        "There is no open wish for another support person.",
    )


class SameSupportPerson(Conflict):
    """The person is the citizen's support person already."""

    code = "same_support_person"
    text = Text(
        "Personen er allerede borgerens støtteperson. Vælg en anden.",
        "The person is the citizen's support person already. Choose another.",
    )


class SubstitutionInvalid(InvalidInput):
    """A substitution that ends before it begins, or lies in the past."""

    code = "substitution_invalid"
    text = Text(
        "En vikars tid skal begynde i dag eller senere og slutte samme dag eller efter.",
        "A substitute's time must begin today or later, and end on the same day or after.",
    )


@dataclass(frozen=True, slots=True)
class RefusedCase:
    """A case that cannot be handed over, and why."""

    enrolment_id: UUID
    error: RaaderumError

    @property
    def where(self) -> str:
        """Which case, as the API writes it."""
        return str(self.enrolment_id)

    @property
    def message(self) -> Text:
        """Why."""
        return self.error.message


class HandoverRefused(RuleBroken):
    """Several cases were to be handed over at once, and some cannot be; none was."""

    code = "handover_refused"
    text = Text(
        "Ingen sager er overdraget: {count} af dem kan ikke. Se hvilke, ret valget, og prøv igen.",
        "No case was handed over: {count} of them cannot be. See which, change the choice and try again.",
    )

    def __init__(self, faults: Sequence[RefusedCase]) -> None:
        self.faults = tuple(faults)
        super().__init__(where="enrolment_ids", count=len(self.faults))


def check_substitution(*, begins_on: date, ends_on: date, today: date) -> None:
    """Raise `SubstitutionInvalid` unless the period lies ahead and in order."""
    if not today <= begins_on <= ends_on:
        raise SubstitutionInvalid(where="ends_on" if begins_on >= today else "begins_on")

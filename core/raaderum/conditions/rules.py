"""Conditions: the terms in both languages with their version and hash, and who said yes to them; pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LANGUAGES: Final = ("da", "en")


class AcceptanceWay(StrEnum):
    """How the citizen said yes."""

    OWN_SIGN_IN = "own_sign_in"
    ON_PAPER = "on_paper"


ACCEPTANCE_WAY_NAMES: Final[Mapping[AcceptanceWay, Text]] = {
    AcceptanceWay.OWN_SIGN_IN: Text("med eget login", "by own sign-in"),
    AcceptanceWay.ON_PAPER: Text("på papir, registreret af kommunen", "on paper, registered by the staff"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One paragraph of the terms under its heading."""

    heading: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Wording:
    """The terms in one language, exactly as they are shown."""

    language: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of exactly the text."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a citizen says yes to. `version` names the rules it was made from and the edition of our words."""

    version: str
    title: Text
    sections: tuple[Section, ...]

    def in_language(self, language: str) -> Wording:
        """Return the terms as one text: title, then each heading with its paragraph."""
        paragraphs = (
            f"{section.heading.in_language(language)}\n{section.body.in_language(language)}"
            for section in self.sections
        )
        parts = (self.title.in_language(language), *paragraphs)
        return Wording(language, "\n\n".join(parts) + "\n")

    def shown_with(self, digest: str) -> Wording:
        """Return the wording that has this hash; raise `ConditionsChanged` where none has it any more."""
        for language in LANGUAGES:
            wording = self.in_language(language)
            if wording.digest == digest:
                return wording
        raise ConditionsChanged(where="digest")


class ConditionsChanged(Conflict):
    """The citizen read other terms than those that hold now."""

    code = "conditions_changed"
    text = Text(
        "Vilkårene er ændret, siden du læste dem, og der er ikke sagt ja til noget. Læs dem igen, "
        "som de er nu.",
        "The conditions have changed since you read them, and nothing has been accepted. "
        "Read them again as they are now.",
    )


class SignedOutsideOffer(InvalidInput):
    """A paper that was signed before the offer, or that is to be signed some day."""

    code = "signed_outside_offer"
    text = Text(
        "Dagen skal ligge mellem tilbuddet {first} og i dag {last}. Skriv den dag, der står på papiret.",
        "The day must lie between the offer {first} and today {last}. Write the day that is on the paper.",
    )


class NotAccepted(RuleBroken):
    """There is nothing to show before the citizen has said yes."""

    code = "conditions_not_accepted"
    text = Text(
        "Borgeren har ikke sagt ja til vilkårene endnu. Det sker på siden »Vilkår«.",
        "The citizen has not accepted the conditions yet. That is done on the page “Conditions”.",
    )


def digest_of(text: str) -> str:
    """Return the SHA-256 (hex) of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_signed(signed_on: date, *, offered_on: date, today: date) -> None:
    """Raise `SignedOutsideOffer` unless the paper was signed between the offer and today, both included."""
    if not offered_on <= signed_on <= today:
        raise SignedOutsideOffer(where="signed_on", first=offered_on, last=today)

"""Selecting among those referred: appointed, or drawn so that anybody can check; pure."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text
from raaderum.programmes.selections import ARM_NAMES, Arm, Selection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from raaderum.programmes.rules import ProgrammeVersion

MOST_PLACES_IN_A_DRAW: Final = 10_000


class DrawOutcome(StrEnum):
    """What became of a participant in a draw."""

    DRAWN = "drawn"
    NOT_DRAWN = "not_drawn"
    PASSED_OVER = "passed_over"
    """No longer there to be drawn: selected otherwise, or the referral has moved on."""


DRAW_OUTCOME_NAMES: Final[Mapping[DrawOutcome, Text]] = {
    DrawOutcome.DRAWN: Text("udtrukket", "drawn"),
    DrawOutcome.NOT_DRAWN: Text("ikke udtrukket", "not drawn"),
    DrawOutcome.PASSED_OVER: Text("sprunget over", "passed over"),
}


class SelectsOtherwise(RuleBroken):
    """The programme does not select in this way."""

    code = "programme_selects_otherwise"
    text = Text(
        "Ordningen vælger ikke borgere på den måde. Se ordningens regler.",
        "The programme does not select citizens in this way. See the programme's rules.",
    )


class SelectionMissing(RuleBroken):
    """An offer was about to be made to somebody who is neither appointed nor drawn."""

    code = "selection_missing"
    text = Text(
        "Ordningen vælger mellem de indstillede. Udpeg borgeren, eller træk lod, før der gives et tilbud.",
        "The programme selects among those referred. Appoint the citizen, or draw, before an offer.",
    )


class AlreadySelected(Conflict):
    """The citizen has been appointed or drawn before."""

    code = "already_selected"
    text = Text("Borgeren er allerede udvalgt.", "The citizen has been selected already.")


class ArmMissing(InvalidInput):
    """The programme runs several kinds of course, and none or an unknown one was chosen."""

    code = "arm_missing"
    text = Text("Vælg forløbets form: {arms}.", "Choose the kind of course: {arms_english}.")


class ArmNotAsked(InvalidInput):
    """A kind of course was chosen in a programme that has one only."""

    code = "arm_not_asked"
    text = Text("Ordningen har kun én slags forløb.", "The programme has one kind of course only.")


class NobodyToDraw(RuleBroken):
    """A draw among nobody."""

    code = "nobody_to_draw"
    text = Text(
        "Ingen indstillede venter på at blive udvalgt i ordningen. Indstil borgere først.",
        "Nobody referred is waiting to be selected in the programme. Refer citizens first.",
    )


class PlacesOutOfRange(InvalidInput):
    """More places in a draw than there are people, or none."""

    code = "places_out_of_range"
    text = Text(
        "Skriv, hvor mange der skal trækkes: mellem 1 og {most}.",
        "Write how many to draw: between 1 and {most}.",
    )


class AlreadyDrawn(Conflict):
    """The draw has been carried out before; a draw is never repeated."""

    code = "already_drawn"
    text = Text(
        "Der er allerede trukket lod. Resultatet står fast.",
        "The draw has been carried out already. Its result stands.",
    )


def check_selection(rules: ProgrammeVersion, *, selection: str | None, arm: str | None) -> None:
    """Raise unless an enrolment is selected, and has its kind of course, as far as the programme asks."""
    if rules.selections is not None and selection is None:
        raise SelectionMissing(where="selection")
    if rules.arms is not None:
        check_arm(rules, Arm(arm) if arm else None)


def check_selects(rules: ProgrammeVersion, selection: Selection) -> None:
    """Raise `SelectsOtherwise` unless the programme selects in this way."""
    if selection not in (rules.selections or ()):
        raise SelectsOtherwise(where="programme")


def check_arm(rules: ProgrammeVersion, arm: Arm | None) -> None:
    """Raise unless `arm` is one of the programme's, or None where it has none."""
    if rules.arms is None:
        if arm is not None:
            raise ArmNotAsked(where="arm")
    elif arm not in rules.arms:
        raise ArmMissing(
            where="arm",
            arms=", ".join(ARM_NAMES[one].danish for one in rules.arms),
            arms_english=", ".join(ARM_NAMES[one].english for one in rules.arms),
        )


def check_places(places: int, *, participants: int) -> None:
    """Raise unless there is somebody to draw, and at least one and at most all of them are drawn."""
    if not participants:
        raise NobodyToDraw(where="programme")
    if not 1 <= places <= participants:
        raise PlacesOutOfRange(where="places", most=participants)


def hash_of_seed(seed: str) -> str:
    """Return what is shown before the draw: SHA-256 (hex) of the seed as it is written."""
    return hashlib.sha256(seed.encode()).hexdigest()


def order_of_draw(seed: str, enrolment_ids: Iterable[UUID]) -> list[UUID]:
    """Return the enrolments in the order of SHA-256 over `<seed>:<id>`; the same every time.

    Nothing of the citizen goes in: neither CPR number nor age, name or time of referral.
    """
    return sorted(enrolment_ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())


def drawn(order: Sequence[UUID], *, places: int, passed_over: Collection[UUID]) -> dict[UUID, DrawOutcome]:
    """Return what becomes of each participant: the first `places` of those still there are drawn."""
    still_there = [one for one in order if one not in passed_over]
    winners = set(still_there[:places])
    return {
        one: DrawOutcome.PASSED_OVER
        if one in passed_over
        else DrawOutcome.DRAWN
        if one in winners
        else DrawOutcome.NOT_DRAWN
        for one in order
    }

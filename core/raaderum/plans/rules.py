"""Budget plans: states, spending categories and what a plan must hold; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_DESCRIPTION: Final = 500
LONGEST_THEORY: Final = 5_000
LONGEST_MOTIVATION: Final = 20_000


class PlanState(StrEnum):
    """Where a version of a plan is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    REPLACED = "replaced"


PLAN_STATE_NAMES: Final[Mapping[PlanState, Text]] = {
    PlanState.DRAFT: Text("kladde", "draft"),
    PlanState.PROPOSED: Text("til godkendelse", "awaiting approval"),
    PlanState.APPROVED: Text("godkendt", "approved"),
    PlanState.RETURNED: Text("sendt tilbage", "returned"),
    PlanState.REPLACED: Text("afløst af en nyere", "replaced by a newer one"),
}


class Colour(StrEnum):
    """How sure the consultant is of the citizen and the plan."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class SpendingCategory(StrEnum):
    """What money has been seen to be spent on."""

    TRANSPORT = "transport"
    TUITION = "tuition"
    COMPUTER_AND_PHONE = "computer_and_phone"
    HOUSING = "housing"
    CLOTHES_AND_CARE = "clothes_and_care"
    DENTIST_AND_GLASSES = "dentist_and_glasses"
    EXERCISE_AND_LEISURE = "exercise_and_leisure"
    THERAPY = "therapy"
    FAMILY = "family"
    DEBT = "debt"
    BUSINESS = "business"
    PETS = "pets"
    MUSIC = "music"
    TATTOO_REMOVAL = "tattoo_removal"
    OTHER = "other"


SPENDING_NAMES: Final[Mapping[SpendingCategory, Text]] = {
    SpendingCategory.TRANSPORT: Text("transport", "transport"),
    SpendingCategory.TUITION: Text("undervisning og materialer", "tuition and materials"),
    SpendingCategory.COMPUTER_AND_PHONE: Text("computer og telefon", "computer and phone"),
    SpendingCategory.HOUSING: Text("bolig", "housing"),
    SpendingCategory.CLOTHES_AND_CARE: Text("tøj og personlig pleje", "clothes and personal care"),
    SpendingCategory.DENTIST_AND_GLASSES: Text("tandlæge og briller", "dentist and glasses"),
    SpendingCategory.EXERCISE_AND_LEISURE: Text("motion og fritid", "exercise and leisure"),
    SpendingCategory.THERAPY: Text("terapi og behandling", "therapy and treatment"),
    SpendingCategory.FAMILY: Text("familieoplevelser, ferie og jul", "family, holidays, Christmas"),
    SpendingCategory.DEBT: Text("gæld", "debt settlement"),
    SpendingCategory.BUSINESS: Text("egen virksomhed", "starting a business"),
    SpendingCategory.PETS: Text("kæledyr", "pets"),
    SpendingCategory.MUSIC: Text("musikinstrumenter", "musical instruments"),
    SpendingCategory.TATTOO_REMOVAL: Text("fjernelse af tatoveringer", "tattoo removal"),
    SpendingCategory.OTHER: Text("andet", "other"),
}


TO_BE_LEARNT: Final = frozenset(
    {SpendingCategory.COMPUTER_AND_PHONE, SpendingCategory.EXERCISE_AND_LEISURE, SpendingCategory.MUSIC}
)
"""Equipment and instruments: those who bought such moved less than those who bought courses, since
nobody had shown them how (the national evaluation). The form asks who will."""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One item as it is written: `amount` in øre, above 0, towards one sub-goal.

    `evidence` are files of the same enrolment that show the price, taken over from earlier items.
    """

    sub_goal_id: UUID
    description: str
    category: SpendingCategory
    amount: Oere
    theory_of_change: str
    needed_on: date | None = None
    who_will_teach: str = ""
    evidence: tuple[UUID, ...] = ()


class PlanEmpty(InvalidInput):
    """A plan without items."""

    code = "plan_empty"
    text = Text("Planen har ingen poster. Tilføj mindst én.", "The plan has no items. Add at least one.")


_TOO_LONG: Final = Text(
    "teksten fylder {length} tegn; der er plads til {most}",
    "the text has {length} characters; there is room for {most}",
)


class ItemInvalid(InvalidInput):
    """An item that lacks what an item must have."""

    code = "item_invalid"
    text = Text(
        "Post {number}: {reason}.",
        "Item {number}: {reason_english}.",
    )


class MotivationTooLong(InvalidInput):
    """A motivation longer than a small book."""

    code = "motivation_too_long"
    text = Text(
        "Motivationen fylder {length} tegn; der er plads til {most}. Kort den af.",
        "The motivation has {length} characters; there is room for {most}. Make it shorter.",
    )


class PlanMovedOn(Conflict):
    """Somebody else wrote a version while this one was being written."""

    code = "plan_moved_on"
    text = Text(
        "Version {version} er skrevet, mens du skrev. Intet af det, du skrev, er tabt: "
        "se den nye version igennem, og gem så din igen.",
        "Version {version} was written while you were writing. Nothing of what you wrote is lost: "
        "look the new version over, then keep yours again.",
    )


class PlanAboveCeiling(RuleBroken):
    """A plan that sums to more than the citizen's ceiling."""

    code = "plan_above_ceiling"
    text = Text(
        "Planen er på {total}, og rammen er {ceiling}. Tag {excess} ud.",
        "The plan sums to {total}, and the ceiling is {ceiling}. Take {excess} out.",
    )


class PlanBelowUse(RuleBroken):
    """A new plan that grants less than what has already been used or promised."""

    code = "plan_below_use"
    text = Text(
        "Planen er på {total}, men {used} er allerede brugt eller lovet væk. Sæt den op til mindst det.",
        "The plan sums to {total}, but {used} has already been used or promised. Raise it to at least that.",
    )


class PlanMoveForbidden(Conflict):
    """The plan is not where the act needs it to be."""

    code = "plan_move_forbidden"
    text = Text(
        "Planen er »{state}«, så det kan ikke gøres.", "The plan is “{state_english}”, so it cannot be done."
    )


class OwnProposal(RuleBroken):
    """Four eyes: somebody tried to approve what they themselves proposed or asked for."""

    code = "own_proposal"
    text = Text(
        "Man kan ikke godkende det, man selv har foreslået. Bed en kollega om det.",
        "Nobody can approve what they themselves proposed. Ask a colleague.",
    )


class ColourNotFinal(RuleBroken):
    """A plan was about to be approved on a yellow: yellow must end green or red first."""

    code = "colour_not_final"
    text = Text(
        "En gul plan skal drøftes med en kollega og ende grøn eller rød, før den kan godkendes.",
        "A yellow plan must be discussed with a colleague and end green or red before approval.",
    )


class PoolTooSmall(RuleBroken):
    """The programme's pool does not hold the grant."""

    code = "pool_too_small"
    text = Text(
        "Puljen har kun {left} tilbage; bevillingen er {wanted}. "
        "Få puljen tilført penge, eller skær planen ned.",
        "The pool has only {left} left; the grant is {wanted}. Have the pool funded, or cut the plan down.",
    )


def check_based_on(based_on: int | None, latest: int) -> None:
    """Raise `PlanMovedOn` where a version is `latest` that the writer has not seen."""
    if based_on is not None and based_on != latest:
        raise PlanMovedOn(where="based_on", version=latest)


def check_motivation(motivation: str) -> None:
    """Raise `MotivationTooLong`."""
    if len(motivation) > LONGEST_MOTIVATION:
        raise MotivationTooLong(where="motivation", length=len(motivation), most=LONGEST_MOTIVATION)


def check_items(items: Sequence[ItemDraft], *, ceiling: int) -> Oere:
    """Return the sum of the items in øre; raise for an empty plan, a bad item or a sum above `ceiling`."""
    if not items:
        raise PlanEmpty(where="items")
    for number, item in enumerate(items, start=1):
        _check_item(number, item)
    total = sum(item.amount for item in items)
    if total > ceiling:
        raise PlanAboveCeiling(
            where="items",
            total=format_kroner(total),
            ceiling=format_kroner(ceiling),
            excess=format_kroner(total - ceiling),
        )
    return Oere(total)


def _check_item(number: int, item: ItemDraft) -> None:
    if item.amount <= 0:
        raise ItemInvalid(
            where=f"items[{number - 1}].amount",
            number=number,
            reason="beløbet skal være over 0 kr.",
            reason_english="the amount must be above 0 kr.",
        )
    _check_words(
        number,
        "description",
        item.description,
        most=LONGEST_DESCRIPTION,
        missing=Text("skriv kort, hvad der skal købes", "write shortly what is to be bought"),
    )
    _check_words(
        number,
        "theory_of_change",
        item.theory_of_change,
        most=LONGEST_THEORY,
        missing=Text("skriv, hvorfor pengene fører til forandring", "write why this money leads to change"),
    )
    if item.who_will_teach:
        _check_words(number, "who_will_teach", item.who_will_teach, most=LONGEST_DESCRIPTION)


def _check_words(number: int, field: str, words: str, *, most: int, missing: Text | None = None) -> None:
    length = len(words.strip())
    reason = missing if length == 0 else _TOO_LONG.filled(length=length, most=most) if length > most else None
    if reason is not None:
        raise ItemInvalid(
            where=f"items[{number - 1}].{field}",
            number=number,
            reason=reason.danish,
            reason_english=reason.english,
        )

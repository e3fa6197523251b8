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


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One item as it is written: `amount` in øre, above 0, towards one sub-goal."""

    sub_goal_id: UUID
    description: str
    category: SpendingCategory
    amount: Oere
    theory_of_change: str
    needed_on: date | None = None


class PlanEmpty(InvalidInput):
    """A plan without items."""

    code = "plan_empty"
    text = Text("Planen har ingen poster. Tilføj mindst én.", "The plan has no items. Add at least one.")


class ItemInvalid(InvalidInput):
    """An item that lacks what an item must have."""

    code = "item_invalid"
    text = Text(
        "Post {number}: {reason}.",
        "Item {number}: {reason_english}.",
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
    if not 0 < len(item.description.strip()) <= LONGEST_DESCRIPTION:
        raise ItemInvalid(
            where=f"items[{number - 1}].description",
            number=number,
            reason="skriv kort, hvad der skal købes",
            reason_english="write shortly what is to be bought",
        )
    if not item.theory_of_change.strip():
        raise ItemInvalid(
            where=f"items[{number - 1}].theory_of_change",
            number=number,
            reason="skriv, hvorfor pengene fører til forandring",
            reason_english="write why this money leads to change",
        )

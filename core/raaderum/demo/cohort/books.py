"""What the cohort's money came to in the books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.kernel.money import format_kroner
from raaderum.kernel.text import Text
from raaderum.ledger.proof import prove_books
from raaderum.persistence.unit_of_work import reading
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.demo.cohort.comparison import CohortCounts


@dataclass(frozen=True, slots=True)
class BooksOfTheCohort:
    """The names of the municipalities whose books do not hold, and what was paid in all, in øre."""

    wrong: Sequence[str]
    spent: int

    @property
    def told(self) -> Text:
        """What they come to, in a sentence."""
        if self.wrong:
            names = ", ".join(self.wrong)
            return Text(f"FORKERT: bøgerne holder ikke i {names}.", f"WRONG: the books fail in {names}.")
        spent = format_kroner(self.spent)
        return Text(
            f"Bøgerne stemmer på øren i alle kommuner; der er betalt {spent}",
            f"The books hold to the øre in every municipality; {spent} was paid.",
        )


def prove_the_cohorts_books(counts: CohortCounts) -> BooksOfTheCohort:
    """Prove the books of every municipality."""
    spent = counts.ltt.spent + sum(of_town.spent for of_town in counts.trial.values())
    wrong = []
    for tenant in tenants().tenants:
        with working_for(tenant.id), reading() as session:
            if not prove_books(session).holds:
                wrong.append(tenant.name)
    return BooksOfTheCohort(wrong, spent)

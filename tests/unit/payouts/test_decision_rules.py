from __future__ import annotations

from uuid import UUID

import pytest

from raaderum.payouts.decision_rules import (
    BecauseMissing,
    PartInPayment,
    ReferenceMissing,
    check_because,
    check_four_eyes,
    check_reference,
)
from raaderum.payouts.evidence_rules import FINDING_NAMES, EvidenceFinding

ASKED, APPROVED, PROPOSED, OTHER = (UUID(int=number) for number in range(1, 5))


@pytest.mark.parametrize("person", [ASKED, APPROVED, PROPOSED], ids=["asked", "approved", "proposed"])
def test_nobody_decides_on_a_payment_they_had_a_part_in(person: UUID) -> None:
    with pytest.raises(PartInPayment):
        check_four_eyes(person, ASKED, APPROVED, PROPOSED)
    check_four_eyes(OTHER, ASKED, APPROVED, PROPOSED)


def test_a_decision_says_what_it_rests_on() -> None:
    assert check_because("  Banken ringede.\n") == "Banken ringede."
    with pytest.raises(BecauseMissing):
        check_because(" \n ")


def test_what_was_paid_is_shown_by_a_reference_and_what_was_not_needs_none() -> None:
    assert check_reference(" B-1 ", was_paid=True) == "B-1"
    assert check_reference("  ", was_paid=False) is None
    with pytest.raises(ReferenceMissing):
        check_reference(" ", was_paid=True)


def test_every_finding_has_words_and_only_what_somebody_changed_alarms() -> None:
    assert set(FINDING_NAMES) == set(EvidenceFinding)
    calm = {finding for finding in EvidenceFinding if not finding.is_alarming}
    assert calm == {EvidenceFinding.INTACT, EvidenceFinding.NONE_MADE}

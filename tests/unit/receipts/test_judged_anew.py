"""What becomes of a receipt when its card payment moves: policy × where it stands × amount."""

from __future__ import annotations

import pytest

from raaderum.kernel.money import Oere
from raaderum.programmes.receipt_rules import ReceiptRules
from raaderum.receipts.rules import Proof, proof_after

ALWAYS = ReceiptRules(Oere(1))
FROM_300 = ReceiptRules(Oere(300_00))
FROM_300_OR_500_A_MONTH = ReceiptRules(Oere(300_00), needed_from_oere_per_month=Oere(500_00))


@pytest.mark.parametrize(
    ("rules", "proof", "before", "now", "earlier", "after"),
    [
        (ALWAYS, Proof.DUE, 200_00, 0, 0, Proof.NOT_NEEDED),
        (ALWAYS, Proof.REJECTED, 200_00, 0, 0, Proof.NOT_NEEDED),
        (ALWAYS, Proof.RECEIVED, 200_00, 0, 0, Proof.NOT_NEEDED),
        (ALWAYS, Proof.DECLARED_LOST, 200_00, 0, 0, Proof.NOT_NEEDED),
        (ALWAYS, Proof.ACCEPTED, 200_00, 0, 0, Proof.ACCEPTED),
        (ALWAYS, Proof.WAIVED, 200_00, 0, 0, Proof.WAIVED),
        (ALWAYS, Proof.DUE, 200_00, 150_00, 0, Proof.DUE),
        (FROM_300, Proof.DUE, 400_00, 299_99, 0, Proof.NOT_NEEDED),
        (FROM_300, Proof.REJECTED, 400_00, 300_00, 0, Proof.REJECTED),
        (FROM_300, Proof.RECEIVED, 400_00, 100_00, 0, Proof.RECEIVED),
        (FROM_300, Proof.NOT_NEEDED, 100_00, 300_00, 0, Proof.DUE),
        (FROM_300, Proof.NOT_NEEDED, 100_00, 299_99, 0, Proof.NOT_NEEDED),
        (FROM_300_OR_500_A_MONTH, Proof.NOT_NEEDED, 100_00, 200_00, 300_00, Proof.DUE),
        (FROM_300_OR_500_A_MONTH, Proof.DUE, 200_00, 100_00, 300_00, Proof.NOT_NEEDED),
        (FROM_300, Proof.ACCEPTED, 400_00, 410_00, 0, Proof.ACCEPTED),
        (FROM_300, Proof.ACCEPTED, 400_00, 700_00, 0, Proof.DUE),
        (FROM_300, Proof.LOST_APPROVED, 400_00, 700_00, 0, Proof.DUE),
        (FROM_300, Proof.WAIVED, 400_00, 700_00, 0, Proof.DUE),
        (FROM_300, Proof.ACCEPTED, 400_00, 300_00, 0, Proof.ACCEPTED),
    ],
)
def test_a_receipt_is_judged_anew(
    *, rules: ReceiptRules, proof: Proof, before: int, now: int, earlier: int, after: Proof
) -> None:
    assert (
        proof_after(rules, proof, before=Oere(before), now=Oere(now), earlier_in_month=Oere(earlier)) is after
    )

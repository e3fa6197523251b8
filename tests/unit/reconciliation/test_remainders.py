"""Any one line removed, altered, doubled or added on either side is found and named."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from raaderum.kernel.identifiers import new_id
from raaderum.reconciliation.proof_rules import (
    AGAINST_NAMES,
    LEFT_ADVICE,
    LEFT_NAMES,
    Against,
    Comparison,
    Left,
    Moved,
    compare,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MUTATIONS = 1_000
LINES = 40


def pair(chance: random.Random, number: int) -> tuple[Moved, Moved]:
    kind, amount = ("payout", 1) if chance.random() < 0.8 else ("refund", -1)
    amount *= chance.choice([1, 100_00, chance.randint(1, 5_000_00)])
    ours = Moved(f"{kind}:{number}", amount, kind, new_id(), f"RD-{number}")
    return ours, Moved(ours.key, amount, "movement", new_id(), f"m{number}")


def held(ours: Sequence[Moved], theirs: Sequence[Moved]) -> Comparison:
    return compare(Against.PROVIDER, "bank", ours=ours, theirs=theirs)


def test_everything_has_words() -> None:
    assert set(AGAINST_NAMES) == set(Against)
    assert set(LEFT_NAMES) == set(LEFT_ADVICE) == set(Left)


def test_two_equal_lists_leave_nothing_over() -> None:
    chance = random.Random(1)  # noqa: S311 - a test's own chance
    pairs = [pair(chance, number) for number in range(LINES)]
    found = held([ours for ours, _ in pairs], [theirs for _, theirs in reversed(pairs)])
    assert found.remainders == ()
    assert found.our_sum == found.their_sum == sum(ours.amount for ours, _ in pairs)
    assert found.our_count == found.their_count == LINES


def test_every_one_of_a_thousand_mutations_is_found_and_named() -> None:
    chance = random.Random(20260302)  # noqa: S311 - a test's own chance
    seen: Counter[str] = Counter()
    for _ in range(MUTATIONS):
        pairs = [pair(chance, number) for number in range(LINES)]
        ours, theirs = [one for one, _ in pairs], [one for _, one in pairs]
        at = chance.randrange(LINES)
        what = chance.choice(["remove", "alter", "add", "double", "remove ours", "stranger", "swap"])
        seen[what] += 1
        expected = [(Left.AMOUNT_DIFFERS, ours[at].thing_id)]
        match what:
            case "remove":
                del theirs[at]
                expected = [(Left.ONLY_OURS, ours[at].thing_id)]
            case "alter":
                theirs[at] = replace(theirs[at], amount=theirs[at].amount + chance.choice([-1, 1, 100]))
            case "add":
                theirs.append(Moved("payout:new", 7, "movement", new_id()))
                expected = [(Left.ONLY_THEIRS, theirs[-1].thing_id)]
            case "double":
                theirs.append(theirs[at])
            case "remove ours":
                expected = [(Left.ONLY_THEIRS, theirs[at].thing_id)]
                del ours[at]
            case "stranger":
                theirs[at] = replace(theirs[at], key=None)
                expected = [(Left.ONLY_OURS, ours[at].thing_id), (Left.ONLY_THEIRS, theirs[at].thing_id)]
            case "swap":
                other = (at + 1) % LINES
                ours[at] = replace(ours[at], amount=-77)
                theirs[at] = replace(theirs[at], amount=-78)
                ours[other] = replace(ours[other], amount=88)
                theirs[other] = replace(theirs[other], amount=89)
                expected = [(Left.AMOUNT_DIFFERS, ours[index].thing_id) for index in sorted((at, other))]
        chance.shuffle(theirs)
        found = [(one.left, one.thing_id) for one in held(ours, theirs).remainders]
        assert sorted(found) == sorted(expected), what
    assert min(seen.values()) > MUTATIONS // 20


def test_differences_that_cancel_out_in_the_sum_are_found_all_the_same() -> None:
    ours = [Moved(f"payout:{n}", 100, "payout", new_id()) for n in range(2)]
    theirs = [replace(ours[0], amount=99), replace(ours[1], amount=101)]
    found = held(ours, theirs)
    assert found.our_sum == found.their_sum
    assert [one.left for one in found.remainders] == [Left.AMOUNT_DIFFERS] * 2


@pytest.mark.parametrize("amount", [0, 5])
def test_a_remainder_tells_both_amounts_and_what_it_is(amount: int) -> None:
    one = Moved("payout:1", amount, "payout", new_id(), "RD-1")
    (left,) = held([one], []).remainders
    assert left.as_data() == {
        "against": "provider", "provider": "bank", "left": "only_ours", "thing": "payout",
        "thing_id": str(one.thing_id), "label": "RD-1", "ours": amount, "theirs": 0,
    }  # fmt: skip

from __future__ import annotations

import pytest

from raaderum.goals.rules import (
    CATEGORY_NAMES,
    LONGEST_WORDS,
    GoalCategory,
    WordsMissing,
    WordsTooLong,
    check_words,
)


@pytest.mark.parametrize(
    "words",
    ["Mit eget sted", "  to mellemrum først ", "🌱👩‍🌾", "أحلم ببيت", "a\r\nb\tc", "e\u0301 er ikke é"],
)
def test_the_citizens_words_are_left_as_they_are_to_the_letter(words: str) -> None:
    assert check_words(words) == words


@pytest.mark.parametrize("words", ["", " ", "\n\t", "\u00a0"])
def test_a_goal_needs_words(words: str) -> None:
    with pytest.raises(WordsMissing) as refused:
        check_words(words)
    assert refused.value.message.danish == "Skriv målet med borgerens egne ord."


def test_a_goal_can_be_long_but_not_a_book() -> None:
    assert check_words("ø" * LONGEST_WORDS)
    with pytest.raises(WordsTooLong) as refused:
        check_words("ø" * (LONGEST_WORDS + 1))
    assert "20001 tegn; der er plads til 20000" in refused.value.message.danish


def test_there_are_the_evaluations_eight_categories_with_names() -> None:
    assert len(GoalCategory) == 8
    assert set(CATEGORY_NAMES) == set(GoalCategory)
